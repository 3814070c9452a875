// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.emit;

import io.plimsoll.wire.LossCounters;
import io.plimsoll.wire.Stream;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/** Counts, from any thread, what was made and never sent, or sent in a coarser form. */
final class Loss {
  /** By the stream's ordinal: a switch would be a class of its own, loaded at the first loss. */
  private final AtomicLongArray records = new AtomicLongArray(Stream.values().length);

  private final AtomicLong sendFailures = new AtomicLong();
  private final AtomicLong merged = new AtomicLong();
  private final AtomicLong folded = new AtomicLong();

  void records(Stream stream, long count) {
    records.addAndGet(stream.ordinal(), count);
  }

  void sendFailure() {
    sendFailures.incrementAndGet();
  }

  void coarsened(long mergedSamples, long foldedAttempts) {
    merged.addAndGet(mergedSamples);
    folded.addAndGet(foldedAttempts);
  }

  LossCounters counters() {
    return LossCounters.of(
            records.get(Stream.SAMPLES.ordinal()),
            records.get(Stream.ATTEMPTS.ordinal()),
            records.get(Stream.EVENTS.ordinal()),
            sendFailures.get())
        .withCoarsened(merged.get(), folded.get());
  }
}
