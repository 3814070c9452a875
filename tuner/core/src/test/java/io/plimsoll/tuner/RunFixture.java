// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.tuner;

import io.plimsoll.profile.AttemptSums;
import io.plimsoll.profile.Coverage;
import io.plimsoll.profile.EngineSums;
import io.plimsoll.profile.ExecutorProfile;
import io.plimsoll.profile.GaugeProfile;
import io.plimsoll.profile.GcProfile;
import io.plimsoll.profile.GcWindow;
import io.plimsoll.profile.JobProfile;
import io.plimsoll.profile.ProcessProfile;
import io.plimsoll.profile.RunKey;
import io.plimsoll.profile.RunProfile;
import io.plimsoll.profile.SketchDistribution;
import io.plimsoll.profile.StageProfile;
import io.plimsoll.wire.Metric;
import io.plimsoll.wire.MetricKey;
import io.plimsoll.wire.ProcessIdentity;
import io.plimsoll.wire.Role;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/** Runs made by hand: from epoch 1,000,000 ms on, 100 s long, complete, on a standalone cluster. */
public final class RunFixture {
  public static final long START = 1_000_000;
  public static final long WALL = 100_000;
  public static final long MIB = 1L << 20;

  private final SortedMap<String, String> config = new TreeMap<>();
  private final List<ProcessProfile> processes = new ArrayList<>();
  private final List<StageProfile> stages = new ArrayList<>();
  private final List<JobProfile> jobs = new ArrayList<>();
  private final List<ExecutorProfile> executors = new ArrayList<>();
  private long wall = WALL;
  private boolean complete = true;

  private RunFixture() {}

  public static RunFixture run() {
    return new RunFixture().config("spark.master", "spark://127.0.0.1:7077");
  }

  /** Two executors of one core in 90 % of an 8 GiB node, as the demo's baseline. */
  public static RunFixture vendorRule() {
    return run()
        .config("spark.executor.memory", "6702m")
        .config("spark.executor.memoryOverhead", "670m")
        .config("spark.executor.cores", "1")
        .config("spark.cores.max", "2")
        .executor("0", 1)
        .executor("1", 1);
  }

  public RunFixture config(String key, String value) {
    config.put(key, value);
    return this;
  }

  public RunFixture noConfig() {
    config.clear();
    return this;
  }

  public RunFixture wall(long millis) {
    wall = millis;
    return this;
  }

  public RunFixture going() {
    complete = false;
    return this;
  }

  public RunFixture process(Jvm jvm) {
    processes.add(jvm.build());
    return this;
  }

  public RunFixture executor(String id, int cores) {
    executors.add(new ExecutorProfile(id, "host", cores, START, -1, null));
    return this;
  }

  public RunFixture executor(String id, int cores, long fromMillis, long toMillis) {
    executors.add(
        new ExecutorProfile(id, "host", cores, START + fromMillis, START + toMillis, "idle"));
    return this;
  }

  public RunFixture failedJob() {
    jobs.add(new JobProfile(jobs.size(), START, START + 1, false, List.of(), -1));
    return this;
  }

  /** A stage with these times of its tasks. */
  public RunFixture stage(long fromMillis, long toMillis, long... taskMillis) {
    return stage(fromMillis, toMillis, EngineSums.ZERO, taskMillis);
  }

  public RunFixture stage(long fromMillis, long toMillis, EngineSums engine, long... taskMillis) {
    stages.add(
        new StageProfile(
            stages.size(),
            0,
            "stage",
            START + fromMillis,
            START + toMillis,
            taskMillis.length,
            List.of(),
            null,
            AttemptSums.ZERO,
            0,
            engine,
            SketchDistribution.of(taskMillis),
            SketchDistribution.of(),
            SketchDistribution.of()));
    return this;
  }

  public RunProfile build() {
    return new RunProfile(
        new RunKey("test", "app-1", 0),
        "test",
        "spark",
        "4.0.1",
        START,
        START + wall,
        complete,
        config,
        processes,
        stages,
        jobs,
        executors);
  }

  /** What the tasks of a stage reached, read and spilled. */
  public static EngineSums engine(
      long tasks, long failed, long peakExecution, long read, long spilled) {
    return new EngineSums(
        tasks, failed, 0, 0, 0, 0, 0, spilled, 0, peakExecution, read, 0, 0, 0, 0);
  }

  /** A process that lived as long as the run. */
  public static final class Jvm {
    private final Role role;
    private final String id;
    private final Map<Metric, Long> gauges = new TreeMap<>();
    private final Map<Metric, Long> counters = new TreeMap<>();
    private final List<GcWindow> windows = new ArrayList<>();
    private long collections;
    private long full;
    private long pause;
    private long sumAfter;
    private long maxAfter;
    private long lifetime = WALL;
    private Coverage coverage = Coverage.ZERO;

    private Jvm(Role role, String id) {
      this.role = role;
      this.id = id;
    }

    public static Jvm executor(String executorId) {
      return new Jvm(Role.EXECUTOR, executorId);
    }

    public static Jvm driver() {
      return new Jvm(Role.DRIVER, "driver");
    }

    public Jvm gauge(Metric metric, long value) {
      gauges.put(metric, value);
      return this;
    }

    public Jvm counter(Metric metric, long value) {
      counters.put(metric, value);
      return this;
    }

    /** This many envelopes arrived and this many are missing. */
    public Jvm coverage(long envelopes, long missing) {
      coverage = new Coverage(envelopes, missing, 0, 0, 0);
      return this;
    }

    public Jvm lifetime(long millis) {
      lifetime = millis;
      return this;
    }

    public Jvm pause(long millis) {
      pause = millis;
      return this;
    }

    /** Collections in the window that starts this many milliseconds after the run. */
    public Jvm window(long startMillis, long count, long lowest, long highest) {
      return window(startMillis, count, 0, lowest, highest);
    }

    public Jvm window(long startMillis, long count, long fullCount, long lowest, long highest) {
      windows.add(new GcWindow(START + startMillis, count, fullCount, lowest, highest));
      collections += count;
      full += fullCount;
      sumAfter += count * (lowest + highest) / 2;
      maxAfter = Math.max(maxAfter, highest);
      return this;
    }

    /** Collections whose levels by time are not known. */
    public Jvm collections(long count, long mean, long highest) {
      collections += count;
      sumAfter += count * mean;
      maxAfter = Math.max(maxAfter, highest);
      return this;
    }

    private ProcessProfile build() {
      SortedMap<MetricKey, GaugeProfile> levels = new TreeMap<>();
      gauges.forEach(
          (metric, value) ->
              levels.put(
                  MetricKey.of(metric),
                  new GaugeProfile(
                      value * lifetime, lifetime, value, value, value, (value >> 20) * lifetime)));
      SortedMap<MetricKey, Long> totals = new TreeMap<>();
      counters.forEach((metric, value) -> totals.put(MetricKey.of(metric), value));
      return new ProcessProfile(
          ProcessIdentity.builder(
                  UUID.nameUUIDFromBytes((role + id).getBytes(StandardCharsets.UTF_8)))
              .role(role)
              .executorId(id)
              .pid(1, START)
              .build(),
          START,
          START + lifetime,
          true,
          levels,
          totals,
          new GcProfile(
              collections - full,
              full,
              pause,
              pause,
              full == collections ? 0 : maxAfter,
              full == 0 ? 0 : maxAfter,
              0,
              sumAfter,
              windows),
          AttemptSums.ZERO,
          AttemptSums.ZERO,
          coverage);
    }
  }
}
