// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.pipeline;

import io.plimsoll.profile.ProcessFold;
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
import io.plimsoll.wire.codec.EnvelopeRecording;
import io.plimsoll.wire.codec.WireException;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;

/** Envelopes of a made-up Spark run: a driver and two executors, 75 seconds, two stages. */
final class SyntheticRun {
  private static final long START = 1_700_000_003_217L;
  private static final int SECONDS = 75;
  private static final int TASKS = 40;

  private final RunKey key;
  private final Random random;
  private final boolean applicationEnds;
  private final boolean processesEnd;
  private final List<Envelope> envelopes = new ArrayList<>();
  private final Map<UUID, Map<Stream, Long>> sequences = new HashMap<>();

  private SyntheticRun(
      String application, long seed, boolean applicationEnds, boolean processesEnd) {
    this.key = new RunKey("test", application, 0);
    this.random = new Random(seed);
    this.applicationEnds = applicationEnds;
    this.processesEnd = processesEnd;
    driver(process(0, Role.DRIVER, "driver"));
    executor(process(1, Role.EXECUTOR, "0"), 0);
    executor(process(2, Role.EXECUTOR, "1"), 1);
  }

  /** A run that ends as it should. */
  static SyntheticRun complete(String application, long seed) {
    return new SyntheticRun(application, seed, true, true);
  }

  /** A run whose processes fall silent without a word. */
  static SyntheticRun silent(String application, long seed, boolean applicationEnds) {
    return new SyntheticRun(application, seed, applicationEnds, false);
  }

  RunKey key() {
    return key;
  }

  /** As they were said. */
  List<Envelope> envelopes() {
    return List.copyOf(envelopes);
  }

  /** Every envelope at least once, every fourth twice, in no order. */
  List<Envelope> disturbed() {
    List<Envelope> disturbed = new ArrayList<>(envelopes);
    for (int i = 0; i < envelopes.size(); i += 4) {
      disturbed.add(envelopes.get(i));
    }
    Collections.shuffle(disturbed, random);
    return disturbed;
  }

