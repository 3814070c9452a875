// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.emit;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.wire.ClockAnchor;
import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.Envelope;
import io.plimsoll.wire.EventKind;
import io.plimsoll.wire.LossCounters;
import io.plimsoll.wire.ProcessIdentity;
import io.plimsoll.wire.Stream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class BufferedSinkTest {
  private static final long MILLI = 1_000_000L;

  private final Loss loss = new Loss();
  private final FakeBus bus = new FakeBus();
  private final List<String> said = new ArrayList<>();
  private long nanos = 1;
  private final BufferedSink sink =
      new BufferedSink(bus::open, loss, new Coarsening(1_000), said::add, () -> nanos);

  @Test
  void whatIsAcceptedIsSent() {
    accept(1);
    sink.pump();
    assertThat(bus.sent).hasSize(1);
    assertThat(sink.healthy()).isTrue();
    assertThat(loss.counters()).isEqualTo(LossCounters.NONE);
  }

  @Test
  void aBusThatCannotBeOpenedIsTriedAgainLaterAndLater() {
    bus.openFails = true;
    accept(1);
    sink.pump();
    sink.pump();
    assertThat(bus.opened).isEqualTo(1);
    assertThat(sink.healthy()).isFalse();
    nanos += 251 * MILLI;
    sink.pump();
    nanos += 251 * MILLI;
    sink.pump();
    assertThat(bus.opened).isEqualTo(2);
    bus.openFails = false;
    nanos += 500 * MILLI;
    sink.pump();
    assertThat(bus.sent).hasSize(1);
    assertThat(sink.healthy()).isTrue();
    assertThat(loss.counters()).isEqualTo(LossCounters.of(0, 0, 0, 2));
  }

  @Test
  void aRefusedPacketIsKeptAndSentWhenTheBusIsBack() {
    bus.refuse = true;
    accept(1);
    accept(2);
    sink.pump();
    assertThat(bus.tried).isEqualTo(1);
    assertThat(sink.healthy()).isFalse();
    bus.refuse = false;
    nanos += 251 * MILLI;
    sink.pump();
    assertThat(bus.sent).hasSize(2);
    assertThat(loss.counters()).isEqualTo(LossCounters.of(0, 0, 0, 1));
  }

  @Test
  void aPacketThatCanNeverBeSentIsCounted() {
    bus.refuse = true;
    bus.again = false;
    accept(1);
    sink.pump();
    assertThat(loss.counters()).isEqualTo(LossCounters.of(0, 0, 1, 1));
    bus.refuse = false;
    sink.pump();
    assertThat(bus.sent).isEmpty();
  }

  @Test
  void aPacketThatAnErrorStoppedIsSentLater() {
    bus.throwing = true;
    accept(1);
    sink.pump();
    assertThat(sink.healthy()).isFalse();
    bus.throwing = false;
    nanos += 251 * MILLI;
    sink.pump();
    assertThat(bus.sent).hasSize(1);
    assertThat(sink.unsentBytes()).isZero();
    assertThat(loss.counters()).isEqualTo(LossCounters.of(0, 0, 0, 1));
  }

  @Test
  void whatIsLeftAtTheEndIsCounted() {
    bus.refuse = true;
    accept(1);
    accept(2);
    sink.finish(500);
    assertThat(loss.counters().events()).isEqualTo(2);
    assertThat(bus.closeMillis).isZero();
  }

  @Test
  void aBusThatIsWellGetsTimeToFinish() {
    accept(1);
    sink.finish(500);
    assertThat(bus.sent).hasSize(1);
    assertThat(bus.closeMillis).isEqualTo(500);
  }

  private void accept(long sequence) {
    List<EngineEvent> one = List.of(EngineEvent.builder(EventKind.JVM_STARTED, 1).build());
    Envelope envelope =
        Envelope.header(
                ProcessIdentity.builder(new UUID(1, 2)).build(),
                Stream.EVENTS,
                sequence,
                ClockAnchor.of(1, 1),
                LossCounters.NONE)
            .events(one);
    sink.accept(Packet.of(envelope, new byte[10]));
  }

  private static final class FakeBus implements Transport {
    private final List<Packet> sent = new ArrayList<>();
    private boolean openFails;
    private boolean refuse;
    private boolean throwing;
    private boolean again = true;
    private int opened;
    private int tried;
    private long closeMillis = -1;

    private Transport open() throws IOException {
      opened++;
      if (openFails) {
        throw new IOException("away");
      }
      return this;
    }

    @Override
    public void send(Packet packet, Receipt receipt) {
      tried++;
      if (throwing) {
        throw new OutOfMemoryError("planted");
      }
      if (refuse) {
        receipt.refused(again, "refused");
      } else {
        sent.add(packet);
        receipt.sent();
      }
    }

    @Override
    public void close(long timeoutMillis) {
      closeMillis = timeoutMillis;
    }
  }
}
