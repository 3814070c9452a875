// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.emit;

import io.plimsoll.wire.Envelope;
import io.plimsoll.wire.ProcessIdentity;
import io.plimsoll.wire.codec.EnvelopeEncoder;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The thread's work that empties an {@link Outbox} into the sinks until it is told to finish. The
 * sinks are opened by that thread, never by the host's.
 */
public final class Emitter implements Runnable {
  private static final long TURN_NANOS = 200_000_000L;
  private static final long FLUSH_MILLIS = 500;
  private static final long HEALTHY_WAIT_MILLIS = 900;
  private static final long UNHEALTHY_WAIT_MILLIS = 150;

  private final Outbox outbox;
  private final Consumer<String> say;
  private final long intervalMillis;
  private final List<Sink> sinks = new ArrayList<>();
  private final Batcher batcher;
  private final ConcurrentLinkedQueue<Packet> forwarded = new ConcurrentLinkedQueue<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean finishing;
  private volatile @Nullable Thread thread;

  /**
   * @param intervalMillis between two samples while the sinks are well
   * @param say takes one line for the operator, from any thread
   */
  public Emitter(
      Outbox outbox, ProcessIdentity identity, long intervalMillis, Consumer<String> say) {
    this.outbox = outbox;
    this.say = say;
    this.intervalMillis = intervalMillis;
    this.batcher = new Batcher(outbox, identity, this::encode);
  }

  /** Adds a recording that rolls over several files. Before {@link #run} only. */
  public void toFile(File file, long largestBytes, int files) {
    sinks.add(new FileSink(file, largestBytes, files, outbox.loss(), once("")));
  }

  /** Adds Kafka; properties such as security may be given. Before {@link #run} only. */
  public void toKafka(String bootstrapServers, Map<String, String> properties, String clientId) {
    buffered(
        () -> KafkaTransport.open(bootstrapServers, properties, clientId),
        "cannot send to kafka=" + bootstrapServers + ": ");
  }

  /** Adds a Plimsoll server; the token's file may be empty for none. Before {@link #run} only. */
  public void toServer(String address, String tokenFile) {
    buffered(() -> HttpTransport.open(address, tokenFile), "cannot send to http=" + address + ": ");
  }

  private void buffered(Transport.Opener opener, String prefix) {
    sinks.add(
        new BufferedSink(
            opener, outbox.loss(), new Coarsening(intervalMillis), once(prefix), System::nanoTime));
  }

  /** The first trouble of a sink is one line; that it tries again belongs to it. */
  private Consumer<String> once(String prefix) {
    AtomicBoolean said = new AtomicBoolean();
    return reason -> {
      if (said.compareAndSet(false, true)) {
        say.accept(prefix + reason + "; it is tried again and again, the job runs");
      }
    };
  }

  /**
   * Sends an envelope of another process as it is.
   *
   * @param whenSent runs, on any thread, once every sink's far side has it
   */
  public void forward(Envelope envelope, Runnable whenSent) {
    Runnable countdown = new Countdown(sinks.size(), whenSent);
    forwarded.add(Packet.of(envelope, EnvelopeEncoder.encode(envelope), countdown));
  }

  /** How coarse the slowest sink has made the agent: 0 not at all, 4 drops samples. */
  public int coarseness() {
    int level = Coarsening.NONE;
    for (Sink sink : sinks) {
      level = Math.max(level, sink.level());
    }
    return level;
  }

  /** Encoded bytes that wait for a sink or are on their way. */
  public long unsentBytes() {
    long bytes = 0;
    for (Sink sink : sinks) {
      bytes += sink.unsentBytes();
    }
    return bytes;
  }

  @Override
  public void run() {
    thread = Thread.currentThread();
    try {
      while (!finishing) {
        turn(false);
        LockSupport.parkNanos(this, TURN_NANOS);
      }
      turn(true);
      for (Sink sink : sinks) {
        sink.finish(FLUSH_MILLIS);
      }
    } finally {
      ended.countDown();
    }
  }

  /**
   * Tells the thread to send the rest and end, and waits for it: up to 0.9 s while the sinks are
   * well, hardly at all when they are not.
   */
  public void finish() throws InterruptedException {
    finishing = true;
    LockSupport.unpark(thread);
    boolean healthy = true;
    for (Sink sink : sinks) {
      healthy &= sink.healthy();
    }
    ended.await(healthy ? HEALTHY_WAIT_MILLIS : UNHEALTHY_WAIT_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void turn(boolean all) {
    int level = coarseness();
    if (level > Coarsening.NONE) {
      batcher.holdSamples(2 * (level == Coarsening.TWO ? 2 : 4) * intervalMillis * 1_000_000L);
    } else {
      batcher.holdSamples(0);
    }
    batcher.turn(System.currentTimeMillis(), System.nanoTime(), all);
    Packet other = forwarded.poll();
    while (other != null) {
      give(other);
      other = forwarded.poll();
    }
    for (Sink sink : sinks) {
      sink.pump();
    }
  }

  private void encode(Envelope envelope) {
    byte[] bytes;
    try {
      bytes = EnvelopeEncoder.encode(envelope);
    } catch (IllegalArgumentException tooLarge) {
      outbox.loss().records(envelope.stream(), Packet.records(envelope));
      return;
    }
    give(Packet.of(envelope, bytes));
  }

  private void give(Packet packet) {
    for (Sink sink : sinks) {
      sink.accept(packet);
    }
  }
}
