// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.profile;

import io.plimsoll.wire.AttemptRecord;
import io.plimsoll.wire.ClockAnchor;
import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.Envelope;
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

/** Short ways to write down what one process of a test says. */
final class Said {
  static final UUID PROCESS = new UUID(7, 1);
  static final RunKey RUN = new RunKey("lab", "app-1", 0);

  private final ProcessIdentity identity;

  private Said(ProcessIdentity identity) {
    this.identity = identity;
  }

  static Said executor() {
    return by(PROCESS, Role.EXECUTOR, "0", 0);
  }

  static Said by(UUID process, Role role, String executorId, long startMillis) {
    return new Said(
        ProcessIdentity.builder(process)
            .host("node-1", "boot-1")
            .pid(42, startMillis)
            .role(role)
            .cluster("lab")
            .application("app-1", 0)
            .executorId(executorId)
            .build());
  }

  ProcessIdentity identity() {
    return identity;
  }

  Said as(ProcessIdentity.Builder changed) {
    return new Said(changed.build());
  }

  Envelope samples(long sequence, Sample... samples) {
    return header(Stream.SAMPLES, sequence, LossCounters.NONE).samples(List.of(samples));
  }

  Envelope attempts(long sequence, AttemptRecord... attempts) {
    return header(Stream.ATTEMPTS, sequence, LossCounters.NONE).attempts(List.of(attempts));
  }

  Envelope events(long sequence, EngineEvent... events) {
    return header(Stream.EVENTS, sequence, LossCounters.NONE).events(List.of(events));
  }

  Envelope.Header header(Stream stream, long sequence, LossCounters loss) {
    return Envelope.header(identity, stream, sequence, ClockAnchor.of(1_000, 5), loss);
  }

  static Sample rss(long millis, long bytes) {
    return Sample.of(millis, Map.of(MetricKey.of(Metric.RSS), bytes));
  }

  static Sample cpu(long millis, long nanos) {
    return Sample.of(millis, Map.of(MetricKey.of(Metric.PROCESS_CPU), nanos));
  }

  static AttemptRecord.Builder attempt(long taskId, int stage, long startMillis, long wallMillis) {
    return AttemptRecord.builder(taskId)
        .stage(stage, 0)
        .partition(0, 0)
        .startEpochMillis(startMillis)
        .wallNanos(wallMillis * 1_000_000);
  }

  static ProcessFold fold(Envelope... envelopes) {
    ProcessFold fold = ProcessFold.of(envelopes[0].identity().process());
    for (Envelope envelope : envelopes) {
      fold.add(envelope);
    }
    return fold;
  }
}
