// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.tuner.whitebox;

import io.plimsoll.profile.RunProfile;
import io.plimsoll.tuner.spark.SparkMemory;
import io.plimsoll.tuner.spark.SparkSlots;

/**
 * The smallest executor heap that holds what was seen and slows the run no more than is stated.
 *
 * <p>Four conditions: Spark's minimum; nine tenths of the heap (RelM keeps a tenth free, Kunjir and
 * Babu, SIGMOD 2020) hold what does not yield, and execution memory as far as Spark would grant it
 * at that heap; the managed memory holds all that may be cached, for blocks that Spark drops are
 * computed again (a demo run whose cache did not fit used a fifth more CPU time); and the predicted
 * slowdown stays within {@link #SLOWDOWN}, half of what a passing run may lose. A larger heap meets
 * each of them too.
 */
final class HeapModel {
  /** The predicted growth of wall time that a smaller heap may cost. */
  static final double SLOWDOWN = 0.05;

  /** Heaps are sized in steps of this. */
  static final long STEP_BYTES = 16L << 20;

  private static final double FILLABLE = 0.9;

  /**
   * A size and what speaks at it.
   *
   * @param bytes the heap
   * @param gcSlowdown predicted share of wall time
   * @param spillSlowdown predicted share of wall time
   * @param spilledBytes predicted new spill, at most
   * @param hardestHit the executor whose collections gcSlowdown speaks of
   */
  record Heap(
      long bytes,
      double gcSlowdown,
      double spillSlowdown,
      long spilledBytes,
      JvmEvidence hardestHit) {}

  private final RunProfile run;
  private final ExecutorEvidence evidence;
  private final SparkSlots slots;
  private final SlowdownModel slowdown;

  HeapModel(RunProfile run, ExecutorEvidence evidence, SparkSlots slots) {
    this.run = run;
    this.evidence = evidence;
    this.slots = slots;
    this.slowdown = new SlowdownModel(run, evidence.executors(), slots);
  }

  /**
   * The smallest heap that meets all conditions, at most {@code askedBytes}.
   *
   * @param crowding how many times as much each executor would hold, at least 1: 2 when half as
   *     many executors share the same data
   */
  Heap smallest(long askedBytes, double crowding) {
    long heap = SparkMemory.LEAST_HEAP_BYTES;
    while (heap < askedBytes
        && !(holds(heap, crowding) && slowdown.slowdown((long) (heap / crowding)) <= SLOWDOWN)) {
      heap = (heap / STEP_BYTES + 1) * STEP_BYTES;
    }
    long chosen = Math.min(heap, askedBytes);
    long alike = (long) (chosen / crowding);
    return new Heap(
        chosen,
        slowdown.gcSlowdown(alike),
        slowdown.spillSlowdown(alike),
        slowdown.spilledBytes(alike),
        slowdown.hardestHit(alike));
  }

  /** Whether this heap holds what was seen. */
  boolean holds(long heapBytes, double crowding) {
    double fillable = FILLABLE * heapBytes;
    long managed = SparkMemory.managedBytes(heapBytes, run.config());
    long execution = Math.min(slots.perExecutor() * evidence.peakExecutionBytes(), managed);
    return fillable >= crowding * evidence.rest().bytes() + execution
        && managed >= crowding * evidence.cachedBytes();
  }

  /** The heap at which everything ever seen after a collection fits: beyond it no need is known. */
  long highestNeedBytes() {
    long level = evidence.highest(each -> each.gc().maxHeapAfterBytes());
    return Math.max(SparkMemory.LEAST_HEAP_BYTES, ceil((long) (level / FILLABLE)));
  }

  static long ceil(long bytes) {
    return (bytes + STEP_BYTES - 1) / STEP_BYTES * STEP_BYTES;
  }
}
