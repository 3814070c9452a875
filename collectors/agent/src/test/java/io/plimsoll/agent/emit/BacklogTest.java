// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.emit;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.wire.LossCounters;
import io.plimsoll.wire.Stream;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class BacklogTest {
  private static final UUID PROCESS = new UUID(1, 2);

  private final Loss loss = new Loss();
  private final Backlog backlog = new Backlog(100, loss, new Coarsening(1_000));

  @Test
  void theOldestSamplesGoFirst() {
    backlog.add(packet(Stream.EVENTS, 1, 40));
    backlog.add(packet(Stream.SAMPLES, 2, 30));
    backlog.add(packet(Stream.SAMPLES, 3, 30));
    backlog.add(packet(Stream.ATTEMPTS, 4, 30));
    assertThat(loss.counters()).isEqualTo(LossCounters.of(2, 0, 0, 0));
    assertThat(records(Stream.SAMPLES)).isEqualTo(3);
    assertThat(records(Stream.ATTEMPTS)).isEqualTo(4);
    assertThat(records(Stream.EVENTS)).isEqualTo(1);
  }

  @Test
  void eventsGoLast() {
    backlog.add(packet(Stream.EVENTS, 1, 60));
    backlog.add(packet(Stream.ATTEMPTS, 2, 40));
    backlog.add(packet(Stream.EVENTS, 3, 60));
    assertThat(loss.counters()).isEqualTo(LossCounters.of(0, 2, 1, 0));
    assertThat(records(Stream.EVENTS)).isEqualTo(3);
  }

  @Test
  void whatIsGivenBackComesFirstAgain() {
    backlog.add(packet(Stream.ATTEMPTS, 1, 10));
    backlog.add(packet(Stream.ATTEMPTS, 2, 10));
    Packet first = backlog.take(Stream.ATTEMPTS);
    assertThat(first).isNotNull();
    backlog.giveBack(first);
    assertThat(records(Stream.ATTEMPTS)).isEqualTo(1);
    assertThat(records(Stream.ATTEMPTS)).isEqualTo(2);
    assertThat(backlog.isEmpty()).isTrue();
  }

  @Test
  void whatIsAbandonedIsCounted() {
    backlog.add(packet(Stream.EVENTS, 7, 10));
    backlog.add(packet(Stream.SAMPLES, 2, 10));
    backlog.abandon();
    assertThat(loss.counters()).isEqualTo(LossCounters.of(2, 0, 7, 0));
    assertThat(backlog.isEmpty()).isTrue();
  }

  private int records(Stream stream) {
    Packet packet = backlog.take(stream);
    return packet == null ? -1 : packet.records();
  }

  private static Packet packet(Stream stream, int records, int bytes) {
    return Packet.of(stream, PROCESS, records, new byte[bytes]);
  }
}
