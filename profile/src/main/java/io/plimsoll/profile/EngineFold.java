// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.profile;

import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.EventKind;
import io.plimsoll.wire.EventNumber;
import io.plimsoll.wire.EventText;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All events of one process: the engine's facts, its task sums by stage, and the collections. */
final class EngineFold {
  /** One setting of the run, and where it was told. */
  private record Setting(long order, String value) {
    Setting later(Setting other) {
      return other.order > order ? other : this;
    }
  }

  private final TreeMap<Told.Subject, Told> facts = new TreeMap<>();
  private final TreeMap<String, Setting> settings = new TreeMap<>();
  private final TreeMap<StageKey, TaskFold> tasks = new TreeMap<>();
  private final GcFold gc = new GcFold();
  private final QueryFold queries = new QueryFold();

  void add(long sequence, List<EngineEvent> events) {
    for (int place = 0; place < events.size(); place++) {
      add(Told.order(sequence, place), events.get(place));
    }
  }

  void addAll(EngineFold other) {
    other.facts.values().forEach(this::keep);
    other.settings.forEach((key, setting) -> settings.merge(key, setting, Setting::later));
    other.tasks.forEach(
        (stage, theirs) -> tasks.computeIfAbsent(stage, any -> new TaskFold()).addAll(theirs));
    gc.addAll(other.gc);
    queries.addAll(other.queries);
  }

  GcProfile gc() {
    return gc.profile();
  }

  boolean ended() {
    return fact(EventKind.JVM_ENDING) != null;
  }

  /** The fact of a kind that is told once for the process, or null. */
  @Nullable EngineEvent fact(EventKind kind) {
    Told told = facts.get(new Told.Subject(kind, 0, 0, ""));
    return told == null ? null : told.event();
  }

  /** All facts of this kind, by subject. */
  List<EngineEvent> facts(EventKind kind) {
    return facts.entrySet().stream()
        .filter(entry -> entry.getKey().kind() == kind)
        .map(entry -> entry.getValue().event())
        .toList();
  }

  QueryFold queries() {
    return queries;
  }

  SortedMap<String, String> settings() {
    SortedMap<String, String> values = new TreeMap<>();
    settings.forEach((key, setting) -> values.put(key, setting.value()));
    return values;
  }

  SortedMap<StageKey, TaskFold> tasks() {
    return Collections.unmodifiableSortedMap(tasks);
  }

  static StageKey stage(EngineEvent event) {
    return new StageKey(
        (int) event.number(EventNumber.STAGE_ID, -1),
        (int) event.number(EventNumber.STAGE_ATTEMPT, -1));
  }

  void write(FoldOutput out) {
    out.number(facts.size());
    facts.values().forEach(told -> told.write(out));
    out.number(settings.size());
    settings.forEach(
        (key, setting) -> {
          out.text(key);
          out.number(setting.order());
          out.text(setting.value());
        });
    out.number(tasks.size());
    tasks.forEach(
        (stage, fold) -> {
          stage.write(out);
          fold.write(out);
        });
    gc.write(out);
    queries.write(out);
  }

  /**
   * @param version of the process fold: since 3 it has details of tasks, and queries
   */
  void read(FoldInput in, int version) {
    int factCount = in.count();
    for (int i = 0; i < factCount; i++) {
      Told told = Told.read(in);
      facts.put(subject(told.event()), told);
      if (version < ProcessFold.WITH_DETAILS) {
        queries.measured(told.event());
      }
    }
    int settingCount = in.count();
    for (int i = 0; i < settingCount; i++) {
      settings.put(in.text(), new Setting(in.number(), in.text()));
    }
    int taskCount = in.count();
    for (int i = 0; i < taskCount; i++) {
      tasks.put(StageKey.read(in), TaskFold.read(in, version >= ProcessFold.WITH_DETAILS));
    }
    gc.read(in);
    if (version >= ProcessFold.WITH_DETAILS) {
      queries.read(in);
    }
  }

  private void add(long order, EngineEvent event) {
    switch (event.kind()) {
      case GARBAGE_COLLECTION -> gc.add(event);
      case TASK_ENDED -> tasks.computeIfAbsent(stage(event), any -> new TaskFold()).add(event);
      case ENVIRONMENT ->
          event
              .properties()
              .forEach(
                  (key, value) -> settings.merge(key, new Setting(order, value), Setting::later));
      case APPLICATION_STARTED,
          APPLICATION_ENDED,
          JOB_STARTED,
          JOB_ENDED,
          STAGE_SUBMITTED,
          EXECUTOR_ADDED,
          EXECUTOR_REMOVED,
          JVM_STARTED,
          JVM_ENDING,
          METRIC_SOURCES,
          THREADS_UNNAMED,
          EXECUTOR_EXCLUDED,
          NODE_EXCLUDED,
          LISTENER_EVENTS_DROPPED,
          FLINK_JOB,
          FLINK_VERTEX,
          FLINK_EDGE,
          FLINK_SUBTASK,
          FLINK_CHECKPOINTS,
          FLINK_CHECKPOINT,
          FLINK_EXCEPTION,
          FLINK_TASK_MANAGER,
          NOT_EVALUATED ->
          keep(new Told(order, event));
      case EXECUTOR_METRICS -> {
        if (!event.has(EventNumber.STAGE_ID)) {
          keep(new Told(order, event));
        }
      }
      case STAGE_COMPLETED -> {
        queries.measured(event);
        keep(new Told(order, withoutAccumulators(event)));
      }
      case SQL_STARTED -> queries.started(new Told(order, event));
      case SQL_PLAN_CHANGED -> queries.changed(new Told(order, event));
      case SQL_ENDED -> queries.ended(new Told(order, event));
      case SQL_METRICS -> queries.measured(event);
      default -> {
        // Nothing in a profile rests on it.
      }
    }
  }

