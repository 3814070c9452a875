// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.emit;

import io.plimsoll.wire.LossCounters;
import io.plimsoll.wire.Stream;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Consumer;
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
  private final Consumer<String> trouble;
  private final LongSupplier nanoClock;
  private final Backlog backlog;
  private final AtomicLong flyingBytes = new AtomicLong();
  private final Set<Packet> flying = new LinkedHashSet<>();
  // One pause per stream, and one for opening; written by the bus's threads too.
  private final AtomicLongArray pauseNanos = new AtomicLongArray(Stream.values().length + 1);
  private final AtomicLongArray notBefore = new AtomicLongArray(Stream.values().length + 1);
  private final int opening = Stream.values().length;
  private @Nullable Transport transport;
  private volatile boolean closed;

  /**
   * @param trouble told each time that the far side keeps refusing, from any thread
   */
  BufferedSink(
      Transport.Opener opener,
      Loss loss,
      Coarsening coarsening,
      Consumer<String> trouble,
      LongSupplier nanoClock) {
    this.opener = opener;
    this.loss = loss;
    this.trouble = trouble;
    this.nanoClock = nanoClock;
    this.backlog = new Backlog(MAX_WAITING_BYTES, loss, coarsening);
  }

  @Override
  public void accept(Packet packet) {
    backlog.add(packet);
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
        Flight flight = new Flight(packet);
        takeOff(packet);
        try {
          open.send(packet, flight);
        } catch (Throwable failed) {
          flight.refused(true, failed.toString());
        }
      }
    }
    if (healthy()) {
      backlog.relax();
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
  public int level() {
    return backlog.level();
  }

  @Override
  public long unsentBytes() {
    return backlog.bytes() + flyingBytes.get();
  }

  @Override
  public void showUnsent(Consumer<Packet> to) {
    synchronized (flying) {
      for (Packet packet : flying) {
        to.accept(packet);
      }
    }
    backlog.showNewestFirst(to);
  }

  @Override
  public boolean finish(long timeoutMillis) {
    long deadline = nanoClock.getAsLong() + timeoutMillis * 1_000_000L;
    LossCounters before = loss.counters();
    pump();
    Transport open = transport;
    transport = null;
    if (open != null) {
      long left = (deadline - nanoClock.getAsLong()) / 1_000_000L;
      open.close(healthy() ? Math.max(0, left) : 0);
    }
    closed = true;
    boolean isAllSent = backlog.isEmpty() && flyingBytes.get() == 0;
    backlog.abandon();
    return isAllSent && loss.counters().equals(before);
  }

  private @Nullable Transport open() {
    if (transport == null && !closed && isDue(opening)) {
      try {
        transport = opener.open();
        pauseNanos.set(opening, 0);
      } catch (IOException away) {
        loss.sendFailure();
        pause(opening);
        trouble.accept(String.valueOf(away.getMessage()));
      }
    }
    return transport;
  }

  private boolean isDue(int gate) {
    return pauseNanos.get(gate) == 0 || nanoClock.getAsLong() - notBefore.get(gate) >= 0;
  }

  /** Whether it had to pause before, and nothing went through since. */
  private boolean pause(int gate) {
    long now = nanoClock.getAsLong();
    long last = pauseNanos.get(gate);
    if (last != 0 && now - notBefore.get(gate) < 0) {
      // One outage refuses many packets at once; it is one reason to wait.
      return false;
    }
    long next = last == 0 ? FIRST_PAUSE_NANOS : Math.min(2 * last, LONGEST_PAUSE_NANOS);
    notBefore.set(gate, now + next);
    pauseNanos.set(gate, next);
    return last != 0;
  }

  private void takeOff(Packet packet) {
    flyingBytes.addAndGet(packet.bytes().length);
    synchronized (flying) {
      flying.add(packet);
    }
  }

  private void land(Packet packet) {
    flyingBytes.addAndGet(-packet.bytes().length);
    synchronized (flying) {
      flying.remove(packet);
    }
  }

  private final class Flight implements Transport.Receipt {
    private final Packet packet;
    private final AtomicBoolean landed = new AtomicBoolean();

    private Flight(Packet packet) {
      this.packet = packet;
    }

    @Override
    public void sent() {
      if (!landed.compareAndSet(false, true)) {
        return;
      }
      land(packet);
      packet.sent(loss);
      pauseNanos.set(packet.stream().ordinal(), 0);
    }

    @Override
    public void refused(boolean again, String reason) {
      if (!landed.compareAndSet(false, true)) {
        return;
      }
      land(packet);
      loss.sendFailure();
      // The first refusal may only mean that the far side is slow to wake up.
      boolean isTrouble = true;
      if (again && !closed) {
        isTrouble = pause(packet.stream().ordinal());
        giveBack();
      } else {
        packet.lost(loss);
      }
      if (isTrouble) {
        trouble.accept(reason);
      }
    }

    private void giveBack() {
      try {
        backlog.giveBack(packet);
      } catch (OutOfMemoryError full) {
        packet.lost(loss);
      }
    }
  }
}
