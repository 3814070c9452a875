// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.spark;

import io.plimsoll.agent.attempt.Attempts;
import io.plimsoll.agent.attempt.ThreadCounters;
import io.plimsoll.agent.emit.Outbox;
import io.plimsoll.wire.AttemptHook;
import io.plimsoll.wire.AttemptKind;
import io.plimsoll.wire.AttemptRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sees attempts by the names of Spark's task threads, where no hook does: the edges are those of
 * the looks, shorter attempts are missed, and how one ended is not known. A thread keeps its task's
 * name when the task is over, so only a thread that uses its CPU is at work. Looks rarely while
 * there is nothing to see, and no more once a hook has seen an attempt. One thread only.
 */
final class NameWatch {
  private static final String PREFIX = "Executor task launch worker for ";
  private static final int RAREST_LOOKS = 16;

  /** A thread of the host; a seam for tests. */
  static final class Named {
    private final long id;
    private final String name;

    Named(long id, String name) {
      this.id = id;
      this.name = name;
    }
  }

  private static final class Watched {
    private final String name;
    private final TaskName task;
    private final long startEpochMillis;
    private final long startNanos;
    private final long startCpuNanos;
    private final long startAllocatedBytes;
    private long lastNanos;
    private long lastCpuNanos;
    private long lastAllocatedBytes;

    private Watched(String name, long nanos, long cpuNanos, long allocatedBytes) {
      this.name = name;
      this.task = TaskName.ofThread(name);
      this.startEpochMillis = System.currentTimeMillis();
      this.startNanos = nanos;
      this.startCpuNanos = cpuNanos;
      this.startAllocatedBytes = allocatedBytes;
      this.lastNanos = nanos;
      this.lastCpuNanos = cpuNanos;
      this.lastAllocatedBytes = allocatedBytes;
    }

    /** False when the thread did nothing since the last look. */
    private boolean works(long nanos, long cpuNanos, long allocatedBytes) {
      if (cpuNanos <= lastCpuNanos) {
        return false;
      }
      lastNanos = nanos;
      lastCpuNanos = cpuNanos;
      lastAllocatedBytes = Math.max(lastAllocatedBytes, allocatedBytes);
      return true;
    }

    private AttemptRecord record(AttemptKind kind) {
      return AttemptRecord.builder(task.taskId())
          .stage(task.stageId(), task.stageAttempt())
          .partition(task.index(), task.attemptNumber())
          .startEpochMillis(startEpochMillis)
          .wallNanos(lastNanos - startNanos)
          .cpuNanos(lastCpuNanos - startCpuNanos)
          .allocatedBytes(lastAllocatedBytes - startAllocatedBytes)
          .kind(kind)
          .hook(AttemptHook.THREAD_NAME)
          .build();
    }
  }

  private final Outbox outbox;
  private final Attempts hooked;
  private final ThreadCounters counters;
  private final @Nullable Supplier<List<Named>> threads;
  private final Map<Long, Watched> watched = new HashMap<>();
  private int pause = 1;
  private int untilLook = 1;

  NameWatch(Outbox outbox, Attempts hooked) {
    this(outbox, hooked, new ThreadCounters(), null);
  }

  /** The last argument tells the host's threads; null for those of this JVM. */
  NameWatch(
      Outbox outbox,
      Attempts hooked,
      ThreadCounters counters,
      @Nullable Supplier<List<Named>> threads) {
    this.outbox = outbox;
    this.hooked = hooked;
    this.counters = counters;
    this.threads = threads;
  }

  void look() {
    boolean open = !hooked.areSeen();
    if (!open && watched.isEmpty()) {
      return;
    }
    untilLook--;
    if (untilLook > 0) {
      return;
    }
    List<Named> tasks = new ArrayList<>();
    for (Named thread : threads == null ? liveThreads() : threads.get()) {
      if (thread.name.startsWith(PREFIX) && (open || watched.containsKey(thread.id))) {
        tasks.add(thread);
      }
    }
    pause = tasks.isEmpty() && watched.isEmpty() ? Math.min(RAREST_LOOKS, 2 * pause) : 1;
    untilLook = pause;
    long nanos = System.nanoTime();
    long[] ids = new long[tasks.size()];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = tasks.get(i).id;
    }
    long[] cpuNanos = ids.length == 0 ? ids : counters.cpuNanos(ids);
    long[] allocatedBytes = ids.length == 0 ? ids : counters.allocatedBytes(ids);
    Map<Long, Watched> still = new HashMap<>();
    for (int i = 0; i < ids.length; i++) {
      Watched now = seen(tasks.get(i), nanos, cpuNanos[i], allocatedBytes[i], open);
      if (now != null) {
        still.put(ids[i], now);
      }
    }
    // What is left here has another name now, or no thread.
    for (Watched left : watched.values()) {
      ended(left);
    }
    watched.clear();
    watched.putAll(still);
  }

  private @Nullable Watched seen(
      Named thread, long nanos, long cpuNanos, long allocatedBytes, boolean open) {
    Watched before = watched.get(thread.id);
    if (cpuNanos < 0) {
      return null;
    }
    if (before == null || !before.name.equals(thread.name)) {
      // Not begun under our eyes: what the thread did before belongs to whom it may.
      return open ? new Watched(thread.name, nanos, cpuNanos, allocatedBytes) : null;
    }
    watched.remove(thread.id);
    if (before.works(nanos, cpuNanos, allocatedBytes)) {
      outbox.attempt(before.record(AttemptKind.PROGRESS));
    }
    return before;
  }

  private void ended(Watched attempt) {
    if (attempt.lastNanos > attempt.startNanos) {
      outbox.attempt(attempt.record(AttemptKind.WHOLE));
    }
  }

  /** Names only: no stack is walked and no thread stopped. */
  private static List<Named> liveThreads() {
    ThreadGroup top = Thread.currentThread().getThreadGroup();
    for (ThreadGroup above = top.getParent(); above != null; above = above.getParent()) {
      top = above;
    }
    Thread[] all = new Thread[2 * top.activeCount() + 16];
    int count = top.enumerate(all, true);
    List<Named> named = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      named.add(new Named(all[i].getId(), all[i].getName()));
    }
    return named;
  }
}
