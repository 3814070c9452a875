// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.wire.codec;

import io.plimsoll.wire.AttemptHook;
import io.plimsoll.wire.AttemptKind;
import io.plimsoll.wire.AttemptOutcome;
import io.plimsoll.wire.AttemptRecord;
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
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Random envelopes: every stream, any number, known and empty texts. */
final class RandomEnvelopes {
  private RandomEnvelopes() {}

  static Arbitrary<Envelope> any() {
    Arbitrary<Envelope.Header> samples = header(Stream.SAMPLES);
    Arbitrary<Envelope.Header> attempts = header(Stream.ATTEMPTS);
    Arbitrary<Envelope.Header> events = header(Stream.EVENTS);
    return Arbitraries.oneOf(
        Combinators.combine(samples, sample().list().ofMaxSize(30)).as(Envelope.Header::samples),
        Combinators.combine(attempts, attempt().list().ofMaxSize(30)).as(Envelope.Header::attempts),
        Combinators.combine(events, event().list().ofMaxSize(10)).as(Envelope.Header::events));
  }

  private static Arbitrary<Envelope.Header> header(Stream stream) {
    Arbitrary<ClockAnchor> anchor = Combinators.combine(number(), number()).as(ClockAnchor::of);
    Arbitrary<LossCounters> loss =
        Combinators.combine(number(), number(), number(), number()).as(LossCounters::of);
    return Combinators.combine(identity(), number(), anchor, loss)
        .as(
            (identity, sequence, at, lost) ->
                Envelope.header(identity, stream, sequence, at, lost));
  }

  private static Arbitrary<ProcessIdentity> identity() {
    Arbitrary<ProcessIdentity.Builder> onHost =
        Combinators.combine(
                Combinators.combine(number(), number()).as(java.util.UUID::new),
                text(),
                text(),
                number(),
                number())
            .as(
                (uuid, host, boot, pid, start) ->
                    ProcessIdentity.builder(uuid).host(host, boot).pid(pid, start));
    return Combinators.combine(
            onHost, Arbitraries.of(Role.class), text(), text(), Arbitraries.integers(), text())
        .as(
            (builder, role, cluster, application, attempt, executor) ->
                builder
                    .role(role)
                    .cluster(cluster)
                    .application(application, attempt)
                    .executorId(executor)
                    .build());
  }

  private static Arbitrary<Sample> sample() {
    Arbitrary<MetricKey> key =
        Combinators.combine(
                Arbitraries.of(Metric.class),
                Arbitraries.of("", "G1 Old", "G1 Old Gen", "System.gc()", "π"))
            .as(MetricKey::of);
    return Combinators.combine(number(), Arbitraries.maps(key, number()).ofMaxSize(20))
        .as(Sample::of);
  }

  private static Arbitrary<AttemptRecord> attempt() {
    Arbitrary<Integer> id = Arbitraries.integers();
    Arbitrary<AttemptRecord.Builder> where =
        Combinators.combine(number(), id, id, id, id)
            .as(
                (task, stage, attempt, partition, number) ->
                    AttemptRecord.builder(task).stage(stage, attempt).partition(partition, number));
    Arbitrary<AttemptRecord.Builder> whole =
        Combinators.combine(
                where, number(), number(), number(), number(), Arbitraries.of(AttemptOutcome.class))
            .as(
                (builder, start, wall, cpu, allocated, outcome) ->
                    builder
                        .startEpochMillis(start)
                        .wallNanos(wall)
                        .cpuNanos(cpu)
                        .allocatedBytes(allocated)
                        .outcome(outcome));
    return Combinators.combine(
            whole,
            Arbitraries.of(AttemptKind.class),
            Arbitraries.of(AttemptHook.class),
            Arbitraries.integers().between(1, Integer.MAX_VALUE),
            number(),
            Arbitraries.of("", "a1b2", "größer", "0f3c9a4be2f0d6a1"),
            text())
        .as(
            (builder, kind, hook, count, waited, job, attemptId) ->
                builder
                    .kind(kind)
                    .hook(hook)
                    .count(count)
                    .runQueueNanos(waited)
                    .spanMillis(kind == AttemptKind.SUM ? waited / 2 : -1)
                    .flink(job, job + "v", attemptId)
                    .helper(attemptId)
                    .build());
  }

  private static Arbitrary<EngineEvent> event() {
    return Combinators.combine(
            Arbitraries.of(EventKind.class),
            number(),
            Arbitraries.maps(Arbitraries.of(EventNumber.class), number()).ofMaxSize(10),
            Arbitraries.maps(Arbitraries.of(EventText.class), text()).ofMaxSize(5),
            Arbitraries.maps(text(), text()).ofMaxSize(5))
        .as(
            (kind, time, numbers, texts, properties) -> {
              EngineEvent.Builder builder = EngineEvent.builder(kind, time);
              numbers.forEach(builder::put);
              texts.forEach(builder::put);
              properties.forEach(builder::property);
              return builder.build();
            });
  }

  private static Arbitrary<Long> number() {
    return Arbitraries.oneOf(Arbitraries.longs(), Arbitraries.longs().between(-2, 1000));
  }

  private static Arbitrary<String> text() {
    return Arbitraries.oneOf(
        Arbitraries.strings().ascii().ofMaxLength(12),
        Arbitraries.strings().withCharRange('\u0080', '\u2fff').ofMaxLength(12),
        Arbitraries.of("", "spark.executor.memory", "two\nlines", "\ud83c\udf0a"));
  }
}
