// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.profile;

import io.plimsoll.wire.AttemptKind;
import io.plimsoll.wire.AttemptOutcome;
import io.plimsoll.wire.AttemptRecord;
import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.Envelope;
import io.plimsoll.wire.EventKind;
import io.plimsoll.wire.EventNumber;
import io.plimsoll.wire.EventText;
import io.plimsoll.wire.LossCounters;
import io.plimsoll.wire.Metric;
import io.plimsoll.wire.MetricKey;
import io.plimsoll.wire.ProcessIdentity;
import io.plimsoll.wire.Role;
import io.plimsoll.wire.Sample;
import io.plimsoll.wire.Stream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/** Random lives of one process, and the definition of the integral read aloud. */
final class Histories {
  private static final long START_MILLIS = 1_700_000_003_217L;

  private Histories() {}

  /** What one process says in its life; some envelopes never arrive. */
  static List<Envelope> envelopes(Random random) {
    List<Envelope> said = new ArrayList<>();
    long millis = START_MILLIS + random.nextInt(3_000);
    long cpu = random.nextInt(1_000_000);
    int batches = random.nextInt(12);
    for (int sequence = 0; sequence < batches; sequence++) {
      List<Sample> samples = new ArrayList<>();
      for (int i = random.nextInt(6) - 1; i >= 0; i--) {
        millis += random.nextInt(20) == 0 ? -500 + random.nextInt(60_000) : random.nextInt(3_000);
        cpu += random.nextInt(2_000_000);
        samples.add(sample(random, millis, cpu));
      }
      keep(random, said, header(random, Stream.SAMPLES, sequence).samples(samples));
    }
    for (int sequence = random.nextInt(6) - 1; sequence >= 0; sequence--) {
      List<AttemptRecord> attempts = new ArrayList<>();
      for (int i = random.nextInt(5) - 1; i >= 0; i--) {
        attempts.add(attempt(random));
      }
      keep(random, said, header(random, Stream.ATTEMPTS, sequence).attempts(attempts));
    }
    for (int sequence = random.nextInt(10) - 1; sequence >= 0; sequence--) {
      List<EngineEvent> events = new ArrayList<>();
      for (int i = random.nextInt(5) - 1; i >= 0; i--) {
        events.add(event(random));
      }
      keep(random, said, header(random, Stream.EVENTS, sequence).events(events));
    }
    return said;
  }

  /** Per window, millisecond by millisecond; windows that only hold a sample's moment are 0. */
  static SortedMap<Long, Long> integrals(List<Sample> told) {
    SortedMap<Long, Long> sums = new TreeMap<>();
    for (int i = 0; i < told.size(); i++) {
      long value = told.get(i).values().values().iterator().next();
      sums.merge(Rollup.windowStart(told.get(i).epochMillis()), 0L, Long::sum);
      if (i + 1 < told.size()) {
        for (long at = told.get(i).epochMillis(); at < told.get(i + 1).epochMillis(); at++) {
          sums.merge(Rollup.windowStart(at), value, Long::sum);
        }
      }
    }
    return sums;
  }

  private static void keep(Random random, List<Envelope> said, Envelope envelope) {
    if (random.nextInt(6) != 0) {
      said.add(envelope);
    }
  }

  private static Envelope.Header header(Random random, Stream stream, long sequence) {
    ProcessIdentity.Builder identity =
        ProcessIdentity.builder(Said.PROCESS)
            .host("node-1", "boot-1")
            .pid(42, START_MILLIS)
            .cluster("lab");
    if (random.nextBoolean()) {
      identity.role(Role.DRIVER).application("app-1", 0).executorId("driver");
    }
    return Said.executor()
        .as(identity)
        .header(
            stream,
            sequence,
            LossCounters.of(random.nextInt(3), random.nextInt(3), random.nextInt(3), 0));
  }

  private static Sample sample(Random random, long millis, long cpu) {
    Map<MetricKey, Long> values = new HashMap<>();
    values.put(MetricKey.of(Metric.PROCESS_CPU), cpu);
    values.put(MetricKey.of(Metric.RSS), random.nextLong(1L << 34));
    if (random.nextBoolean()) {
      values.put(MetricKey.of(Metric.POOL_USED, "Eden"), random.nextLong(1L << 30));
      values.put(MetricKey.of(Metric.GC_COUNT, "G1 Young"), cpu / 1_000_000);
    }
    if (random.nextInt(8) == 0) {
      values.put(MetricKey.of(Metric.CGROUP_MEMORY_LIMIT), Long.MAX_VALUE - 4095);
    }
    return Sample.of(millis, values);
  }

  private static AttemptRecord attempt(Random random) {
    return Said.attempt(
            random.nextInt(1_000),
            random.nextInt(3),
            START_MILLIS + random.nextInt(40_000),
            random.nextInt(15_000))
        .cpuNanos(random.nextInt(1_000_000_000))
        .allocatedBytes(random.nextInt(1_000_000_000))
        .outcome(AttemptOutcome.values()[random.nextInt(AttemptOutcome.values().length)])
        .kind(AttemptKind.values()[random.nextInt(AttemptKind.values().length)])
        .helper(random.nextInt(4) == 0 ? "fetcher" : "")
        .count(1 + random.nextInt(3))
        .build();
  }

  private static EngineEvent event(Random random) {
    EventKind[] kinds = EventKind.values();
    EventKind kind = kinds[random.nextInt(kinds.length)];
    EngineEvent.Builder event =
        EngineEvent.builder(kind, START_MILLIS + random.nextInt(60_000))
            .put(EventNumber.JOB_ID, random.nextInt(3))
            .put(EventNumber.STAGE_ID, random.nextInt(3))
            .put(EventNumber.STAGE_ATTEMPT, random.nextInt(2))
            .put(EventNumber.TASK_COUNT, random.nextInt(200))
            .put(EventNumber.GC_GRADE, 1 + random.nextInt(2))
            .put(EventNumber.GC_DURATION_MILLIS, random.nextInt(300))
            .put(EventNumber.HEAP_AFTER_BYTES, random.nextInt(1_000_000_000))
            .put(EventNumber.RUN_TIME_MILLIS, random.nextInt(9_000) - 1)
            .put(EventNumber.INPUT_BYTES, random.nextInt(1_000_000))
            .put(EventText.OUTCOME, random.nextBoolean() ? "SUCCEEDED" : "FAILED")
            .put(EventText.EXECUTOR_ID, Integer.toString(random.nextInt(2)))
            .put(EventNumber.LAUNCHED_MILLIS, START_MILLIS + random.nextInt(1_000))
            .put(EventNumber.FINISHED_MILLIS, START_MILLIS + 1_000 + random.nextInt(9_000))
            .put(EventNumber.SPECULATIVE, random.nextInt(2))
            .put(EventNumber.SQL_EXECUTION, random.nextInt(3))
            .put(EventNumber.CHECKPOINT_ID, random.nextInt(300))
            .put(EventText.PLAN, "0\tScan\t\t7:sum:number of output rows\n")
            .put(EventText.ACCUMULATORS, "7=" + random.nextInt(1_000))
            .put(EventText.HOST, "node-" + random.nextInt(2))
            .put(EventText.LOCALITY, random.nextBoolean() ? "ANY" : "NODE_LOCAL")
            .put(EventText.STAGE_NAME, "stage " + random.nextInt(9));
    if (kind == EventKind.ENVIRONMENT) {
      event.property("spark.executor.memory", random.nextInt(9) + "g");
      event.property("spark.key." + random.nextInt(4), "value " + random.nextInt(4));
    }
    return event.build();
  }
}
