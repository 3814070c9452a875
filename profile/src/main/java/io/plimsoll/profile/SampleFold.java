// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.profile;

import io.plimsoll.wire.MetricKey;
import io.plimsoll.wire.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongPredicate;

/** All samples of one process, as segments with gaps where envelopes are missing. */
final class SampleFold {
  /** By first sequence; no two of them adjacent. */
  private final TreeMap<Long, SampleSegment> segments = new TreeMap<>();

  private final NavigableSet<Long> dirty;
  private long keptFromMillis = Long.MIN_VALUE;

  /**
   * @param dirty where windows that may have changed are noted
   */
  SampleFold(NavigableSet<Long> dirty) {
    this.dirty = dirty;
  }

  void add(long sequence, List<Sample> samples, long startMillis) {
    SampleSegment added = SampleSegment.of(sequence, samples);
    markTouched(added, startMillis);
    insert(added).dropWindowsBefore(keptFromMillis);
  }

  /** Adds the segments of a fold of other sequences. */
  void addAll(SampleFold other) {
    for (SampleSegment segment : other.segments.values()) {
      insert(segment.copy());
    }
    keptFromMillis = Math.max(keptFromMillis, other.keptFromMillis);
    dropOldWindows();
    windowStarts(any -> true).forEach(dirty::add);
  }

  void dropWindowsBefore(long millis) {
    keptFromMillis = Math.max(keptFromMillis, Rollup.windowStart(millis));
    dropOldWindows();
  }

  long keptFromMillis() {
    return keptFromMillis;
  }

  /** Epoch milliseconds, 0 without samples. */
  long firstMillis() {
    long first =
        segments.values().stream()
            .mapToLong(SampleSegment::firstMillis)
            .min()
            .orElse(Long.MAX_VALUE);
    return first == Long.MAX_VALUE ? 0 : first;
  }

  /** Epoch milliseconds, 0 without samples. */
  long lastMillis() {
    long last =
        segments.values().stream()
            .mapToLong(SampleSegment::lastMillis)
            .max()
            .orElse(Long.MIN_VALUE);
    return last == Long.MIN_VALUE ? 0 : last;
  }

  SortedMap<MetricKey, GaugeProfile> gauges() {
    SortedMap<MetricKey, GaugeProfile> profiles = new TreeMap<>();
    gaugeTracks().forEach((key, tracks) -> profiles.put(key, GaugeTrack.profile(tracks)));
    return profiles;
  }

  /** The first totals told. */
  SortedMap<MetricKey, Long> firstCounters() {
    SortedMap<MetricKey, Long> first = new TreeMap<>();
    for (SampleSegment segment : segments.values()) {
      segment.counters.forEach((key, track) -> first.putIfAbsent(key, track.firstValue()));
    }
    return first;
  }

  SortedMap<MetricKey, Long> counters() {
    SortedMap<MetricKey, Long> latest = new TreeMap<>();
    for (SampleSegment segment : segments.values()) {
      segment.counters.forEach((key, track) -> latest.put(key, track.lastValue()));
    }
    return latest;
  }

  /** Puts the wanted windows' values into {@code into}, by window start and value name. */
  void windows(long startMillis, LongPredicate asked, Map<Long, SortedMap<String, Long>> into) {
    LongPredicate wanted = start -> start >= keptFromMillis && asked.test(start);
    gaugeTracks()
        .forEach(
            (key, tracks) ->
                GaugeTrack.windows(tracks, wanted)
                    .forEach(
                        (start, window) -> {
                          SortedMap<String, Long> values = values(into, start);
                          values.put(RollupValue.integral(key), window.integral);
                          values.put(RollupValue.max(key), window.max);
                          values.put(RollupValue.last(key), window.last);
                        }));
    counterTracks()
        .forEach(
            (key, tracks) ->
                CounterTrack.windows(tracks, startMillis, wanted)
                    .forEach(
                        (start, grown) -> values(into, start).put(RollupValue.growth(key), grown)));
  }

  void write(FoldOutput out) {
    out.signed(keptFromMillis);
    out.number(segments.size());
    segments.values().forEach(segment -> segment.write(out));
  }

