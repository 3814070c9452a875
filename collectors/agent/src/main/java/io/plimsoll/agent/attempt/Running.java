// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.attempt;

import io.plimsoll.wire.AttemptKind;
import io.plimsoll.wire.AttemptOutcome;
import io.plimsoll.wire.AttemptRecord;
import org.jspecify.annotations.Nullable;

/**
 * One attempt between its edges. The attempt's thread writes, the sampler reads: what the sampler
 * read of the thread counts only when the attempt had begun before and was not yet ending after, so
 * it never exceeds the edge total. An object serves one attempt only and is its own generation.
 */
final class Running {
  final Object key;
  final Attempt attempt;
  final @Nullable Running below;
  final int depth;
  final long threadId;
  final long nativeId;
  private final boolean firstOfThread;
  private volatile AttemptOutcome outcome = AttemptOutcome.UNKNOWN;
  private long startEpochMillis;
  private long startNanos;
  private long startCpuNanos;
  private long startAllocatedBytes;
  private volatile boolean begun;
  private volatile boolean ending;

  // Written by the sampler, under this object's lock.
  private long toldNanos;
  private long toldCpuNanos;
  private long toldAllocatedBytes;
  private long queuedBeforeNanos = -1;
  private long toldQueueNanos = -1;

  Running(
      Object key,
      Attempt attempt,
      @Nullable Running below,
      long threadId,
      long nativeId,
      boolean firstOfThread) {
    this.key = key;
    this.attempt = attempt;
    this.below = below;
    this.depth = below == null ? 1 : below.depth + 1;
    this.threadId = threadId;
    this.nativeId = nativeId;
    this.firstOfThread = firstOfThread;
  }

  /** The counters are read last, so that an attempt does not pay for the agent. */
  void begin(ThreadCounters counters) {
    startEpochMillis = System.currentTimeMillis();
    startNanos = System.nanoTime();
    startAllocatedBytes = counters.allocatedBytes();
    startCpuNanos = counters.cpuNanos();
    begun = true;
  }

  /** The counters are read first; what of a helper was told already is not told again. */
  AttemptRecord end(ThreadCounters counters) {
    ending = true;
    long cpuNanos = counters.cpuNanos() - startCpuNanos;
    long allocatedBytes = counters.allocatedBytes() - startAllocatedBytes;
    long wallNanos = System.nanoTime() - startNanos;
    synchronized (this) {
      boolean helper = attempt.isHelper();
      // Another thread reads a few bytes more than the thread itself: progress never exceeds this.
      cpuNanos = Math.max(cpuNanos, toldCpuNanos);
      allocatedBytes = Math.max(allocatedBytes, toldAllocatedBytes);
      return attempt
          .record()
          .kind(helper ? AttemptKind.HELPER : AttemptKind.WHOLE)
          .startEpochMillis(startEpochMillis + (helper ? toldNanos / 1_000_000L : 0))
          .wallNanos(wallNanos - (helper ? toldNanos : 0))
          .cpuNanos(cpuNanos - (helper ? toldCpuNanos : 0))
          .allocatedBytes(allocatedBytes - (helper ? toldAllocatedBytes : 0))
          .runQueueNanos(helper ? -1 : toldQueueNanos)
          .outcome(outcome)
          .build();
    }
  }

  /** Whether the start is known and so long ago. */
  boolean isOlderThan(long nanos, long now) {
    return begun && !ending && now - startNanos >= nanos;
  }

  /** Whether a helper's last slice is so long ago. */
  synchronized boolean wasToldBefore(long nanos, long now) {
    return now - startNanos - toldNanos >= nanos;
  }

  /** The first final state stays. */
  void outcome(AttemptOutcome told) {
    if (outcome == AttemptOutcome.UNKNOWN) {
      outcome = told;
    }
  }

  /** What the thread has used at {@code now}; null when it ends already. */
  synchronized @Nullable AttemptRecord progress(
      long now, long threadCpuNanos, long threadAllocatedBytes, long queueNanos) {
    if (ending || threadCpuNanos < 0 || threadAllocatedBytes < 0) {
      return null;
    }
    boolean helper = attempt.isHelper();
    long beforeNanos = helper ? toldNanos : 0;
    long beforeCpuNanos = helper ? toldCpuNanos : 0;
    long beforeAllocatedBytes = helper ? toldAllocatedBytes : 0;
    toldNanos = Math.max(toldNanos, now - startNanos);
    toldCpuNanos = Math.max(toldCpuNanos, threadCpuNanos - startCpuNanos);
    toldAllocatedBytes = Math.max(toldAllocatedBytes, threadAllocatedBytes - startAllocatedBytes);
    queued(queueNanos);
    return attempt
        .record()
        .kind(helper ? AttemptKind.HELPER : AttemptKind.PROGRESS)
        .startEpochMillis(startEpochMillis + beforeNanos / 1_000_000L)
        .wallNanos(toldNanos - beforeNanos)
        .cpuNanos(toldCpuNanos - beforeCpuNanos)
        .allocatedBytes(toldAllocatedBytes - beforeAllocatedBytes)
        .runQueueNanos(helper ? -1 : toldQueueNanos)
        .build();
  }

  /**
   * A thread's first attempt has waited all that its thread has; another since it was first seen.
   */
  private void queued(long queueNanos) {
    if (queueNanos < 0) {
      return;
    }
    if (queuedBeforeNanos < 0) {
      queuedBeforeNanos = firstOfThread ? 0 : queueNanos;
    }
    toldQueueNanos = Math.max(toldQueueNanos, queueNanos - queuedBeforeNanos);
  }
}
