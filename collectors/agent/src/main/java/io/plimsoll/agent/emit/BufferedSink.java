// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.emit;

import io.plimsoll.wire.Envelope;
import io.plimsoll.wire.Stream;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends through a {@link Transport} that may be away: packets wait in a bounded backlog, each
 * stream backs off by itself, and what is given up is counted.
 */
final class BufferedSink implements Sink {
  private static final long MAX_WAITING_BYTES = 3L << 20;
  private static final long MAX_FLYING_BYTES = 2L << 20;
  private static final long FIRST_PAUSE_NANOS = 250_000_000L;
  private static final long LONGEST_PAUSE_NANOS = 10_000_000_000L;
  private static final Stream[] MOST_PRECIOUS_FIRST = {
    Stream.EVENTS, Stream.ATTEMPTS, Stream.SAMPLES
  };

  private final Transport.Opener opener;
  private final Loss loss;
  private final LongSupplier nanoClock;
  private final Backlog backlog;
  private final AtomicLong flyingBytes = new AtomicLong();
  // One pause per stream, and one for opening; written by the bus's threads too.
  private final AtomicLongArray pauseNanos = new AtomicLongArray(Stream.values().length + 1);
  private final AtomicLongArray notBefore = new AtomicLongArray(Stream.values().length + 1);
  private final int opening = Stream.values().length;
  private @Nullable Transport transport;
  private volatile boolean closed;

  BufferedSink(Transport.Opener opener, Loss loss, LongSupplier nanoClock) {
    this.opener = opener;
    this.loss = loss;
    this.nanoClock = nanoClock;
    this.backlog = new Backlog(MAX_WAITING_BYTES, loss);
  }

  @Override
  public void accept(Envelope envelope, byte[] bytes) {
    int records = envelope.samples().size() + envelope.attempts().size() + envelope.events().size();
    backlog.add(new Packet(envelope.stream(), envelope.identity().process(), records, bytes));
  }

  @Override
  public void pump() {
    Transport open = open();
    if (open == null) {
      return;
    }
    for (Stream stream : MOST_PRECIOUS_FIRST) {
      while (isDue(stream.ordinal()) && flyingBytes.get() < MAX_FLYING_BYTES) {
        Packet packet = backlog.take(stream);
        if (packet == null) {
          break;
        }
        flyingBytes.addAndGet(packet.bytes().length);
        open.send(packet, new Flight(packet));
      }
    }
  }

  @Override
  public boolean healthy() {
    for (int i = 0; i < pauseNanos.length(); i++) {
      if (pauseNanos.get(i) != 0) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void finish(long timeoutMillis) {
    long deadline = nanoClock.getAsLong() + timeoutMillis * 1_000_000L;
    pump();
    Transport open = transport;
    transport = null;
    if (open != null) {
      long left = (deadline - nanoClock.getAsLong()) / 1_000_000L;
      open.close(healthy() ? Math.max(0, left) : 0);
    }
    closed = true;
    backlog.abandon();
  }

  private @Nullable Transport open() {
    if (transport == null && !closed && isDue(opening)) {
      try {
        transport = opener.open();
        pauseNanos.set(opening, 0);
      } catch (IOException away) {
        loss.sendFailure();
        pause(opening);
      }
    }
    return transport;
  }

  private boolean isDue(int gate) {
    return pauseNanos.get(gate) == 0 || nanoClock.getAsLong() - notBefore.get(gate) >= 0;
  }

  private void pause(int gate) {
    long now = nanoClock.getAsLong();
    long last = pauseNanos.get(gate);
    if (last != 0 && now - notBefore.get(gate) < 0) {
      // One outage refuses many packets at once; it is one reason to wait.
      return;
    }
    long next = last == 0 ? FIRST_PAUSE_NANOS : Math.min(2 * last, LONGEST_PAUSE_NANOS);
    notBefore.set(gate, now + next);
    pauseNanos.set(gate, next);
  }

  private final class Flight implements Transport.Receipt {
    private final Packet packet;

    private Flight(Packet packet) {
      this.packet = packet;
    }

    @Override
    public void sent() {
      flyingBytes.addAndGet(-packet.bytes().length);
      pauseNanos.set(packet.stream().ordinal(), 0);
    }

    @Override
    public void refused(boolean again) {
      flyingBytes.addAndGet(-packet.bytes().length);
      loss.sendFailure();
      if (again && !closed) {
        pause(packet.stream().ordinal());
        backlog.giveBack(packet);
      } else {
        loss.records(packet.stream(), packet.records());
      }
    }
  }
}
