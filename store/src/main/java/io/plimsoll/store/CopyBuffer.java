// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is to be copied to a store that may be slow or away: it waits in bounded memory and a thread
 * of its own writes it, again and again with growing pauses. Of one thing only its latest state
 * waits. When too many wait, the oldest are dropped, counted and told; a call never fails or
 * blocks. It is not for the only store: what waits is lost with the process.
 *
 * @param <K> names a thing
 * @param <V> its state
 */
public final class CopyBuffer<K, V> implements AutoCloseable {
  /**
   * What became of what was given.
   *
   * @param waiting now
   * @param written so far
   * @param dropped since too many waited, or at the end
   * @param failures tries that failed
   * @param trouble why nothing can be written now; null when all is well
   */
  public record Counts(
      long waiting, long written, long dropped, long failures, @Nullable String trouble) {}

  /**
   * How things are told apart and written.
   *
   * @param what they are, for the log: a plural
   * @param merge the earlier and the later state of one thing to the state that is to be written
   * @param write stores them all; a {@link StoreException} lets it be tried again
   */
  public record Way<K, V>(
      String what, Function<V, K> key, BinaryOperator<V> merge, Consumer<List<V>> write) {}

  private static final System.Logger logger = System.getLogger(CopyBuffer.class.getName());
  private static final int BATCH = 5_000;
  private static final long TELL_NANOS = 60_000_000_000L;
  private static final Duration LAST_TRY = Duration.ofSeconds(10);

  private final Way<K, V> way;
  private final int capacity;
  private final long firstPauseMillis;
  private final long longestPauseMillis;
  private final Thread writer;
  private final Object lock = new Object();
  private Map<K, V> waiting = new LinkedHashMap<>();
  private long written;
  private long dropped;
  private long droppedTold;
  private long failures;
  private long toldNanos;
  private boolean writing;
  private boolean closing;
  private @Nullable String trouble;

  /**
   * Starts the thread.
   *
   * @param capacity so many things wait at most
   * @param firstPause after a failure; it doubles with each further one
   * @param longestPause it never grows beyond
   */
  public CopyBuffer(Way<K, V> way, int capacity, Duration firstPause, Duration longestPause) {
    if (capacity < 1) {
      throw new IllegalArgumentException("capacity " + capacity + " is not at least 1");
    }
    this.way = way;
    this.capacity = capacity;
    this.firstPauseMillis = Math.max(1, firstPause.toMillis());
    this.longestPauseMillis = Math.max(firstPauseMillis, longestPause.toMillis());
    this.writer = new Thread(this::writeUntilClosed, "plimsoll-copy-of-" + way.what());
    writer.setDaemon(true);
    writer.start();
  }

  /** Gives things to be written; never fails or blocks. */
  public void put(List<V> things) {
    synchronized (lock) {
      things.forEach(thing -> add(waiting, thing));
      dropOldest();
      lock.notifyAll();
    }
  }

  /** What became of all that was given until now. */
  public Counts counts() {
    synchronized (lock) {
      return new Counts(waiting.size(), written, dropped, failures, trouble);
    }
  }

  /**
   * Waits until nothing waits.
   *
   * @return false when something still waits after this time
   */
  public boolean drain(Duration atMost) throws InterruptedException {
    long endNanos = System.nanoTime() + atMost.toNanos();
    synchronized (lock) {
      while (!waiting.isEmpty() || writing) {
        long leftMillis = (endNanos - System.nanoTime()) / 1_000_000;
        if (leftMillis <= 0) {
          return false;
        }
        lock.wait(leftMillis);
      }
      return true;
    }
  }

