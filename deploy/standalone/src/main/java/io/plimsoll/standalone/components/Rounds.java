// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.components;

import io.plimsoll.engines.component.Reading;
import io.plimsoll.engines.component.SourceException;
import io.plimsoll.engines.targets.Target;
import io.plimsoll.engines.targets.TargetSource;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Asks every target once a round, all at the same time, and remembers what each told last. One that
 * hangs is not asked again before its answer has come.
 */
final class Rounds implements AutoCloseable {
  /**
   * What is known of a target.
   *
   * @param reading its last answer; null when it never gave one
   * @param readMillis when that came; 0 when it never did
   * @param complaint why this round brought none; null when it brought one
   */
  record Seen(
      Target target, @Nullable Reading reading, long readMillis, @Nullable String complaint) {}

  private record Answer(Reading reading, long epochMillis) {}

  private final List<TargetSource> sources;
  private final Clock clock;
  private final Map<TargetSource, Seen> seen = new LinkedHashMap<>();
  private final Map<TargetSource, Future<Answer>> asked = new LinkedHashMap<>();
  private final ExecutorService readers =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "plimsoll-components");
            thread.setDaemon(true);
            return thread;
          });

  Rounds(List<TargetSource> sources, Clock clock) {
    this.sources = List.copyOf(sources);
    this.clock = clock;
    for (TargetSource source : sources) {
      seen.put(source, new Seen(source.configured(), null, 0, "not asked yet"));
    }
  }

  /** Asks all, waits for each at most its own timeout, and tells them in the file's order. */
  List<Seen> next() throws InterruptedException {
    for (TargetSource source : sources) {
      Future<Answer> before = asked.get(source);
      if (before == null || before.isDone()) {
        asked.put(source, readers.submit(() -> read(source)));
      }
    }
    long begin = System.nanoTime();
    for (TargetSource source : sources) {
      Future<Answer> answer = asked.get(source);
      if (answer != null) {
        seen.put(source, seen(source, answer, System.nanoTime() - begin));
      }
    }
    return new ArrayList<>(seen.values());
  }

  private Answer read(TargetSource source) throws SourceException, InterruptedException {
    Reading reading = source.read(clock.millis());
    return new Answer(reading, clock.millis());
  }

  private @Nullable Seen last(TargetSource source) {
    return seen.get(source);
  }

  private Seen seen(TargetSource source, Future<Answer> asked, long waitedNanos)
      throws InterruptedException {
    Target target = source.configured();
    try {
      long left = Math.max(0, target.timeout().toNanos() - waitedNanos);
      Answer answer = asked.get(left, TimeUnit.NANOSECONDS);
      return new Seen(target, answer.reading(), answer.epochMillis(), null);
    } catch (TimeoutException e) {
      return without(
          source,
          source.target().address()
              + " gave no answer within "
              + target.timeout().toMillis()
              + " ms");
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      return without(
          source,
          cause instanceof SourceException
              ? String.valueOf(cause.getMessage())
              : source.target().address() + ": unexpected " + cause);
    }
  }

  private Seen without(TargetSource source, String complaint) {
    Seen before = last(source);
    return new Seen(
        source.configured(),
        before == null ? null : before.reading(),
        before == null ? 0 : before.readMillis(),
        complaint);
  }

  @Override
  public void close() {
    readers.shutdownNow();
    sources.forEach(TargetSource::close);
  }
}
