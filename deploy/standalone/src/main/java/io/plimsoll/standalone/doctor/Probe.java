// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.doctor;

import io.plimsoll.profile.RunKey;
import io.plimsoll.wire.AttemptOutcome;
import io.plimsoll.wire.AttemptRecord;
import io.plimsoll.wire.ClockAnchor;
import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.Envelope;
import io.plimsoll.wire.EventKind;
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
import java.util.UUID;

/** A made-up process that says one thing on each stream, to be found again at the chain's end. */
record Probe(UUID process, long epochMillis) {
  /** All probes are processes of this one run. */
  static final RunKey RUN = new RunKey("plimsoll-doctor", "probe", 0);

  List<Envelope> envelopes() {
    ProcessIdentity identity =
        ProcessIdentity.builder(process)
            .host("doctor", "")
            .pid(ProcessHandle.current().pid(), epochMillis)
            .role(Role.DRIVER)
            .cluster(RUN.cluster())
            .application(RUN.application(), RUN.attempt())
            .build();
    Sample sample =
        Sample.of(
            epochMillis,
            Map.of(MetricKey.of(Metric.RSS), 1L, MetricKey.of(Metric.PROCESS_CPU), 1L));
    AttemptRecord attempt =
        AttemptRecord.builder(0)
            .stage(0, 0)
            .partition(0, 0)
            .startEpochMillis(epochMillis)
            .wallNanos(1)
            .outcome(AttemptOutcome.SUCCEEDED)
            .build();
    List<EngineEvent> events =
        List.of(
            EngineEvent.builder(EventKind.APPLICATION_STARTED, epochMillis)
                .put(EventText.APPLICATION_NAME, "doctor's probe")
                .put(EventText.ENGINE, "none")
                .build(),
            EngineEvent.builder(EventKind.APPLICATION_ENDED, epochMillis).build(),
            EngineEvent.builder(EventKind.JVM_ENDING, epochMillis).build());
    return List.of(
        header(identity, Stream.SAMPLES).samples(List.of(sample)),
        header(identity, Stream.ATTEMPTS).attempts(List.of(attempt)),
        header(identity, Stream.EVENTS).events(events));
  }

  private Envelope.Header header(ProcessIdentity identity, Stream stream) {
    return Envelope.header(
        identity, stream, 0, ClockAnchor.of(epochMillis, System.nanoTime()), LossCounters.NONE);
  }
}
