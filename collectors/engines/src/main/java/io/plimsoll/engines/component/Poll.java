// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.component;

import io.plimsoll.wire.ClockAnchor;
import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.Envelope;
import io.plimsoll.wire.EventKind;
import io.plimsoll.wire.EventNumber;
import io.plimsoll.wire.EventText;
import io.plimsoll.wire.LossCounters;
import io.plimsoll.wire.ProcessIdentity;
import io.plimsoll.wire.Sample;
import io.plimsoll.wire.Stream;
import io.plimsoll.wire.secret.Redaction;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What is known of one polled component between its reads; safe for several threads. */
final class Poll {
  /** Instead of a number: the read before is still under way, or this turn is sat out. */
  static final long NOT_NOW = -1;

  private static final int MOST_DOUBLINGS = 30;

  private static final Redaction REDACTION = Redaction.standard();

  private enum State {
    UNKNOWN,
    UP,
    DOWN
  }

  private final ComponentSource source;
  private final ProcessIdentity identity;
  private final Clock clock;
  private final Duration timeout;
  private final long turnsSatOut;
  private final Consumer<Envelope> sink;
  private final Map<Stream, Long> sequences = new EnumMap<>(Stream.class);
  private final Set<String> saidUnread = new HashSet<>();
  private State state = State.UNKNOWN;
  private long number;
  private boolean reading;
  private boolean expired;
  private boolean stopped;
  private int failures;
  private long turnsToSitOut;
  private long sinkFailures;

  Poll(
      ComponentSource source,
      Clock clock,
      Duration timeout,
      long turnsSatOut,
      Consumer<Envelope> sink) {
    this.source = source;
    this.identity = source.target().identity();
    this.clock = clock;
    this.timeout = timeout;
    this.turnsSatOut = turnsSatOut;
    this.sink = sink;
  }

  /** Begins a read and returns its number, or {@link #NOT_NOW}. */
  synchronized long begin() {
    if (reading || stopped) {
      return NOT_NOW;
    }
    if (turnsToSitOut > 0) {
      turnsToSitOut--;
      return NOT_NOW;
    }
    reading = true;
    expired = false;
    number++;
    return number;
  }

  /** Reads the component and says what came; the answer of a read that expired is dropped. */
  void read(long which) {
    long now = clock.millis();
    Reading reading = null;
    String failure = null;
    try {
      reading = source.read(now);
    } catch (SourceException e) {
      failure = e.getMessage();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      failure = "interrupted";
    } catch (RuntimeException e) {
      failure = source.target().address() + ": unexpected " + e;
    }
    finish(which, now, reading, failure);
  }

  private synchronized void finish(
      long which, long now, @Nullable Reading answer, @Nullable String failure) {
    reading = false;
    if (which != number || expired || stopped) {
      return;
    }
    if (answer != null) {
      up(now, answer);
    } else {
      down(now, String.valueOf(failure));
    }
  }

  /** Gives a read up that is still under way. */
  synchronized void expire(long which) {
    if (which == number && reading && !expired && !stopped) {
      expired = true;
      down(
          clock.millis(),
          source.target().address() + " gave no answer within " + timeout.toMillis() + " ms");
    }
  }

  synchronized void stop() {
    stopped = true;
  }

  synchronized long sinkFailures() {
    return sinkFailures;
  }

  private void up(long now, Reading answer) {
    failures = 0;
    List<EngineEvent> events = new ArrayList<>();
    if (state != State.UP) {
      state = State.UP;
      events.add(
          event(EventKind.COMPONENT_UP, now)
              .put(EventNumber.METRIC_COUNT, answer.values().size())
              .put(EventNumber.UNREAD_COUNT, answer.unread().size())
              .build());
    }
    for (Map.Entry<String, String> unread : new TreeMap<>(answer.unread()).entrySet()) {
      if (saidUnread.add(unread.getKey())) {
        events.add(
            event(EventKind.COMPONENT_UNREAD, now)
                .put(EventText.METRIC_NAME, unread.getKey())
                .put(EventText.REASON, REDACTION.text(unread.getValue()))
                .build());
      }
    }
    saidUnread.retainAll(answer.unread().keySet());
    events.addAll(answer.events());
    if (!events.isEmpty()) {
      emit(header(Stream.EVENTS, now).events(events));
    }
    if (!answer.values().isEmpty()) {
      emit(header(Stream.SAMPLES, now).samples(List.of(Sample.of(now, answer.values()))));
    }
  }

  private void down(long now, String reason) {
    failures = Math.min(MOST_DOUBLINGS, failures + 1);
    turnsToSitOut = Math.min(turnsSatOut, (1L << failures) - 1);
    if (state == State.DOWN) {
      return;
    }
    state = State.DOWN;
    EngineEvent event =
        event(EventKind.COMPONENT_DOWN, now).put(EventText.REASON, REDACTION.text(reason)).build();
    emit(header(Stream.EVENTS, now).events(List.of(event)));
  }

  private EngineEvent.Builder event(EventKind kind, long now) {
    return EngineEvent.builder(kind, now)
        .put(EventText.COMPONENT_TYPE, source.target().type())
        .put(EventText.ADDRESS, source.target().address());
  }

  private Envelope.Header header(Stream stream, long now) {
    long sequence = sequences.merge(stream, 1L, Long::sum) - 1;
    return Envelope.header(
        identity, stream, sequence, ClockAnchor.of(now, System.nanoTime()), LossCounters.NONE);
  }

  private void emit(Envelope envelope) {
    try {
      sink.accept(envelope);
    } catch (RuntimeException e) {
      // The number stands in the envelopes as a gap of the sequence, and here.
      sinkFailures++;
    }
  }
}
