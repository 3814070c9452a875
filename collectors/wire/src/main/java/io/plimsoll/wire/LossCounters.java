// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.wire;

/**
 * What a process's agent has lost since the process's start, told by itself; zeros mean nothing.
 */
public final class LossCounters {
  /** Nothing lost. */
  public static final LossCounters NONE = new LossCounters(0, 0, 0, 0, 0, 0);

  private final long samples;
  private final long attempts;
  private final long events;
  private final long sendFailures;
  private final long mergedSamples;
  private final long foldedAttempts;

  private LossCounters(
      long samples,
      long attempts,
      long events,
      long sendFailures,
      long mergedSamples,
      long foldedAttempts) {
    this.samples = samples;
    this.attempts = attempts;
    this.events = events;
    this.sendFailures = sendFailures;
    this.mergedSamples = mergedSamples;
    this.foldedAttempts = foldedAttempts;
  }

  public static LossCounters of(long samples, long attempts, long events, long sendFailures) {
    return new LossCounters(samples, attempts, events, sendFailures, 0, 0);
  }

  /**
   * The same losses with what was made coarser instead of lost.
   *
   * @param merged samples that a longer interval replaced
   * @param folded attempts that are told as sums of their stage
   */
  public LossCounters withCoarsened(long merged, long folded) {
    return new LossCounters(samples, attempts, events, sendFailures, merged, folded);
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

  /** Samples of the asked-for interval that were never taken or merged into a longer one. */
  public long mergedSamples() {
    return mergedSamples;
  }

  /** Attempts that are told only as part of a sum of their stage. */
  public long foldedAttempts() {
    return foldedAttempts;
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
        && sendFailures == that.sendFailures
        && mergedSamples == that.mergedSamples
        && foldedAttempts == that.foldedAttempts;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(
        samples + 31 * attempts + 961 * events + 29791 * (sendFailures + 31 * mergedSamples));
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
        + " merged samples "
        + mergedSamples
        + " folded attempts "
        + foldedAttempts
        + "]";
  }
}
