// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.profile;

import java.util.List;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * One running total over one unbroken stretch of samples. Its growth between two tellings is spread
 * evenly over the time between them, in whole numbers that add up exactly; after a silence of more
 * than {@link Hold#MAX_MILLIS} it belongs to the later telling. A total that falls did not grow.
 */
final class CounterTrack {
  private long firstMillis;
  private long firstValue;
  private long lastMillis;
  private long lastValue;
  private final TreeMap<Long, Long> growth = new TreeMap<>();

  private CounterTrack() {}

  static CounterTrack told(long millis, long value) {
    CounterTrack track = new CounterTrack();
    track.firstMillis = millis;
    track.firstValue = value;
    track.lastMillis = millis;
    track.lastValue = value;
    return track;
  }

  long firstMillis() {
    return firstMillis;
  }

  long firstValue() {
    return firstValue;
  }

  long lastMillis() {
    return lastMillis;
  }

  long lastValue() {
    return lastValue;
  }

  Iterable<Long> windowStarts() {
    return growth.keySet();
  }

  void tell(long millis, long value) {
    spread(lastMillis, lastValue, millis, value, any -> true, growth);
    lastMillis = millis;
    lastValue = value;
  }

  /** Appends a later stretch. */
  void append(CounterTrack later) {
    tell(later.firstMillis, later.firstValue);
    later.growth.forEach((start, grown) -> growth.merge(start, grown, Long::sum));
    lastMillis = later.lastMillis;
    lastValue = later.lastValue;
  }

  CounterTrack copy() {
    CounterTrack copy = told(firstMillis, firstValue);
    copy.lastMillis = lastMillis;
    copy.lastValue = lastValue;
    copy.growth.putAll(growth);
    return copy;
  }

  void dropWindowsBefore(long millis) {
    growth.headMap(millis).clear();
  }

  /**
   * The growth in the wanted windows over these stretches, in order, from 0 at the process's start.
   */
  static TreeMap<Long, Long> windows(
      List<CounterTrack> tracks, long startMillis, LongPredicate wanted) {
    TreeMap<Long, Long> found = new TreeMap<>();
    @Nullable CounterTrack previous = null;
    for (CounterTrack track : tracks) {
      long fromMillis = previous == null ? startMillis : previous.lastMillis;
      long fromValue = previous == null ? 0 : previous.lastValue;
      spread(fromMillis, fromValue, track.firstMillis, track.firstValue, wanted, found);
      track.growth.forEach(
          (start, grown) -> {
            if (wanted.test(start)) {
              found.merge(start, grown, Long::sum);
            }
          });
      previous = track;
    }
    return found;
  }

  void write(FoldOutput out) {
    out.number(firstMillis);
    out.signed(firstValue);
    out.signed(lastMillis - firstMillis);
    out.signed(lastValue);
    out.number(growth.size());
    growth.forEach(
        (start, grown) -> {
          out.signed(start / Rollup.WINDOW_MILLIS);
          out.number(grown);
        });
  }

  static CounterTrack read(FoldInput in) {
    long millis = in.number();
    CounterTrack track = told(millis, in.signed());
    track.lastMillis = millis + in.signed();
    track.lastValue = in.signed();
    int count = in.count();
    for (int i = 0; i < count; i++) {
      long start = in.signed() * Rollup.WINDOW_MILLIS;
      track.growth.put(start, in.number());
    }
    return track;
  }

  /** Adds the growth between two tellings to the wanted windows. */
  static void spread(
      long fromMillis,
      long fromValue,
      long toMillis,
      long toValue,
      LongPredicate wanted,
      TreeMap<Long, Long> into) {
    long grown = toValue - fromValue;
    if (grown <= 0) {
      return;
    }
    long span = toMillis - fromMillis;
    if (span <= 0 || span > Hold.MAX_MILLIS) {
      long window = Rollup.windowStart(toMillis);
      if (wanted.test(window)) {
        into.merge(window, grown, Long::sum);
      }
      return;
    }
    Hold.split(
        fromMillis,
        toMillis,
        (window, before, held) -> {
          long part = share(grown, before + held, span) - share(grown, before, span);
          if (wanted.test(window) && part != 0) {
            into.merge(window, part, Long::sum);
          }
        });
  }

  /** floor(grown × elapsed / span) without overflow, since both times are below an hour. */
  private static long share(long grown, long elapsed, long span) {
    return grown / span * elapsed + grown % span * elapsed / span;
  }
}
