// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.tuner.recommendation;

import java.util.Objects;

/**
 * The range in which the number that is really needed lies.
 *
 * @param low in {@code unit}
 * @param high in {@code unit}
 * @param unit bytes or count
 * @param confidence the share of cases in which the need lies inside, 0 to 1, and by what argument
 *     is said in {@code basis}
 */
public record Interval(long low, long high, String unit, double confidence, String basis) {
  public Interval {
    Objects.requireNonNull(unit, "unit is null");
    Objects.requireNonNull(basis, "basis is null");
    if (low > high) {
      throw new IllegalArgumentException("interval from " + low + " to " + high);
    }
  }
}
