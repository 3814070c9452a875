// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.plimsoll.standalone.demo.JobRunner;
import io.plimsoll.standalone.stack.ProblemException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Runs the job under some settings, or takes the run from the file where earlier ones are kept. */
final class Trials {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final JobRunner runner;
  private final Path file;
  private final PrintWriter out;
  private final String build;
  private final Map<String, Trial> known = new HashMap<>();

  /** One line of the file. */
  private record Line(String key, Trial trial) {}

  /**
   * Runs kept in a file.
   *
   * @param build tells the code that made a run from another: its runs are not taken for this one's
   */
  Trials(JobRunner runner, Path file, String build, PrintWriter out) {
    this.runner = runner;
    this.build = build;
    this.file = file;
    this.out = out;
    if (Files.exists(file)) {
      try {
        for (String line : Files.readAllLines(file)) {
          Line read = JSON.readValue(line, Line.class);
          known.put(read.key(), read.trial());
        }
      } catch (IOException e) {
        throw new ProblemException(
            "cannot read the kept runs in "
                + file
                + " ("
                + e.getMessage()
                + "); remove it to start anew",
            e);
      }
    }
  }

  /**
   * The run under these settings.
   *
   * @param repetition tells repeated runs of the same settings apart
   */
  Trial run(String why, Map<String, String> settings, int repetition) throws InterruptedException {
    String key = build + " " + new TreeMap<>(settings) + "#" + repetition;
    Trial kept = known.get(key);
    boolean isKept = kept != null;
    if (kept == null) {
      kept = Trial.of(runner.run("bench", settings));
      known.put(key, kept);
      keep(new Line(key, kept));
    }
    out.printf(
        Locale.ROOT,
        "%s%-34s heap %s overhead %s cores %s/%s: wall %.1f s, resident %.0f MiB of %.0f MiB %s%n",
        isKept ? "(kept) " : "",
        why,
        settings.get("spark.executor.memory"),
        settings.get("spark.executor.memoryOverhead"),
        settings.get("spark.executor.cores"),
        settings.get("spark.cores.max"),
        kept.wallMillis() / 1e3,
        kept.peakRssBytes() / 1048576.0,
        kept.containerBytes() / 1048576.0,
        kept.complaints());
    out.flush();
    return kept;
  }

  private void keep(Line line) {
    try {
      Files.writeString(
          file,
          JSON.writeValueAsString(line) + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new ProblemException("cannot keep the run in " + file + ": " + e.getMessage(), e);
    }
  }
}
