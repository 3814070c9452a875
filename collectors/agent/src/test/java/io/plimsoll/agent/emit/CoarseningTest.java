// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.emit;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.wire.AttemptKind;
import io.plimsoll.wire.AttemptOutcome;
import io.plimsoll.wire.AttemptRecord;
import io.plimsoll.wire.ClockAnchor;
import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.Envelope;
import io.plimsoll.wire.EventKind;
import io.plimsoll.wire.LossCounters;
import io.plimsoll.wire.Metric;
import io.plimsoll.wire.MetricKey;
import io.plimsoll.wire.ProcessIdentity;
import io.plimsoll.wire.Sample;
import io.plimsoll.wire.Stream;
import io.plimsoll.wire.codec.EnvelopeDecoder;
import io.plimsoll.wire.codec.EnvelopeEncoder;
import io.plimsoll.wire.codec.WireException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.ToLongFunction;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class CoarseningTest {
  private static final ProcessIdentity WHO = ProcessIdentity.builder(new UUID(3, 4)).build();

  @Test
  void mergedSamples_keepPeaksLastCountersAndTheSmallestDistance() {
    List<Sample> merged =
        SampleMerge.every(
            2_000, List.of(sample(1_000, 5, 70, 30), sample(2_010, 9, 40, 10), last()));

    assertThat(merged).hasSize(2);
    Sample first = merged.get(0);
    assertThat(first.epochMillis()).isEqualTo(2_010);
    assertThat(first.values())
        .containsEntry(MetricKey.of(Metric.PROCESS_CPU), 9L)
        .containsEntry(MetricKey.of(Metric.RSS), 70L)
        .containsEntry(MetricKey.of(Metric.MEMORY_KILL_DISTANCE), 10L)
        .containsEntry(MetricKey.of(Metric.HEAP_MAX), 40L);
    assertThat(merged.get(1)).isEqualTo(last());
  }

  private static Sample last() {
    return sample(3_005, 11, 50, 20);
  }

  private static Sample sample(long millis, long cpu, long rss, long distance) {
    return Sample.of(
        millis,
        Map.of(
            MetricKey.of(Metric.PROCESS_CPU), cpu,
            MetricKey.of(Metric.RSS), rss,
            MetricKey.of(Metric.HEAP_MAX), rss,
            MetricKey.of(Metric.MEMORY_KILL_DISTANCE), distance));
  }

  @Property(tries = 300)
  void folding_conservesTheTotals(@ForAll("attempts") List<AttemptRecord> attempts) {
    AttemptFold fold = AttemptFold.of(attempts);
    List<AttemptRecord> records = fold.records();

    for (AttemptOutcome outcome : AttemptOutcome.values()) {
      for (int stage = 0; stage < 3; stage++) {
        assertThat(total(records, stage, outcome, AttemptRecord::cpuNanos))
            .isEqualTo(total(attempts, stage, outcome, AttemptRecord::cpuNanos));
        assertThat(total(records, stage, outcome, AttemptRecord::allocatedBytes))
            .isEqualTo(total(attempts, stage, outcome, AttemptRecord::allocatedBytes));
        assertThat(total(records, stage, outcome, AttemptRecord::wallNanos))
            .isEqualTo(total(attempts, stage, outcome, AttemptRecord::wallNanos));
        assertThat(total(records, stage, outcome, AttemptRecord::count))
            .isEqualTo(total(attempts, stage, outcome, AttemptRecord::count));
      }
    }
    assertThat(fold.folded()).isEqualTo(inSums(records) - inSums(attempts));
    assertThat(AttemptFold.of(records).folded()).isZero();
    assertThat(records.stream().filter(r -> r.kind() == AttemptKind.HELPER))
        .containsExactlyElementsOf(
            attempts.stream().filter(r -> r.kind() == AttemptKind.HELPER).toList());
  }

  @Test
  void anAttemptThatMayHaveBeenToldWhileItRanKeepsItsEnd() {
    AttemptRecord told = attempt(1, 5_000, 100).kind(AttemptKind.PROGRESS).build();
    AttemptRecord end = attempt(1, 5_000, 100).build();

    AttemptFold fold =
        AttemptFold.of(
            List.of(
                told,
                end,
                attempt(2, 5_000, 400).build(),
                attempt(3, 1, 99).build(),
                attempt(4, 1, 50).build()));

    assertThat(fold.records())
        .filteredOn(r -> r.kind() != AttemptKind.SUM)
        .containsExactlyInAnyOrder(told, end, attempt(2, 5_000, 400).build());
    assertThat(fold.folded()).isEqualTo(2);
  }

  @Test
  void aSumSpansFromItsFirstStartToItsLastEnd() {
    List<AttemptRecord> attempts = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      attempts.add(attempt(i, 5_000 + i % 7, 90).build());
    }
    List<AttemptRecord> halves =
        new ArrayList<>(AttemptFold.of(attempts.subList(0, 250)).records());
    halves.addAll(AttemptFold.of(attempts.subList(250, 500)).records());

    for (List<AttemptRecord> input : List.of(attempts, halves)) {
      AttemptRecord sum = AttemptFold.of(input).records().get(0);
      assertThat(sum.count()).isEqualTo(500);
      assertThat(sum.startEpochMillis()).isEqualTo(5_000);
      assertThat(sum.wallNanos()).isEqualTo(45_000_000_000L);
      assertThat(sum.endEpochMillis()).isEqualTo(5_096);
    }
  }

  private static AttemptRecord.Builder attempt(long task, long startMillis, long wallMillis) {
    return AttemptRecord.builder(task)
        .stage(0, 0)
        .startEpochMillis(startMillis)
        .wallNanos(wallMillis * 1_000_000);
  }

  private static long inSums(List<AttemptRecord> of) {
    return of.stream()
        .filter(r -> r.kind() == AttemptKind.SUM)
        .mapToLong(AttemptRecord::count)
        .sum();
  }

  private static long total(
      List<AttemptRecord> of,
      int stage,
      AttemptOutcome outcome,
      ToLongFunction<AttemptRecord> what) {
    return of.stream()
        .filter(r -> r.kind() == AttemptKind.WHOLE || r.kind() == AttemptKind.SUM)
        .filter(r -> r.stageId() == stage && r.outcome() == outcome)
        .mapToLong(what)
        .sum();
  }

  @Property(tries = 60)
  void everySampleAndAttemptIsDeliveredMergedFoldedOrLost(@ForAll("steps") List<Integer> steps)
      throws WireException {
    Loss loss = new Loss();
    Backlog backlog = new Backlog(6_000, loss, new Coarsening(1_000));
    long madeSamples = 0;
    long madeAttempts = 0;
    long gotSamples = 0;
    long gotAttempts = 0;
    long sequence = 0;
    for (int step : steps) {
      if (step < 0) {
        for (Stream stream : List.of(Stream.SAMPLES, Stream.ATTEMPTS)) {
          Packet packet = backlog.take(stream);
          if (packet != null && step == -1) {
            backlog.giveBack(packet);
          } else if (packet != null) {
            packet.sent(loss);
            Envelope sent = EnvelopeDecoder.decode(packet.bytes());
            gotSamples += sent.samples().size();
            gotAttempts += sent.attempts().stream().mapToInt(AttemptRecord::count).sum();
          }
        }
        backlog.relax();
      } else {
        Envelope samples = samples(step, sequence);
        Envelope attempts = attempts(step, sequence);
        madeSamples += samples.samples().size();
        madeAttempts += attempts.attempts().size();
        backlog.add(Packet.of(samples, EnvelopeEncoder.encode(samples)));
        backlog.add(Packet.of(attempts, EnvelopeEncoder.encode(attempts)));
        sequence++;
      }
      assertThat(backlog.bytes()).isLessThanOrEqualTo(6_000);
    }
    backlog.abandon();

    LossCounters lost = loss.counters();
    assertThat(gotSamples + lost.mergedSamples() + lost.samples()).isEqualTo(madeSamples);
    assertThat(gotAttempts + lost.attempts()).isEqualTo(madeAttempts);
    assertThat(lost.foldedAttempts()).isLessThanOrEqualTo(gotAttempts);
  }

  @Test
  void aBacklogGetsCoarserStepByStepAndRecoversStepByStep() {
    Loss loss = new Loss();
    Backlog backlog = new Backlog(6_000, loss, new Coarsening(1_000));
    List<Integer> rising = new ArrayList<>();
    for (int i = 0; loss.counters().samples() == 0; i++) {
      Envelope events = events(i);
      backlog.add(Packet.of(samples(8, i), EnvelopeEncoder.encode(samples(8, i))));
      backlog.add(Packet.of(attempts(9, i), EnvelopeEncoder.encode(attempts(9, i))));
      backlog.add(Packet.of(events, EnvelopeEncoder.encode(events)));
      if (rising.isEmpty() || rising.get(rising.size() - 1) != backlog.level()) {
        rising.add(backlog.level());
      }
    }
    assertThat(rising).isSorted().contains(Coarsening.TWO, Coarsening.SUMS, Coarsening.DROP);

    backlog.relax();
    assertThat(backlog.level()).isEqualTo(Coarsening.DROP);
    List<Integer> falling = new ArrayList<>();
    while (backlog.level() > 0) {
      for (Stream stream : Stream.values()) {
        backlog.take(stream);
      }
      backlog.relax();
      if (falling.isEmpty() || falling.get(falling.size() - 1) != backlog.level()) {
        falling.add(backlog.level());
      }
    }
    assertThat(falling).containsSubsequence(3, 2, 1, 0);
  }

  private static Envelope.Header header(Stream stream, long sequence) {
    return Envelope.header(WHO, stream, sequence, ClockAnchor.of(1, 1), LossCounters.NONE);
  }

  private static Envelope samples(int count, long sequence) {
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long millis = (sequence * 50 + i) * 1_000;
      samples.add(sample(millis, millis * 7, millis % 977 * 4_096, 1_000_000 - millis % 991));
    }
    return header(Stream.SAMPLES, sequence).samples(samples);
  }

  private static Envelope attempts(int count, long sequence) {
    List<AttemptRecord> attempts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      attempts.add(
          AttemptRecord.builder(sequence * 1_000 + i)
              .stage(i % 2, 0)
              .cpuNanos(1_000_000 + i)
              .allocatedBytes(77_777L * i)
              .outcome(AttemptOutcome.SUCCEEDED)
              .build());
    }
    return header(Stream.ATTEMPTS, sequence).attempts(attempts);
  }

  private static Envelope events(long sequence) {
    return header(Stream.EVENTS, sequence)
        .events(List.of(EngineEvent.builder(EventKind.JVM_STARTED, sequence).build()));
  }

  @Provide
  static Arbitrary<List<Integer>> steps() {
    return Arbitraries.integers().between(-2, 12).list().ofMaxSize(80);
  }

  @Provide
  static Arbitrary<List<AttemptRecord>> attempts() {
    Arbitrary<Long> amount = Arbitraries.longs().between(0, 1L << 40);
    return Combinators.combine(
            Arbitraries.longs().between(0, 50),
            Arbitraries.integers().between(0, 2),
            amount,
            amount,
            Arbitraries.of(AttemptOutcome.class),
            Arbitraries.of(AttemptKind.class),
            Arbitraries.longs().between(-1, 100),
            Arbitraries.integers().between(1, 40))
        .as(
            (task, stage, cpu, allocated, outcome, kind, waited, count) ->
                AttemptRecord.builder(task)
                    .stage(stage, 0)
                    .cpuNanos(cpu)
                    .wallNanos(2 * cpu)
                    .allocatedBytes(allocated)
                    .outcome(outcome)
                    .kind(kind)
                    .runQueueNanos(waited)
                    .count(kind == AttemptKind.SUM ? count : 1)
                    .build())
        .list()
        .ofMaxSize(60);
  }
}
