// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.point;

import io.plimsoll.diagnosis.finding.Severity;
import java.util.Objects;

/**
 * The lowest values of a metric at each severity; a higher value is never less severe.
 *
 * @param metric what is compared, in words
 */
public record Thresholds(
    String metric, double low, double moderate, double severe, double critical) {
  public Thresholds {
    Objects.requireNonNull(metric, "metric is null");
    if (!(low > 0 && low <= moderate && moderate <= severe && severe <= critical)) {
      throw new IllegalArgumentException(
          metric
              + ": the limits "
              + low
              + ", "
              + moderate
              + ", "
              + severe
              + ", "
              + critical
              + " do not rise");
    }
  }

  /** The severity of this value; NONE below the lowest limit and for what is no number. */
  public Severity severity(double value) {
    if (value >= critical) {
      return Severity.CRITICAL;
    }
    if (value >= severe) {
      return Severity.SEVERE;
    }
    if (value >= moderate) {
      return Severity.MODERATE;
    }
    return value >= low ? Severity.LOW : Severity.NONE;
  }
}