  /** Writes what waits as far as that goes in ten seconds, and says what does not. */
  @Override
  public void close() {
    synchronized (lock) {
      closing = true;
      lock.notifyAll();
    }
    try {
      writer.join(LAST_TRY.toMillis());
      writer.interrupt();
      writer.join(LAST_TRY.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    synchronized (lock) {
      if (!waiting.isEmpty()) {
        dropped += waiting.size();
        waiting.clear();
        tellDropped();
      }
    }
  }

  private void writeUntilClosed() {
    long pauseMillis = firstPauseMillis;
    try {
      List<V> batch = next();
      while (batch != null) {
        if (isWritten(batch)) {
          pauseMillis = firstPauseMillis;
        } else if (pause(pauseMillis)) {
          pauseMillis = Math.min(2 * pauseMillis, longestPauseMillis);
        } else {
          return;
        }
        batch = next();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The oldest that wait; null at the end. */
  private @Nullable List<V> next() throws InterruptedException {
    synchronized (lock) {
      while (waiting.isEmpty()) {
        if (closing) {
          return null;
        }
        lock.wait();
      }
      List<V> batch = new ArrayList<>();
      Iterator<V> oldest = waiting.values().iterator();
      while (oldest.hasNext() && batch.size() < BATCH) {
        batch.add(oldest.next());
        oldest.remove();
      }
      writing = true;
      return batch;
    }
  }

  private boolean isWritten(List<V> batch) {
    try {
      way.write().accept(batch);
      synchronized (lock) {
        written += batch.size();
        writing = false;
        if (trouble != null) {
          logger.log(
              System.Logger.Level.INFO,
              "the copy of "
                  + way.what()
                  + " is written again; "
                  + waiting.size()
                  + " "
                  + way.what()
                  + " wait, "
                  + dropped
                  + " were dropped");
          trouble = null;
        }
        lock.notifyAll();
      }
      return true;
    } catch (StoreException e) {
      putBack(batch, e);
      return false;
    } catch (RuntimeException e) {
      synchronized (lock) {
        failures++;
        dropped += batch.size();
        writing = false;
        lock.notifyAll();
      }
      logger.log(
          System.Logger.Level.ERROR, "a batch of the copy of " + way.what() + " is dropped", e);
      return true;
    }
  }

  private void putBack(List<V> batch, StoreException failure) {
    synchronized (lock) {
      Map<K, V> all = new LinkedHashMap<>();
      batch.forEach(thing -> add(all, thing));
      waiting.values().forEach(thing -> add(all, thing));
      waiting = all;
      failures++;
      writing = false;
      tell(failure, () -> failure.getMessage() + "; " + all.size() + " " + way.what() + " wait");
      dropOldest();
    }
  }

  private void tell(StoreException failure, Supplier<String> line) {
    long now = System.nanoTime();
    if (trouble == null || now - toldNanos >= TELL_NANOS) {
      toldNanos = now;
      logger.log(System.Logger.Level.WARNING, line.get());
    }
    trouble = failure.getMessage();
  }

  /** Whether it is worth to try again. */
  private boolean pause(long millis) throws InterruptedException {
    long endNanos = System.nanoTime() + millis * 1_000_000;
    synchronized (lock) {
      long leftMillis = millis;
      while (leftMillis > 0) {
        if (closing) {
          return false;
        }
        lock.wait(leftMillis);
        leftMillis = (endNanos - System.nanoTime()) / 1_000_000;
      }
      return !closing;
    }
  }

  private void add(Map<K, V> into, V thing) {
    into.merge(way.key().apply(thing), thing, way.merge());
  }

  private void dropOldest() {
    Iterator<V> oldest = waiting.values().iterator();
    while (waiting.size() > capacity && oldest.hasNext()) {
      oldest.next();
      oldest.remove();
      dropped++;
    }
    if (dropped > 0 && (droppedTold == 0 || dropped >= 2 * droppedTold)) {
      tellDropped();
    }
  }

  private void tellDropped() {
    droppedTold = dropped;
    logger.log(
        System.Logger.Level.WARNING,
        dropped
            + " "
            + way.what()
            + " are dropped from the copy: "
            + (trouble == null ? "it is too slow" : trouble));
  }
}
