// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.wire;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A text field of an {@link EngineEvent}. */
public enum EventText {
  APPLICATION_NAME(1),
  /** Lower case: spark or flink. */
  ENGINE(2),
  ENGINE_VERSION(3),
  USER(4),
  STAGE_NAME(5),
  /** Comma separated. */
  PARENT_IDS(6),
  /** Comma separated. */
  STAGE_IDS(7),
  REASON(8),
  EXECUTOR_ID(9),
  HOST(10),
  /** Of a task attempt: an {@link AttemptOutcome} name. */
  OUTCOME(11),
  COLLECTOR(12),
  CAUSE(13),
  DESCRIPTION(14),
  /** What a process cannot tell and why, items parted by "; ". */
  DEGRADED(15),
  /** {@code http://host:port} or {@code https://host:port}. */
  REST_ADDRESS(50),
  /** The engine's own name of the state of a job, vertex, subtask or checkpoint. */
  FLINK_STATE(51),
  VERTEX_ID(52),
  VERTEX_NAME(53),
  SOURCE_VERTEX_ID(54),
  /** How records reach the vertex: FORWARD, HASH, REBALANCE and so on. */
  SHIP_STRATEGY(55),
  /** How an edge's data is exchanged, such as pipelined_bounded. */
  EXCHANGE(56),
  TASK_MANAGER_ID(57),
  /** CHECKPOINT, SAVEPOINT and so on. */
  CHECKPOINT_TYPE(58),
  /** Class name of the exception. */
  EXCEPTION_NAME(59),
  /** Shortened where it is long. */
  STACK_TRACE(60),
  /** The subtask as its engine names it in messages. */
  TASK_NAME(61),
  /** Of a configuration: job, cluster or checkpoints. */
  SCOPE(62),
  /** What is not known. */
  SUBJECT(63),
  /** The setting that would make it known. */
  REMEDY(64),
  /** STREAMING or BATCH. */
  JOB_TYPE(65),
  /** REST path or path inside an archive. */
  SOURCE_PATH(66),
  STATE_BACKEND(67),
  CHECKPOINT_STORAGE(68),
  /** A {@link QueryPlan}, encoded. */
  PLAN(30),
  /** The plan as the engine prints it for people. */
  PLAN_DESCRIPTION(31),
  /** Where the program asked for it: lines of a call stack. */
  DETAILS(32),
  /** {@link QueryPlan.Metric}s, encoded. */
  METRIC_DEFINITIONS(33),
  /** {@code id=value} pairs, comma separated, ids rising: see {@link Accumulators}. */
  ACCUMULATORS(34),
  /** Spark's name: PROCESS_LOCAL, NODE_LOCAL, NO_PREF, RACK_LOCAL or ANY. */
  LOCALITY(35),
  /**
   * Spark's name: FetchFailed, ExceptionFailure, TaskResultLost, TaskKilled, TaskCommitDenied,
   * ExecutorLostFailure, Resubmitted or UnknownReason.
   */
  FAILURE_KIND(36),
  /** The exception's class. */
  FAILURE_CLASS(37),
  /** Where the block lay that could not be fetched. */
  FETCH_FAILED_HOST(38),
  FETCH_FAILED_EXECUTOR(39),
  QUEUE(40),
  /** {@code Class.member}, comma separated. */
  MISSING_MEMBERS(41),
  /** {@code id storage-level name} of each RDD of the stage that is to be kept, one a line. */
  PERSISTED_RDDS(42),
  JOB_GROUP(43),
  /** UUID of the process whose agent found the last records of another. */
  FOUND_BY(80),
  /** As the component description names it, such as kafka-broker. */
  COMPONENT_TYPE(90),
  /** Where the component was asked; without credentials. */
  ADDRESS(91),
  /** In the cluster manager's own words. */
  STATE(92),
  /** The cluster manager's queue that an application was submitted to. */
  CLUSTER_QUEUE(93),
  /** YARN's container id; of a pod, the container's name. */
  CONTAINER_ID(94),
  APPLICATION_ID(95),
  /** The cluster manager's explanation, redacted and cut. */
  DIAGNOSTICS(96),
  NAMESPACE(97),
  /** A Kubernetes object's name. */
  OBJECT(98),
  METRIC_NAME(99),
  /** COMPLETE, RUNNING, TRUNCATED, DAMAGED, EMPTY or UNREADABLE. */
  LOG_STATE(100),
  /** The name of a file, or of a folder of files that are one log. */
  LOG_FILE(101);

  private static final Map<Integer, EventText> BY_ID = new HashMap<>();

  static {
    for (EventText value : values()) {
      BY_ID.put(value.id, value);
    }
  }

  private final int id;

  EventText(int id) {
    this.id = id;
  }

  /** The number that stands for this constant on the wire; never reused. */
  public int id() {
    return id;
  }

  /** The constant with this id, or null when this version does not know it. */
  public static @Nullable EventText byId(int id) {
    return BY_ID.get(id);
  }
}
