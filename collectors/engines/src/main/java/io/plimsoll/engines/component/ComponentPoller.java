// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.component;

import io.plimsoll.wire.Envelope;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Polls components, each at its own interval: one that hangs delays no other, is said to be down
 * after its timeout, and is not asked again before its read has come back. One that fails again and
 * again is asked ever less often: after n failures in a row it sits out 2<sup>n</sup>-1 turns, at
 * most 31 and at most five minutes, and the first answer brings the interval back. Holds one thread
 * for the clock and one for each read in flight. The sink is called by these threads, for one
 * component never by two at a time.
 */
public final class ComponentPoller implements AutoCloseable {
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
  private static final long MOST_TURNS = 31;

  /**
   * When a component is asked.
   *
   * @param interval between the beginnings of two reads, at least 1 ms
   * @param timeout after which a read counts as failed
   */
  public record Schedule(ComponentSource source, Duration interval, Duration timeout) {
    public Schedule {
      if (interval.toMillis() < 1 || timeout.toMillis() < 1) {
        throw new IllegalArgumentException("less than 1 ms: " + interval + ", " + timeout);
      }
    }

    /** Turns that a component may sit out at most. */
    long turnsSatOut() {
      return Math.min(MOST_TURNS, LONGEST_PAUSE.toMillis() / interval.toMillis());
    }
  }

  private final Map<Poll, Schedule> schedules = new LinkedHashMap<>();
  private final ScheduledExecutorService clockThread;
  private final ExecutorService readers;

  /**
   * Polls all components alike.
   *
   * @param interval between two reads of one component
   * @param timeout after which a read counts as failed
   * @param sink takes samples and events; what it throws is counted and dropped
   */
  public ComponentPoller(
      List<ComponentSource> sources,
      Duration interval,
      Duration timeout,
      Clock clock,
      Consumer<Envelope> sink) {
    this(
        sources.stream().map(source -> new Schedule(source, interval, timeout)).toList(),
        clock,
        sink);
  }

  /**
   * Polls each component by its own schedule.
   *
   * @param sink takes samples and events, and must not wait for long; what it throws is counted and
   *     dropped
   */
  public ComponentPoller(List<Schedule> schedules, Clock clock, Consumer<Envelope> sink) {
    for (Schedule each : schedules) {
      this.schedules.put(
          new Poll(each.source(), clock, each.timeout(), each.turnsSatOut(), sink), each);
    }
    clockThread = Executors.newSingleThreadScheduledExecutor(daemons("plimsoll-components-clock"));
    readers = Executors.newCachedThreadPool(daemons("plimsoll-components"));
  }

  private static ThreadFactory daemons(String name) {
    AtomicInteger count = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, name + "-" + count.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  /** Begins to poll, at once. */
  public void start() {
    schedules.forEach(
        (poll, schedule) ->
            clockThread.scheduleAtFixedRate(
                () -> begin(poll, schedule.timeout()),
                0,
                schedule.interval().toMillis(),
                TimeUnit.MILLISECONDS));
  }

  private void begin(Poll poll, Duration timeout) {
    long number = poll.begin();
    if (number == Poll.NOT_NOW) {
      return;
    }
    readers.execute(() -> poll.read(number));
    clockThread.schedule(() -> poll.expire(number), timeout.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Envelopes that the sink refused. */
  public long sinkFailures() {
    return schedules.keySet().stream().mapToLong(Poll::sinkFailures).sum();
  }

  /** Stops; a read in flight is interrupted and its answer dropped. */
  @Override
  public void close() {
    clockThread.shutdownNow();
    readers.shutdownNow();
    schedules.keySet().forEach(Poll::stop);
    schedules.values().forEach(schedule -> schedule.source().close());
  }
}
