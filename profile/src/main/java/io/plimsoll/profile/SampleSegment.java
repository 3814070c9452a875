// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.profile;

import io.plimsoll.wire.Metric;
import io.plimsoll.wire.MetricKey;
import io.plimsoll.wire.Sample;
import java.util.List;
import java.util.TreeMap;

/** The samples of an unbroken range of envelopes of one process. */
final class SampleSegment {
  private final long firstSequence;
  private long lastSequence;

  /** Epoch milliseconds; first above last while there is no sample. */
  private long firstMillis = Long.MAX_VALUE;

  private long lastMillis = Long.MIN_VALUE;
  final TreeMap<MetricKey, GaugeTrack> gauges = new TreeMap<>();
  final TreeMap<MetricKey, CounterTrack> counters = new TreeMap<>();

  private SampleSegment(long firstSequence, long lastSequence) {
    this.firstSequence = firstSequence;
    this.lastSequence = lastSequence;
  }

  static SampleSegment of(long sequence, List<Sample> samples) {
    SampleSegment segment = new SampleSegment(sequence, sequence);
    for (Sample sample : samples) {
      long millis = sample.epochMillis();
      segment.firstMillis = Math.min(segment.firstMillis, millis);
      segment.lastMillis = Math.max(segment.lastMillis, millis);
      sample.values().forEach((key, value) -> segment.tell(key, millis, value));
    }
    return segment;
  }

  long firstSequence() {
    return firstSequence;
  }

  long lastSequence() {
    return lastSequence;
  }

  long firstMillis() {
    return firstMillis;
  }

  long lastMillis() {
    return lastMillis;
  }

  /** Appends the segment of the next sequence, which may not be used afterwards. */
  void append(SampleSegment next) {
    lastSequence = next.lastSequence;
    firstMillis = Math.min(firstMillis, next.firstMillis);
    lastMillis = Math.max(lastMillis, next.lastMillis);
    next.gauges.forEach(
        (key, later) -> {
          GaugeTrack mine = gauges.putIfAbsent(key, later);
          if (mine != null) {
            mine.append(later);
          }
        });
    next.counters.forEach(
        (key, later) -> {
          CounterTrack mine = counters.putIfAbsent(key, later);
          if (mine != null) {
            mine.append(later);
          }
        });
  }

  SampleSegment copy() {
    SampleSegment copy = new SampleSegment(firstSequence, lastSequence);
    copy.firstMillis = firstMillis;
    copy.lastMillis = lastMillis;
    gauges.forEach((key, track) -> copy.gauges.put(key, track.copy()));
    counters.forEach((key, track) -> copy.counters.put(key, track.copy()));
    return copy;
  }

  void dropWindowsBefore(long millis) {
    gauges.values().forEach(track -> track.dropWindowsBefore(millis));
    counters.values().forEach(track -> track.dropWindowsBefore(millis));
  }

  void write(FoldOutput out) {
    out.number(firstSequence);
    out.number(lastSequence - firstSequence);
    boolean sampled = firstMillis <= lastMillis;
    out.flag(sampled);
    if (!sampled) {
      return;
    }
    out.number(firstMillis);
    out.number(lastMillis - firstMillis);
    out.number(gauges.size());
    gauges.forEach(
        (key, track) -> {
          writeKey(out, key);
          track.write(out);
        });
    out.number(counters.size());
    counters.forEach(
        (key, track) -> {
          writeKey(out, key);
          track.write(out);
        });
  }

  static SampleSegment read(FoldInput in) {
    long first = in.number();
    long length = in.number();
    if (first < 0
        || length < 0
        || first >= SequenceRanges.LIMIT
        || length >= SequenceRanges.LIMIT) {
      throw FoldFormatException.malformed("a segment from sequence " + first);
    }
    SampleSegment segment = new SampleSegment(first, first + length);
    if (!in.flag()) {
      return segment;
    }
    segment.firstMillis = in.number();
    segment.lastMillis = segment.firstMillis + in.number();
    int gaugeCount = in.count();
    for (int i = 0; i < gaugeCount; i++) {
      segment.gauges.put(readKey(in, Metric.Kind.GAUGE), GaugeTrack.read(in));
    }
    int counterCount = in.count();
    for (int i = 0; i < counterCount; i++) {
      segment.counters.put(readKey(in, Metric.Kind.COUNTER), CounterTrack.read(in));
    }
    return segment;
  }

  private void tell(MetricKey key, long millis, long value) {
    if (key.metric().kind() == Metric.Kind.GAUGE) {
      GaugeTrack track = gauges.get(key);
      if (track == null) {
        gauges.put(key, GaugeTrack.told(millis, value));
      } else {
        track.tell(millis, value);
      }
      return;
    }
    CounterTrack track = counters.get(key);
    if (track == null) {
      counters.put(key, CounterTrack.told(millis, value));
    } else {
      track.tell(millis, value);
    }
  }

  private static void writeKey(FoldOutput out, MetricKey key) {
    out.number(key.metric().id());
    out.text(key.instance());
  }

  private static MetricKey readKey(FoldInput in, Metric.Kind kind) {
    int id = in.smallId();
    Metric metric = Metric.byId(id);
    if (metric == null || metric.kind() != kind) {
      throw FoldFormatException.malformed("metric " + id + " is no " + kind + " known here");
    }
    return MetricKey.of(metric, in.text());
  }
}
