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
  UNNAMED_NAMES(69);

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
