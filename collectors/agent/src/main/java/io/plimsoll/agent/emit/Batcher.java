// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.emit;

import io.plimsoll.wire.AttemptRecord;
import io.plimsoll.wire.ClockAnchor;
import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.Envelope;
import io.plimsoll.wire.ProcessIdentity;
import io.plimsoll.wire.Sample;
import io.plimsoll.wire.Stream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Turns what waits in the outbox into envelopes: numbered per stream without gaps, at most 500
 * records each, samples and a few attempts held for up to three seconds (what all of an envelope
 * share is told once) and the rest for up to one. One thread only.
 */
final class Batcher {
  private static final int MOST_RECORDS = 500;
  private static final long SAMPLES_NANOS = 2_900_000_000L;
  private static final long OTHERS_NANOS = 700_000_000L;

  /** Fewer attempts than this wait as long as samples do: their ids, too, are told once each. */
  private static final int FEW_ATTEMPTS = 64;

  private static final int BUSY_RECORDS = 32;

  private final Outbox outbox;
  private final Consumer<Envelope> out;
  private final List<Sample> samples = new ArrayList<>();
  private final List<AttemptRecord> attempts = new ArrayList<>();
  private final List<EngineEvent> events = new ArrayList<>();
  private final long[] sequences = new long[Stream.values().length];
  private final long[] cutNanos = new long[Stream.values().length];
  private ProcessIdentity identity;
  private long samplesNanos = SAMPLES_NANOS;
  private int taken;
  private int keptAttempts;
  private @Nullable Sample lastSample;

  Batcher(Outbox outbox, ProcessIdentity identity, Consumer<Envelope> out) {
    this.outbox = outbox;
    this.identity = identity;
    this.out = out;
  }

  /** Holds samples for at least this long, so that they can be merged. */
  void holdSamples(long nanos) {
    samplesNanos = Math.max(SAMPLES_NANOS, nanos);
  }

  /** Takes in everything that waits; cuts the batches that are full or due, or all of them. */
  void turn(long epochMillis, long nanos, boolean all) {
    taken = 0;
    takeEvents(epochMillis, nanos);
    AttemptRecord attempt = outbox.nextAttempt();
    while (attempt != null) {
      attempts.add(attempt);
      taken++;
      if (attempts.size() == MOST_RECORDS) {
        cut(Stream.ATTEMPTS, epochMillis, nanos);
      }
      attempt = outbox.nextAttempt();
    }
    Sample sample = outbox.nextSample();
    while (sample != null) {
      samples.add(sample);
      lastSample = sample;
      if (samples.size() == MOST_RECORDS) {
        cut(Stream.SAMPLES, epochMillis, nanos);
      }
      sample = outbox.nextSample();
    }
    for (Stream stream : Stream.values()) {
      if (all || nanos - cutNanos[stream.ordinal()] >= heldNanos(stream)) {
        cut(stream, epochMillis, nanos);
      }
    }
  }

  private long heldNanos(Stream stream) {
    if (stream == Stream.SAMPLES) {
      return samplesNanos;
    }
    boolean few = stream == Stream.ATTEMPTS && attempts.size() < FEW_ATTEMPTS;
    return few ? SAMPLES_NANOS : OTHERS_NANOS;
  }

  /** Whether the last turn found so much that the next one should come soon. */
  boolean isBusy() {
    return taken >= BUSY_RECORDS;
  }

  /** Whether attempts wait that were not there when {@link #kept} was called last. */
  boolean hasUnkeptAttempts() {
    return attempts.size() > keptAttempts;
  }

  /** What waits now is in the file of last records. */
  void kept() {
    keptAttempts = attempts.size();
  }

  private void takeEvents(long epochMillis, long nanos) {
    Object next = outbox.nextEvent();
    while (next != null) {
      if (next instanceof EngineEvent) {
        taken++;
        events.add((EngineEvent) next);
        if (events.size() == MOST_RECORDS) {
          cut(Stream.EVENTS, epochMillis, nanos);
        }
      } else {
        for (Stream stream : Stream.values()) {
          cut(stream, epochMillis, nanos);
        }
        @SuppressWarnings("unchecked")
        UnaryOperator<ProcessIdentity> change = (UnaryOperator<ProcessIdentity>) next;
        become(change.apply(identity));
      }
      next = outbox.nextEvent();
    }
  }

  private void become(ProcessIdentity changed) {
    if (!changed.process().equals(identity.process())) {
      java.util.Arrays.fill(sequences, 0);
    }
    identity = changed;
  }

  private void cut(Stream stream, long epochMillis, long nanos) {
    cutNanos[stream.ordinal()] = nanos;
    if (size(stream) == 0) {
      return;
    }
    Envelope envelope = envelope(stream, epochMillis, nanos);
    sequences[stream.ordinal()]++;
    switch (stream) {
      case SAMPLES:
        samples.clear();
        break;
      case ATTEMPTS:
        attempts.clear();
        keptAttempts = 0;
        break;
      case EVENTS:
        events.clear();
        break;
    }
    out.accept(envelope);
  }

  /** What would be cut now, under the number that it would get. */
  private Envelope envelope(Stream stream, long epochMillis, long nanos) {
    Envelope.Header header = header(stream, epochMillis, nanos);
    switch (stream) {
      case SAMPLES:
        return header.samples(samples);
      case ATTEMPTS:
        return header.attempts(attempts);
      default:
        return header.events(events);
    }
  }

  private Envelope.Header header(Stream stream, long epochMillis, long nanos) {
    return Envelope.header(
        identity,
        stream,
        sequences[stream.ordinal()],
        ClockAnchor.of(epochMillis, nanos),
        outbox.loss().counters());
  }

  /** Envelopes of what is held and not cut yet, as they would be cut now. */
  List<Envelope> held(long epochMillis, long nanos) {
    List<Envelope> held = new ArrayList<>();
    for (Stream stream : Stream.values()) {
      if (size(stream) > 0) {
        held.add(envelope(stream, epochMillis, nanos));
      }
    }
    return held;
  }

  /**
   * An envelope of one event under the number behind all that is held; for a farewell that another
   * process may have to send.
   */
  Envelope behindHeld(EngineEvent event, long epochMillis, long nanos) {
    int events = Stream.EVENTS.ordinal();
    long sequence = sequences[events] + (size(Stream.EVENTS) > 0 ? 1 : 0);
    return Envelope.header(
            identity,
            Stream.EVENTS,
            sequence,
            ClockAnchor.of(epochMillis, nanos),
            outbox.loss().counters())
        .events(java.util.Collections.singletonList(event));
  }

  /** The last sample that came by, null before the first. */
  @Nullable Sample lastSample() {
    return lastSample;
  }

  private int size(Stream stream) {
    switch (stream) {
      case SAMPLES:
        return samples.size();
      case ATTEMPTS:
        return attempts.size();
      default:
        return events.size();
    }
  }
}
