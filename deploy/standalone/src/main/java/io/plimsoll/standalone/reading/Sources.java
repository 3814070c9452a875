// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.reading;

import io.plimsoll.engines.spark.EventLog;
import io.plimsoll.engines.spark.SparkEventLog;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds what can be read at a path: a log, or all logs in a folder and the folders below it. */
public final class Sources {
  private static final int HEAD_BYTES = 512;

  /** A folder of folders deeper than this is no place for logs. */
  private static final int MOST_DEPTH = 12;

  /** Of two logs of one run the one that was read first counts: not the one that is in progress. */
  private static final Comparator<Path> WHOLE_FIRST =
      Comparator.comparing((Path path) -> path.toString().endsWith(".inprogress"))
          .thenComparing(Comparator.naturalOrder());

  private static final Pattern FLINK_HEAD =
      Pattern.compile("^\\s*\\{\\s*\"archive\"\\s*:\\s*\\[", Pattern.DOTALL);

  private final List<Source> found = new ArrayList<>();
  private final Set<Path> seen = new HashSet<>();

  private Sources() {}

  /** The sources at the paths, in the order in which they are met; none twice. */
  public static List<Source> of(List<String> paths) {
    Sources sources = new Sources();
    for (String text : paths) {
      if (HadoopFiles.isRemote(text)) {
        sources.found.addAll(RemoteSources.at(text));
        continue;
      }
      try {
        Path path = text.startsWith("file:/") ? Path.of(URI.create(text)) : Path.of(text);
        sources.add(path, path, 0);
      } catch (IllegalArgumentException | FileSystemNotFoundException e) {
        sources.broken(text, "is no path (" + e.getMessage() + ")");
      }
    }
    return List.copyOf(sources.found);
  }

  private void add(Path path, Path root, int depth) {
    if (!isNew(path)) {
      return;
    }
    String name = name(path, root);
    if (!Files.exists(path)) {
      broken(name, "is not there");
    } else if (!Files.isReadable(path)) {
      broken(name, "may not be read by this user");
    } else if (Files.isDirectory(path)) {
      folder(path, root, depth);
    } else if (!Files.isRegularFile(path)) {
      // A pipe would wait for somebody to write.
      broken(name, "is neither a file nor a folder");
    } else if (isFlink(path)) {
      found.add(new Source.Flink(name, size(List.of(path)), path));
    } else {
      logs(path).forEach(log -> found.add(new Source.Spark(name, size(log.parts()), log)));
    }
  }

  private void folder(Path folder, Path root, int depth) {
    String name = name(folder, root);
    List<Path> entries = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
      for (Path entry : stream) {
        String file = String.valueOf(entry.getFileName());
        if (!file.startsWith(".") && !file.startsWith("_SUCCESS") && !file.endsWith(".crc")) {
          entries.add(entry);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      broken(name, "cannot be listed (" + e.getMessage() + ")");
      return;
    }
    entries.sort(WHOLE_FIRST);
    List<EventLog> whole = wholeFolder(folder);
    if (whole.size() == 1) {
      EventLog log = whole.get(0);
      found.add(new Source.Spark(name, size(log.parts()), log));
      return;
    }
    if (depth >= MOST_DEPTH) {
      broken(name, "lies more than " + MOST_DEPTH + " folders deep; name it by itself");
      return;
    }
    for (Path entry : entries) {
      add(entry, root, depth + 1);
    }
  }

  /** The one log that a folder of rolled parts is; empty for any other folder. */
  private static List<EventLog> wholeFolder(Path folder) {
    List<EventLog> logs = logs(folder);
    String name = String.valueOf(folder.getFileName());
    boolean isWhole =
        logs.size() == 1
            && logs.get(0).name().equals(name)
            && logs.get(0).parts().stream().allMatch(part -> folder.equals(part.getParent()));
    return isWhole ? logs : List.of();
  }

  private static List<EventLog> logs(Path path) {
    try {
      return SparkEventLog.open(path);
    } catch (IOException e) {
      // An empty folder, or one that cannot be listed: listing it ourselves says which.
      return List.of();
    }
  }

  private boolean isNew(Path path) {
    try {
      return seen.add(path.toRealPath());
    } catch (IOException e) {
      // A name that leads nowhere or round and round; said of it below.
      return seen.add(path.toAbsolutePath().normalize());
    }
  }

  private static boolean isFlink(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      String head = new String(in.readNBytes(HEAD_BYTES), StandardCharsets.UTF_8);
      return FLINK_HEAD.matcher(head).find();
    } catch (IOException e) {
      // Whoever reads it says why it cannot be read.
      return false;
    }
  }

  private static long size(List<Path> files) {
    long bytes = 0;
    for (Path file : files) {
      try {
        bytes += Files.size(file);
      } catch (IOException e) {
        // Only the progress bar rests on it.
        bytes += 1;
      }
    }
    return bytes;
  }

  private void broken(String name, String reason) {
    found.add(new Source.Broken(name, reason));
  }

  private static String name(Path path, Path root) {
    try {
      String relative = root.relativize(path).toString();
      return relative.isEmpty() ? root.toString() : relative;
    } catch (IllegalArgumentException | UncheckedIOException e) {
      return path.toString();
    }
  }
}
