// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.wire;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an {@link EngineEvent} tells. */
public enum EventKind {
  /** Texts APPLICATION_NAME, ENGINE, ENGINE_VERSION, USER. */
  APPLICATION_STARTED(1),
  /** Its time is the end of the run. */
  APPLICATION_ENDED(2),
  /** The run's configuration as properties, secrets redacted. */
  ENVIRONMENT(3),
  /** Numbers JOB_ID; texts STAGE_IDS, comma separated; SQL_EXECUTION number where it has one. */
  JOB_STARTED(4),
  /** Numbers JOB_ID, SUCCEEDED (1 or 0). */
  JOB_ENDED(5),
  /** Numbers STAGE_ID, STAGE_ATTEMPT, TASK_COUNT; texts STAGE_NAME, PARENT_IDS. */
  STAGE_SUBMITTED(6),
  /** As submitted, with SUBMITTED_MILLIS, COMPLETED_MILLIS and text REASON when it failed. */
  STAGE_COMPLETED(7),
  /** One task attempt as the engine's own scheduler and metrics saw it. */
  TASK_ENDED(8),
  /** Numbers CORES; texts EXECUTOR_ID, HOST. */
  EXECUTOR_ADDED(9),
  /** Texts EXECUTOR_ID, REASON. */
  EXECUTOR_REMOVED(10),
  /** One collection of this JVM: GC_*, HEAP_* and OLD_* numbers, texts COLLECTOR, CAUSE. */
  GARBAGE_COLLECTION(20),
  /** Properties: flags, versions; numbers HEAP_MAX_BYTES. */
  JVM_STARTED(21),
  /** The agent's shutdown hook ran; nothing follows from this process. */
  JVM_ENDING(22),
  /**
   * Where this process's values come from: a property per metric, its public name to its source.
   * Text DEGRADED when something is not told here, and why.
   */
  METRIC_SOURCES(23),
  /**
   * CPU time of the threads that no group names, since the process's start: a property per thread
   * name (digits as #) in nanoseconds, the ten largest; numbers UNNAMED_CPU_NANOS and UNNAMED_NAMES
   * over all of them.
   */
  THREADS_UNNAMED(24),
  /** The agent in a Flink JobManager found its REST server; text REST_ADDRESS. */
  FLINK_REST(50),
  /**
   * A Flink job's state as it stands; properties {@code timestamp.STATE} hold epoch milliseconds.
   */
  FLINK_JOB(51),
  /** One vertex of a job graph; properties {@code tasks.STATE} count its subtasks by state. */
  FLINK_VERTEX(52),
  /** One edge of a job graph: SOURCE_VERTEX_ID feeds VERTEX_ID. */
  FLINK_EDGE(53),
  /** One execution attempt of one subtask as it stands. */
  FLINK_SUBTASK(54),
  /** How many checkpoints a job made so far, by outcome. */
  FLINK_CHECKPOINTS(55),
  /** One checkpoint as it stands. */
  FLINK_CHECKPOINT(56),
  /** One subtask's part in one checkpoint. */
  FLINK_CHECKPOINT_SUBTASK(57),
  /** One entry of a job's exception history. */
  FLINK_EXCEPTION(58),
  /** A TaskManager with its slots and memory plan. */
  FLINK_TASK_MANAGER(59),
  /** Texts SUBJECT, REMEDY: what the cluster does not tell, and the setting that makes it tell. */
  NOT_EVALUATED(60),
  /** Configuration as properties, secrets redacted; text SCOPE says of what. */
  FLINK_CONFIGURATION(61),
  /** Text SOURCE_PATH: a part of what was read could not be used, text REASON says why. */
  SOURCE_INCOMPLETE(62);

  private static final Map<Integer, EventKind> BY_ID = new HashMap<>();

  static {
    for (EventKind value : values()) {
      BY_ID.put(value.id, value);
    }
  }

  private final int id;

  EventKind(int id) {
    this.id = id;
  }

  /** The number that stands for this constant on the wire; never reused. */
  public int id() {
    return id;
  }

  /** The constant with this id, or null when this version does not know it. */
  public static @Nullable EventKind byId(int id) {
    return BY_ID.get(id);
  }
}
