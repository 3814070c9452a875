// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.profile;

import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.EventKind;
import io.plimsoll.wire.EventNumber;
import io.plimsoll.wire.EventText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the processes of a run say of its stages, jobs and executors, put together. */
final class EngineFacts {
  private static final List<EventKind> DETAILS =
      List.of(
          EventKind.EXECUTOR_EXCLUDED,
          EventKind.NODE_EXCLUDED,
          EventKind.LISTENER_EVENTS_DROPPED,
          EventKind.EXECUTOR_METRICS,
          EventKind.FLINK_JOB,
          EventKind.FLINK_VERTEX,
          EventKind.FLINK_EDGE,
          EventKind.FLINK_SUBTASK,
          EventKind.FLINK_CHECKPOINTS,
          EventKind.FLINK_CHECKPOINT,
          EventKind.FLINK_EXCEPTION,
          EventKind.FLINK_TASK_MANAGER,
          EventKind.NOT_EVALUATED);

  private final List<ProcessFold> folds;

  private EngineFacts(List<ProcessFold> folds) {
    this.folds = folds;
  }

  /**
   * @param folds of the run's processes, in a fixed order
   */
  static EngineFacts of(List<ProcessFold> folds) {
    return new EngineFacts(folds);
  }

  /** The fact that is told once in a run, or null. */
  @Nullable EngineEvent once(EventKind kind) {
    for (ProcessFold fold : folds) {
      EngineEvent event = fold.engine().fact(kind);
      if (event != null) {
        return event;
      }
    }
    return null;
  }

  SortedMap<String, String> settings() {
    SortedMap<String, String> settings = new TreeMap<>();
    folds.forEach(fold -> settings.putAll(fold.engine().settings()));
    return settings;
  }

  List<StageProfile> stages() {
    SortedMap<StageKey, EngineEvent> submitted = byStage(EventKind.STAGE_SUBMITTED);
    SortedMap<StageKey, EngineEvent> completed = byStage(EventKind.STAGE_COMPLETED);
    SortedSet<StageKey> keys = new TreeSet<>(submitted.keySet());
    keys.addAll(completed.keySet());
    for (ProcessFold fold : folds) {
      keys.addAll(fold.engine().tasks().keySet());
      keys.addAll(fold.attempts().stages().keySet());
    }
    Map<Integer, String> descriptions = descriptions();
    List<StageProfile> stages = new ArrayList<>();
    for (StageKey key : keys) {
      if (key.stage() >= 0) {
        String description = descriptions.getOrDefault(key.stage(), "");
        stages.add(stage(key, description, submitted.get(key), completed.get(key)));
      }
    }
    return stages;
  }

  /** What the user called the first job that asked for each stage, by stage id. */
  private Map<Integer, String> descriptions() {
    Map<Integer, String> descriptions = new HashMap<>();
    byNumber(EventKind.JOB_STARTED)
        .forEach(
            (id, start) -> {
              for (int stage : numbers(start.text(EventText.STAGE_IDS))) {
                descriptions.putIfAbsent(stage, orEmpty(start.text(EventText.DESCRIPTION)));
              }
            });
    return descriptions;
  }

  List<JobProfile> jobs() {
    SortedMap<Long, EngineEvent> started = byNumber(EventKind.JOB_STARTED);
    SortedMap<Long, EngineEvent> ended = byNumber(EventKind.JOB_ENDED);
    List<JobProfile> jobs = new ArrayList<>();
    started.forEach(
        (id, start) -> {
          EngineEvent end = ended.get(id);
          jobs.add(
              new JobProfile(
                  (int) (long) id,
                  start.epochMillis(),
                  end == null ? -1 : end.epochMillis(),
                  end != null && end.number(EventNumber.SUCCEEDED, 0) == 1,
                  numbers(start.text(EventText.STAGE_IDS)),
                  start.number(EventNumber.SQL_EXECUTION, -1)));
        });
    return jobs;
  }

  List<ExecutorProfile> executors() {
    SortedMap<String, EngineEvent> added = byExecutor(EventKind.EXECUTOR_ADDED);
    SortedMap<String, EngineEvent> removed = byExecutor(EventKind.EXECUTOR_REMOVED);
    List<ExecutorProfile> executors = new ArrayList<>();
    added.forEach(
        (id, add) -> {
          EngineEvent remove = removed.get(id);
          executors.add(
              new ExecutorProfile(
                  id,
                  orEmpty(add.text(EventText.HOST)),
                  (int) add.number(EventNumber.CORES, 0),
                  add.epochMillis(),
                  remove == null ? -1 : remove.epochMillis(),
                  remove == null ? null : orEmpty(remove.text(EventText.REASON))));
        });
    executors.sort(
        Comparator.comparingLong(ExecutorProfile::addedMillis)
            .thenComparing(ExecutorProfile::executorId));
    return executors;
  }

