// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.emit;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.wire.AttemptRecord;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class BatcherTest {
  private static final long SECOND = 1_000_000_000L;
  private static final ProcessIdentity FIRST =
      ProcessIdentity.builder(new UUID(0, 1)).cluster("c").build();

  private final Outbox outbox = new Outbox(4, 2048, 2048);
  private final List<Envelope> out = new ArrayList<>();
  private final Batcher batcher = new Batcher(outbox, FIRST, out::add);

  @Test
  void samplesWaitForThreeSecondsOthersForOne() {
    batcher.turn(0, 10 * SECOND, false);
    outbox.sample(sample(1));
    outbox.event(event(1));
    batcher.turn(1, 10 * SECOND + SECOND / 2, false);
    assertThat(out).isEmpty();
    batcher.turn(2, 11 * SECOND, false);
    assertThat(out).extracting(Envelope::stream).containsExactly(Stream.EVENTS);
    outbox.sample(sample(2));
    batcher.turn(3, 13 * SECOND, false);
    assertThat(out).hasSize(2);
    assertThat(out.get(1).samples()).hasSize(2);
  }

  @Test
  void attemptsGoOutFiveHundredAtATime() {
    batcher.turn(0, SECOND, false);
    for (int i = 0; i < 1200; i++) {
      outbox.attempt(AttemptRecord.builder(i).build());
    }
    batcher.turn(0, SECOND, false);
    assertThat(out).extracting(e -> e.attempts().size()).containsExactly(500, 500);
    batcher.turn(0, SECOND, true);
    assertThat(out).extracting(e -> e.attempts().size()).containsExactly(500, 500, 200);
    assertThat(out).extracting(Envelope::sequence).containsExactly(0L, 1L, 2L);
  }

  @Test
  void aFewAttemptsWaitAsSamplesDo_manyDoNot() {
    batcher.turn(0, 10 * SECOND, false);
    for (int i = 0; i < 63; i++) {
      outbox.attempt(AttemptRecord.builder(i).build());
    }
    batcher.turn(0, 11 * SECOND, false);
    assertThat(batcher.isBusy()).isTrue();
    assertThat(out).isEmpty();
    outbox.attempt(AttemptRecord.builder(63).build());
    batcher.turn(0, 11 * SECOND, false);
    assertThat(batcher.isBusy()).isFalse();
    assertThat(out).extracting(e -> e.attempts().size()).containsExactly(64);
    outbox.attempt(AttemptRecord.builder(64).build());
    batcher.turn(0, 13 * SECOND, false);
    assertThat(out).hasSize(1);
    batcher.turn(0, 14 * SECOND, false);
    assertThat(out).extracting(e -> e.attempts().size()).containsExactly(64, 1);
  }

  @Test
  void attemptsThatWaitAreNewUntilTheyAreKeptOrCut() {
    batcher.turn(0, 10 * SECOND, false);
    assertThat(batcher.hasUnkeptAttempts()).isFalse();
    outbox.attempt(AttemptRecord.builder(1).build());
    batcher.turn(0, 10 * SECOND, false);
    assertThat(batcher.hasUnkeptAttempts()).isTrue();
    batcher.kept();
    assertThat(batcher.hasUnkeptAttempts()).isFalse();
    batcher.turn(0, 13 * SECOND, false);
    assertThat(out).hasSize(1);
    outbox.attempt(AttemptRecord.builder(2).build());
    batcher.turn(0, 14 * SECOND, false);
    assertThat(batcher.hasUnkeptAttempts()).isTrue();
  }

  @Test
  void eachStreamCountsByItself() {
    outbox.event(event(1));
    outbox.sample(sample(1));
    batcher.turn(0, SECOND, true);
    outbox.event(event(2));
    batcher.turn(0, SECOND, true);
    assertThat(out)
        .extracting(e -> e.stream() + " " + e.sequence())
        .containsExactly("SAMPLES 0", "EVENTS 0", "EVENTS 1");
  }

  @Test
  void whatWasSaidBeforeAChangeOfIdentityGoesOutUnderTheOldOne() {
    outbox.event(event(1));
    outbox.identify(now -> now.toBuilder().role(Role.DRIVER).application("app-1", 0).build());
    outbox.event(event(2));
    batcher.turn(0, SECOND, true);
    assertThat(out)
        .extracting(e -> e.identity().application() + " " + e.sequence())
        .containsExactly(" 0", "app-1 1");
  }

  @Test
  void aNewProcessCountsFromZero() {
    outbox.event(event(1));
    outbox.identify(now -> ProcessIdentity.builder(new UUID(0, 2)).build());
    outbox.event(event(2));
    batcher.turn(0, SECOND, true);
    assertThat(out).extracting(Envelope::sequence).containsExactly(0L, 0L);
  }

  @Test
  void whatTheOutboxRefusedIsToldInTheNextEnvelope() {
    for (int i = 0; i < 7; i++) {
      outbox.sample(sample(i));
    }
    outbox.lost(Stream.ATTEMPTS);
    batcher.turn(0, SECOND, true);
    assertThat(out).hasSize(1);
    assertThat(out.get(0).samples()).hasSize(4);
    assertThat(out.get(0).loss()).isEqualTo(LossCounters.of(3, 1, 0, 0));
  }

  private static Sample sample(long at) {
    return Sample.of(at, Map.of(MetricKey.of(Metric.RSS), at));
  }

  private static EngineEvent event(long at) {
    return EngineEvent.builder(EventKind.JVM_STARTED, at).build();
  }
}
