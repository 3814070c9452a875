// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.wire;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A whole-number field of an {@link EngineEvent}; the name carries the unit where it has one. */
public enum EventNumber {
  JOB_ID(1),
  STAGE_ID(2),
  STAGE_ATTEMPT(3),
  TASK_COUNT(4),
  TASK_ID(5),
  PARTITION(6),
  ATTEMPT_NUMBER(7),
  /** 1 or 0. */
  SUCCEEDED(8),
  /** Epoch milliseconds. */
  SUBMITTED_MILLIS(9),
  /** Epoch milliseconds. */
  COMPLETED_MILLIS(10),
  /** Epoch milliseconds. */
  LAUNCHED_MILLIS(11),
  /** Epoch milliseconds. */
  FINISHED_MILLIS(12),
  CORES(13),
  /** 1 or 0. */
  SPECULATIVE(14),
  SQL_EXECUTION(15),
  /** The engine's executorRunTime. */
  RUN_TIME_MILLIS(20),
  /** The engine's executorCpuTime; success path only. */
  CPU_TIME_NANOS(21),
  DESERIALIZE_TIME_MILLIS(22),
  DESERIALIZE_CPU_NANOS(23),
  /** The engine's jvmGCTime: of the whole process, during the task. */
  GC_TIME_MILLIS(24),
  RESULT_BYTES(25),
  RESULT_SERIALIZATION_MILLIS(26),
  MEMORY_SPILL_BYTES(27),
  DISK_SPILL_BYTES(28),
  PEAK_EXECUTION_BYTES(29),
  INPUT_BYTES(30),
  INPUT_RECORDS(31),
  OUTPUT_BYTES(32),
  OUTPUT_RECORDS(33),
  /** Remote and local together. */
  SHUFFLE_READ_BYTES(34),
  SHUFFLE_REMOTE_BYTES(35),
  SHUFFLE_READ_RECORDS(36),
  SHUFFLE_FETCH_WAIT_MILLIS(37),
  SHUFFLE_WRITE_BYTES(38),
  SHUFFLE_WRITE_NANOS(39),
  SHUFFLE_WRITE_RECORDS(40),
  GC_DURATION_MILLIS(60),
  /** The collector bean's own count. */
  GC_ID(61),
  HEAP_BEFORE_BYTES(62),
  HEAP_AFTER_BYTES(63),
  /** The oldest generation; absent for collectors without one. */
  OLD_BEFORE_BYTES(64),
  OLD_AFTER_BYTES(65),
  /**
   * 1 after a young collection: an upper bound of the live set; 2 after a mixed or full one: an
   * estimate.
   */
  GC_GRADE(66),
  HEAP_MAX_BYTES(67),
  /** CPU time of all threads that no group names. */
  UNNAMED_CPU_NANOS(68),
  /** How many names those threads have. */
  UNNAMED_NAMES(69),
  /** Index of a subtask from 0. */
  SUBTASK(150),
  PARALLELISM(151),
  MAX_PARALLELISM(152),
  DURATION_MILLIS(153),
  ACCUMULATED_BUSY_MILLIS(154),
  ACCUMULATED_IDLE_MILLIS(155),
  ACCUMULATED_BACK_PRESSURED_MILLIS(156),
  /** From other subtasks; sources have none. */
  READ_BYTES(157),
  /** To other subtasks; sinks have none. */
  WRITTEN_BYTES(158),
  READ_RECORDS(159),
  WRITTEN_RECORDS(160),
  CHECKPOINT_ID(161),
  /** Epoch milliseconds. */
  TRIGGERED_MILLIS(162),
  /** Epoch milliseconds of the latest acknowledgement. */
  ACKNOWLEDGED_MILLIS(163),
  /** From the trigger to the last acknowledgement. */
  END_TO_END_MILLIS(164),
  /** Of the whole state. */
  STATE_BYTES(165),
  /** What this checkpoint wrote; less than the state when incremental. */
  CHECKPOINTED_BYTES(166),
  /** In-flight data processed during the alignment. */
  ALIGNMENT_PROCESSED_BYTES(167),
  /** In-flight data that an unaligned checkpoint persisted. */
  ALIGNMENT_PERSISTED_BYTES(168),
  SUBTASK_COUNT(169),
  ACKNOWLEDGED_SUBTASKS(170),
  SYNC_MILLIS(171),
  ASYNC_MILLIS(172),
  ALIGNMENT_MILLIS(173),
  START_DELAY_MILLIS(174),
  /** 1 or 0. */
  UNALIGNED(175),
  COMPLETED_COUNT(176),
  FAILED_COUNT(177),
  IN_PROGRESS_COUNT(178),
  RESTORED_COUNT(179),
  TOTAL_COUNT(180),
  SLOTS(181),
  FREE_SLOTS(182),
  PHYSICAL_MEMORY_BYTES(183),
  MANAGED_MEMORY_BYTES(184),
  NETWORK_MEMORY_BYTES(185),
  TASK_HEAP_BYTES(186),
  FRAMEWORK_HEAP_BYTES(187),
  TASK_OFF_HEAP_BYTES(188),
  FRAMEWORK_OFF_HEAP_BYTES(189),
  METASPACE_BYTES(190),
  JVM_OVERHEAD_BYTES(191),
  TOTAL_FLINK_BYTES(192),
  TOTAL_PROCESS_BYTES(193),
  /** Parts of a source that could not be used. */
  BAD_PARTS(194),
  /** 1 when the engine itself dropped older entries. */
  ENTRIES_DROPPED(195),
  /** Heap used, live or not; with it begins what EXECUTOR_METRICS tells: the highest value seen. */
  PEAK_HEAP_BYTES(100),
  /** What the JVM itself counts outside its heap. */
  PEAK_NON_HEAP_BYTES(101),
  PEAK_ON_HEAP_EXECUTION_BYTES(102),
  PEAK_OFF_HEAP_EXECUTION_BYTES(103),
  PEAK_ON_HEAP_STORAGE_BYTES(104),
  PEAK_OFF_HEAP_STORAGE_BYTES(105),
  /** Execution and storage together. */
  PEAK_ON_HEAP_UNIFIED_BYTES(106),
  PEAK_OFF_HEAP_UNIFIED_BYTES(107),
  PEAK_DIRECT_BYTES(108),
  PEAK_MAPPED_BYTES(109),
  /** Address space, mostly not resident; with it begins Spark's walk of the process tree. */
  PEAK_JVM_VIRTUAL_BYTES(110),
  PEAK_JVM_RSS_BYTES(111),
  PEAK_PYTHON_VIRTUAL_BYTES(112),
  PEAK_PYTHON_RSS_BYTES(113),
  PEAK_OTHER_VIRTUAL_BYTES(114),
  PEAK_OTHER_RSS_BYTES(115),
  /** Of the process since its start, as the six after it. */
  MINOR_GC_COUNT(116),
  MINOR_GC_MILLIS(117),
  MAJOR_GC_COUNT(118),
  MAJOR_GC_MILLIS(119),
  CONCURRENT_GC_COUNT(120),
  CONCURRENT_GC_MILLIS(121),
  TOTAL_GC_MILLIS(122),
  /** Of one task attempt, true peak of its execution memory; Spark 4.0 and later. */
  TASK_PEAK_ON_HEAP_BYTES(123),
  /** Of one task attempt, true peak of its execution memory; Spark 4.0 and later. */
  TASK_PEAK_OFF_HEAP_BYTES(124),
  /** Part of SHUFFLE_REMOTE_BYTES that went through a file since it was too large for memory. */
  SHUFFLE_REMOTE_TO_DISK_BYTES(125),
  SHUFFLE_LOCAL_BLOCKS(126),
  SHUFFLE_REMOTE_BLOCKS(127),
  /** Sum over requests that overlap. */
  SHUFFLE_REMOTE_REQUEST_MILLIS(128),
  /** Epoch milliseconds when the driver began to fetch a large result; absent for small ones. */
  RESULT_FETCH_STARTED_MILLIS(129),
  FETCH_FAILED_SHUFFLE(130),
  /** The map task's attempt id, -1 when a merged block failed. */
  FETCH_FAILED_MAP(131),
  /** The map task's partition. */
  FETCH_FAILED_MAP_PARTITION(132),
  FETCH_FAILED_REDUCE_PARTITION(133),
  /** Push-based shuffle: blocks that other executors had merged, as the five after it. */
  MERGED_LOCAL_BLOCKS(134),
  MERGED_REMOTE_BLOCKS(135),
  MERGED_LOCAL_BYTES(136),
  MERGED_REMOTE_BYTES(137),
  /** How often a merged block could not be had and its parts were fetched instead. */
  MERGED_FALLBACKS(138),
  MERGED_CORRUPT_CHUNKS(139),
  STORAGE_CAPACITY_BYTES(140),
  STORAGE_ON_HEAP_CAPACITY_BYTES(141),
  STORAGE_OFF_HEAP_CAPACITY_BYTES(142),
  /** The execution that this one is a part of; its own id when it is none's. */
  SQL_ROOT_EXECUTION(143),
  /** How many parts (plan nodes, long texts, properties) were left out or shortened. */
  CUT_COUNT(144),
  RESOURCE_PROFILE(145),
  DROPPED_COUNT(146),
  RDD_ID(147),
  /** Failed tasks for an executor, failed executors for a node. */
  FAILURE_COUNT(148),
  /** Epoch milliseconds of the last sample that a vanished process took. */
  LAST_SAMPLE_MILLIS(200),
  /** What the cgroup's oom_kill counter had grown by since the vanished process's last sample. */
  OOM_KILLS(201),
  /** As the process or its keeper said it; 137 is 128 and signal 9. */
  EXIT_CODE(220),
  /** The signal behind the exit code. */
  SIGNAL(221),
  /** From submission to start; until now when it has not started. */
  WAIT_MILLIS(222),
  /** Memory held, times seconds; a megabyte is 2^20 bytes. */
  MEGABYTE_SECONDS(223),
  VCORE_SECONDS(224),
  /** Held now. */
  ALLOCATED_BYTES(225),
  /** Held now. */
  ALLOCATED_VCORES(226),
  /** Held now. */
  RUNNING_CONTAINERS(227),
  /** Of an application, over its life. */
  PREEMPTED_BYTES(228),
  /** Of an application, over its life. */
  PREEMPTED_VCORES(229),
  /** Of an application, over its life, its master's included. */
  PREEMPTED_CONTAINERS(230),
  RESTARTS(231),
  REQUEST_BYTES(232),
  LIMIT_BYTES(233),
  /** Thousandths of a CPU. */
  REQUEST_CPU_MILLI(234),
  /** Thousandths of a CPU. */
  LIMIT_CPU_MILLI(235),
  /** 1 or 0. */
  READY(236),
  /** How often the same event was seen. */
  OCCURRENCES(237),
  /** What a killed container held. */
  USED_BYTES(238),
  /** 1 or 0. */
  HOLDS(239),
  /** Values read. */
  METRIC_COUNT(240),
  /** Described metrics that could not be read. */
  UNREAD_COUNT(241),
  APPLICATION_ATTEMPTS(242),
  LINE_COUNT(270),
  BROKEN_LINE_COUNT(271),
  /** Files of a log that are missing, cannot be opened or end before their time. */
  DAMAGE_COUNT(272),
  /** Lines that are well-formed and tell nothing that is wanted. */
  UNUSED_LINE_COUNT(273),
  /** Of a log when it is unpacked. */
  RAW_BYTES(274),
  /** Of a line in its file, from 1. */
  LINE(275),
  /** Of a line's beginning in its unpacked file. */
  OFFSET_BYTES(276);

  private static final Map<Integer, EventNumber> BY_ID = new HashMap<>();

  static {
    for (EventNumber value : values()) {
      BY_ID.put(value.id, value);
    }
  }

  private final int id;

  EventNumber(int id) {
    this.id = id;
  }

  /** The number that stands for this constant on the wire; never reused. */
  public int id() {
    return id;
  }

  /** The constant with this id, or null when this version does not know it. */
  public static @Nullable EventNumber byId(int id) {
    return BY_ID.get(id);
  }
}
