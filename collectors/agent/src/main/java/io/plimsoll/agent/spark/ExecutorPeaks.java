// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.spark;

import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.EventKind;
import io.plimsoll.wire.EventNumber;
import io.plimsoll.wire.EventText;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the highest values that heartbeats and task ends tell of each executor while a stage runs,
 * as Spark's own event log does, and tells them when the stage is over; what comes later for it is
 * left out. Bounded: beyond that the oldest stage's executors make room, and are counted. One
 * thread only.
 */
final class ExecutorPeaks {
  static final int MOST_ENTRIES = 8_192;

  private static final int MOST_ENDED = 1_024;

  /** Where heartbeats put what an executor reaches while it works on no stage. */
  private static final String NO_STAGE = "-1.-1";

  /** Spark's names, in the order of the numbers from {@link EventNumber#PEAK_HEAP_BYTES} on. */
  private static final String[] NAMES = {
    "JVMHeapMemory",
    "JVMOffHeapMemory",
    "OnHeapExecutionMemory",
    "OffHeapExecutionMemory",
    "OnHeapStorageMemory",
    "OffHeapStorageMemory",
    "OnHeapUnifiedMemory",
    "OffHeapUnifiedMemory",
    "DirectPoolMemory",
    "MappedPoolMemory",
    "ProcessTreeJVMVMemory",
    "ProcessTreeJVMRSSMemory",
    "ProcessTreePythonVMemory",
    "ProcessTreePythonRSSMemory",
    "ProcessTreeOtherVMemory",
    "ProcessTreeOtherRSSMemory",
    "MinorGCCount",
    "MinorGCTime",
    "MajorGCCount",
    "MajorGCTime",
    "ConcurrentGCCount",
    "ConcurrentGCTime",
    "TotalGCTime"
  };

  private static final EventNumber[] FIELDS = new EventNumber[NAMES.length];

  static {
    int first = EventNumber.PEAK_HEAP_BYTES.ordinal();
    System.arraycopy(EventNumber.values(), first, FIELDS, 0, NAMES.length);
  }

  private final Accessor execId = new Accessor("execId");
  private final Accessor executorUpdates;
  private final Scala scala;
  private final MissingMembers missing;
  private final boolean[] unknown = new boolean[NAMES.length];
  private final Map<String, Map<String, long[]>> executorsByStage = new LinkedHashMap<>();
  private final Set<String> ended = new LinkedHashSet<>();
  private @Nullable Method metricValue;
  private int entries;
  private int notKept;

  ExecutorPeaks(Scala scala, MissingMembers missing) {
    this.scala = scala;
    this.missing = missing;
    executorUpdates = new Accessor("executorUpdates", missing);
  }

  static int fieldCount() {
    return FIELDS.length;
  }

  static String nameOf(int field) {
    return NAMES[field];
  }

  static EventNumber numberOf(int field) {
    return FIELDS[field];
  }

  /** A heartbeat's values, by stage and attempt. */
  void heartbeat(Object event) {
    String executor = execId.text(event);
    for (Object pair : scala.elements(executorUpdates.read(event))) {
      Object key = scala.first(pair);
      Object values = scala.second(pair);
      if (key != null && values != null) {
        Object stage = scala.first(key);
        Object attempt = scala.second(key);
        raise(stage + "." + attempt, executor, values);
      }
    }
  }

  /** A task's values; null when Spark has none. */
  void task(long stage, long attempt, String executor, @Nullable Object values) {
    if (values != null) {
      raise(stage + "." + attempt, executor, values);
    }
  }

  /** A stage is over: tells what its executors reached, and forgets them. */
  void stageEnded(long stage, long attempt, long epochMillis, Consumer<EngineEvent> to) {
    String key = stage + "." + attempt;
    Map<String, long[]> executors = executorsByStage.remove(key);
    if (ended.add(key) && ended.size() > MOST_ENDED) {
      ended.remove(ended.iterator().next());
    }
    if (executors == null) {
      return;
    }
    entries -= executors.size();
    for (Map.Entry<String, long[]> executor : executors.entrySet()) {
      EngineEvent.Builder built =
          EngineEvent.builder(EventKind.EXECUTOR_METRICS, epochMillis)
              .put(EventNumber.STAGE_ID, stage)
              .put(EventNumber.STAGE_ATTEMPT, attempt);
      tell(executor.getKey(), executor.getValue(), built, to);
    }
  }

