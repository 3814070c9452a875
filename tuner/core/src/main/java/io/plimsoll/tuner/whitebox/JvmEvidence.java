// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.tuner.whitebox;

import io.plimsoll.profile.EvidenceGrade;
import io.plimsoll.profile.GaugeProfile;
import io.plimsoll.profile.GcProfile;
import io.plimsoll.profile.GcWindow;
import io.plimsoll.profile.ProcessProfile;
import io.plimsoll.wire.Metric;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * What one JVM showed of its memory. Sizes in bytes; -1 where the process never told.
 *
 * @param component {@code driver} or {@code executor:ID}
 * @param gc its collections, with the levels they left behind
 * @param heapMaxBytes the heap limit that the JVM itself reports
 * @param heapUsedBytes highest sampled heap use, garbage included
 * @param heapCommittedBytes highest committed heap
 * @param rssBytes highest resident set
 * @param outsideHeapBytes resident memory outside the heap, see {@link #outsideHeap}
 * @param gcMillis CPU time of the collectors' threads, or the sum of pauses where that is more
 * @param allocatedBytes allocated on the heap in all; -1 unknown
 * @param lifetimeMillis from start to last sample
 * @param settledBytes the level that collections mostly leave behind: their mean, or the rest by
 *     {@link HeapRest} where that is lower, for what execution memory explains is live only at
 *     times, and garbage after
 */
record JvmEvidence(
    String component,
    GcProfile gc,
    long heapMaxBytes,
    long heapUsedBytes,
    long heapCommittedBytes,
    long rssBytes,
    long outsideHeapBytes,
    long gcMillis,
    long allocatedBytes,
    long lifetimeMillis,
    long settledBytes) {
  private static final long MIB = 1L << 20;

  /** Resident part of a thread's stack, by native memory tracking of Spark executors. */
  private static final long STACK_BYTES = MIB / 8;

  /** libjvm, class archive, symbols, compiler arenas and malloc's own, by the same. */
  private static final long FIXED_BYTES = 48 * MIB;

  /** G1's bitmaps (1/32), card and block tables and remembered sets over the committed heap. */
  private static final double COLLECTOR_SHARE = 0.04;

  static JvmEvidence of(String component, ProcessProfile process) {
    long pause = process.gc().pauseMillis();
    long cpu = process.counter(Metric.CPU_GC, 0) / 1_000_000;
    long allocated = process.counter(Metric.ALLOCATED, -1);
    long byTasks = process.attempts().allocatedBytes();
    long rss = Math.max(max(process, Metric.RSS_PEAK), max(process, Metric.RSS));
    long committed = max(process, Metric.HEAP_COMMITTED);
    return new JvmEvidence(
        component,
        process.gc(),
        max(process, Metric.HEAP_MAX),
        max(process, Metric.HEAP_USED),
        committed,
        rss,
        rss < 0 || committed < 0 ? -1 : outsideHeap(process, rss, committed),
        Math.max(pause, cpu),
        allocated > 0 ? allocated : (byTasks > 0 ? byTasks : -1),
        process.lifetimeMillis(),
        process.gc().meanHeapAfterBytes());
  }

  /** The same evidence with a settled level of at most this. */
  JvmEvidence settledAtMost(long bytes) {
    return new JvmEvidence(
        component,
        gc,
        heapMaxBytes,
        heapUsedBytes,
        heapCommittedBytes,
        rssBytes,
        outsideHeapBytes,
        gcMillis,
        allocatedBytes,
        lifetimeMillis,
        Math.min(settledBytes, bytes));
  }

  EvidenceGrade grade() {
    return gc.liveSetGrade();
  }

  /** The lowest level that a collection left behind; 0 where levels are unknown. */
  long lowestLevelBytes() {
    return gc.windows().stream().mapToLong(GcWindow::lowestAfterBytes).min().orElse(0);
  }

  /** Bytes allocated between two collections, on average; -1 unknown. */
  long bytesPerCollection() {
    return gc.collections() == 0 || allocatedBytes < 0 ? -1 : allocatedBytes / gc.collections();
  }

  /**
   * Resident memory outside the heap, from both sides: what the resident set exceeded the committed
   * heap by, at their peaks, on average and at the end (all of them lower bounds, tight when the
   * heap is touched throughout), and the sum of what is known to be there (pools, buffers, stacks,
   * the collector's tables, a fixed part). The highest of them counts.
   */
  private static long outsideHeap(ProcessProfile process, long rssPeak, long committedPeak) {
    GaugeProfile rss = process.gauge(Metric.RSS);
    GaugeProfile committed = process.gauge(Metric.HEAP_COMMITTED);
    long mean = rss == null || committed == null ? 0 : rss.mean() - committed.mean();
    long last = rss == null || committed == null ? 0 : rss.last() - committed.last();
    long known =
        positive(max(process, Metric.METASPACE_COMMITTED))
            + positive(max(process, Metric.CODE_CACHE_COMMITTED))
            + positive(max(process, Metric.DIRECT_USED))
            + positive(max(process, Metric.THREADS)) * STACK_BYTES
            + (long) (COLLECTOR_SHARE * committedPeak)
            + FIXED_BYTES;
    return LongStream.of(rssPeak - committedPeak, mean, last, known).max().orElse(known);
  }

  private static long max(ProcessProfile process, Metric metric) {
    @Nullable GaugeProfile gauge = process.gauge(metric);
    return gauge == null ? -1 : gauge.max();
  }

  private static long positive(long value) {
    return Math.max(0, value);
  }
}
