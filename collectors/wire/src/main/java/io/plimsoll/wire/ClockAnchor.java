// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.wire;

/** One moment on two clocks of one process: wall time and the monotonic clock of its boot. */
public final class ClockAnchor {
  private final long epochMillis;
  private final long monotonicNanos;

  private ClockAnchor(long epochMillis, long monotonicNanos) {
    this.epochMillis = epochMillis;
    this.monotonicNanos = monotonicNanos;
  }

  public static ClockAnchor of(long epochMillis, long monotonicNanos) {
    return new ClockAnchor(epochMillis, monotonicNanos);
  }

  public long epochMillis() {
    return epochMillis;
  }

  public long monotonicNanos() {
    return monotonicNanos;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ClockAnchor
        && ((ClockAnchor) other).epochMillis == epochMillis
        && ((ClockAnchor) other).monotonicNanos == monotonicNanos;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(epochMillis) * 31 + Long.hashCode(monotonicNanos);
  }

  @Override
  public String toString() {
    return "ClockAnchor[" + epochMillis + " ms = " + monotonicNanos + " ns]";
  }
}
