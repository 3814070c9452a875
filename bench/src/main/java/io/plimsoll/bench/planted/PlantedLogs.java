// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.bench.planted;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.plimsoll.embedded.SparkApp;
import io.plimsoll.embedded.SparkCluster;
import io.plimsoll.embedded.SubmitSpec;
import io.plimsoll.standalone.stack.Places;
import io.plimsoll.standalone.stack.ProblemException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The logs under one folder: those of earlier calls, and a real cluster that makes what is missing.
 * Each log lies in a folder named by kind and variant, and beside it what was done to make it.
 */
final class PlantedLogs implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int WORKERS = 4;
  private static final int CORES_PER_WORKER = 2;
  private static final long MEMORY_PER_WORKER = 4L << 30;
  private static final Duration LONGEST = Duration.ofMinutes(4);
  private static final String DATA_SCALE = "0.2";

  /** The kinds that read tables and files which are made once; the others make rows as they go. */
  static final Set<String> READS_TABLES = Set.of("small-files", "healthy-etl", "healthy-tpch");

  /** The default event log, with the two settings that docs/analyze.md names. */
  private static final Map<String, String> LOGGED =
      Map.of(
          "spark.eventLog.enabled", "true",
          "spark.eventLog.logStageExecutorMetrics", "true",
          "spark.executor.processTreeMetrics.enabled", "true",
          "spark.executor.metrics.pollingInterval", "500");

  private final Path home;
  private final PrintWriter out;
  private @Nullable SparkCluster cluster;

  PlantedLogs(Path home, PrintWriter out) {
    this.home = home;
    this.out = out;
  }

  /** Where the log of a run lies. */
  Path folder(PlantedKind kind, int variant) {
    return home.resolve("logs").resolve(kind.name() + "-" + variant);
  }

  /** What was done to make the log; null when there is none yet. */
  @Nullable RunRecord record(PlantedKind kind, int variant) {
    Path file = recordFile(kind, variant);
    if (!Files.exists(file)) {
      return null;
    }
    try {
      return JSON.readValue(file.toFile(), RunRecord.class);
    } catch (IOException e) {
      throw new ProblemException(
          "cannot read " + file + " (" + e.getMessage() + "); remove it or give --again", e);
    }
  }

  private Path recordFile(PlantedKind kind, int variant) {
    return home.resolve("logs").resolve(kind.name() + "-" + variant + ".json");
  }

  /** Removes the log, so that it is made anew. */
  void forget(PlantedKind kind, int variant) {
    Places.remove(recordFile(kind, variant));
    Places.remove(folder(kind, variant));
  }

  /** The log of this run, made now unless it is there. */
  RunRecord ensure(PlantedKind kind, int variant) throws IOException, InterruptedException {
    RunRecord kept = record(kind, variant);
    if (kept != null) {
      return kept;
    }
    Path work = home.resolve("work");
    Path logs = Places.folder(work.resolve("event-logs"));
    Places.remove(logs);
    Files.createDirectories(logs);
    RunRecord made = run(kind, variant, work, logs);
    Path folder = folder(kind, variant);
    Places.remove(folder);
    Files.createDirectories(folder.getParent());
    Files.move(logs, folder, StandardCopyOption.ATOMIC_MOVE);
    Files.writeString(recordFile(kind, variant), JSON.writeValueAsString(made) + "\n");
    out.printf(
        Locale.ROOT,
        "made %s in %.1f s, exit code %d%s%n",
        made.name(),
        made.wallMillis() / 1e3,
        made.exitCode(),
        made.disturbed().isEmpty() ? "" : ", executor " + made.disturbed());
    out.flush();
    return made;
  }

  private RunRecord run(PlantedKind kind, int variant, Path work, Path logs)
      throws IOException, InterruptedException {
    Path data = home.resolve("data");
    if (READS_TABLES.contains(kind.name())) {
      requireData(data, work);
    }
    Path ready = work.resolve("ready");
    Files.deleteIfExists(ready);
    Layout layout = kind.layout(variant);
    Map<String, String> conf = new HashMap<>(LOGGED);
    conf.putAll(layout.settings());
    conf.put("spark.eventLog.dir", logs.toUri().toString());
    SubmitSpec spec =
        SubmitSpec.of(
                kind.name() + "-" + variant,
                Places.workloadsJar(),
                "io.plimsoll.workloads.PlantedJob",
                List.of(
                    "--kind",
                    kind.workload(),
                    "--variant",
                    Integer.toString(variant),
                    "--data",
                    data.toString(),
                    "--ready",
                    ready.toString()))
            .withConf(conf)
            .withDriverMemoryBytes((long) layout.driverMiB() << 20);
    long start = System.nanoTime();
    try (SparkApp app = cluster(work).submit(spec)) {
      long deadline = start + LONGEST.toNanos();
      while (!Files.exists(ready) && app.isRunning() && System.nanoTime() - deadline < 0) {
        TimeUnit.MILLISECONDS.sleep(50);
      }
      try (Disturber disturber = Disturber.of(kind.disturbance(), variant, cluster(work))) {
        OptionalInt exit = app.waitFor(LONGEST);
        if (exit.isEmpty()) {
          throw new ProblemException(spec.name() + " did not end: see " + app.stderr());
        }
        if (exit.getAsInt() == 0 == kind.fails()) {
          throw new ProblemException(
              spec.name() + " ended with " + exit.getAsInt() + ": see " + app.stderr());
        }
        long wall = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        return new RunRecord(kind.name(), variant, exit.getAsInt(), wall, disturber.disturbed());
      }
    }
  }

  private void requireData(Path data, Path work) throws IOException, InterruptedException {
    Path done = data.resolve("done-" + DATA_SCALE);
    if (Files.exists(done)) {
      return;
    }
    out.println("making tables in " + data + " (once)");
    out.flush();
    SubmitSpec spec =
        SubmitSpec.of(
                "planted-data",
                Places.workloadsJar(),
                "io.plimsoll.workloads.PlantedData",
                List.of("--out", data.toString(), "--scale", DATA_SCALE))
            .withConf(Layout.of(2, 1, 1024).settings());
    try (SparkApp app = cluster(work).submit(spec)) {
      OptionalInt exit = app.waitFor(LONGEST);
      if (exit.isEmpty() || exit.getAsInt() != 0) {
        throw new ProblemException("the tables could not be made: see " + app.stderr());
      }
    }
    Files.writeString(done, "done\n");
  }

  private SparkCluster cluster(Path work) {
    SparkCluster known = cluster;
    if (known == null) {
      known =
          SparkCluster.startApart(
              new SparkCluster.Spec(
                  Places.sparkHome(),
                  work.resolve("cluster"),
                  WORKERS,
                  CORES_PER_WORKER,
                  MEMORY_PER_WORKER));
      cluster = known;
    }
    return known;
  }

  /** Names of the logs that are there. */
  List<String> kept() throws IOException {
    Path logs = home.resolve("logs");
    if (!Files.isDirectory(logs)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(logs)) {
      return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
    }
  }

  @Override
  public void close() {
    if (cluster != null) {
      cluster.close();
      cluster = null;
    }
  }
}
