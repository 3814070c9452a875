// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.wire.codec;

import io.plimsoll.wire.AttemptHook;
import io.plimsoll.wire.AttemptKind;
import io.plimsoll.wire.AttemptOutcome;
import io.plimsoll.wire.AttemptRecord;
import io.plimsoll.wire.ClockAnchor;
import io.plimsoll.wire.Envelope;
import io.plimsoll.wire.LossCounters;
import io.plimsoll.wire.Metric;
import io.plimsoll.wire.MetricKey;
import io.plimsoll.wire.ProcessIdentity;
import io.plimsoll.wire.Role;
import io.plimsoll.wire.Sample;
import io.plimsoll.wire.Stream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** What the fixture files of schema version 2 say: samples and attempts as tables. */
final class TableFixtures {
  private static final long START = 1_763_900_000_000L;
  private static final String JOB = "0f3c9a4be2f0d6a1b5c7d8e9f0a1b2c3";
  private static final String GRAPH = "9a1bd2fb0c4e4d7a8f6e5d4c3b2a1908";
  private static final String VERTEX = "bc764cd8ddf7a0cff126f51c16239658";

  private TableFixtures() {}

  static Map<String, Envelope> expected() {
    Map<String, Envelope> fixtures = new TreeMap<>();
    fixtures.put("sample-table", header(Stream.SAMPLES).samples(samples()));
    fixtures.put("attempt-table-flink", header(Stream.ATTEMPTS).attempts(flink()));
    fixtures.put("attempt-table-spark", header(Stream.ATTEMPTS).attempts(spark()));
    return fixtures;
  }

  private static Envelope.Header header(Stream stream) {
    ProcessIdentity identity =
        ProcessIdentity.builder(new UUID(15, 16))
            .host("node-5", "boot")
            .pid(88, START)
            .role(Role.TASK_MANAGER)
            .application(JOB, 0)
            .build();
    return Envelope.header(
        identity, stream, 6, ClockAnchor.of(START + 30_000, 8_000_000_000L), LossCounters.NONE);
  }

  private static List<Sample> samples() {
    Map<MetricKey, Long> first = new TreeMap<>();
    first.put(MetricKey.of(Metric.PROCESS_CPU), 12_345_678_900L);
    first.put(MetricKey.of(Metric.RSS), 1_500_000_000L);
    first.put(MetricKey.of(Metric.POOL_USED, "G1 Old Gen"), 400_000_000L);
    first.put(MetricKey.of(Metric.POOL_USED, "a pool of tomorrow"), 50_000_000L);
    first.put(MetricKey.of(Metric.POOL_MAX, "a pool of tomorrow"), 60_000_000L);
    Map<MetricKey, Long> second = new TreeMap<>(first);
    second.put(MetricKey.of(Metric.PROCESS_CPU), 13_345_678_900L);
    second.put(MetricKey.of(Metric.GC_CAUSE_COUNT, "System.gc()"), 1L);
    second.remove(MetricKey.of(Metric.RSS));
    second.remove(MetricKey.of(Metric.POOL_USED, "a pool of tomorrow"));
    return List.of(
        Sample.of(START + 1000, first),
        Sample.of(START + 2001, second),
        Sample.of(START + 3000, Map.of(MetricKey.of(Metric.PROCESS_CPU), 14_345_678_901L)));
  }

  private static List<AttemptRecord> flink() {
    return List.of(
        flink(0, AttemptKind.PROGRESS, 1_000).runQueueNanos(12).build(),
        flink(1, AttemptKind.PROGRESS, 1_001).build(),
        flink(1, AttemptKind.HELPER, 300).helper("source fetcher").build());
  }

  private static AttemptRecord.Builder flink(int subtask, AttemptKind kind, long millis) {
    String id = GRAPH + "_" + VERTEX + "_" + subtask + "_3";
    return AttemptRecord.builder(AttemptRecord.taskId(id))
        .partition(subtask, 3)
        .startEpochMillis(START + subtask)
        .wallNanos(millis * 1_000_000L)
        .cpuNanos(millis * 900_000L)
        .allocatedBytes(millis * 77)
        .kind(kind)
        .hook(AttemptHook.BYTECODE)
        .flink(JOB, VERTEX, id);
  }

  private static List<AttemptRecord> spark() {
    return List.of(
        AttemptRecord.builder(100)
            .stage(5, 1)
            .partition(10, 2)
            .startEpochMillis(START)
            .wallNanos(4_000_000_000L)
            .cpuNanos(2_000_000_000L)
            .allocatedBytes(3)
            .outcome(AttemptOutcome.FAILED)
            .build(),
        AttemptRecord.builder(101).startEpochMillis(START + 7).flink("job", "v", "else").build(),
        AttemptRecord.builder(-1)
            .stage(4, 0)
            .kind(AttemptKind.SUM)
            .count(77)
            .spanMillis(2_345)
            .build());
  }
}
