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

/** Fixtures of what a process says about its CPU, its limits and its sources. */
final class ProcessFixtures {
  private static final long START = 1_763_900_000_000L;

  private static final int[] METRIC_IDS = {
    7, 8, 9, 13, 14, 15, 16, 17, 18, 19, 35, 36, 37, 38, 39, 47, 48, 49, 52, 53, 65, 66, 67, 68, 69,
    70, 71, 72, 73, 74, 75, 76, 77, 78
  };

  private ProcessFixtures() {}

  static Map<String, Envelope> expected() {
    Map<String, Envelope> fixtures = new TreeMap<>();
    fixtures.put("events-process", header(Stream.EVENTS).events(events()));
    fixtures.put("samples-process", header(Stream.SAMPLES).samples(samples()));
    return fixtures;
  }

  private static Envelope.Header header(Stream stream) {
    ProcessIdentity identity =
        ProcessIdentity.builder(new UUID(11, 12))
            .host("node-3", "boot")
            .pid(55, START)
            .role(Role.EXECUTOR)
            .build();
    return Envelope.header(
        identity, stream, 3, ClockAnchor.of(START + 10_000, 5_000_000_000L), LossCounters.NONE);
  }

  private static List<EngineEvent> events() {
    return List.of(
        EngineEvent.builder(EventKind.METRIC_SOURCES, START + 1_000)
            .put(EventText.DEGRADED, "no process.cpu.wait: schedstat does not move")
            .property("process.memory.rss", "/proc/self/status")
            .property("jvm.safepoint.count", "hsperfdata")
            .build(),
        EngineEvent.builder(EventKind.THREADS_UNNAMED, START + 60_000)
            .put(EventNumber.UNNAMED_CPU_NANOS, 7_000_000_000L)
            .put(EventNumber.UNNAMED_NAMES, 12)
            .property("pool-#-thread-#", "4000000000")
            .build());
  }

  private static List<Sample> samples() {
    Map<MetricKey, Long> values = new TreeMap<>();
    long value = 1_000;
    for (int id : METRIC_IDS) {
      Metric metric = Metric.byId(id);
      if (metric != null) {
        values.put(MetricKey.of(metric), value);
        value += 1_000_003;
      }
    }
    values.put(MetricKey.of(Metric.CPU_SATELLITE, "netty"), 5_000_000_000L);
    values.put(MetricKey.of(Metric.CHILDREN_CPU, "python"), 6_000_000_000L);
    return List.of(Sample.of(START + 10_000, values));
  }
}
