// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.grafana;

import io.plimsoll.profile.RunKey;
import io.plimsoll.wire.AttemptOutcome;
import io.plimsoll.wire.AttemptRecord;
import io.plimsoll.wire.ClockAnchor;
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
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;

/** Envelopes of a made-up run in which every JVM tells every metric that a JVM can tell. */
final class MadeRun {
  private static final int SECONDS = 120;
  private static final int TASKS = 60;
  private static final Map<Metric, List<String>> INSTANCES =
      Map.of(
          Metric.POOL_USED, List.of("G1 Old Gen", "G1 Eden Space"),
          Metric.GC_TIME, List.of("G1 Young Generation"),
          Metric.GC_COUNT, List.of("G1 Young Generation"));

  private final RunKey key;
  private final String name;
  private final long startMillis;
  private final List<Envelope> envelopes = new ArrayList<>();
  private final Map<String, Long> sequences = new HashMap<>();

  private MadeRun(RunKey key, String name, long startMillis) {
    this.key = key;
    this.name = name;
    this.startMillis = startMillis;
  }

  /** A driver and two executors with 60 tasks in two stages, of which some fail. */
  static MadeRun spark(long startMillis) {
    MadeRun run =
        new MadeRun(new RunKey("prod", "app-20261127-0001", 0), "daily orders", startMillis);
    run.process(1, Role.DRIVER, "driver", true, "spark");
    run.process(2, Role.EXECUTOR, "0", false, "spark");
    run.process(3, Role.EXECUTOR, "1", false, "spark");
    return run;
  }

  /** A JobManager that tells of six subtasks, and a TaskManager. */
  static MadeRun flink(long startMillis) {
    MadeRun run = new MadeRun(new RunKey("prod", "f00d", 0), "clicks", startMillis);
    run.process(11, Role.JOB_MANAGER, "", true, "flink");
    run.process(12, Role.TASK_MANAGER, "tm-1", false, "flink");
    return run;
  }

  RunKey key() {
    return key;
  }

  List<Envelope> envelopes() {
    return List.copyOf(envelopes);
  }

  private void process(int index, Role role, String executor, boolean leads, String engine) {
    ProcessIdentity identity =
        ProcessIdentity.builder(new UUID(key.hashCode(), index))
            .host("host-" + index, "boot-" + index)
            .pid(1_000 + index, startMillis)
            .role(role)
            .cluster(key.cluster())
            .application(key.application(), key.attempt())
            .executorId(executor)
            .build();
    samples(identity);
    List<EngineEvent> events = new ArrayList<>();
    if (leads) {
      leader(engine, events);
    } else if (engine.equals("spark")) {
      add(identity, Stream.ATTEMPTS, header -> header.attempts(attempts(index)));
    }
    for (int i = 0; i < 20; i++) {
      events.add(collection(i));
    }
    events.add(EngineEvent.builder(EventKind.JVM_ENDING, startMillis + 121_000).build());
    add(identity, Stream.EVENTS, header -> header.events(events));
  }

  private void leader(String engine, List<EngineEvent> events) {
    events.add(
        EngineEvent.builder(EventKind.APPLICATION_STARTED, startMillis)
            .put(EventText.APPLICATION_NAME, name)
            .put(EventText.ENGINE, engine)
            .put(EventText.ENGINE_VERSION, "4.0.1")
            .build());
    events.add(
        EngineEvent.builder(EventKind.ENVIRONMENT, startMillis + 10)
            .property("spark.executor.memory", "7g")
            .property("spark.executor.cores", "1")
            .build());
    for (int executor = 0; executor < 2; executor++) {
      events.add(
          EngineEvent.builder(EventKind.EXECUTOR_ADDED, startMillis + 900L + executor)
              .put(EventNumber.CORES, 1)
              .put(EventText.EXECUTOR_ID, Integer.toString(executor))
              .put(EventText.HOST, "host-" + (executor + 2))
              .build());
    }
    events.add(EngineEvent.builder(EventKind.APPLICATION_ENDED, startMillis + 120_500).build());
  }

