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
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Fixtures of what the agent says about itself, and about processes that vanished. */
final class AgentFixtures {
  private static final long START = 1_763_900_000_000L;

  private AgentFixtures() {}

  static Map<String, Envelope> expected() {
    Map<String, Envelope> fixtures = new TreeMap<>();
    fixtures.put("events-agent", header(Stream.EVENTS).events(events()));
    fixtures.put("samples-agent", header(Stream.SAMPLES).samples(samples()));
    return fixtures;
  }

  private static Envelope.Header header(Stream stream) {
    ProcessIdentity identity =
        ProcessIdentity.builder(new UUID(13, 14))
            .host("node-4", "boot")
            .pid(66, START)
            .role(Role.EXECUTOR)
            .build();
    return Envelope.header(
        identity,
        stream,
        4,
        ClockAnchor.of(START + 20_000, 6_000_000_000L),
        LossCounters.of(1, 0, 0, 7).withCoarsened(30, 4_000));
  }

  private static List<EngineEvent> events() {
    return List.of(
        EngineEvent.builder(EventKind.AGENT_STOPPED, START + 1_000)
            .put(EventText.REASON, "stop-file=/tmp/stop is there")
            .build(),
        EngineEvent.builder(EventKind.PROCESS_VANISHED, START + 90_000)
            .put(EventNumber.LAST_SAMPLE_MILLIS, START + 30_000)
            .put(EventNumber.OOM_KILLS, 1)
            .put(EventText.CAUSE, "oom kill")
            .put(EventText.FOUND_BY, "00000000-0000-000b-0000-00000000000c")
            .build());
  }

  private static List<Sample> samples() {
    Map<MetricKey, Long> values = new TreeMap<>();
    values.put(MetricKey.of(Metric.AGENT_CPU_OWN), 250_000_000L);
    values.put(MetricKey.of(Metric.AGENT_CPU_SINK), 90_000_000L);
    values.put(MetricKey.of(Metric.AGENT_ALLOCATED), 33_000_000L);
    values.put(MetricKey.of(Metric.AGENT_INTERVAL), 2_000L);
    values.put(MetricKey.of(Metric.AGENT_COARSENESS), 1L);
    values.put(MetricKey.of(Metric.AGENT_BACKLOG), 1_500_000L);
    return List.of(Sample.of(START + 20_000, values));
  }
}
