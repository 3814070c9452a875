// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.attempt;

import io.plimsoll.agent.emit.Outbox;
import io.plimsoll.wire.AttemptOutcome;
import io.plimsoll.wire.AttemptRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The attempts that run now. An attempt that begins twice counts once, an end without a beginning
 * counts nothing. On the attempts' threads: two counter reads at each edge, and once in a thread's
 * life its native id. On the agent's: what running attempts have used, read for all in one call,
 * and their wait for a CPU, which only the kernel's file of each thread tells; an attempt too short
 * to be sampled has none (-1).
 */
public final class Attempts {
  private static final int DEEPEST = 8;
  private static final long HELPER_SLICE_NANOS = 5_000_000_000L;

  /** What is kept of a thread for its life. */
  private static final class Seat {
    private final long nativeId;
    private boolean used;
    private @Nullable Running top;

    private Seat(long nativeId) {
      this.nativeId = nativeId;
    }
  }

  private static final class Seats extends ThreadLocal<Seat> {
    @Override
    protected Seat initialValue() {
      return new Seat(nativeIdOfThisThread());
    }
  }

  private final Outbox outbox;
  private final ThreadCounters counters;
  private final LongUnaryOperator runQueueNanos;
  private final ThreadLocal<Seat> seats = new Seats();
  private final Set<Running> running = ConcurrentHashMap.newKeySet();
  private volatile boolean used;

  public Attempts(Outbox outbox) {
    this(outbox, new ThreadCounters(), new RunQueue());
  }

  /** The last argument gives a native thread's wait for a CPU, -1 when it cannot be told. */
  public Attempts(Outbox outbox, ThreadCounters counters, LongUnaryOperator runQueueNanos) {
    this.outbox = outbox;
    this.counters = counters;
    this.runQueueNanos = runQueueNanos;
  }

  /** Whether an attempt may begin on this thread: not the same twice, and not nested too deep. */
  public boolean admits(Object key) {
    Running top = seats.get().top;
    for (Running at = top; at != null; at = at.below) {
      if (at.key == key) {
        return false;
      }
    }
    return top == null || top.depth < DEEPEST;
  }

  /** An attempt begins on this thread; the key, by identity, is what its end is found by. */
  public void begin(Object key, Attempt attempt) {
    Seat seat = seats.get();
    Running begun =
        new Running(
            key, attempt, seat.top, Thread.currentThread().getId(), seat.nativeId, !seat.used);
    seat.used = true;
    seat.top = begun;
    running.add(begun);
    if (!used) {
      used = true;
    }
    begun.begin(counters);
  }

  /** The attempt that this thread works on ends; nothing when its key is another. */
  public void end(Object key) {
    Seat seat = seats.get();
    Running top = seat.top;
    if (top == null || top.key != key) {
      return;
    }
    AttemptRecord record = top.end(counters);
    seat.top = top.below;
    running.remove(top);
    outbox.attempt(record);
  }

  /** Ends whatever this thread works on, for hooks whose edges are not strictly paired. */
  public void endAll() {
    for (Running top = seats.get().top; top != null; top = seats.get().top) {
      end(top.key);
    }
  }

  /** From any thread; the first outcome stays. */
  public void outcome(long taskId, AttemptOutcome outcome) {
    Running top = seats.get().top;
    if (top != null && top.attempt.taskId() == taskId && !top.attempt.isHelper()) {
      top.outcome(outcome);
      return;
    }
    for (Running attempt : running) {
      if (attempt.attempt.taskId() == taskId && !attempt.attempt.isHelper()) {
        attempt.outcome(outcome);
      }
    }
  }

  /** The outcome of the attempt that this thread works on. */
  public void outcome(AttemptOutcome outcome) {
    Running top = seats.get().top;
    if (top != null) {
      top.outcome(outcome);
    }
  }

  /** Whether any attempt ever began. */
  public boolean areSeen() {
    return used;
  }

  /** How many attempts and helpers run now. */
  public int size() {
    return running.size();
  }

  /**
   * Tells of each attempt that is older than this what it has used so far, and of each helper what
   * it used since it was told of. One thread only.
   */
  public void sample(long olderThanNanos) {
    sample(olderThanNanos, HELPER_SLICE_NANOS);
  }

  void sample(long olderThanNanos, long helperSliceNanos) {
    if (running.isEmpty()) {
      return;
    }
    long now = System.nanoTime();
    List<Running> due = new ArrayList<>();
    for (Running attempt : running) {
      if (attempt.isOlderThan(olderThanNanos, now)
          && (!attempt.attempt.isHelper() || attempt.wasToldBefore(helperSliceNanos, now))) {
        due.add(attempt);
      }
    }
    if (due.isEmpty()) {
      return;
    }
    long[] ids = new long[due.size()];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = due.get(i).threadId;
    }
    long readNanos = System.nanoTime();
    long[] cpuNanos = counters.cpuNanos(ids);
    long[] allocatedBytes = counters.allocatedBytes(ids);
    for (int i = 0; i < ids.length; i++) {
      Running attempt = due.get(i);
      long queue =
          attempt.attempt.isHelper() || attempt.nativeId < 0
              ? -1
              : runQueueNanos.applyAsLong(attempt.nativeId);
      AttemptRecord progress = attempt.progress(readNanos, cpuNanos[i], allocatedBytes[i], queue);
      if (progress != null) {
        outbox.attempt(progress);
      }
    }
  }

  private static long nativeIdOfThisThread() {
    try {
      String link = Files.readSymbolicLink(Paths.get("/proc/thread-self")).toString();
      return Long.parseLong(link.substring(link.lastIndexOf('/') + 1));
    } catch (IOException | RuntimeException notLinux) {
      return -1;
    }
  }
}
