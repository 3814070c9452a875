// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.scorecard;

import io.plimsoll.profile.AttemptSums;
import io.plimsoll.profile.Coverage;
import io.plimsoll.profile.Distribution;
import io.plimsoll.profile.EngineSums;
import io.plimsoll.profile.ExecutorProfile;
import io.plimsoll.profile.GaugeProfile;
import io.plimsoll.profile.GcProfile;
import io.plimsoll.profile.JobProfile;
import io.plimsoll.profile.ProcessProfile;
import io.plimsoll.profile.RunKey;
import io.plimsoll.profile.RunProfile;
import io.plimsoll.profile.StageProfile;
import io.plimsoll.wire.Metric;
import io.plimsoll.wire.MetricKey;
import io.plimsoll.wire.ProcessIdentity;
import io.plimsoll.wire.Role;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Builds runs whose figures a person can check. */
final class HandMadeRun {
  static final long START = 1_000_000;

  private final TreeMap<String, String> config = new TreeMap<>();
  private final List<ExecutorProfile> executors = new ArrayList<>();
  private final List<StageProfile> stages = new ArrayList<>();
  private final List<JobProfile> jobs = new ArrayList<>();
  private final List<ProcessProfile> processes = new ArrayList<>();
  private long wallMillis = 100_000;

  HandMadeRun config(String key, String value) {
    config.put(key, value);
    return this;
  }

  HandMadeRun wall(long millis) {
    wallMillis = millis;
    return this;
  }

  HandMadeRun executor(String id, int cores) {
    executors.add(new ExecutorProfile(id, "h", cores, START, -1, null));
    return this;
  }

  HandMadeRun removed(String id, int cores, long afterMillis, String reason) {
    executors.add(new ExecutorProfile(id, "h", cores, START, START + afterMillis, reason));
    return this;
  }

  HandMadeRun job(boolean succeeded) {
    jobs.add(new JobProfile(jobs.size(), START, START + 1, succeeded, List.of(), -1));
    return this;
  }

  HandMadeRun stage(long from, long to, EngineSums sums, long... taskMillis) {
    stages.add(
        new StageProfile(
            stages.size(),
            0,
            "s",
            START + from,
            START + to,
            taskMillis.length,
            List.of(),
            null,
            AttemptSums.ZERO,
            0,
            sums,
            new Exact(new long[0]),
            new Exact(taskMillis),
            new Exact(new long[0])));
    return this;
  }

  /** An executor's process that held this resident set for the whole run. */
  HandMadeRun process(String id, long rssBytes) {
    processes.add(
        new ProcessProfile(
            ProcessIdentity.builder(UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.UTF_8)))
                .role(Role.EXECUTOR)
                .executorId(id)
                .pid(1, START)
                .build(),
            START,
            START + wallMillis,
            true,
            new TreeMap<>(
                Map.of(
                    MetricKey.of(Metric.RSS),
                    new GaugeProfile(
                        rssBytes * wallMillis, wallMillis, rssBytes, rssBytes, rssBytes))),
            new TreeMap<>(),
            GcProfile.ZERO,
            AttemptSums.ZERO,
            AttemptSums.ZERO,
            Coverage.ZERO));
    return this;
  }

  RunProfile build() {
    return new RunProfile(
        new RunKey("c", "app", 0),
        "name",
        "spark",
        "4.0.1",
        START,
        START + wallMillis,
        true,
        config,
        processes,
        stages,
        jobs,
        executors);
  }

  /** Tasks, failed ones, their time, CPU and GC in ms, bytes read and spilled. */
  static EngineSums sums(
      long tasks, long failed, long run, long cpu, long gc, long read, long spilled) {
    return new EngineSums(
        tasks, failed, 0, run, cpu * 1_000_000, gc, 0, 0, spilled, 0, read, 0, 0, 0, 0);
  }

  /** All values kept. */
  private record Exact(long[] values) implements Distribution {
    private Exact {
      values = values.clone();
      Arrays.sort(values);
    }

    @Override
    public long count() {
      return values.length;
    }

    @Override
    public long sum() {
      return Arrays.stream(values).sum();
    }

    @Override
    public long min() {
      return values.length == 0 ? 0 : values[0];
    }

    @Override
    public long max() {
      return values.length == 0 ? 0 : values[values.length - 1];
    }

    @Override
    public long quantile(double q) {
      return values.length == 0 ? 0 : values[(int) Math.floor(q * (values.length - 1))];
    }
  }
}
