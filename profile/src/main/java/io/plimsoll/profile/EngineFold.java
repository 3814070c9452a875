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

  void add(long sequence, List<EngineEvent> events) {
    for (int place = 0; place < events.size(); place++) {
      add(Told.order(sequence, place), events.get(place));
    }
  }

  void addAll(EngineFold other) {
    other.facts.forEach((subject, told) -> facts.merge(subject, told, Told::later));
    other.settings.forEach((key, setting) -> settings.merge(key, setting, Setting::later));
    other.tasks.forEach(
        (stage, theirs) -> tasks.computeIfAbsent(stage, any -> new TaskFold()).addAll(theirs));
    gc.addAll(other.gc);
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
  }

  void read(FoldInput in) {
    int factCount = in.count();
    for (int i = 0; i < factCount; i++) {
      Told told = Told.read(in);
      facts.put(subject(told.event()), told);
    }
    int settingCount = in.count();
    for (int i = 0; i < settingCount; i++) {
      settings.put(in.text(), new Setting(in.number(), in.text()));
    }
    int taskCount = in.count();
    for (int i = 0; i < taskCount; i++) {
      tasks.put(StageKey.read(in), TaskFold.read(in));
    }
    gc.read(in);
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
          STAGE_COMPLETED,
          EXECUTOR_ADDED,
          EXECUTOR_REMOVED,
          JVM_STARTED,
          JVM_ENDING,
          METRIC_SOURCES,
          THREADS_UNNAMED ->
          facts.merge(subject(event), new Told(order, event), Told::later);
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
      case EXECUTOR_ADDED, EXECUTOR_REMOVED -> {
        String executor = event.text(EventText.EXECUTOR_ID);
        yield new Told.Subject(kind, 0, 0, executor == null ? "" : executor);
      }
      default -> new Told.Subject(kind, 0, 0, "");
    };
  }
}