  /** Queries and facts of all processes. */
  RunDetails details() {
    List<EngineEvent> facts = new ArrayList<>();
    for (EventKind kind : DETAILS) {
      each(kind, facts::add);
    }
    QueryFold queries = queries();
    return new RunDetails(queries.profiles(), queries.cutCount(), facts);
  }

  /** Mostly the driver's own, which remembers the plans that it has read. */
  private QueryFold queries() {
    List<QueryFold> told =
        folds.stream()
            .map(fold -> fold.engine().queries())
            .filter(queries -> !queries.isEmpty())
            .toList();
    if (told.size() == 1) {
      return told.get(0);
    }
    QueryFold together = new QueryFold();
    told.forEach(together::addAll);
    return together;
  }

  private StageProfile stage(
      StageKey key,
      String description,
      @Nullable EngineEvent submitted,
      @Nullable EngineEvent completed) {
    AttemptSums attempts = AttemptSums.ZERO;
    long gcCpuNanos = 0;
    SketchDistribution wallMillis = new SketchDistribution();
    TaskFold tasks = new TaskFold();
    for (ProcessFold fold : folds) {
      AttemptFold.Slice slice = fold.attempts().stages().get(key);
      if (slice != null) {
        attempts = attempts.plus(slice.sums);
        gcCpuNanos += Books.gcCharge(fold.profile(), slice.sums);
        wallMillis.absorb(slice.wallMillis);
      }
      TaskFold told = fold.engine().tasks().get(key);
      if (told != null) {
        tasks.addAll(told);
      }
    }
    EngineEvent latest = completed != null ? completed : submitted;
    return new StageProfile(
        key.stage(),
        key.attempt(),
        described(description, latest == null ? "" : orEmpty(latest.text(EventText.STAGE_NAME))),
        submittedMillis(submitted, completed),
        completed == null
            ? -1
            : completed.number(EventNumber.COMPLETED_MILLIS, completed.epochMillis()),
        latest == null ? 0 : (int) latest.number(EventNumber.TASK_COUNT, 0),
        latest == null ? List.of() : numbers(latest.text(EventText.PARENT_IDS)),
        completed == null ? null : completed.text(EventText.REASON),
        attempts,
        gcCpuNanos,
        tasks.sums(),
        wallMillis,
        tasks.runMillis(),
        tasks.readBytes(),
        tasks.details());
  }

  /** The engine's name is the place in the code; with adaptive plans the same for every stage. */
  private static String described(String description, String name) {
    if (description.isEmpty()) {
      return name;
    }
    return name.isEmpty() ? description : description + " (" + name + ")";
  }

  private static long submittedMillis(
      @Nullable EngineEvent submitted, @Nullable EngineEvent completed) {
    if (completed != null && completed.has(EventNumber.SUBMITTED_MILLIS)) {
      return completed.number(EventNumber.SUBMITTED_MILLIS, -1);
    }
    return submitted == null
        ? -1
        : submitted.number(EventNumber.SUBMITTED_MILLIS, submitted.epochMillis());
  }

  private SortedMap<StageKey, EngineEvent> byStage(EventKind kind) {
    SortedMap<StageKey, EngineEvent> events = new TreeMap<>();
    each(kind, event -> events.put(EngineFold.stage(event), event));
    return events;
  }

  private SortedMap<Long, EngineEvent> byNumber(EventKind kind) {
    SortedMap<Long, EngineEvent> events = new TreeMap<>();
    each(kind, event -> events.put(event.number(EventNumber.JOB_ID, -1), event));
    return events;
  }

  private SortedMap<String, EngineEvent> byExecutor(EventKind kind) {
    SortedMap<String, EngineEvent> events = new TreeMap<>();
    each(kind, event -> events.put(orEmpty(event.text(EventText.EXECUTOR_ID)), event));
    return events;
  }

  private void each(EventKind kind, Consumer<EngineEvent> use) {
    folds.forEach(fold -> fold.engine().facts(kind).forEach(use));
  }

  /** The whole numbers of a comma-separated list; what is none is left out. */
  private static List<Integer> numbers(@Nullable String list) {
    List<Integer> numbers = new ArrayList<>();
    for (String part : orEmpty(list).split(",", -1)) {
      String digits = part.strip();
      if (digits.matches("\\d{1,9}")) {
        numbers.add(Integer.valueOf(digits));
      }
    }
    return numbers;
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
