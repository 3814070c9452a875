// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.profile;

/** The time between two tellings of a value, cut at the edges of the rollups' windows. */
final class Hold {
  /**
   * A value is held for an hour at most: a longer silence is time that nobody observed, and a clock
   * that jumps by years costs no more than this many windows.
   */
  static final long MAX_MILLIS = 3_600_000;

  /** Takes the part of a hold that lies in one window. */
  @FunctionalInterface
  interface Part {
    /**
     * @param windowStartMillis epoch milliseconds
     * @param beforeMillis time of this hold that lies before the window
     * @param heldMillis time of this hold in the window, at least 1
     */
    void accept(long windowStartMillis, long beforeMillis, long heldMillis);
  }

  private Hold() {}

  /** How long a value told at {@code from} holds when the next is told at {@code to}. */
  static long millis(long from, long to) {
    return Math.max(0, Math.min(MAX_MILLIS, to - from));
  }

  /** Calls {@code part} for every window that the hold touches, in order of time. */
  static void split(long from, long to, Part part) {
    long end = from + millis(from, to);
    long at = from;
    while (at < end) {
      long window = Rollup.windowStart(at);
      long until = Math.min(end, window + Rollup.WINDOW_MILLIS);
      part.accept(window, at - from, until - at);
      at = until;
    }
  }
}
