// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.wire;

/**
 * What a process's agent has lost since the process's start, told by itself; zeros mean nothing.
 */
public final class LossCounters {
  /** Nothing lost. */
  public static final LossCounters NONE = new LossCounters(0, 0, 0, 0);

  private final long samples;
  private final long attempts;
  private final long events;
  private final long sendFailures;

  private LossCounters(long samples, long attempts, long events, long sendFailures) {
    this.samples = samples;
    this.attempts = attempts;
    this.events = events;
    this.sendFailures = sendFailures;
  }

  public static LossCounters of(long samples, long attempts, long events, long sendFailures) {
    return new LossCounters(samples, attempts, events, sendFailures);
  }

  /** Samples that were taken and never sent. */
  public long samples() {
    return samples;
  }

  /** Attempt records that were made and never sent. */
  public long attempts() {
    return attempts;
  }

  /** Engine events that were seen and never sent. */
  public long events() {
    return events;
  }

  /** Envelopes that the sink refused or timed out. */
  public long sendFailures() {
    return sendFailures;
  }

  @Override
  public boolean equals(Object other) {
    if (!(other instanceof LossCounters)) {
      return false;
    }
    LossCounters that = (LossCounters) other;
    return samples == that.samples
        && attempts == that.attempts
        && events == that.events
        && sendFailures == that.sendFailures;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(samples + 31 * attempts + 961 * events + 29791 * sendFailures);
  }

  @Override
  public String toString() {
    return "LossCounters[samples "
        + samples
        + " attempts "
        + attempts
        + " events "
        + events
        + " send failures "
        + sendFailures
        + "]";
  }
}
