// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.signal;

import java.util.Arrays;
import java.util.Collection;

/**
 * The middle and the scale of some values, robust against a few wild ones.
 *
 * @param count how many values
 * @param median the middle one; the mean of the two middle ones where their number is even
 * @param scale 1.4826 times the median distance from the median, which for a normal distribution is
 *     its standard deviation (Hampel 1974); 0 when most values are equal
 */
public record Spread(int count, double median, double scale) {
  private static final double NORMAL = 1.4826;

  /**
   * Of these values.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static Spread of(Collection<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    if (sorted.length == 0) {
      throw new IllegalArgumentException("no values have no middle");
    }
    double median = middle(sorted);
    double[] distances = Arrays.stream(sorted).map(each -> Math.abs(each - median)).toArray();
    Arrays.sort(distances);
    return new Spread(sorted.length, median, NORMAL * middle(distances));
  }

  private static double middle(double[] sorted) {
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }
}
