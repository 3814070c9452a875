// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.tuner.whitebox;

import io.plimsoll.profile.EngineSums;
import io.plimsoll.profile.RunProfile;
import io.plimsoll.profile.StageProfile;
import io.plimsoll.tuner.spark.SparkMemory;
import io.plimsoll.tuner.spark.SparkSlots;
import java.util.Comparator;
import java.util.List;

/**
 * How much longer a run would take with another executor heap: more collections, and spill where
 * there was none. Both parts lean to the high side.
 *
 * <p>Collections: a copying collector's work is what it collects times how often, and how often is
 * the allocation over the room above the live set (the argument of MemBalancer, Kirisame et al.,
 * OOPSLA 2022). The cost of one collection is fitted from the run itself: the collectors' CPU time
 * over the number of collections. Between two collections G1 is taken to fill two fifths of what
 * lies above the settled level; survivors, reserve and old regions that wait for their marking take
 * the others. From a demo run with 6.5 GiB this predicts 6.2 s of collection for the busier
 * executor at 720 MiB, where 5.6 s of CPU time were measured.
 *
 * <p>Spill: a task whose peak execution memory exceeds its share of the managed memory spills the
 * difference, yet a stage spills no more than five times the bytes it read (compressed rows,
 * unpacked; 3.6 to 4.8 times in demo runs), at 150 MiB/s a core (sort, compress, write and read
 * back; the same runs gave 200 and more).
 */
final class SlowdownModel {
  private static final double FILLED = 0.4;
  private static final double UNPACKED = 5;
  private static final double SPILL_BYTES_PER_MILLI = 150 * 1048.576;

  private final RunProfile run;
  private final List<JvmEvidence> executors;
  private final SparkSlots slots;

  SlowdownModel(RunProfile run, List<JvmEvidence> executors, SparkSlots slots) {
    this.run = run;
    this.executors = List.copyOf(executors);
    this.slots = slots;
  }

  /**
   * The expected growth of the run's wall time as a share of it; 0 for no growth. Infinite where
   * the heap does not hold the settled level. Never grows with the heap.
   */
  double slowdown(long heapBytes) {
    return gcSlowdown(heapBytes) + spillSlowdown(heapBytes);
  }

  /** The part of more collections, in the executor that it hits most. */
  double gcSlowdown(long heapBytes) {
    return executors.stream()
        .mapToDouble(executor -> gcSlowdown(executor, heapBytes))
        .max()
        .orElse(0);
  }

  /** The executor that more collections hit most at this heap; there is at least one. */
  JvmEvidence hardestHit(long heapBytes) {
    return executors.stream()
        .max(Comparator.comparingDouble(executor -> gcSlowdown(executor, heapBytes)))
        .orElseThrow();
  }

  private static double gcSlowdown(JvmEvidence executor, long heapBytes) {
    long perCollection = executor.bytesPerCollection();
    if (perCollection <= 0 || executor.lifetimeMillis() <= 0) {
      return 0;
    }
    double room = FILLED * (heapBytes - executor.settledBytes());
    if (room <= 0) {
      return Double.POSITIVE_INFINITY;
    }
    double extra = executor.gcMillis() * Math.max(0, perCollection / room - 1);
    return extra / executor.lifetimeMillis();
  }

  /** The part of new spill. */
  double spillSlowdown(long heapBytes) {
    long wall = run.wallMillis();
    return wall == 0 ? 0 : spilledBytes(heapBytes) / SPILL_BYTES_PER_MILLI / slots.total() / wall;
  }

  /** In-memory bytes that would newly spill, at most. */
  long spilledBytes(long heapBytes) {
    long share = SparkMemory.managedBytes(heapBytes, run.config()) / slots.perExecutor();
    double spilled = 0;
    for (StageProfile stage : run.stages()) {
      EngineSums sums = stage.engine();
      double excess = (double) sums.tasks() * Math.max(0, sums.peakExecutionBytes() - share);
      double data = UNPACKED * (sums.inputBytes() + sums.shuffleReadBytes());
      spilled += Math.max(0, Math.min(excess, data) - sums.memorySpillBytes());
    }
    return (long) spilled;
  }
}