  void record(Path file) throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      EnvelopeRecording.start(out);
      for (Envelope envelope : envelopes) {
        EnvelopeRecording.write(out, envelope);
      }
    }
  }

  /** The folds of a recording, straight from the file. */
  static Collection<ProcessFold> folds(Path recording) throws IOException, WireException {
    Map<UUID, ProcessFold> folds = new TreeMap<>();
    try (InputStream in = new BufferedInputStream(Files.newInputStream(recording))) {
      EnvelopeRecording.read(
          in,
          envelope ->
              folds.computeIfAbsent(envelope.identity().process(), ProcessFold::of).add(envelope));
    }
    return folds.values();
  }

  private ProcessIdentity process(int index, Role role, String executorId) {
    return ProcessIdentity.builder(new UUID(random.nextLong(), random.nextLong()))
        .host("host-" + index, "boot-" + index)
        .pid(1000 + index, START + 400L * index)
        .role(role)
        .cluster(key.cluster())
        .application(key.application(), key.attempt())
        .executorId(executorId)
        .build();
  }

  private void driver(ProcessIdentity identity) {
    samples(identity);
    List<EngineEvent> events = new ArrayList<>();
    events.add(
        EngineEvent.builder(EventKind.APPLICATION_STARTED, START)
            .put(EventText.APPLICATION_NAME, "daily orders")
            .put(EventText.ENGINE, "spark")
            .put(EventText.ENGINE_VERSION, "4.0.1")
            .build());
    events.add(
        EngineEvent.builder(EventKind.ENVIRONMENT, START + 10)
            .property("spark.executor.memory", "7g")
            .property("spark.executor.cores", "1")
            .build());
    for (int executor = 0; executor < 2; executor++) {
      events.add(
          EngineEvent.builder(EventKind.EXECUTOR_ADDED, START + 900L + executor)
              .put(EventNumber.CORES, 1)
              .put(EventText.EXECUTOR_ID, Integer.toString(executor))
              .put(EventText.HOST, "host-" + (executor + 1))
              .build());
    }
    events.add(
        EngineEvent.builder(EventKind.JOB_STARTED, START + 1_000)
            .put(EventNumber.JOB_ID, 0)
            .put(EventText.STAGE_IDS, "0,1")
            .build());
    for (int stage = 0; stage < 2; stage++) {
      events.add(stage(EventKind.STAGE_SUBMITTED, stage));
      for (int task = 0; task < TASKS; task++) {
        events.add(taskEnded(stage, task));
      }
      events.add(stage(EventKind.STAGE_COMPLETED, stage));
    }
    events.add(
        EngineEvent.builder(EventKind.JOB_ENDED, START + 70_000)
            .put(EventNumber.JOB_ID, 0)
            .put(EventNumber.SUCCEEDED, 1)
            .build());
    if (applicationEnds) {
      events.add(EngineEvent.builder(EventKind.APPLICATION_ENDED, START + 72_000).build());
    }
    events(identity, events);
  }

  private void executor(ProcessIdentity identity, int index) {
    samples(identity);
    List<EngineEvent> events = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      long used = 500_000_000L + random.nextInt(100_000_000);
      events.add(
          EngineEvent.builder(EventKind.GARBAGE_COLLECTION, START + 5_000L + 8_000L * i)
              .put(EventNumber.GC_ID, i)
              .put(EventNumber.GC_DURATION_MILLIS, 10 + random.nextInt(50))
              .put(EventNumber.HEAP_BEFORE_BYTES, 2 * used)
              .put(EventNumber.HEAP_AFTER_BYTES, used)
              .put(EventNumber.GC_GRADE, i == 5 ? 2 : 1)
              .put(EventText.COLLECTOR, "G1 Young Generation")
              .put(EventText.CAUSE, "G1 Evacuation Pause")
              .build());
    }
    events(identity, events);
    List<AttemptRecord> attempts = new ArrayList<>();
    for (int stage = 0; stage < 2; stage++) {
      for (int task = index; task < TASKS; task += 2) {
        attempts.add(attempt(stage, task));
        if (attempts.size() == 7) {
          add(identity, Stream.ATTEMPTS, header -> header.attempts(List.copyOf(attempts)));
          attempts.clear();
        }
      }
    }
    add(identity, Stream.ATTEMPTS, header -> header.attempts(List.copyOf(attempts)));
  }

  private void samples(ProcessIdentity identity) {
    List<Sample> batch = new ArrayList<>();
    long cpu = 0;
    for (int second = 0; second < SECONDS; second++) {
      cpu += random.nextInt(1_000_000_000);
      Map<MetricKey, Long> values = new TreeMap<>();
      values.put(MetricKey.of(Metric.PROCESS_CPU), cpu);
      values.put(MetricKey.of(Metric.RSS), 1_000_000_000L + random.nextInt(500_000_000));
      values.put(MetricKey.of(Metric.POOL_USED, "G1 Old Gen"), (long) random.nextInt(1 << 30));
      if (second % 3 == 0) {
        values.put(MetricKey.of(Metric.THREADS), 30L + random.nextInt(20));
      }
      batch.add(
          Sample.of(identity.startEpochMillis() + 1_000L * second + random.nextInt(40), values));
      if (batch.size() == 5) {
        // Like a real agent, it does not know its application in its first seconds.
        ProcessIdentity told =
            second < 10 ? identity.toBuilder().application("", 0).executorId("").build() : identity;
        add(told, Stream.SAMPLES, header -> header.samples(List.copyOf(batch)));
        batch.clear();
      }
    }
  }

  private void events(ProcessIdentity identity, List<EngineEvent> events) {
    List<EngineEvent> all = new ArrayList<>(events);
    if (processesEnd) {
      all.add(EngineEvent.builder(EventKind.JVM_ENDING, START + 75_000).build());
    }
    for (int from = 0; from < all.size(); from += 16) {
      List<EngineEvent> part = all.subList(from, Math.min(all.size(), from + 16));
      add(identity, Stream.EVENTS, header -> header.events(part));
    }
  }

  private EngineEvent stage(EventKind kind, int stage) {
    EngineEvent.Builder event =
        EngineEvent.builder(kind, START + 1_100 + 34_000L * stage)
            .put(EventNumber.STAGE_ID, stage)
            .put(EventNumber.STAGE_ATTEMPT, 0)
            .put(EventNumber.TASK_COUNT, TASKS)
            .put(EventText.STAGE_NAME, "stage " + stage)
            .put(EventText.PARENT_IDS, stage == 0 ? "" : "0")
            .put(EventNumber.SUBMITTED_MILLIS, START + 1_100 + 34_000L * stage);
    if (kind == EventKind.STAGE_COMPLETED) {
      event.put(EventNumber.COMPLETED_MILLIS, START + 34_000 + 34_000L * stage);
    }
    return event.build();
  }

  private EngineEvent taskEnded(int stage, int task) {
    return EngineEvent.builder(EventKind.TASK_ENDED, START + 3_000 + 34_000L * stage + 700L * task)
        .put(EventNumber.STAGE_ID, stage)
        .put(EventNumber.STAGE_ATTEMPT, 0)
        .put(EventNumber.TASK_ID, (long) stage * TASKS + task)
        .put(EventNumber.PARTITION, task)
        .put(EventNumber.SUCCEEDED, 1)
        .put(EventNumber.RUN_TIME_MILLIS, 100 + random.nextInt(2_000))
        .put(EventNumber.CPU_TIME_NANOS, 50_000_000L + random.nextInt(1_000_000_000))
        .put(EventNumber.SHUFFLE_READ_BYTES, random.nextInt(1 << 24))
        .put(EventText.OUTCOME, AttemptOutcome.SUCCEEDED.name())
        .put(EventText.EXECUTOR_ID, Integer.toString(task % 2))
        .build();
  }

  private AttemptRecord attempt(int stage, int task) {
    return AttemptRecord.builder((long) stage * TASKS + task)
        .stage(stage, 0)
        .partition(task, 0)
        .startEpochMillis(START + 2_000 + 34_000L * stage + 700L * task)
        .wallNanos(100_000_000L + random.nextInt(2_000_000_000))
        .cpuNanos(50_000_000L + random.nextInt(50_000_000))
        .allocatedBytes(random.nextInt(1 << 30))
        .outcome(task % 13 == 0 ? AttemptOutcome.FAILED : AttemptOutcome.SUCCEEDED)
        .build();
  }

  private interface Payload {
    Envelope on(Envelope.Header header);
  }

  private void add(ProcessIdentity identity, Stream stream, Payload payload) {
    long sequence =
        sequences
            .computeIfAbsent(identity.process(), any -> new EnumMap<>(Stream.class))
            .merge(stream, 1L, Long::sum);
    envelopes.add(
        payload.on(
            Envelope.header(
                identity, stream, sequence - 1, ClockAnchor.of(START, 5), LossCounters.NONE)));
  }
}
