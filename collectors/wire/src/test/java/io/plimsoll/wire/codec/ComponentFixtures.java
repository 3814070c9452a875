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

/** What the fixture files of polled components and cluster managers say. */
final class ComponentFixtures {
  private static final long START = 1_763_900_000_000L;
  private static final int FIRST_METRIC = 200;
  private static final int LAST_METRIC = 208;
  private static final int FIRST_EVENT = 90;
  private static final int LAST_EVENT = 98;
  private static final int FIRST_NUMBER = 220;
  private static final int LAST_NUMBER = 242;
  private static final int FIRST_TEXT = 90;
  private static final int LAST_TEXT = 99;

  private ComponentFixtures() {}

  static Map<String, Envelope> expected() {
    Map<String, Envelope> fixtures = new TreeMap<>();
    fixtures.put("samples-component", header(Stream.SAMPLES).samples(List.of(sample())));
    fixtures.put("events-component", header(Stream.EVENTS).events(events()));
    return fixtures;
  }

  private static Envelope.Header header(Stream stream) {
    ProcessIdentity broker =
        ProcessIdentity.builder(new UUID(11, 12))
            .host("broker-1", "")
            .role(Role.KAFKA_BROKER)
            .cluster("clicks")
            .build();
    return Envelope.header(
        broker,
        stream,
        3,
        ClockAnchor.of(START, 987_654_321L),
        LossCounters.of(0, 0, 0, 0).withCoarsened(5, 6));
  }

  /** Every metric of components, each with a value of its own. */
  private static Sample sample() {
    Map<MetricKey, Long> values = new TreeMap<>();
    for (int id = FIRST_METRIC; id <= LAST_METRIC; id++) {
      Metric metric = Metric.byId(id);
      if (metric == null) {
        throw new IllegalStateException("metric " + id + " is gone");
      }
      values.put(MetricKey.of(metric, "kafka.topic.bytes_in{topic=clicks}"), 1000L * id);
      values.put(MetricKey.of(metric, "plain"), -1L);
    }
    return Sample.of(START, values);
  }

  /** Every kind, the first with every number and every text. */
  private static List<EngineEvent> events() {
    List<EngineEvent> events = new ArrayList<>();
    for (int id = FIRST_EVENT; id <= LAST_EVENT; id++) {
      EventKind kind = EventKind.byId(id);
      if (kind == null) {
        throw new IllegalStateException("event kind " + id + " is gone");
      }
      EngineEvent.Builder builder = EngineEvent.builder(kind, START + id);
      if (id == FIRST_EVENT) {
        putEverything(builder);
      }
      events.add(builder.build());
    }
    return events;
  }

  private static void putEverything(EngineEvent.Builder builder) {
    for (int id = FIRST_NUMBER; id <= LAST_NUMBER; id++) {
      EventNumber number = EventNumber.byId(id);
      if (number == null) {
        throw new IllegalStateException("event number " + id + " is gone");
      }
      builder.put(number, 1000L * id);
    }
    for (int id = FIRST_TEXT; id <= LAST_TEXT; id++) {
      EventText text = EventText.byId(id);
      if (text == null) {
        throw new IllegalStateException("event text " + id + " is gone");
      }
      builder.put(text, "text " + id);
    }
  }
}
