// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.server;

import io.plimsoll.diagnosis.Diagnosis;
import io.plimsoll.profile.ProcessFold;
import io.plimsoll.profile.RunFold;
import io.plimsoll.profile.RunKey;
import io.plimsoll.profile.RunProfile;
import io.plimsoll.store.AttemptArchive;
import io.plimsoll.store.AttemptArchive.ArchivedAttempt;
import io.plimsoll.store.RunCatalogue;
import io.plimsoll.store.RunCatalogue.RunSummary;
import io.plimsoll.store.SeriesStore;
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
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A made-up Spark run told in envelopes, as agents would tell it: a driver and two executors for
 * one minute, three stages of which one is skewed, far more memory asked for than used.
 */
final class SyntheticRun {
  static final long START_MILLIS = 1_763_900_003_000L;
  private static final int SECONDS = 62;
  private static final long MIB = 1L << 20;
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final RunKey key;
  private final String name;
  private final long startMillis;
  private final String executorMemory;
  private final boolean ended;
  private final List<ProcessFold> folds = new ArrayList<>();
  private final List<ArchivedAttempt> attempts = new ArrayList<>();

  private SyntheticRun(
      RunKey key, String name, long startMillis, String executorMemory, boolean ended) {
    this.key = key;
    this.name = name;
    this.startMillis = startMillis;
    this.executorMemory = executorMemory;
    this.ended = ended;
    tellDriver();
    tellExecutor(0);
    tellExecutor(1);
  }

  static SyntheticRun of(RunKey key, String name, long startMillis, String executorMemory) {
    return new SyntheticRun(key, name, startMillis, executorMemory, true);
  }

  /** A run whose end nobody has told yet. */
  static SyntheticRun unfinished(RunKey key, String name, long startMillis, String executorMemory) {
    return new SyntheticRun(key, name, startMillis, executorMemory, false);
  }

  RunKey key() {
    return key;
  }

  RunProfile profile() {
    return RunFold.profile(key, folds);
  }

  List<ArchivedAttempt> attempts() {
    return attempts;
  }

  /** Stores all of it the way the pipeline does, with its findings. */
  <S extends RunCatalogue & SeriesStore & AttemptArchive> SyntheticRun storeIn(
      S store, boolean complete) {
    for (ProcessFold fold : folds) {
      store.upsertProcess(key, fold.process(), 1, fold.toBytes());
      store.upsert(fold.rollups(key, 1));
    }
    store.upsert(RunFold.runRollups(key, folds, 1));
    store.upsert(
        attempts.stream().map(archived -> RunFold.task(key, archived.attempt(), 1)).toList());
    store.upsert(key, attempts);
    store.upsertFindings(key, 1, Diagnosis.evaluate(profile()));
    long end = complete ? startMillis + SECONDS * 1000L : -1;
    store.upsertRun(new RunSummary(key, name, "spark", startMillis, end, complete), 1);
    return this;
  }

  private ProcessIdentity identity(Role role, String executorId) {
    UUID process =
        UUID.nameUUIDFromBytes((key.id() + role + executorId).getBytes(StandardCharsets.UTF_8));
    return ProcessIdentity.builder(process)
        .host("node-1", "boot")
        .pid(4000 + executorId.length(), startMillis - 2000)
        .role(role)
        .cluster(key.cluster())
        .application(key.application(), key.attempt())
        .executorId(executorId)
        .build();
  }

  private Envelope.Header header(ProcessIdentity identity, Stream stream) {
    return Envelope.header(identity, stream, 0, ClockAnchor.of(startMillis, 0), LossCounters.NONE);
  }

  private void tellDriver() {
    ProcessIdentity identity = identity(Role.DRIVER, "driver");
    ProcessFold fold = ProcessFold.of(identity.process());
    fold.add(header(identity, Stream.EVENTS).events(driverEvents()));
    fold.add(header(identity, Stream.SAMPLES).samples(samples(420 * MIB, 180 * MIB, 350)));
    folds.add(fold);
  }

