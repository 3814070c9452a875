// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.wire.codec;

import io.plimsoll.wire.AttemptHook;
import io.plimsoll.wire.AttemptKind;
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
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What the fixture files of all schema versions say. A file that is there is never written again:
 * it stands for agents in the field. A new kind of message gets a new file, by {@link #main}.
 */
final class WireFixtures {
  private static final long START = 1_763_900_000_000L;

  private WireFixtures() {}

  static Map<String, Envelope> expected() {
    Map<String, Envelope> fixtures = new TreeMap<>();
    fixtures.put("identity", header(fullIdentity(), Stream.SAMPLES).samples(List.of()));
    fixtures.put("samples", header(executor(), Stream.SAMPLES).samples(samples()));
    fixtures.put("attempts", header(executor(), Stream.ATTEMPTS).attempts(attempts()));
    fixtures.put("attempts-kinds", header(executor(), Stream.ATTEMPTS).attempts(kinds()));
    fixtures.put("attempts-sums", header(executor(), Stream.ATTEMPTS).attempts(sums()));
    fixtures.put("events-application", events(applicationEvents()));
    fixtures.put("events-job", events(jobEvents()));
    fixtures.put("events-stage", events(stageEvents()));
    fixtures.put("events-task", events(List.of(taskEvent())));
    fixtures.put("events-executor", events(executorEvents()));
    fixtures.put("events-jvm", events(jvmEvents()));
    fixtures.putAll(ProcessFixtures.expected());
    fixtures.putAll(AgentFixtures.expected());
    fixtures.putAll(FlinkFixtures.expected());
    fixtures.putAll(SparkFixtures.expected());
    fixtures.putAll(ComponentFixtures.expected());
    fixtures.putAll(EventLogFixtures.expected());
    fixtures.putAll(TableFixtures.expected());
    return fixtures;
  }

  static byte[] bytes(String name) {
    String resource = "/wire/" + version(name) + "/" + name + ".bin";
    try (InputStream in = WireFixtures.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("no fixture " + resource);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String version(String name) {
    return TableFixtures.expected().containsKey(name) ? "v2" : "v1";
  }

  /** Writes the fixtures that are not there yet into folders in the directory {@code args[0]}. */
  public static void main(String[] args) throws IOException {
    for (Map.Entry<String, Envelope> fixture : expected().entrySet()) {
      Path file = Path.of(args[0], version(fixture.getKey()), fixture.getKey() + ".bin");
      if (!Files.exists(file)) {
        Files.write(file, EnvelopeEncoder.encode(fixture.getValue()));
      }
    }
  }

  static Envelope events(List<EngineEvent> events) {
    return header(driver(), Stream.EVENTS).events(events);
  }

  private static Envelope.Header header(ProcessIdentity identity, Stream stream) {
    return Envelope.header(
        identity,
        stream,
        41,
        ClockAnchor.of(START + 60_000, 987_654_321_012_345L),
        LossCounters.of(1, 20, 300, 4000));
  }

  private static ProcessIdentity fullIdentity() {
    return ProcessIdentity.builder(UUID.fromString("01234567-89ab-cdef-fedc-ba9876543210"))
        .host("node-7.example.org", "5c5c1a3e-2f0b-4d0e-9a55-0d7f6f1f3b11")
        .pid(4242, START)
        .role(Role.EXECUTOR)
        .cluster("spark://node-1:7077")
        .application("app-20251123120000-0003", 2)
        .executorId("17")
        .build();
  }

  private static ProcessIdentity executor() {
    return ProcessIdentity.builder(new UUID(7, 8))
        .host("node-2", "boot")
        .pid(99, START)
        .role(Role.EXECUTOR)
        .build();
  }

  private static ProcessIdentity driver() {
    return ProcessIdentity.builder(new UUID(9, 10))
        .host("node-1", "boot")
        .pid(77, START)
        .role(Role.DRIVER)
        .application("app-1", 0)
        .build();
  }

  private static List<Sample> samples() {
    Map<MetricKey, Long> first = new TreeMap<>();
    first.put(MetricKey.of(Metric.PROCESS_CPU), 12_345_678_900L);
    first.put(MetricKey.of(Metric.RSS), 1_500_000_000L);
    first.put(MetricKey.of(Metric.POOL_USED, "G1 Old Gen"), 400_000_000L);
    first.put(MetricKey.of(Metric.POOL_USED, "G1 Eden Space"), 50_000_000L);
    Map<MetricKey, Long> second = new TreeMap<>(first);
    second.put(MetricKey.of(Metric.PROCESS_CPU), 13_345_678_900L);
    second.put(MetricKey.of(Metric.RSS), 1_400_000_000L);
    second.put(MetricKey.of(Metric.GC_COUNT, "G1 Young Generation"), 1L);
    second.remove(MetricKey.of(Metric.POOL_USED, "G1 Old Gen"));
    Map<MetricKey, Long> third = new TreeMap<>(first);
    third.put(MetricKey.of(Metric.PROCESS_CPU), 14_345_678_901L);
    third.put(MetricKey.of(Metric.GC_CAUSE_TIME, "G1 Evacuation Pause"), 17L);
    return List.of(
        Sample.of(START + 1000, first),
        Sample.of(START + 2001, second),
        Sample.of(START + 3000, third));
  }

  private static List<AttemptRecord> attempts() {
    return List.of(
        attempt(100, AttemptOutcome.SUCCEEDED, 4_000_000_000L),
        attempt(101, AttemptOutcome.FAILED, 3_000_000L),
        attempt(99, AttemptOutcome.KILLED, 1L),
        AttemptRecord.builder(102).startEpochMillis(START).build());
  }

  private static List<AttemptRecord> kinds() {
    return List.of(
        AttemptRecord.builder(-7)
            .partition(3, 5)
            .startEpochMillis(START)
            .wallNanos(1_000)
            .cpuNanos(900)
            .allocatedBytes(80)
            .kind(AttemptKind.PROGRESS)
            .hook(AttemptHook.BYTECODE)
            .runQueueNanos(12)
            .flink("job1", "vertex1", "execution1")
            .build(),
        AttemptRecord.builder(-7)
            .kind(AttemptKind.HELPER)
            .hook(AttemptHook.THREAD_NAME)
            .flink("job1", "vertex1", "execution1")
            .helper("source fetcher")
            .cpuNanos(70)
            .build(),
        AttemptRecord.builder(-1).stage(4, 0).kind(AttemptKind.SUM).count(77).cpuNanos(5).build(),
        AttemptRecord.builder(8).stage(4, 0).hook(AttemptHook.PLUGIN).cpuNanos(6).build());
  }

  private static List<AttemptRecord> sums() {
    AttemptRecord.Builder sum =
        AttemptRecord.builder(-1)
            .stage(4, 0)
            .kind(AttemptKind.SUM)
            .count(500)
            .startEpochMillis(START)
            .wallNanos(45_000_000_000L)
            .cpuNanos(31_000_000_000L);
    return List.of(
        attempt(103, AttemptOutcome.SUCCEEDED, 4_000_000_000L),
        sum.spanMillis(2_345).build(),
        sum.spanMillis(0).build(),
        sum.spanMillis(-1).build());
  }

  private static AttemptRecord attempt(long task, AttemptOutcome outcome, long wallNanos) {
    return AttemptRecord.builder(task)
        .stage(5, 1)
        .partition((int) task - 90, 2)
        .startEpochMillis(START + task * 10)
        .wallNanos(wallNanos)
        .cpuNanos(wallNanos / 2)
        .allocatedBytes(wallNanos * 3)
        .outcome(outcome)
        .build();
  }

  private static List<EngineEvent> applicationEvents() {
    return List.of(
        EngineEvent.builder(EventKind.APPLICATION_STARTED, START)
            .put(EventText.APPLICATION_NAME, "TPC-H größer")
            .put(EventText.ENGINE, "spark")
            .put(EventText.ENGINE_VERSION, "4.0.1")
            .put(EventText.USER, "ada")
            .build(),
        EngineEvent.builder(EventKind.ENVIRONMENT, START + 5)
            .property("spark.executor.memory", "4g")
            .property("spark.executor.extraJavaOptions", "")
            .build(),
        EngineEvent.builder(EventKind.APPLICATION_ENDED, START + 90_000).build());
  }

  private static List<EngineEvent> jobEvents() {
    return List.of(
        EngineEvent.builder(EventKind.JOB_STARTED, START + 100)
            .put(EventNumber.JOB_ID, 3)
            .put(EventNumber.SQL_EXECUTION, 1)
            .put(EventText.STAGE_IDS, "4,5")
            .put(EventText.DESCRIPTION, "q01")
            .build(),
        EngineEvent.builder(EventKind.JOB_ENDED, START + 900)
            .put(EventNumber.JOB_ID, 3)
            .put(EventNumber.SUCCEEDED, 0)
            .build());
  }

  private static List<EngineEvent> stageEvents() {
    return List.of(
        EngineEvent.builder(EventKind.STAGE_SUBMITTED, START + 200)
            .put(EventNumber.STAGE_ID, 5)
            .put(EventNumber.STAGE_ATTEMPT, 0)
            .put(EventNumber.TASK_COUNT, 200)
            .put(EventText.STAGE_NAME, "collect at Q1.scala:12")
            .put(EventText.PARENT_IDS, "4")
            .build(),
        EngineEvent.builder(EventKind.STAGE_COMPLETED, START + 800)
            .put(EventNumber.STAGE_ID, 5)
            .put(EventNumber.SUBMITTED_MILLIS, START + 200)
            .put(EventNumber.COMPLETED_MILLIS, START + 799)
            .put(EventText.REASON, "fetch failed")
            .build());
  }

  /** A task end with every number this version knows of tasks, each with a value of its own. */
  private static EngineEvent taskEvent() {
    EngineEvent.Builder builder =
        EngineEvent.builder(EventKind.TASK_ENDED, START + 300)
            .put(EventText.OUTCOME, "SUCCEEDED")
            .put(EventText.EXECUTOR_ID, "0")
            .put(EventText.HOST, "node-2")
            .put(EventText.REASON, "");
    for (int id : TASK_NUMBER_IDS) {
      EventNumber number = EventNumber.byId(id);
      if (number == null) {
        throw new IllegalStateException("event number " + id + " is gone");
      }
      builder.put(number, 1000L * id);
    }
    return builder.build();
  }

  private static final int[] TASK_NUMBER_IDS = {
    2, 3, 5, 6, 7, 11, 12, 14, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36,
    37, 38, 39, 40
  };

  private static List<EngineEvent> executorEvents() {
    return List.of(
        EngineEvent.builder(EventKind.EXECUTOR_ADDED, START + 50)
            .put(EventNumber.CORES, 2)
            .put(EventText.EXECUTOR_ID, "0")
            .put(EventText.HOST, "node-2")
            .build(),
        EngineEvent.builder(EventKind.EXECUTOR_REMOVED, START + 40)
            .put(EventText.EXECUTOR_ID, "0")
            .put(EventText.REASON, "worker lost")
            .build());
  }

  private static List<EngineEvent> jvmEvents() {
    return List.of(
        EngineEvent.builder(EventKind.JVM_STARTED, START)
            .put(EventNumber.HEAP_MAX_BYTES, 4L << 30)
            .property("java.version", "17.0.15")
            .property("flags", "-Xmx4g -XX:+UseG1GC")
            .build(),
        EngineEvent.builder(EventKind.GARBAGE_COLLECTION, START + 700)
            .put(EventNumber.GC_DURATION_MILLIS, 12)
            .put(EventNumber.GC_ID, 9)
            .put(EventNumber.HEAP_BEFORE_BYTES, 3_000_000_000L)
            .put(EventNumber.HEAP_AFTER_BYTES, 1_000_000_000L)
            .put(EventNumber.OLD_BEFORE_BYTES, 900_000_000L)
            .put(EventNumber.OLD_AFTER_BYTES, 950_000_000L)
            .put(EventNumber.GC_GRADE, 1)
            .put(EventText.COLLECTOR, "G1 Young Generation")
            .put(EventText.CAUSE, "G1 Evacuation Pause")
            .build(),
        EngineEvent.builder(EventKind.JVM_ENDING, START + 95_000).build());
  }
}
