// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis;

import io.plimsoll.profile.ProcessFold;
import io.plimsoll.profile.ProcessProfile;
import io.plimsoll.profile.RunFold;
import io.plimsoll.profile.RunKey;
import io.plimsoll.profile.RunProfile;
import io.plimsoll.wire.ClockAnchor;
import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.Envelope;
import io.plimsoll.wire.EventKind;
import io.plimsoll.wire.LossCounters;
import io.plimsoll.wire.Metric;
import io.plimsoll.wire.MetricKey;
import io.plimsoll.wire.ProcessIdentity;
import io.plimsoll.wire.Role;
import io.plimsoll.wire.Sample;
import io.plimsoll.wire.Stream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What one process says on the wire, folded as in life: events and two samples ten minutes apart.
 */
final class WireRun {
  static final RunKey KEY = new RunKey("lab", "app-1", 1);
  static final long START = 1_700_000_000_000L;
  static final long WALL = 600_000;

  private final ProcessIdentity identity;
  private final List<EngineEvent> events = new ArrayList<>();
  private final Map<MetricKey, Long> first = new TreeMap<>();
  private final Map<MetricKey, Long> last = new TreeMap<>();

  private WireRun(ProcessIdentity identity) {
    this.identity = identity;
  }

  static WireRun process(Role role, String executorId, String host) {
    String name = role + executorId + host;
    return new WireRun(
        ProcessIdentity.builder(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)))
            .role(role)
            .host(host, "boot")
            .pid(7, START)
            .cluster(KEY.cluster())
            .application(KEY.application(), KEY.attempt())
            .executorId(executorId)
            .build());
  }

  WireRun event(EngineEvent.Builder event) {
    events.add(event.build());
    return this;
  }

  static EngineEvent.Builder at(EventKind kind, long afterMillis) {
    return EngineEvent.builder(kind, START + afterMillis);
  }

  /** A level, or a total that grows from nothing to this value. */
  WireRun tell(Metric metric, String instance, long value) {
    MetricKey key = instance.isEmpty() ? MetricKey.of(metric) : MetricKey.of(metric, instance);
    first.put(key, metric.kind() == Metric.Kind.COUNTER ? 0 : value);
    last.put(key, value);
    return this;
  }

  WireRun tell(Metric metric, long value) {
    return tell(metric, "", value);
  }

  ProcessFold fold() {
    ProcessFold fold = ProcessFold.of(identity.process());
    fold.add(header(Stream.EVENTS).events(events));
    fold.add(
        header(Stream.SAMPLES)
            .samples(List.of(Sample.of(START, first), Sample.of(START + WALL, last))));
    return fold;
  }

  ProcessProfile profile() {
    return fold().profile();
  }

  static RunProfile run(List<WireRun> processes) {
    return RunFold.profile(KEY, processes.stream().map(WireRun::fold).toList());
  }

  private Envelope.Header header(Stream stream) {
    return Envelope.header(identity, stream, 0, ClockAnchor.of(START, 5), LossCounters.NONE);
  }
}
