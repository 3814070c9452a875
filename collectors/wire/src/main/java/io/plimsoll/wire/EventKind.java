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
  /**
   * Numbers JOB_ID, SQL_EXECUTION where it has one; texts STAGE_IDS, comma separated, DESCRIPTION,
   * JOB_GROUP.
   */
  JOB_STARTED(4),
  /** Numbers JOB_ID, SUCCEEDED (1 or 0); text REASON when it failed and said why. */
  JOB_ENDED(5),
  /**
   * Numbers STAGE_ID, STAGE_ATTEMPT, TASK_COUNT, RESOURCE_PROFILE; texts STAGE_NAME, PARENT_IDS,
   * PERSISTED_RDDS.
   */
  STAGE_SUBMITTED(6),
  /**
   * As submitted, with SUBMITTED_MILLIS, COMPLETED_MILLIS and text REASON when it failed; the
   * numbers of TASK_ENDED are sums over all its task attempts (no peaks among them); text
   * ACCUMULATORS has its SQL metrics, each as its total so far.
   */
  STAGE_COMPLETED(7),
  /**
   * One task attempt as the engine's own scheduler and metrics saw it; of one that failed texts
   * FAILURE_KIND, REASON, FAILURE_CLASS and FETCH_FAILED_*.
   */
  TASK_ENDED(8),
  /** Numbers CORES, RESOURCE_PROFILE; texts EXECUTOR_ID, HOST. */
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
  SOURCE_INCOMPLETE(62),
  /** The first line of a Spark event log: text ENGINE_VERSION. A live listener does not see it. */
  LOG_STARTED(30),
  /**
   * A query begins: numbers SQL_EXECUTION, SQL_ROOT_EXECUTION, CUT_COUNT; texts DESCRIPTION,
   * DETAILS, PLAN (see {@link QueryPlan}), PLAN_DESCRIPTION, JOB_GROUP; as properties the session's
   * changed configuration. Secrets are redacted, long texts cut.
   */
  SQL_STARTED(31),
  /** Adaptive execution changed a query's plan: number SQL_EXECUTION, CUT_COUNT; text PLAN. */
  SQL_PLAN_CHANGED(32),
  /** Metrics that a running query got later: number SQL_EXECUTION; text METRIC_DEFINITIONS. */
  SQL_METRICS_DEFINED(33),
  /** Metrics of a query that its driver measured: number SQL_EXECUTION; text ACCUMULATORS. */
  SQL_METRICS(34),
  /** A query ended: numbers SQL_EXECUTION, SUCCEEDED where it is told; text REASON of a failure. */
  SQL_ENDED(35),
  /**
   * The engine gives no more tasks to an executor, for a stage where STAGE_ID is there: numbers
   * FAILURE_COUNT, STAGE_ID, STAGE_ATTEMPT; text EXECUTOR_ID. Spark calls it excluded, before 3.1
   * blacklisted; since 3.1 it says both and only one is taken.
   */
  EXECUTOR_EXCLUDED(36),
  /** Text EXECUTOR_ID. */
  EXECUTOR_UNEXCLUDED(37),
  /** As EXECUTOR_EXCLUDED for a whole node: text HOST instead of EXECUTOR_ID. */
  NODE_EXCLUDED(38),
  /** Text HOST. */
  NODE_UNEXCLUDED(39),
  /**
   * An executor (or the driver) offers memory to blocks: texts EXECUTOR_ID, HOST; numbers
   * STORAGE_CAPACITY_BYTES, STORAGE_ON_HEAP_CAPACITY_BYTES, STORAGE_OFF_HEAP_CAPACITY_BYTES.
   */
  BLOCK_MANAGER_ADDED(40),
  /** Texts EXECUTOR_ID, HOST. */
  BLOCK_MANAGER_REMOVED(41),
  /** Number RDD_ID: its blocks are given up. */
  RDD_UNPERSISTED(42),
  /**
   * Number RESOURCE_PROFILE; properties {@code executor.NAME} and {@code task.NAME} with the
   * amounts as Spark states them: memory, memoryOverhead, offHeap and pyspark.memory in MiB, cores,
   * cpus and custom resources as numbers.
   */
  RESOURCE_PROFILE_ADDED(43),
  /** A second copy of a slow task is asked for: numbers STAGE_ID, STAGE_ATTEMPT, PARTITION. */
  SPECULATIVE_TASK_SUBMITTED(44),
  /**
   * Events that a queue of the engine's listener bus gave up since it started: text QUEUE, number
   * DROPPED_COUNT. Told when a count has grown, and for every queue, zero too, at the application's
   * end: when our own queue stays without one the count could not be read.
   */
  LISTENER_EVENTS_DROPPED(45),
  /** What this engine version does not have and earlier or later ones do: text MISSING_MEMBERS. */
  MEMBERS_MISSING(46),
  /**
   * The highest values that an executor's process reached while a stage ran, by the engine's
   * heartbeats and task ends: text EXECUTOR_ID; numbers STAGE_ID and STAGE_ATTEMPT (absent: over
   * the whole application), PEAK_* and *_GC_* as far as they are above zero. They are the
   * process's, other stages' tasks included; a short stage may have none.
   */
  EXECUTOR_METRICS(47),
  /** The agent was told to stop, text REASON; nothing follows from it, the process runs on. */
  AGENT_STOPPED(80),
  /**
   * This process ended without a farewell; told for it by another agent that found its last
   * records. Its time is the finding. Numbers LAST_SAMPLE_MILLIS, OOM_KILLS; texts CAUSE ("oom
   * kill" or "unknown"), FOUND_BY.
   */
  PROCESS_VANISHED(81),
  /**
   * A polled component answers, for the first time or again. Texts COMPONENT_TYPE, ADDRESS; numbers
   * METRIC_COUNT, UNREAD_COUNT.
   */
  COMPONENT_UP(90),
  /** A polled component does not answer, said once an outage. Texts as when up, and REASON. */
  COMPONENT_DOWN(91),
  /**
   * A described metric that a component which answers does not tell, said once. Texts
   * COMPONENT_TYPE, ADDRESS, METRIC_NAME, REASON.
   */
  COMPONENT_UNREAD(92),
  /**
   * A cluster manager's application changed. Texts APPLICATION_ID, APPLICATION_NAME, STATE, OUTCOME
   * once it ended, CLUSTER_QUEUE, USER, DIAGNOSTICS; numbers SUBMITTED_MILLIS, LAUNCHED_MILLIS,
   * FINISHED_MILLIS, WAIT_MILLIS, MEGABYTE_SECONDS, VCORE_SECONDS, ALLOCATED_*, PREEMPTED_*.
   */
  APPLICATION_STATE(93),
  /**
   * A container was seen in a new state. Texts CONTAINER_ID, APPLICATION_ID, HOST, STATE, and
   * NAMESPACE and OBJECT for a pod's; numbers ALLOCATED_BYTES, ALLOCATED_VCORES.
   */
  CONTAINER_STATE(94),
  /**
   * A container ended. Texts CONTAINER_ID, APPLICATION_ID, HOST, CAUSE (memory, preemption...),
   * DIAGNOSTICS; numbers EXIT_CODE, SIGNAL, USED_BYTES, LIMIT_BYTES where told.
   */
  CONTAINER_ENDED(95),
  /**
   * A pod's phase, reason, requests or limits changed. Texts NAMESPACE, OBJECT, STATE, REASON,
   * HOST, DIAGNOSTICS; numbers REQUEST_*, LIMIT_*, RESTARTS, READY.
   */
  POD_STATE(96),
  /** A cluster's own event. Texts NAMESPACE, OBJECT, REASON, DIAGNOSTICS; number OCCURRENCES. */
  CLUSTER_EVENT(97),
  /** A node's condition changed. Texts HOST, STATE (the condition), REASON; number HOLDS. */
  NODE_CONDITION(98),
  /**
   * A reader came to the end of an event log: texts LOG_STATE, LOG_FILE; numbers LINE_COUNT,
   * BROKEN_LINE_COUNT, DAMAGE_COUNT, UNUSED_LINE_COUNT and RAW_BYTES.
   */
  LOG_READ(100),
  /**
   * A line of an event log, or all of a file from there on, could not be used: texts LOG_FILE,
   * REASON; numbers LINE (absent when it is not about a line) and OFFSET_BYTES. Told of the first
   * ones; LOG_READ counts all.
   */
  LOG_BROKEN(101);

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
