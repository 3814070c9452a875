// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.emit;

import io.plimsoll.wire.LossCounters;
import io.plimsoll.wire.Stream;
import java.util.concurrent.atomic.AtomicLong;

/** Counts, from any thread, what was made and never sent, or sent in a coarser form. */
final class Loss {
  private final AtomicLong samples = new AtomicLong();
  private final AtomicLong attempts = new AtomicLong();
  private final AtomicLong events = new AtomicLong();
  private final AtomicLong sendFailures = new AtomicLong();
  private final AtomicLong merged = new AtomicLong();
  private final AtomicLong folded = new AtomicLong();

  void records(Stream stream, long count) {
    switch (stream) {
      case SAMPLES:
        samples.addAndGet(count);
        break;
      case ATTEMPTS:
        attempts.addAndGet(count);
        break;
      case EVENTS:
        events.addAndGet(count);
        break;
    }
  }

  void sendFailure() {
    sendFailures.incrementAndGet();
  }

  void coarsened(long mergedSamples, long foldedAttempts) {
    merged.addAndGet(mergedSamples);
    folded.addAndGet(foldedAttempts);
  }

  LossCounters counters() {
    return LossCounters.of(samples.get(), attempts.get(), events.get(), sendFailures.get())
        .withCoarsened(merged.get(), folded.get());
  }
}