  void read(FoldInput in) {
    keptFromMillis = in.signed();
    int count = in.count();
    for (int i = 0; i < count; i++) {
      SampleSegment segment = SampleSegment.read(in);
      Map.Entry<Long, SampleSegment> before = segments.lastEntry();
      if (before != null && before.getValue().lastSequence() + 1 >= segment.firstSequence()) {
        throw FoldFormatException.malformed(
            "segment at sequence " + segment.firstSequence() + " is out of order");
      }
      segments.put(segment.firstSequence(), segment);
    }
  }

  private static SortedMap<String, Long> values(
      Map<Long, SortedMap<String, Long>> into, long start) {
    return into.computeIfAbsent(start, any -> new TreeMap<>());
  }

  /** The segment that the added one is now part of. */
  private SampleSegment insert(SampleSegment added) {
    SampleSegment grown = added;
    Map.Entry<Long, SampleSegment> before = segments.lowerEntry(added.firstSequence());
    if (before != null && before.getValue().lastSequence() + 1 == added.firstSequence()) {
      grown = before.getValue();
      grown.append(added);
    }
    SampleSegment after = segments.remove(added.lastSequence() + 1);
    if (after != null) {
      grown.append(after);
    }
    segments.put(grown.firstSequence(), grown);
    return grown;
  }

  private TreeMap<MetricKey, List<GaugeTrack>> gaugeTracks() {
    TreeMap<MetricKey, List<GaugeTrack>> tracks = new TreeMap<>();
    for (SampleSegment segment : segments.values()) {
      segment.gauges.forEach(
          (key, track) -> tracks.computeIfAbsent(key, any -> new ArrayList<>()).add(track));
    }
    return tracks;
  }

  private TreeMap<MetricKey, List<CounterTrack>> counterTracks() {
    TreeMap<MetricKey, List<CounterTrack>> tracks = new TreeMap<>();
    for (SampleSegment segment : segments.values()) {
      segment.counters.forEach(
          (key, track) -> tracks.computeIfAbsent(key, any -> new ArrayList<>()).add(track));
    }
    return tracks;
  }

  private NavigableSet<Long> windowStarts(LongPredicate wanted) {
    TreeMap<Long, SortedMap<String, Long>> all = new TreeMap<>();
    windows(0, wanted, all);
    return new TreeSet<>(all.keySet());
  }

  private void dropOldWindows() {
    segments.values().forEach(segment -> segment.dropWindowsBefore(keptFromMillis));
  }

  /** Notes every window that the new segment's values, or the holds around them, can reach. */
  private void markTouched(SampleSegment added, long startMillis) {
    Map<Long, SampleSegment> earlier =
        segments.headMap(added.firstSequence(), false).descendingMap();
    Map<Long, SampleSegment> later = segments.tailMap(added.firstSequence(), false);
    added.gauges.forEach(
        (key, track) -> {
          long before = track.firstMillis();
          for (SampleSegment segment : earlier.values()) {
            GaugeTrack told = segment.gauges.get(key);
            if (told != null) {
              before = told.lastMillis();
              break;
            }
          }
          long after = track.lastMillis();
          for (SampleSegment segment : later.values()) {
            GaugeTrack told = segment.gauges.get(key);
            if (told != null) {
              after = told.firstMillis();
              break;
            }
          }
          track.windowStarts().forEach(dirty::add);
          markAround(before, track.firstMillis(), track.lastMillis(), after);
        });
    added.counters.forEach(
        (key, track) -> {
          boolean young = track.firstMillis() - startMillis <= Hold.MAX_MILLIS;
          long before = young ? startMillis : track.firstMillis();
          for (SampleSegment segment : earlier.values()) {
            CounterTrack told = segment.counters.get(key);
            if (told != null) {
              before = told.lastMillis();
              break;
            }
          }
          long after = track.lastMillis();
          for (SampleSegment segment : later.values()) {
            CounterTrack told = segment.counters.get(key);
            if (told != null) {
              after = told.firstMillis();
              break;
            }
          }
          track.windowStarts().forEach(dirty::add);
          markAround(before, track.firstMillis(), track.lastMillis(), after);
        });
  }

  private void markAround(long before, long first, long last, long after) {
    markSpan(before, first);
    markSpan(last, after);
  }

  private void markSpan(long from, long to) {
    dirty.add(Rollup.windowStart(from));
    dirty.add(Rollup.windowStart(to));
    Hold.split(from, to, (window, before, held) -> dirty.add(window));
  }
}
