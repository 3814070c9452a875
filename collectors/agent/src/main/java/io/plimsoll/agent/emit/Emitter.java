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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
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
  private final List<Sink> sinks = new ArrayList<>();
  private final Batcher batcher;
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean finishing;
  private volatile @Nullable Thread thread;

  public Emitter(Outbox outbox, ProcessIdentity identity) {
    this.outbox = outbox;
    this.batcher = new Batcher(outbox, identity, this::encode);
  }

  /** Adds a recording in a file. Before {@link #run} only. */
  public void toFile(File file) {
    sinks.add(new FileSink(file, outbox.loss()));
  }

  /** Adds Kafka; properties such as security may be given. Before {@link #run} only. */
  public void toKafka(String bootstrapServers, Map<String, String> properties, String clientId) {
    sinks.add(
        new BufferedSink(
            () -> KafkaTransport.open(bootstrapServers, properties, clientId),
            outbox.loss(),
            System::nanoTime));
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
    batcher.turn(System.currentTimeMillis(), System.nanoTime(), all);
    for (Sink sink : sinks) {
      sink.pump();
    }
  }

  private void encode(Envelope envelope) {
    byte[] bytes;
    try {
      bytes = EnvelopeEncoder.encode(envelope);
    } catch (IllegalArgumentException tooLarge) {
      outbox
          .loss()
          .records(
              envelope.stream(),
              envelope.samples().size() + envelope.attempts().size() + envelope.events().size());
      return;
    }
    for (Sink sink : sinks) {
      sink.accept(envelope, bytes);
    }
  }
}
