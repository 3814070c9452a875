// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.point;

import io.plimsoll.profile.AttemptSums;
import io.plimsoll.profile.Coverage;
import io.plimsoll.profile.EngineSums;
import io.plimsoll.profile.ExecutorProfile;
import io.plimsoll.profile.GaugeProfile;
import io.plimsoll.profile.GcProfile;
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

/** Runs made by hand: from epoch 1,000,000 ms on, 100 s long, complete, without any process. */
final class Runs {
  static final long START = 1_000_000;
  static final long WALL = 100_000;
  static final long MIB = 1L << 20;

  private final SortedMap<String, String> config = new TreeMap<>();
  private final List<ProcessProfile> processes = new ArrayList<>();
  private final List<StageProfile> stages = new ArrayList<>();
  private final List<JobProfile> jobs = new ArrayList<>();
  private final List<ExecutorProfile> executors = new ArrayList<>();
  private long wall = WALL;
  private boolean complete = true;

  static Runs run() {
    return new Runs().config("spark.master", "spark://127.0.0.1:7077");
  }

  Runs config(String key, String value) {
    config.put(key, value);
    return this;
  }

  Runs noConfig() {
    config.clear();
    return this;
  }

  Runs wall(long millis) {
    wall = millis;
    return this;
  }

  Runs going() {
    complete = false;
    return this;
  }

  Runs process(Jvm jvm) {
    processes.add(jvm.build());
    return this;
  }

  Runs executor(String id, int cores) {
    executors.add(new ExecutorProfile(id, "host", cores, START, -1, null));
    return this;
  }

  Runs removed(String id, long afterMillis, String reason) {
    executors.add(new ExecutorProfile(id, "host", 1, START, START + afterMillis, reason));
    return this;
  }

  Runs job(long fromMillis, long toMillis) {
    jobs.add(
        new JobProfile(
            jobs.size(),
            START + fromMillis,
            toMillis < 0 ? -1 : START + toMillis,
            true,
            List.of(),
            -1));
    return this;
  }

  /** A stage of the whole run with these task times and bytes read. */
  Runs stage(long[] taskMillis, long[] readBytes) {
    return stage(taskMillis, readBytes, EngineSums.ZERO);
  }

  Runs stage(long[] taskMillis, long[] readBytes, EngineSums engine) {
    stages.add(
        new StageProfile(
            stages.size(),
            0,
            "stage",
            START,
            START + wall,
            taskMillis.length,
            List.of(),
            null,
            AttemptSums.ZERO,
            0,
            engine,
            SketchDistribution.of(taskMillis),
            SketchDistribution.of(taskMillis),
            SketchDistribution.of(readBytes)));
    return this;
  }

  RunProfile build() {
    return new RunProfile(
        new RunKey("test", "app-1", 0),
        "test",
        "spark",
        "4.0.1",
        START,
        complete ? START + wall : -1,
        complete,
        config,
        processes,
        stages,
        jobs,
        executors);
  }

  /** Sums of a stage that read and spilled this much. */
  static EngineSums engine(long tasks, long failed, long readBytes, long memorySpill) {
    return new EngineSums(
        tasks, failed, 0, 10_000, 0, 0, 0, memorySpill, memorySpill / 4, 0, readBytes, 0, 0, 0, 0);
  }

  /** A process that lived as long as the run. */
  static final class Jvm {
    private final Role role;
    private final String id;
    private final Map<Metric, Long> gauges = new TreeMap<>();
    private final Map<Metric, Long> counters = new TreeMap<>();
    private GcProfile gc = GcProfile.ZERO;
    private AttemptSums attempts = AttemptSums.ZERO;
    private Coverage coverage = Coverage.ZERO;
    private long lifetime = WALL;

    private Jvm(Role role, String id) {
      this.role = role;
      this.id = id;
    }

    static Jvm executor(String id) {
      return new Jvm(Role.EXECUTOR, id);
    }

    static Jvm driver() {
      return new Jvm(Role.DRIVER, "driver");
    }

    Jvm gauge(Metric metric, long value) {
      gauges.put(metric, value);
      return this;
    }

    Jvm counter(Metric metric, long value) {
      counters.put(metric, value);
      return this;
    }

    Jvm gc(long young, long full, long pauseMillis, long afterBytes) {
      gc =
          new GcProfile(
              young,
              full,
              pauseMillis,
              pauseMillis,
              full > 0 ? 0 : afterBytes,
              full > 0 ? afterBytes : 0,
              0,
              (young + full) * afterBytes,
              List.of());
      return this;
    }

    Jvm busy(long wallMillis) {
      attempts = new AttemptSums(10, 10, 0, 0, wallMillis * 1_000_000, 0, 0);
      return this;
    }

    Jvm lossy() {
      coverage = new Coverage(10, 1, 0, 0, 0);
      return this;
    }

    Jvm lifetime(long millis) {
      lifetime = millis;
      return this;
    }

    private ProcessProfile build() {
      SortedMap<MetricKey, GaugeProfile> levels = new TreeMap<>();
      gauges.forEach(
          (metric, value) ->
              levels.put(
                  MetricKey.of(metric),
                  new GaugeProfile(value * lifetime, lifetime, value, value, value)));
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
          gc,
          attempts,
          AttemptSums.ZERO,
          coverage);
    }
  }
}