  private List<EngineEvent> driverEvents() {
    List<EngineEvent> events = new ArrayList<>();
    events.add(
        event(EventKind.APPLICATION_STARTED, 0)
            .put(EventText.APPLICATION_NAME, name)
            .put(EventText.ENGINE, "spark")
            .put(EventText.ENGINE_VERSION, "4.0.1")
            .build());
    events.add(
        event(EventKind.ENVIRONMENT, 0)
            .property("spark.app.name", name)
            .property("spark.executor.memory", executorMemory)
            .property("spark.executor.cores", "1")
            .property("spark.cores.max", "2")
            .property("spark.driver.memory", "1g")
            .property("spark.master", "spark://127.0.0.1:7077")
            .build());
    for (int executor = 0; executor < 2; executor++) {
      events.add(
          event(EventKind.EXECUTOR_ADDED, 1)
              .put(EventNumber.CORES, 1)
              .put(EventText.EXECUTOR_ID, Integer.toString(executor))
              .put(EventText.HOST, "node-1")
              .build());
    }
    events.add(
        event(EventKind.JOB_STARTED, 2)
            .put(EventNumber.JOB_ID, 0)
            .put(EventText.STAGE_IDS, "0,1,2")
            .put(EventNumber.SQL_EXECUTION, 0)
            .build());
    for (int stage = 0; stage < 3; stage++) {
      tellStage(events, stage);
    }
    events.add(
        event(EventKind.JOB_ENDED, 60)
            .put(EventNumber.JOB_ID, 0)
            .put(EventNumber.SUCCEEDED, 1)
            .build());
    if (ended) {
      events.add(event(EventKind.APPLICATION_ENDED, SECONDS - 1).build());
      events.add(event(EventKind.JVM_ENDING, SECONDS).build());
    }
    return events;
  }

  private void tellStage(List<EngineEvent> events, int stage) {
    int from = 3 + stage * 18;
    String parent = stage == 0 ? "" : Integer.toString(stage - 1);
    events.add(
        stageEvent(EventKind.STAGE_SUBMITTED, from, stage)
            .put(EventText.PARENT_IDS, parent)
            .build());
    for (int task = 0; task < 8; task++) {
      long runMillis = taskMillis(stage, task);
      events.add(
          stageEvent(EventKind.TASK_ENDED, from + 17, stage)
              .put(EventNumber.TASK_ID, taskId(stage, task))
              .put(EventNumber.PARTITION, task)
              .put(EventNumber.ATTEMPT_NUMBER, 0)
              .put(EventNumber.LAUNCHED_MILLIS, at(from))
              .put(EventNumber.FINISHED_MILLIS, at(from) + runMillis)
              .put(EventNumber.RUN_TIME_MILLIS, runMillis)
              .put(EventNumber.CPU_TIME_NANOS, runMillis * 800_000)
              .put(EventNumber.INPUT_BYTES, 64 * MIB)
              .put(EventNumber.SHUFFLE_READ_BYTES, stage * (runMillis * 2000))
              .put(EventNumber.SHUFFLE_WRITE_BYTES, 8 * MIB)
              .put(EventText.EXECUTOR_ID, Integer.toString(task % 2))
              .put(EventText.OUTCOME, AttemptOutcome.SUCCEEDED.name())
              .build());
    }
    events.add(
        stageEvent(EventKind.STAGE_COMPLETED, from + 17, stage)
            .put(EventNumber.SUBMITTED_MILLIS, at(from))
            .put(EventNumber.COMPLETED_MILLIS, at(from + 17))
            .put(EventText.PARENT_IDS, parent)
            .build());
  }

  private EngineEvent.Builder stageEvent(EventKind kind, int second, int stage) {
    return event(kind, second)
        .put(EventNumber.STAGE_ID, stage)
        .put(EventNumber.STAGE_ATTEMPT, 0)
        .put(EventNumber.TASK_COUNT, 8)
        .put(EventText.STAGE_NAME, "collect at Query" + stage + ".scala:4" + stage);
  }

  private void tellExecutor(int number) {
    ProcessIdentity identity = identity(Role.EXECUTOR, Integer.toString(number));
    ProcessFold fold = ProcessFold.of(identity.process());
    List<AttemptRecord> records = new ArrayList<>();
    for (int stage = 0; stage < 3; stage++) {
      long start = at(3 + stage * 18);
      for (int task = number; task < 8; task += 2) {
        long wallMillis = taskMillis(stage, task);
        records.add(
            AttemptRecord.builder(taskId(stage, task))
                .stage(stage, 0)
                .partition(task, 0)
                .startEpochMillis(start)
                .wallNanos(wallMillis * NANOS_PER_MILLI)
                .cpuNanos(wallMillis * 820_000)
                .allocatedBytes(wallMillis * 100_000)
                .outcome(AttemptOutcome.SUCCEEDED)
                .build());
        start += wallMillis;
      }
    }
    records.forEach(
        record ->
            attempts.add(
                new ArchivedAttempt(identity.process(), Integer.toString(number), record)));
    fold.add(header(identity, Stream.ATTEMPTS).attempts(records));
    fold.add(header(identity, Stream.EVENTS).events(executorEvents()));
    fold.add(
        header(identity, Stream.SAMPLES)
            .samples(samples((900 + 60L * number) * MIB, 420 * MIB, 700 + 100 * number)));
    folds.add(fold);
  }

