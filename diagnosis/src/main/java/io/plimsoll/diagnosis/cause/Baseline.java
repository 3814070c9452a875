// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.cause;

import java.util.Arrays;

/**
 * What a metric looks like when nothing is wrong.
 *
 * @param median the middle value
 * @param mad median absolute deviation from the median
 * @param low 1 % of the values lie below
 * @param high 1 % of the values lie above
 * @param count values it was made of; what was absent does not count
 */
public record Baseline(double median, double mad, double low, double high, int count) {
  /** Of no value at all. */
  public static final Baseline NONE =
      new Baseline(Double.NaN, Double.NaN, Double.NaN, Double.NaN, 0);

  /** Of these values in any order; NaN and infinite ones are absent. */
  public static Baseline of(double[] values) {
    double[] sorted = Arrays.stream(values).filter(Double::isFinite).sorted().toArray();
    if (sorted.length == 0) {
      return NONE;
    }
    double median = quantile(sorted, 0.5);
    double[] apart =
        Arrays.stream(sorted)
            .map(value -> Math.min(Double.MAX_VALUE, Math.abs(value - median)))
            .sorted()
            .toArray();
    return new Baseline(
        median,
        quantile(apart, 0.5),
        quantile(sorted, 0.01),
        quantile(sorted, 0.99),
        sorted.length);
  }

  /** Linear between the two nearest ranks. */
  static double quantile(double[] sorted, double share) {
    double rank = share * (sorted.length - 1);
    int below = (int) rank;
    int above = Math.min(below + 1, sorted.length - 1);
    double apart = sorted[above] - sorted[below];
    double part = rank - below;
    return Double.isFinite(apart)
        ? sorted[below] + part * apart
        : (1 - part) * sorted[below] + part * sorted[above];
  }
}
