// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.emit;

import io.plimsoll.wire.AttemptRecord;
import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.ProcessIdentity;
import io.plimsoll.wire.Sample;
import io.plimsoll.wire.Stream;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Where host threads and the sampler leave what they observed. Every method returns at once, from
 * any thread: a full queue refuses the record and the loss is counted.
 */
public final class Outbox {
  private static final int SAMPLES = 64;
  private static final int ATTEMPTS = 8_192;
  private static final int EVENTS = 8_192;

  private final BoundedQueue<Sample> samples;
  private final BoundedQueue<AttemptRecord> attempts;
  private final BoundedQueue<Object> events;
  private final Loss loss = new Loss();
  private volatile boolean closed;

  public Outbox() {
    this(SAMPLES, ATTEMPTS, EVENTS);
  }

  Outbox(int samples, int attempts, int events) {
    this.samples = new BoundedQueue<>(samples);
    this.attempts = new BoundedQueue<>(attempts);
    this.events = new BoundedQueue<>(events);
  }

  public void sample(Sample sample) {
    if (!closed && !samples.offer(sample)) {
      loss.records(Stream.SAMPLES, 1);
    }
  }

  public void attempt(AttemptRecord attempt) {
    if (!closed && !attempts.offer(attempt)) {
      loss.records(Stream.ATTEMPTS, 1);
    }
  }

  public void event(EngineEvent event) {
    if (!closed && !events.offer(event)) {
      loss.records(Stream.EVENTS, 1);
    }
  }

  /** A record that should have been made and could not be. */
  public void lost(Stream stream) {
    loss.records(stream, 1);
  }

  /** Records left before this call go out under the old identity, later ones under the new. */
  public void identify(UnaryOperator<ProcessIdentity> change) {
    if (!closed && !events.offer(change)) {
      loss.records(Stream.EVENTS, 1);
    }
  }

  /** How many samples were made and never sent. */
  public long lostSamples() {
    return loss.counters().samples();
  }

  /** Samples that were not taken, or not at the interval that was asked for. */
  public void skippedSamples(long count) {
    loss.coarsened(count, 0);
  }

  /** This is the last event: from now on nothing is taken in, and nothing of it is counted. */
  public void close(EngineEvent last) {
    closed = true;
    if (!events.offer(last)) {
      loss.records(Stream.EVENTS, 1);
    }
  }

  Loss loss() {
    return loss;
  }

  @Nullable Sample nextSample() {
    return samples.poll();
  }

  @Nullable AttemptRecord nextAttempt() {
    return attempts.poll();
  }

  /** An {@link EngineEvent}, a change of identity, or null when none waits. */
  @Nullable Object nextEvent() {
    return events.poll();
  }
}
