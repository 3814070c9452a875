// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.profile;

import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.EventNumber;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** All collections that one process reported: counts, sums, highest levels, levels by window. */
final class GcFold {
  private static final long GRADE_FULL = 2;

  private GcProfile sums = GcProfile.ZERO;
  private final NavigableMap<Long, GcWindow> windows = new TreeMap<>();

  void add(EngineEvent event) {
    boolean full = event.number(EventNumber.GC_GRADE, 0) == GRADE_FULL;
    long pause = Math.max(0, event.number(EventNumber.GC_DURATION_MILLIS, 0));
    long heap = Math.max(0, event.number(EventNumber.HEAP_AFTER_BYTES, 0));
    long old = Math.max(0, event.number(EventNumber.OLD_AFTER_BYTES, 0));
    add(
        new GcProfile(
            full ? 0 : 1,
            full ? 1 : 0,
            pause,
            pause,
            full ? 0 : heap,
            full ? heap : 0,
            old,
            heap,
            List.of()));
    if (heap > 0) {
      add(
          new GcWindow(
              Rollup.windowStart(Math.max(0, event.epochMillis())), 1, full ? 1 : 0, heap, heap));
    }
  }

  void addAll(GcFold other) {
    add(other.sums);
    new ArrayList<>(other.windows.values()).forEach(this::add);
  }

  GcProfile profile() {
    return with(new ArrayList<>(windows.values()));
  }

  void write(FoldOutput out) {
    out.number(sums.youngCollections());
    out.number(sums.fullCollections());
    out.number(sums.pauseMillis());
    out.number(sums.maxPauseMillis());
    out.number(sums.maxHeapAfterYoungBytes());
    out.number(sums.maxHeapAfterFullBytes());
    out.number(sums.maxOldAfterBytes());
    out.number(sums.sumHeapAfterBytes());
    out.number(windows.size());
    for (GcWindow window : windows.values()) {
      out.signed(window.startMillis() / Rollup.WINDOW_MILLIS);
      out.number(window.collections());
      out.number(window.fullCollections());
      out.number(window.lowestAfterBytes());
      out.number(window.highestAfterBytes());
    }
  }

  void read(FoldInput in) {
    sums =
        new GcProfile(
            in.number(),
            in.number(),
            in.number(),
            in.number(),
            in.number(),
            in.number(),
            in.number(),
            in.number(),
            List.of());
    windows.clear();
    int count = in.count();
    for (int i = 0; i < count; i++) {
      add(
          new GcWindow(
              in.signed() * Rollup.WINDOW_MILLIS,
              in.number(),
              in.number(),
              in.number(),
              in.number()));
    }
  }

  private void add(GcWindow more) {
    windows.merge(more.startMillis(), more, GcWindow::plus);
  }

  private void add(GcProfile more) {
    sums =
        new GcProfile(
            sums.youngCollections() + more.youngCollections(),
            sums.fullCollections() + more.fullCollections(),
            sums.pauseMillis() + more.pauseMillis(),
            Math.max(sums.maxPauseMillis(), more.maxPauseMillis()),
            Math.max(sums.maxHeapAfterYoungBytes(), more.maxHeapAfterYoungBytes()),
            Math.max(sums.maxHeapAfterFullBytes(), more.maxHeapAfterFullBytes()),
            Math.max(sums.maxOldAfterBytes(), more.maxOldAfterBytes()),
            sums.sumHeapAfterBytes() + more.sumHeapAfterBytes(),
            List.of());
  }

  private GcProfile with(List<GcWindow> levels) {
    return new GcProfile(
        sums.youngCollections(),
        sums.fullCollections(),
        sums.pauseMillis(),
        sums.maxPauseMillis(),
        sums.maxHeapAfterYoungBytes(),
        sums.maxHeapAfterFullBytes(),
        sums.maxOldAfterBytes(),
        sums.sumHeapAfterBytes(),
        levels);
  }
}
