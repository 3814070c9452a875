// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.point;

import io.plimsoll.diagnosis.signal.RunFacts;
import io.plimsoll.profile.EvidenceGrade;
import io.plimsoll.profile.GaugeProfile;
import io.plimsoll.profile.ProcessProfile;
import io.plimsoll.wire.Metric;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What one process demonstrably needed of its container: the smaller of what it touched (resident
 * set) and what it held (highest heap level after a collection, plus all memory outside the heap).
 * A JVM touches the heap it is given, so what it held tells more where it is known.
 *
 * @param bytes the need
 * @param rssBytes the highest resident set
 * @param heldBytes heap after collections and non-heap; -1 where no collection was seen
 * @param grade of the live set
 */
record MemoryNeed(long bytes, long rssBytes, long heldBytes, EvidenceGrade grade) {
  /** Empty when the process never told its resident set. */
  static Optional<MemoryNeed> of(ProcessProfile process) {
    OptionalLong rss = RunFacts.peakRssBytes(process);
    if (rss.isEmpty()) {
      return Optional.empty();
    }
    GaugeProfile committed = process.gauge(Metric.HEAP_COMMITTED);
    EvidenceGrade grade = process.gc().liveSetGrade();
    long held = -1;
    if (grade != EvidenceGrade.NONE && committed != null) {
      long nonHeap = Math.max(0, rss.getAsLong() - committed.max());
      held = process.gc().maxHeapAfterBytes() + nonHeap;
    }
    long need = held < 0 ? rss.getAsLong() : Math.min(held, rss.getAsLong());
    return Optional.of(new MemoryNeed(need, rss.getAsLong(), held, grade));
  }

  /** 1 for an estimate, less for a bound, least where only the resident set speaks. */
  double trust() {
    if (heldBytes < 0) {
      return 0.6;
    }
    return grade == EvidenceGrade.BOUND ? 0.8 : 0.95;
  }
}
