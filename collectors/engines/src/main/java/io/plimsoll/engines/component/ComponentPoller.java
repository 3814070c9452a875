// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.component;

import io.plimsoll.wire.Envelope;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Polls components at an interval, each on its own: one that hangs delays no other, is said to be
 * down after the timeout, and is not asked again before its read has come back. Holds one thread
 * for the clock and one for each read in flight. The sink is called by these threads, for one
 * component never by two at a time.
 */
public final class ComponentPoller implements AutoCloseable {
  private final Duration interval;
  private final Duration timeout;
  private final List<Poll> polls = new ArrayList<>();
  private final List<ComponentSource> sources;
  private final ScheduledExecutorService clockThread;
  private final ExecutorService readers;

  /**
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
    this.interval = interval;
    this.timeout = timeout;
    this.sources = List.copyOf(sources);
    for (ComponentSource source : this.sources) {
      polls.add(new Poll(source, clock, timeout, sink));
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
    for (Poll poll : polls) {
      clockThread.scheduleAtFixedRate(
          () -> begin(poll), 0, interval.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void begin(Poll poll) {
    long number = poll.begin();
    if (number == Poll.BUSY) {
      return;
    }
    readers.execute(() -> poll.read(number));
    clockThread.schedule(() -> poll.expire(number), timeout.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Envelopes that the sink refused. */
  public long sinkFailures() {
    return polls.stream().mapToLong(Poll::sinkFailures).sum();
  }

  /** Stops; a read in flight is interrupted and its answer dropped. */
  @Override
  public void close() {
    clockThread.shutdownNow();
    readers.shutdownNow();
    polls.forEach(Poll::stop);
    sources.forEach(ComponentSource::close);
  }
}
