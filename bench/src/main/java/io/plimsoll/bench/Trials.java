// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.plimsoll.standalone.demo.FinishedRun;
import io.plimsoll.standalone.demo.JobRunner;
import io.plimsoll.standalone.demo.Settings;
import io.plimsoll.standalone.stack.ProblemException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Runs the job under some settings, or takes the run from the file where earlier ones are kept. */
final class Trials {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final JobRunner runner;
  private final JobRunner warmUp;
  private final LongSupplier kills;
  private final Path file;
  private final Made made;
  private final PrintWriter out;
  private final Map<String, Line> known = new HashMap<>();
  private int left;
  private boolean isWarm;

  /** One line of the file; the adviser is what advised after the run. */
  private record Line(String key, String adviser, Trial trial) {}

  /**
   * What makes a run and its advice, each by a stamp of its content: others' are not taken for it.
   *
   * @param run agent, job, Java and kind of nodes
   * @param adviser the code that advises
   */
  record Made(String run, String adviser) {}

  /** As many new runs as were asked for are done. */
  static final class EnoughException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /**
   * Runs kept in a file.
   *
   * @param warmUp runs the job on small tables once before the first new run, uncounted: until its
   *     code is compiled our own JVM takes CPU time from the job beside it
   * @param kills tells how many processes the kernel has killed for want of memory so far
   * @param most new runs before {@link EnoughException}
   */
  Trials(
      JobRunner runner,
      JobRunner warmUp,
      LongSupplier kills,
      Path file,
      Made made,
      int most,
      PrintWriter out) {
    this.runner = runner;
    this.warmUp = warmUp;
    this.kills = kills;
    this.file = file;
    this.made = made;
    this.left = most;
    this.out = out;
    if (Files.exists(file)) {
      try {
        for (String line : Files.readAllLines(file)) {
          Line read = JSON.readValue(line, Line.class);
          known.put(read.key(), read);
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
   * The run under these settings, whatever was advised after it.
   *
   * @param repetition tells repeated runs of the same settings apart
   */
  Trial run(String why, Map<String, String> settings, int repetition) throws InterruptedException {
    return run(why, settings, repetition, false);
  }

  /** The first run under these settings, with the advice of the present tuner. */
  Trial observe(String why, Map<String, String> settings) throws InterruptedException {
    return run(why, settings, 0, true);
  }

  private Trial run(String why, Map<String, String> settings, int repetition, boolean advised)
      throws InterruptedException {
    String key = made.run() + " " + new TreeMap<>(settings) + "#" + repetition;
    @Nullable Line kept = known.get(key);
    boolean isKept = kept != null && (!advised || made.adviser().equals(kept.adviser()));
    if (kept == null || !isKept) {
      if (left-- <= 0) {
        throw new EnoughException();
      }
      kept = new Line(key, made.adviser(), real(settings));
      known.put(key, kept);
      keep(kept);
    }
    print(isKept ? "(kept) " + why : why, settings, kept.trial());
    return kept.trial();
  }

  private Trial real(Map<String, String> settings) throws InterruptedException {
    if (!isWarm) {
      warmUp.run("warm-up", Settings.vendorRule());
      isWarm = true;
    }
    long before = kills.getAsLong();
    FinishedRun run = runner.run("bench", settings);
    List<String> more = new ArrayList<>();
    long killed = kills.getAsLong() - before;
    if (killed > 0) {
      more.add("the kernel killed " + killed + " processes at a limit of memory");
    }
    return Trial.of(run, more);
  }

  private void print(String why, Map<String, String> settings, Trial trial) {
    out.printf(
        Locale.ROOT,
        "%-41s heap %s overhead %s cores %s/%s: wall %.1f s, resident %.0f MiB of %.0f MiB %s%n",
        why,
        settings.get("spark.executor.memory"),
        settings.get("spark.executor.memoryOverhead"),
        settings.get("spark.executor.cores"),
        settings.get("spark.cores.max"),
        trial.wallMillis() / 1e3,
        trial.peakRssBytes() / 1048576.0,
        trial.containerBytes() / 1048576.0,
        trial.complaints());
    out.flush();
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
