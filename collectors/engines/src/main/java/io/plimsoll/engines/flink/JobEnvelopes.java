// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.flink;

import io.plimsoll.wire.ClockAnchor;
import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.Envelope;
import io.plimsoll.wire.LossCounters;
import io.plimsoll.wire.ProcessIdentity;
import io.plimsoll.wire.Role;
import io.plimsoll.wire.Sample;
import io.plimsoll.wire.Stream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * The envelopes of one reader of one job. The process's UUID is made from cluster, job and reading,
 * so that one reading can be repeated, and two readers are never taken for one sequence.
 */
final class JobEnvelopes {
  private static final int MAX_EVENTS = 500;

  private final ProcessIdentity identity;
  private long nextEvents;
  private long nextSamples;

  JobEnvelopes(String cluster, String job, String reading, long jobStartMillis) {
    String name = "plimsoll-flink|" + cluster + "|" + job + "|" + reading;
    identity =
        ProcessIdentity.builder(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)))
            .pid(0, jobStartMillis)
            .role(Role.JOB_MANAGER)
            .cluster(cluster)
            .application(job, 0)
            .build();
  }

  void events(List<EngineEvent> events, long nowMillis, Consumer<Envelope> sink) {
    for (int from = 0; from < events.size(); from += MAX_EVENTS) {
      List<EngineEvent> some = events.subList(from, Math.min(events.size(), from + MAX_EVENTS));
      sink.accept(header(Stream.EVENTS, nextEvents++, nowMillis).events(some));
    }
  }

  void sample(Sample sample, long nowMillis, Consumer<Envelope> sink) {
    sink.accept(header(Stream.SAMPLES, nextSamples++, nowMillis).samples(List.of(sample)));
  }

  private Envelope.Header header(Stream stream, long sequence, long nowMillis) {
    return Envelope.header(
        identity,
        stream,
        sequence,
        ClockAnchor.of(nowMillis, nowMillis * 1_000_000),
        LossCounters.NONE);
  }
}