  private static Told.Subject subject(EngineEvent event) {
    EventKind kind = event.kind();
    return switch (kind) {
      case JOB_STARTED, JOB_ENDED ->
          new Told.Subject(kind, event.number(EventNumber.JOB_ID, -1), 0, "");
      case STAGE_SUBMITTED, STAGE_COMPLETED ->
          new Told.Subject(
              kind,
              event.number(EventNumber.STAGE_ID, -1),
              event.number(EventNumber.STAGE_ATTEMPT, -1),
              "");
      case EXECUTOR_ADDED, EXECUTOR_REMOVED, EXECUTOR_EXCLUDED, EXECUTOR_METRICS -> {
        String executor = event.text(EventText.EXECUTOR_ID);
        yield new Told.Subject(kind, 0, 0, executor == null ? "" : executor);
      }
      case NODE_EXCLUDED -> new Told.Subject(kind, 0, 0, text(event, EventText.HOST));
      case LISTENER_EVENTS_DROPPED -> new Told.Subject(kind, 0, 0, text(event, EventText.QUEUE));
      case FLINK_VERTEX -> new Told.Subject(kind, 0, 0, text(event, EventText.VERTEX_ID));
      case FLINK_EDGE ->
          new Told.Subject(
              kind,
              0,
              0,
              text(event, EventText.SOURCE_VERTEX_ID) + " " + text(event, EventText.VERTEX_ID));
      case FLINK_SUBTASK ->
          new Told.Subject(
              kind, event.number(EventNumber.SUBTASK, -1), 0, text(event, EventText.VERTEX_ID));
      // The latest ones come first, so that they are kept.
      case FLINK_CHECKPOINT ->
          new Told.Subject(kind, -event.number(EventNumber.CHECKPOINT_ID, -1), 0, "");
      case FLINK_EXCEPTION ->
          new Told.Subject(kind, -event.epochMillis(), 0, text(event, EventText.EXCEPTION_NAME));
      case FLINK_TASK_MANAGER ->
          new Told.Subject(kind, 0, 0, text(event, EventText.TASK_MANAGER_ID));
      case NOT_EVALUATED -> new Told.Subject(kind, 0, 0, text(event, EventText.SUBJECT));
      default -> new Told.Subject(kind, 0, 0, "");
    };
  }

  private static String text(EngineEvent event, EventText field) {
    String text = event.text(field);
    return text == null ? "" : text;
  }

  /** Of the kinds that have no natural bound, those that come first are kept. */
  private void keep(Told told) {
    Told.Subject subject = subject(told.event());
    if (facts.merge(subject, told, Told::later) != told) {
      return;
    }
    int most = most(subject.kind());
    SortedMap<Told.Subject, Told> same =
        facts.subMap(
            new Told.Subject(subject.kind(), Long.MIN_VALUE, Long.MIN_VALUE, ""),
            new Told.Subject(subject.kind(), Long.MAX_VALUE, Long.MAX_VALUE, "\uffff"));
    if (most < Integer.MAX_VALUE && same.size() > most) {
      facts.remove(same.lastKey());
    }
  }

  private static int most(EventKind kind) {
    return switch (kind) {
      case FLINK_SUBTASK -> 4_096;
      case FLINK_CHECKPOINT -> 128;
      case FLINK_VERTEX, FLINK_EDGE, FLINK_TASK_MANAGER, EXECUTOR_METRICS -> 1_024;
      case EXECUTOR_EXCLUDED, NODE_EXCLUDED, LISTENER_EVENTS_DROPPED -> 1_024;
      case FLINK_EXCEPTION, NOT_EVALUATED -> 64;
      default -> Integer.MAX_VALUE;
    };
  }

  /** They are kept once for all stages. */
  private static EngineEvent withoutAccumulators(EngineEvent event) {
    EngineEvent.Builder slim = EngineEvent.builder(event.kind(), event.epochMillis());
    event.numbers().forEach(slim::put);
    event.properties().forEach(slim::property);
    event
        .texts()
        .forEach(
            (field, text) -> {
              if (field != EventText.ACCUMULATORS) {
                slim.put(field, text);
              }
            });
    return slim.build();
  }
}
