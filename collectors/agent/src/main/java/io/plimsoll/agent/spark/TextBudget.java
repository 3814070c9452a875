// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.spark;

import java.util.function.LongSupplier;

/**
 * How many bytes of long texts may wait in the agent's queue: so much at once, and so much more
 * each second. A driver that starts queries faster keeps its memory and loses plans, which is said.
 * One thread only.
 */
final class TextBudget {
  private static final long NANOS = 1_000_000_000L;

  private final long mostBytes;
  private final long bytesPerSecond;
  private final LongSupplier nanoClock;
  private long left;
  private long lastNanos;

  TextBudget(long mostBytes, long bytesPerSecond, LongSupplier nanoClock) {
    this.mostBytes = mostBytes;
    this.bytesPerSecond = bytesPerSecond;
    this.nanoClock = nanoClock;
    this.left = mostBytes;
    this.lastNanos = nanoClock.getAsLong();
  }

  /** Whether the text may go out; if so, its bytes are used up. */
  boolean take(String text) {
    long now = nanoClock.getAsLong();
    long elapsed = Math.min(now - lastNanos, mostBytes / bytesPerSecond * NANOS + NANOS);
    long earned = (long) ((double) elapsed / NANOS * bytesPerSecond);
    if (earned > 0) {
      left = Math.min(mostBytes, left + earned);
      lastNanos = now;
    }
    long bytes = 3L * text.length();
    if (bytes > left) {
      return false;
    }
    left -= bytes;
    return true;
  }
}
