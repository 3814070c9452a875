// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.profile;

import java.util.List;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * One level over one unbroken stretch of samples. The time between two tellings belongs to the
 * earlier value; the time between two stretches is added when they are joined, so that the sums do
 * not depend on the order of joining.
 */
final class GaugeTrack {
  /** Levels beyond this (512 TiB) count as this in integrals: no window's sum can overflow. */
  private static final long BOUND = 1L << 49;

  private static final long MEBI_MASK = (1L << 20) - 1;

  private long firstMillis;
  private long lastMillis;
  private long lastValue;
  private long min;
  private long max;
  private long observedMillis;

  /** The integral is mebi × 2^20 + rest, 0 ≤ rest < 2^20. */
  private long mebi;

  private long rest;
  private final TreeMap<Long, GaugeWindow> windows = new TreeMap<>();

  private GaugeTrack() {}

  static GaugeTrack told(long millis, long value) {
    GaugeTrack track = new GaugeTrack();
    track.firstMillis = millis;
    track.lastMillis = millis;
    track.lastValue = value;
    track.min = value;
    track.max = value;
    track.window(Rollup.windowStart(millis)).told(value);
    return track;
  }

  static long bounded(long value) {
    return Math.max(-BOUND, Math.min(BOUND, value));
  }

  long firstMillis() {
    return firstMillis;
  }

  long lastMillis() {
    return lastMillis;
  }

  Iterable<Long> windowStarts() {
    return windows.keySet();
  }

  /** Appends the next telling. */
  void tell(long millis, long value) {
    hold(millis);
    Hold.split(lastMillis, millis, (window, before, held) -> window(window).held(lastValue, held));
    window(Rollup.windowStart(millis)).told(value);
    min = Math.min(min, value);
    max = Math.max(max, value);
    lastMillis = millis;
    lastValue = value;
  }

  /** Appends a later stretch, which may not be used afterwards. */
  void append(GaugeTrack later) {
    Hold.split(
        lastMillis,
        later.firstMillis,
        (window, before, held) -> window(window).held(lastValue, held));
    later.windows.forEach((start, window) -> window(start).append(window));
    appendTotals(later);
  }

  GaugeTrack copy() {
    GaugeTrack copy = totals();
    windows.forEach((start, window) -> copy.windows.put(start, window.copy()));
    return copy;
  }

  void dropWindowsBefore(long millis) {
    windows.headMap(millis).clear();
  }

  /** The profile of these stretches, in order, with the time between them held. */
  static GaugeProfile profile(List<GaugeTrack> tracks) {
    GaugeTrack all = tracks.get(0).totals();
    for (GaugeTrack later : tracks.subList(1, tracks.size())) {
      all.appendTotals(later);
    }
    return new GaugeProfile(
        saturated(all.mebi, all.rest),
        all.observedMillis,
        all.min,
        all.max,
        all.lastValue,
        all.mebi);
  }

  /** The wanted windows of these stretches, in order, with the time between them held. */
  static TreeMap<Long, GaugeWindow> windows(List<GaugeTrack> tracks, LongPredicate wanted) {
    TreeMap<Long, GaugeWindow> found = new TreeMap<>();
    @Nullable GaugeTrack previous = null;
    for (GaugeTrack track : tracks) {
      if (previous != null) {
        long value = previous.lastValue;
        Hold.split(
            previous.lastMillis,
            track.firstMillis,
            (start, before, held) -> {
              if (wanted.test(start)) {
                found.computeIfAbsent(start, any -> new GaugeWindow()).held(value, held);
              }
            });
      }
      track.windows.forEach(
          (start, window) -> {
            if (wanted.test(start)) {
              found.computeIfAbsent(start, any -> new GaugeWindow()).append(window);
            }
          });
      previous = track;
    }
    return found;
  }

  void write(FoldOutput out) {
    out.number(firstMillis);
    out.signed(lastMillis - firstMillis);
    out.signed(lastValue);
    out.signed(min);
    out.signed(max);
    out.number(observedMillis);
    out.signed(mebi);
    out.number(rest);
    out.number(windows.size());
    windows.forEach(
        (start, window) -> {
          out.signed(start / Rollup.WINDOW_MILLIS);
          window.write(out);
        });
  }

  static GaugeTrack read(FoldInput in) {
    GaugeTrack track = new GaugeTrack();
    track.firstMillis = in.number();
    track.lastMillis = track.firstMillis + in.signed();
    track.lastValue = in.signed();
    track.min = in.signed();
    track.max = in.signed();
    track.observedMillis = in.number();
    track.mebi = in.signed();
    track.rest = in.number();
    int count = in.count();
    for (int i = 0; i < count; i++) {
      long start = in.signed() * Rollup.WINDOW_MILLIS;
      track.windows.put(start, GaugeWindow.read(in));
    }
    return track;
  }

  private GaugeTrack totals() {
    GaugeTrack copy = new GaugeTrack();
    copy.firstMillis = firstMillis;
    copy.lastMillis = lastMillis;
    copy.lastValue = lastValue;
    copy.min = min;
    copy.max = max;
    copy.observedMillis = observedMillis;
    copy.mebi = mebi;
    copy.rest = rest;
    return copy;
  }

  private void appendTotals(GaugeTrack later) {
    hold(later.firstMillis);
    observedMillis += later.observedMillis;
    addIntegral(later.mebi, later.rest);
    min = Math.min(min, later.min);
    max = Math.max(max, later.max);
    lastMillis = later.lastMillis;
    lastValue = later.lastValue;
  }

  private void hold(long untilMillis) {
    long held = Hold.millis(lastMillis, untilMillis);
    long value = bounded(lastValue);
    observedMillis += held;
    addIntegral((value >> 20) * held, (value & MEBI_MASK) * held);
  }

  private void addIntegral(long moreMebi, long moreRest) {
    long sum = rest + moreRest;
    mebi += moreMebi + (sum >> 20);
    rest = sum & MEBI_MASK;
  }

  private GaugeWindow window(long start) {
    return windows.computeIfAbsent(start, any -> new GaugeWindow());
  }

  private static long saturated(long mebi, long rest) {
    long bound = Long.MAX_VALUE >> 20;
    if (mebi > bound) {
      return Long.MAX_VALUE;
    }
    return mebi < -bound ? Long.MIN_VALUE : (mebi << 20) + rest;
  }
}
