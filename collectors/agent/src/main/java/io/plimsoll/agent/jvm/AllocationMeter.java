// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.jvm;

/**
 * Bytes allocated on the heap since the agent began, told by the heap's level around collections:
 * what grew between the end of one and the beginning of the next. What a concurrent phase frees
 * unseen is missing from it. It never goes down.
 */
final class AllocationMeter {
  private long closed;
  private long lastAfter;
  private long reported;

  /** Before a collection the heap held {@code before} bytes, behind it {@code after}. */
  synchronized void collected(long before, long after) {
    closed += Math.max(0, before - lastAfter);
    lastAfter = after;
  }

  /** The total when the heap holds {@code used} bytes now. */
  synchronized long total(long used) {
    reported = Math.max(reported, closed + Math.max(0, used - lastAfter));
    return reported;
  }
}
