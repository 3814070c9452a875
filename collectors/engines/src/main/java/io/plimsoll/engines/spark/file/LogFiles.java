// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.spark.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The files of one log: of one attempt of one application.
 *
 * @param name of its file or folder
 * @param parts in the order in which they were written; empty for a folder that has none yet
 * @param isInProgress the writer marked it as not finished
 * @param missingParts how many parts between the first and the last are not there
 */
public record LogFiles(String name, List<Path> parts, boolean isInProgress, long missingParts) {
  private static final String IN_PROGRESS = ".inprogress";
  private static final String COMPACT = ".compact";
  private static final Pattern ROLLED = Pattern.compile("events_(\\d{1,18})_.+");
  private static final Pattern STATUS = Pattern.compile("appstatus_.+");

  /** Databricks moves the log away under a time and goes on in a file without one. */
  private static final Pattern TAIL = Pattern.compile("eventlog(\\.inprogress)?");

  private static final Pattern TIMED =
      Pattern.compile("eventlog-(\\d{4}-\\d{2}-\\d{2}--\\d{2}-\\d{2}(?:-\\d{2})?)(\\..+)?");

  public LogFiles {
    parts = List.copyOf(parts);
  }

  /**
   * The logs at a path: one for a file or for a folder of rolled parts, else one for each log in
   * the folder, attempts in their order. Hidden files and checksums are no logs.
   *
   * @throws IOException when the path cannot be listed
   */
  public static List<LogFiles> at(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      return List.of(single(path));
    }
    List<Path> entries = entries(path);
    if (entries.stream().anyMatch(LogFiles::isRolledPart)) {
      return List.of(rolled(path, entries));
    }
    if (entries.stream().anyMatch(entry -> TIMED.matcher(fileName(entry)).matches())) {
      return List.of(timed(path, entries));
    }
    List<LogFiles> logs = new ArrayList<>();
    for (Path entry : entries) {
      if (Files.isRegularFile(entry)) {
        logs.add(single(entry));
      } else if (Files.isDirectory(entry)) {
        List<Path> inner = entries(entry);
        if (inner.stream().anyMatch(LogFiles::isRolledPart)) {
          logs.add(rolled(entry, inner));
        } else if (inner.stream().anyMatch(each -> TIMED.matcher(fileName(each)).matches())) {
          logs.add(timed(entry, inner));
        }
      }
    }
    return logs;
  }

  private static LogFiles single(Path file) {
    return new LogFiles(fileName(file), List.of(file), fileName(file).endsWith(IN_PROGRESS), 0);
  }

  /** A compacted part stands for all parts up to its number. */
  private static LogFiles rolled(Path folder, List<Path> entries) {
    TreeMap<Long, Path> byNumber = new TreeMap<>();
    TreeMap<Long, Path> compacted = new TreeMap<>();
    boolean isInProgress = false;
    for (Path entry : entries) {
      String name = fileName(entry);
      Matcher rolled = ROLLED.matcher(name);
      if (rolled.matches()) {
        (name.endsWith(COMPACT) ? compacted : byNumber).put(Long.parseLong(rolled.group(1)), entry);
      } else if (STATUS.matcher(name).matches()) {
        isInProgress |= name.endsWith(IN_PROGRESS);
      }
    }
    long first = 1;
    List<Path> parts = new ArrayList<>();
    if (!compacted.isEmpty()) {
      first = compacted.lastKey() + 1;
      parts.add(compacted.lastEntry().getValue());
    }
    parts.addAll(byNumber.tailMap(first).values());
    long last = byNumber.isEmpty() ? first - 1 : Math.max(first - 1, byNumber.lastKey());
    long missing = last - first + 1 - byNumber.tailMap(first).size();
    return new LogFiles(fileName(folder), parts, isInProgress, missing);
  }

  private static LogFiles timed(Path folder, List<Path> entries) {
    TreeMap<String, Path> byTime = new TreeMap<>();
    List<Path> tails = new ArrayList<>();
    for (Path entry : entries) {
      Matcher timed = TIMED.matcher(fileName(entry));
      if (timed.matches()) {
        byTime.put(timed.group(1), entry);
      } else if (TAIL.matcher(fileName(entry)).matches()) {
        tails.add(entry);
      }
    }
    List<Path> parts = new ArrayList<>(byTime.values());
    parts.addAll(tails);
    return new LogFiles(
        fileName(folder),
        parts,
        tails.stream().anyMatch(tail -> fileName(tail).endsWith(IN_PROGRESS)),
        0);
  }

  private static boolean isRolledPart(Path entry) {
    String name = fileName(entry);
    return ROLLED.matcher(name).matches() || STATUS.matcher(name).matches();
  }

  private static List<Path> entries(Path folder) throws IOException {
    try (Stream<Path> listed = Files.list(folder)) {
      return listed
          .filter(entry -> !fileName(entry).startsWith(".") && !fileName(entry).endsWith(".crc"))
          .sorted(Comparator.comparing(entry -> natural(fileName(entry))))
          .toList();
    }
  }

  /** Attempt 10 after attempt 9: runs of digits are compared as numbers. */
  private static String natural(String name) {
    Matcher digits = Pattern.compile("\\d+").matcher(name);
    return digits.replaceAll(run -> String.format("%03d%s", run.group().length(), run.group()));
  }

  private static String fileName(Path path) {
    Path name = path.getFileName();
    return name == null ? path.toString() : name.toString();
  }
}
