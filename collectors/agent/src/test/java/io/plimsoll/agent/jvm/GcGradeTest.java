// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GcGradeTest {
  private static final String MINOR = "end of minor GC";
  private static final String MAJOR = "end of major GC";

  @Test
  void aFullCollectionIsAnEstimate() {
    assertThat(GcGrade.of("G1 Old Generation", MAJOR, 50, 50)).isEqualTo(GcGrade.ESTIMATE);
    assertThat(GcGrade.of("MarkSweepCompact", MAJOR, 50, 50)).isEqualTo(GcGrade.ESTIMATE);
    assertThat(GcGrade.of("PS MarkSweep", MAJOR, 50, 0)).isEqualTo(GcGrade.ESTIMATE);
  }

  @Test
  void aMixedCollectionRenewsTheOldPoolsCollectionUsage() {
    assertThat(GcGrade.of("G1 Young Generation", MINOR, 103, 103)).isEqualTo(GcGrade.ESTIMATE);
  }

  @Test
  void aYoungCollectionIsABoundEvenWhereHumongousObjectsDied() {
    assertThat(GcGrade.of("G1 Young Generation", MINOR, 151, 0)).isEqualTo(GcGrade.BOUND);
    assertThat(GcGrade.of("G1 Young Generation", MINOR, 151, 103)).isEqualTo(GcGrade.BOUND);
    assertThat(GcGrade.of("G1 Young Generation", MINOR, 0, 0)).isEqualTo(GcGrade.BOUND);
  }

  @Test
  void youngCollectionsOfOtherCollectorsAreBounds() {
    assertThat(GcGrade.of("Copy", MINOR, 10, 10)).isEqualTo(GcGrade.BOUND);
    assertThat(GcGrade.of("PS Scavenge", MINOR, 10, 10)).isEqualTo(GcGrade.BOUND);
    assertThat(GcGrade.of("ZGC Minor Cycles", "end of GC cycle", -1, -1)).isEqualTo(GcGrade.BOUND);
  }

  @Test
  void concurrentWholeHeapCyclesAreEstimates() {
    assertThat(GcGrade.of("ZGC Cycles", "end of GC cycle", -1, -1)).isEqualTo(GcGrade.ESTIMATE);
    assertThat(GcGrade.of("ZGC Major Cycles", "end of GC cycle", 9, 9)).isEqualTo(GcGrade.ESTIMATE);
    assertThat(GcGrade.of("ZGC Pauses", "end of GC pause", -1, -1)).isEqualTo(GcGrade.BOUND);
    assertThat(GcGrade.of("G1 Concurrent GC", "end of concurrent GC pause", 5, 5))
        .isEqualTo(GcGrade.BOUND);
  }

  @Test
  void poolsAreKnownByTheirNames() {
    assertThat(CollectionWatch.isOld("G1 Old Gen")).isTrue();
    assertThat(CollectionWatch.isOld("PS Old Gen")).isTrue();
    assertThat(CollectionWatch.isOld("Tenured Gen")).isTrue();
    assertThat(CollectionWatch.isOld("ZGC Old Generation")).isTrue();
    assertThat(CollectionWatch.isOld("G1 Eden Space")).isFalse();
    assertThat(CollectionWatch.isOld("ZHeap")).isFalse();
    assertThat(MemoryBeans.isCode("CodeHeap 'non-nmethods'")).isTrue();
    assertThat(MemoryBeans.isCode("CodeCache")).isTrue();
    assertThat(MemoryBeans.isCode("Code Cache")).isTrue();
    assertThat(MemoryBeans.isCode("Metaspace")).isFalse();
  }
}