  private List<EngineEvent> executorEvents() {
    List<EngineEvent> events = new ArrayList<>();
    for (int second = 10; second < SECONDS; second += 10) {
      boolean full = second == 40;
      events.add(
          event(EventKind.GARBAGE_COLLECTION, second)
              .put(EventNumber.GC_ID, second / 10)
              .put(EventNumber.GC_DURATION_MILLIS, full ? 120 : 25)
              .put(EventNumber.HEAP_BEFORE_BYTES, 600 * MIB)
              .put(EventNumber.HEAP_AFTER_BYTES, (full ? 210 : 260) * MIB)
              .put(EventNumber.OLD_BEFORE_BYTES, 220 * MIB)
              .put(EventNumber.OLD_AFTER_BYTES, 200 * MIB)
              .put(EventNumber.GC_GRADE, full ? 2 : 1)
              .put(EventText.COLLECTOR, full ? "G1 Old Generation" : "G1 Young Generation")
              .put(EventText.CAUSE, full ? "System.gc()" : "G1 Evacuation Pause")
              .build());
    }
    if (ended) {
      events.add(event(EventKind.JVM_ENDING, SECONDS).build());
    }
    return events;
  }

  /** Memory swells and ebbs a little; CPU is busy while stages run. */
  private List<Sample> samples(long rssBytes, long heapBytes, int busyMillisPerSecond) {
    List<Sample> samples = new ArrayList<>();
    for (int second = 0; second <= SECONDS; second++) {
      long wave = (second % 10) * 9 * MIB;
      long warm = Math.min(second, 12) * rssBytes / 24;
      long cpu = second * busyMillisPerSecond * NANOS_PER_MILLI;
      Map<MetricKey, Long> values = new HashMap<>();
      put(values, Metric.PROCESS_CPU, cpu);
      put(values, Metric.CPU_GC, cpu / 30);
      put(values, Metric.CPU_JIT, cpu / 12);
      put(values, Metric.CPU_AGENT, cpu / 200);
      put(values, Metric.RSS, rssBytes / 2 + warm + wave / 3);
      put(values, Metric.RSS_ANON, rssBytes / 2 + warm - 60 * MIB);
      put(values, Metric.HEAP_USED, heapBytes / 2 + wave);
      put(values, Metric.HEAP_COMMITTED, heapBytes + 100 * MIB);
      put(values, Metric.HEAP_MAX, 6144 * MIB);
      put(values, Metric.METASPACE_USED, 110 * MIB);
      put(values, Metric.METASPACE_COMMITTED, 114 * MIB);
      put(values, Metric.CODE_CACHE_USED, 40 * MIB);
      put(values, Metric.CODE_CACHE_COMMITTED, 48 * MIB);
      put(values, Metric.DIRECT_USED, 20 * MIB);
      put(values, Metric.MAPPED_USED, 0);
      put(values, Metric.THREADS, 60);
      put(values, Metric.ALLOCATED, second * 80 * MIB);
      put(values, Metric.AVAILABLE_PROCESSORS, 2);
      samples.add(Sample.of(at(second), values));
    }
    return samples;
  }

  private static void put(Map<MetricKey, Long> values, Metric metric, long value) {
    values.put(MetricKey.of(metric), value);
  }

  private EngineEvent.Builder event(EventKind kind, int second) {
    return EngineEvent.builder(kind, at(second));
  }

  private long at(int second) {
    return startMillis + second * 1000L;
  }

  private static long taskId(int stage, int task) {
    return stage * 100L + task;
  }

  /** The last task of the last stage takes eight times as long as the others. */
  private static long taskMillis(int stage, int task) {
    return stage == 2 && task == 7 ? 12_800 : 1_600;
  }
}
