// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.emit;

import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.Envelope;
import io.plimsoll.wire.EventKind;
import io.plimsoll.wire.EventNumber;
import io.plimsoll.wire.Metric;
import io.plimsoll.wire.MetricKey;
import io.plimsoll.wire.ProcessIdentity;
import io.plimsoll.wire.Sample;
import io.plimsoll.wire.Stream;
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
  private static final long BUSY_TURN_NANOS = 200_000_000L;

  /** To wake up costs more than a quiet turn does. */
  private static final long QUIET_TURN_NANOS = 500_000_000L;

  private static final long SHORTEST_KEEP_NANOS = 400_000_000L;
  private static final int LARGEST_KEPT_BYTES = 8 << 10;
  private static final int MOST_KEPT_BYTES = 64 << 10;
  private static final long UNHEALTHY_WAIT_MILLIS = 150;

  private final Outbox outbox;
  private final Consumer<String> say;
  private final long intervalMillis;
  private final List<Sink> sinks = new ArrayList<>();
  private final List<Packet> cut = new ArrayList<>();
  private final Setbacks turns;
  private final Batcher batcher;
  private final ConcurrentLinkedQueue<Packet> forwarded = new ConcurrentLinkedQueue<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private long farewellMillis = 900;
  private volatile boolean finishing;
  private volatile boolean allSent;
  private volatile @Nullable Consumer<List<byte[]>> keeper;
  private String cgroup = "";
  private long keptMillis = -1;
  private long keptNanos;
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
    this.turns = new Setbacks("sending failed", say);
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

  /**
   * Shows, after each sample, the envelopes that would be missing if the process died now: first
   * the event that it vanished, for another process to complete and send. Before {@link #run} only.
   */
  public void keepLast(String ownCgroup, Consumer<List<byte[]>> to) {
    cgroup = ownCgroup;
    keeper = to;
  }

  /** Gives the sinks this long, in all, for the rest at the end. Before {@link #run} only. */
  public void farewell(long millis) {
    farewellMillis = millis;
  }

  /** Whether the sinks have all there was, known after {@link #finish}. */
  public boolean isAllSent() {
    return allSent;
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
        round();
        long pause = batcher.isBusy() ? BUSY_TURN_NANOS : QUIET_TURN_NANOS;
        LockSupport.parkNanos(this, pause * turns.roundPauseFactor());
      }
      turns.survives(() -> turn(true));
      turns.survives(() -> keep(false));
      allSent = finishSinks();
    } finally {
      ended.countDown();
    }
  }

  /** In this and what it calls no lambda stands: each is a class that the JVM makes at start. */
  private void round() {
    try {
      turn(false);
    } catch (Throwable failed) {
      turns.failed(failed);
    }
    try {
      keepInTime();
    } catch (Throwable failed) {
      turns.failed(failed);
    }
  }

  private boolean finishSinks() {
    boolean[] isAllSent = {true};
    long flushMillis = farewellMillis * 5 / 9;
    for (Sink sink : sinks) {
      isAllSent[0] &= turns.survives(() -> isAllSent[0] &= sink.finish(flushMillis));
    }
    return isAllSent[0];
  }

  /**
   * Tells the thread to send the rest and end, and waits for it: up to 0.9 s, or what {@link
   * #farewell} allows, while the sinks are well, hardly at all when they are not.
   */
  public void finish() throws InterruptedException {
    finishing = true;
    LockSupport.unpark(thread);
    boolean healthy = true;
    for (Sink sink : sinks) {
      healthy &= sink.healthy();
    }
    ended.await(healthy ? farewellMillis : UNHEALTHY_WAIT_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void turn(boolean all) {
    int level = coarseness();
    if (level > Coarsening.NONE) {
      batcher.holdSamples(2 * (level == Coarsening.TWO ? 2 : 4) * intervalMillis * 1_000_000L);
    } else {
      batcher.holdSamples(0);
    }
    batcher.turn(System.currentTimeMillis(), System.nanoTime(), all);
    handOver(all);
    Packet other = forwarded.poll();
    while (other != null) {
      give(other);
      other = forwarded.poll();
    }
    for (Sink sink : sinks) {
      try {
        sink.pump();
      } catch (Throwable failed) {
        turns.failed(failed);
        outbox.loss().sendFailure();
      }
    }
  }

  /**
   * Gives what was cut to the sinks. An event that goes out takes the number that the kept event of
   * a vanished process has: that one has to move on first, or it would be taken for a duplicate.
   * And a process that ends in order must not be kept as vanished while a sink takes its time.
   */
  private void handOver(boolean last) {
    boolean isNumberTaken = false;
    for (Packet packet : cut) {
      isNumberTaken |= packet.stream() == Stream.EVENTS;
    }
    boolean isKept = last || (isNumberTaken && keptMillis >= 0);
    if (isKept) {
      keepOrCount(!last);
    }
    for (Packet packet : cut) {
      give(packet);
    }
    cut.clear();
    if (isKept && !last) {
      // What recordings have now need not be kept.
      keepOrCount(true);
    }
  }

  private void keepOrCount(boolean mayVanish) {
    try {
      keep(mayVanish);
    } catch (Throwable failed) {
      turns.failed(failed);
    }
  }

  private void keepInTime() {
    if (isTimeToKeep()) {
      keep(true);
      batcher.kept();
    }
  }

  private boolean isTimeToKeep() {
    Sample last = batcher.lastSample();
    long now = System.nanoTime();
    if (keeper == null
        || last == null
        || now - keptNanos < SHORTEST_KEEP_NANOS
        || (last.epochMillis() == keptMillis && !batcher.hasUnkeptAttempts())) {
      return false;
    }
    keptMillis = last.epochMillis();
    keptNanos = now;
    return true;
  }

  private void keep(boolean mayVanish) {
    Consumer<List<byte[]>> to = keeper;
    if (to == null) {
      return;
    }
    long epochMillis = System.currentTimeMillis();
    long nanos = System.nanoTime();
    List<byte[]> envelopes = new ArrayList<>();
    if (mayVanish) {
      Envelope vanished = batcher.behindHeld(vanished(epochMillis), epochMillis, nanos);
      envelopes.add(EnvelopeEncoder.encode(vanished));
    }
    Coarsening folded = new Coarsening(intervalMillis);
    for (Envelope held : batcher.held(epochMillis, nanos)) {
      Packet packet = Packet.of(held, EnvelopeEncoder.encode(held));
      envelopes.add(
          packet.bytes().length > LARGEST_KEPT_BYTES
              ? folded.apply(packet, Coarsening.SUMS).bytes()
              : packet.bytes());
    }
    int[] left = {MOST_KEPT_BYTES};
    Consumer<Packet> show =
        packet -> {
          left[0] -= packet.bytes().length;
          if (left[0] >= 0) {
            envelopes.add(packet.bytes());
          }
        };
    cut.forEach(show);
    for (Sink sink : sinks) {
      sink.showUnsent(show);
    }
    to.accept(envelopes);
  }

  private EngineEvent vanished(long epochMillis) {
    EngineEvent.Builder event =
        EngineEvent.builder(EventKind.PROCESS_VANISHED, epochMillis).property("cgroup", cgroup);
    Sample last = batcher.lastSample();
    if (last != null) {
      event.put(EventNumber.LAST_SAMPLE_MILLIS, last.epochMillis());
      Long kills = last.values().get(MetricKey.of(Metric.CGROUP_OOM_KILL));
      if (kills != null) {
        event.put(EventNumber.OOM_KILLS, kills);
      }
    }
    return event.build();
  }

  private void encode(Envelope envelope) {
    byte[] bytes;
    try {
      bytes = EnvelopeEncoder.encode(envelope);
    } catch (IllegalArgumentException tooLarge) {
      outbox.loss().records(envelope.stream(), Packet.records(envelope));
      return;
    } catch (Error failed) {
      outbox.loss().records(envelope.stream(), Packet.records(envelope));
      throw failed;
    }
    cut.add(Packet.of(envelope, bytes));
  }

  private void give(Packet packet) {
    for (Sink sink : sinks) {
      try {
        sink.accept(packet);
      } catch (Throwable failed) {
        turns.failed(failed);
        packet.lost(outbox.loss());
      }
    }
  }
}
