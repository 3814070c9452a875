// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.wire.codec;

import io.plimsoll.wire.ClockAnchor;
import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.Envelope;
import io.plimsoll.wire.EventKind;
import io.plimsoll.wire.EventNumber;
import io.plimsoll.wire.EventText;
import io.plimsoll.wire.LossCounters;
import io.plimsoll.wire.Metric;
import io.plimsoll.wire.MetricKey;
import io.plimsoll.wire.ProcessIdentity;
import io.plimsoll.wire.Role;
import io.plimsoll.wire.Sample;
import io.plimsoll.wire.Stream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** What Flink's fixture files say: each kind, number, text and metric of Flink's id ranges once. */
final class FlinkFixtures {
  private static final long START = 1_763_900_000_000L;
  private static final int FIRST_KIND = 50;
  private static final int LAST_KIND = 62;
  private static final int FIRST_NUMBER = 150;
  private static final int LAST_NUMBER = 195;
  private static final int FIRST_TEXT = 50;
  private static final int LAST_TEXT = 68;
  private static final int[][] METRICS = {{100, 117}, {125, 137}, {140, 149}};

  private FlinkFixtures() {}

  static Map<String, Envelope> expected() {
    return Map.of(
        "events-flink", header(Stream.EVENTS).events(events()),
        "samples-flink", header(Stream.SAMPLES).samples(samples()));
  }

  private static Envelope.Header header(Stream stream) {
    ProcessIdentity identity =
        ProcessIdentity.builder(new UUID(11, 12))
            .pid(0, START)
            .role(Role.JOB_MANAGER)
            .cluster("session-1")
            .application("0f3c9a4be2f0d6a1b5c7d8e9f0a1b2c3", 0)
            .build();
    return Envelope.header(
        identity,
        stream,
        5,
        ClockAnchor.of(START + 60_000, 7L),
        LossCounters.of(0, 0, 0, 0).withCoarsened(6, 7));
  }

  /** Numbers and texts go around the kinds, so that each of the ranges stands somewhere. */
  private static List<EngineEvent> events() {
    List<EngineEvent> events = new ArrayList<>();
    int kinds = LAST_KIND - FIRST_KIND + 1;
    for (int id = FIRST_KIND; id <= LAST_KIND; id++) {
      EventKind kind = EventKind.byId(id);
      if (kind == null) {
        throw new IllegalStateException("event kind " + id + " is gone");
      }
      EngineEvent.Builder event = EngineEvent.builder(kind, START + id);
      for (int n = FIRST_NUMBER + id - FIRST_KIND; n <= LAST_NUMBER; n += kinds) {
        EventNumber number = EventNumber.byId(n);
        if (number == null) {
          throw new IllegalStateException("event number " + n + " is gone");
        }
        event.put(number, 1000L * n);
      }
      for (int t = FIRST_TEXT + id - FIRST_KIND; t <= LAST_TEXT; t += kinds) {
        EventText text = EventText.byId(t);
        if (text == null) {
          throw new IllegalStateException("event text " + t + " is gone");
        }
        event.put(text, "text " + t);
      }
      events.add(event.property("timestamp.RUNNING", Long.toString(START)).build());
    }
    return events;
  }

  private static List<Sample> samples() {
    Map<MetricKey, Long> values = new TreeMap<>();
    for (int[] range : METRICS) {
      for (int id = range[0]; id <= range[1]; id++) {
        Metric metric = Metric.byId(id);
        if (metric == null) {
          throw new IllegalStateException("metric " + id + " is gone");
        }
        values.put(MetricKey.of(metric, "bc764cd8ddf7a0cff126f51c16239658/1"), 10L * id);
      }
    }
    return List.of(Sample.of(START + 1000, values));
  }
}
