// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent;

/**
 * Keeps the agent's own CPU within its budget: over windows of a minute that it compares with the
 * share it may have of one core, it doubles the sampling interval up to eight times, and halves it
 * again when that would fit. One thread only.
 */
final class Governor {
  private static final long WINDOW_NANOS = 60_000_000_000L;
  private static final int SLOWEST = 8;

  private final double budget;
  private boolean begun;
  private long windowNanos;
  private long windowCpuNanos;
  private int factor = 1;

  /** The budget is a share of one core: 0.005 is half a percent. */
  Governor(double budget) {
    this.budget = budget;
  }

  /**
   * Takes in what the agent's own threads have used since they began; what they needed before the
   * first call, to start, is not held against them.
   */
  void observe(long nanos, long cpuNanos) {
    if (!begun) {
      begun = true;
      begin(nanos, cpuNanos);
      return;
    }
    long passed = nanos - windowNanos;
    if (passed < WINDOW_NANOS) {
      return;
    }
    double share = (cpuNanos - windowCpuNanos) / (double) passed;
    if (share > budget) {
      factor = Math.min(SLOWEST, 2 * factor);
    } else if (share <= budget / 2) {
      factor = Math.max(1, factor / 2);
    }
    begin(nanos, cpuNanos);
  }

  /** By what the asked-for interval is multiplied now: 1, 2, 4 or 8. */
  int factor() {
    return factor;
  }

  private void begin(long nanos, long cpuNanos) {
    windowNanos = nanos;
    windowCpuNanos = cpuNanos;
  }
}
