// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.profile;

/**
 * A level over time, holding each sample's value until the next sample, an hour at most.
 *
 * @param integral value times milliseconds, exact; {@link Long#MAX_VALUE} where that is too big for
 *     a long (64 GiB for 37 hours): use {@code mebiIntegral} for sums
 * @param observedMillis the time that the integral covers
 * @param min the lowest sampled value
 * @param max the highest sampled value
 * @param last the latest sampled value
 * @param mebiIntegral the integral divided by 2^20, rounded down: for bytes MiB·ms
 */
public record GaugeProfile(
    long integral, long observedMillis, long min, long max, long last, long mebiIntegral) {
  /** A profile whose integral fits a long. */
  public GaugeProfile(long integral, long observedMillis, long min, long max, long last) {
    this(integral, observedMillis, min, max, last, integral >> 20);
  }

  /** The time-weighted mean, or the last value where no time was covered. */
  public long mean() {
    if (observedMillis == 0) {
      return last;
    }
    boolean fits = integral != Long.MAX_VALUE && integral != Long.MIN_VALUE;
    return fits ? integral / observedMillis : (mebiIntegral / observedMillis) << 20;
  }
}
