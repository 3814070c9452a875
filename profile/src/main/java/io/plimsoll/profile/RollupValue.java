// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.profile;

import io.plimsoll.wire.MetricKey;

/** The names of the values in a {@link Rollup}. */
public final class RollupValue {
  /** Task attempts that ended in the window. */
  public static final String ATTEMPTS = "attempt.count";

  /** Of them, succeeded by the engine's own word. */
  public static final String ATTEMPTS_SUCCEEDED = "attempt.succeeded";

  /** Of them, failed. */
  public static final String ATTEMPTS_FAILED = "attempt.failed";

  /** Of them, killed. */
  public static final String ATTEMPTS_KILLED = "attempt.killed";

  /** Σ wall time of the attempts that ended in the window, whenever they began; nanoseconds. */
  public static final String ATTEMPT_WALL = "attempt.wall.time";

  /** Σ CPU time of the attempts that ended in the window, whenever they began; nanoseconds. */
  public static final String ATTEMPT_CPU = "attempt.cpu.time";

  /** Σ heap bytes allocated by the attempts that ended in the window. */
  public static final String ATTEMPT_ALLOCATED = "attempt.memory.allocated";

  /**
   * CPU time that attempts used in the window, whenever they end; a running attempt's growth
   * between two tellings is spread evenly; nanoseconds.
   */
  public static final String ATTEMPT_CPU_DURING = "attempt.cpu.during";

  /** Heap bytes that attempts allocated in the window, whenever they end. */
  public static final String ATTEMPT_ALLOCATED_DURING = "attempt.memory.allocated.during";

  /**
   * The process's CPU time in the window that nothing explains: neither attempts nor the collector,
   * the compilers, the named helper threads or the agent. A quality signal; what the parts are told
   * late or early by makes it waver around its mean, below zero too. Nanoseconds.
   */
  public static final String RESIDUAL_CPU = "process.cpu.residual";

  private RollupValue() {}

  /** A counter's growth in the window. */
  public static String growth(MetricKey counter) {
    return counter.toString();
  }

  /** A gauge's value times milliseconds in the window. */
  public static String integral(MetricKey gauge) {
    return gauge + ".integral";
  }

  /** A gauge's highest level in the window, told or held. */
  public static String max(MetricKey gauge) {
    return gauge + ".max";
  }

  /** A gauge's latest level in the window, told or held. */
  public static String last(MetricKey gauge) {
    return gauge + ".last";
  }
}
