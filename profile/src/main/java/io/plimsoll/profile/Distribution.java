// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.profile;

/**
 * A mergeable distribution of non-negative whole numbers: exact count, sum, minimum and maximum,
 * quantiles within one percent (DDSketch, Masson et al., VLDB 2019).
 */
public interface Distribution {
  long count();

  long sum();

  /** The lowest value, 0 when empty. */
  long min();

  /** The highest value, 0 when empty. */
  long max();

  /**
   * The value below or at which the share {@code q} of the values lies, within one percent; 0 when
   * empty.
   *
   * @param q from 0 to 1
   */
  long quantile(double q);

  default long median() {
    return quantile(0.5);
  }
}