  private EngineEvent collection(int index) {
    return EngineEvent.builder(EventKind.GARBAGE_COLLECTION, startMillis + 2_000L + 5_000L * index)
        .put(EventNumber.GC_ID, index)
        .put(EventNumber.GC_DURATION_MILLIS, 900)
        .put(EventNumber.HEAP_BEFORE_BYTES, 900_000_000L)
        .put(EventNumber.HEAP_AFTER_BYTES, 400_000_000L)
        .put(EventNumber.GC_GRADE, 2)
        .put(EventText.COLLECTOR, "G1 Young Generation")
        .put(EventText.CAUSE, "G1 Evacuation Pause")
        .build();
  }

  private List<AttemptRecord> attempts(int index) {
    List<AttemptRecord> attempts = new ArrayList<>();
    for (int task = index % 2; task < TASKS; task += 2) {
      attempts.add(
          AttemptRecord.builder(task)
              .stage(task < TASKS / 2 ? 0 : 1, 0)
              .partition(task % (TASKS / 2), 0)
              .startEpochMillis(startMillis + 3_000L + 1_500L * task)
              .wallNanos(2_000_000_000L)
              .cpuNanos(400_000_000L)
              .allocatedBytes(1 << 28)
              .outcome(task % 5 == 0 ? AttemptOutcome.FAILED : AttemptOutcome.SUCCEEDED)
              .build());
    }
    return attempts;
  }

  private void samples(ProcessIdentity identity) {
    for (int from = 0; from < SECONDS; from += 10) {
      List<Sample> batch = new ArrayList<>();
      for (int second = from; second < from + 10; second++) {
        batch.add(Sample.of(startMillis + 1_000L * second, values(identity.role(), second)));
      }
      add(identity, Stream.SAMPLES, header -> header.samples(batch));
    }
  }

  private static Map<MetricKey, Long> values(Role role, int second) {
    Map<MetricKey, Long> values = new TreeMap<>();
    for (Metric metric : Metric.values()) {
      boolean ofFlink = metric.wireName().startsWith("flink.");
      if (ofFlink == (role == Role.JOB_MANAGER) && !metric.wireName().startsWith("component.")) {
        for (String instance : instances(metric)) {
          values.put(MetricKey.of(metric, instance), value(metric, second));
        }
      }
    }
    return values;
  }

  private static List<String> instances(Metric metric) {
    if (metric.wireName().startsWith("flink.task.")) {
      return List.of("cbc357cc/0", "cbc357cc/1", "cbc357cc/2", "aa00/0", "aa00/1", "aa00/2");
    }
    return INSTANCES.getOrDefault(metric, List.of(""));
  }

  private static long value(Metric metric, int second) {
    if (metric == Metric.CPU_GC) {
      return 350_000_000L * second;
    }
    if (metric == Metric.PROCESS_CPU) {
      return 800_000_000L * second;
    }
    return switch (metric.unit()) {
      case NANOSECONDS -> metric.kind() == Metric.Kind.COUNTER ? 1_000_000L * second : 5_000_000L;
      case BYTES ->
          metric.kind() == Metric.Kind.COUNTER
              ? 1_000_000L * second
              : 500_000_000L + 1_000_000L * (second % 7);
      default -> metric.kind() == Metric.Kind.COUNTER ? 3L * second : 100L + second % 5;
    };
  }

  private void add(
      ProcessIdentity identity, Stream stream, Function<Envelope.Header, Envelope> payload) {
    long next = sequences.merge(identity.process() + " " + stream, 1L, Long::sum);
    envelopes.add(
        payload.apply(
            Envelope.header(
                identity, stream, next - 1, ClockAnchor.of(startMillis, 5), LossCounters.NONE)));
  }
}