  /** The application is over: tells what is left, over all stages. */
  void applicationEnded(long epochMillis, Consumer<EngineEvent> to) {
    Map<String, long[]> highest = new HashMap<>();
    for (Iterator<Map<String, long[]>> i = executorsByStage.values().iterator(); i.hasNext(); ) {
      for (Map.Entry<String, long[]> executor : i.next().entrySet()) {
        raise(
            highest.computeIfAbsent(executor.getKey(), k -> new long[NAMES.length]),
            executor.getValue());
      }
      i.remove();
    }
    entries = 0;
    ended.clear();
    for (Map.Entry<String, long[]> executor : highest.entrySet()) {
      tell(
          executor.getKey(),
          executor.getValue(),
          EngineEvent.builder(EventKind.EXECUTOR_METRICS, epochMillis),
          to);
    }
  }

  private void tell(
      String executor, long[] values, EngineEvent.Builder built, Consumer<EngineEvent> to) {
    boolean any = false;
    for (int i = 0; i < values.length; i++) {
      if (values[i] > 0) {
        built.put(FIELDS[i], values[i]);
        any = true;
      }
    }
    if (any) {
      if (notKept > 0) {
        built.put(EventNumber.CUT_COUNT, notKept);
      }
      to.accept(built.put(EventText.EXECUTOR_ID, executor).build());
    }
  }

  private void raise(String stage, String executor, Object values) {
    if (ended.contains(stage)) {
      return;
    }
    Map<String, long[]> executors = executorsByStage.get(stage);
    long[] highest = executors == null ? null : executors.get(executor);
    if (highest == null) {
      if (entries == MOST_ENTRIES) {
        notKept++;
        if (!makeRoom(stage)) {
          return;
        }
      }
      entries++;
      highest = new long[NAMES.length];
      executorsByStage.computeIfAbsent(stage, k -> new LinkedHashMap<>()).put(executor, highest);
    }
    read(values, highest);
  }

  /** Forgets the oldest executor of the oldest other stage; false when there is none. */
  private boolean makeRoom(String forStage) {
    for (Iterator<Map.Entry<String, Map<String, long[]>>> stages =
            executorsByStage.entrySet().iterator();
        stages.hasNext(); ) {
      Map.Entry<String, Map<String, long[]>> stage = stages.next();
      if (!stage.getKey().equals(forStage) && !stage.getKey().equals(NO_STAGE)) {
        Iterator<String> executors = stage.getValue().keySet().iterator();
        executors.next();
        executors.remove();
        entries--;
        if (stage.getValue().isEmpty()) {
          stages.remove();
        }
        return true;
      }
    }
    return false;
  }

  private static void raise(long[] highest, long[] values) {
    for (int i = 0; i < highest.length; i++) {
      highest[i] = Math.max(highest[i], values[i]);
    }
  }

  private void read(Object values, long[] highest) {
    Method read = metricValue;
    if (read == null || !read.getDeclaringClass().isInstance(values)) {
      try {
        read = values.getClass().getMethod("getMetricValue", String.class);
        read.setAccessible(true);
        metricValue = read;
      } catch (NoSuchMethodException | RuntimeException other) {
        missing.note(values.getClass(), "getMetricValue");
        return;
      }
    }
    for (int i = 0; i < NAMES.length; i++) {
      if (!unknown[i]) {
        try {
          Object value = read.invoke(values, NAMES[i]);
          highest[i] = Math.max(highest[i], value instanceof Number ? number(value) : 0);
        } catch (InvocationTargetException | IllegalAccessException notHere) {
          unknown[i] = true;
          missing.note(values.getClass(), NAMES[i]);
        }
      }
    }
  }

  private static long number(Object value) {
    return ((Number) value).longValue();
  }
}
