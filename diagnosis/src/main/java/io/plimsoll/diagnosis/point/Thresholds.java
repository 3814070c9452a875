// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.point;

import io.plimsoll.diagnosis.finding.Severity;
import io.plimsoll.diagnosis.signal.Direction;
import java.util.Objects;

/**
 * The mildest values of a metric at each severity; a worse value is never less severe.
 *
 * @param metric what is compared, in words
 * @param bad the side on which the metric is bad: the limits rise where high is bad and fall where
 *     low is bad
 */
public record Thresholds(
    String metric, Direction bad, double low, double moderate, double severe, double critical) {
  public Thresholds {
    Objects.requireNonNull(metric, "metric is null");
    Objects.requireNonNull(bad, "bad is null");
    boolean ordered =
        bad == Direction.HIGH
            ? low > 0 && low <= moderate && moderate <= severe && severe <= critical
            : low >= moderate && moderate >= severe && severe >= critical && critical >= 0;
    if (!ordered) {
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
              + (bad == Direction.HIGH ? " do not rise" : " do not fall"));
    }
  }

  /** Limits of a metric of which more is worse. */
  public Thresholds(String metric, double low, double moderate, double severe, double critical) {
    this(metric, Direction.HIGH, low, moderate, severe, critical);
  }

  /** A limit that no value reaches which can be measured. */
  static double never(Direction bad) {
    return bad == Direction.HIGH ? Double.MAX_VALUE : Double.MIN_VALUE;
  }

  /** The severity of this value; NONE on the good side of the mildest limit and for no number. */
  public Severity severity(double value) {
    if (reaches(value, critical)) {
      return Severity.CRITICAL;
    }
    if (reaches(value, severe)) {
      return Severity.SEVERE;
    }
    if (reaches(value, moderate)) {
      return Severity.MODERATE;
    }
    return reaches(value, low) ? Severity.LOW : Severity.NONE;
  }

  /** All limits times this factor. */
  Thresholds times(double factor) {
    return new Thresholds(
        metric, bad, low * factor, moderate * factor, severe * factor, critical * factor);
  }

  /**
   * Limits of a share, which is never above 1, with their distance from 1 divided by this factor of
   * at least 1: they rise and stay below 1.
   */
  Thresholds towardsOne(double factor) {
    return new Thresholds(
        metric,
        bad,
        1 - (1 - low) / factor,
        1 - (1 - moderate) / factor,
        1 - (1 - severe) / factor,
        1 - (1 - critical) / factor);
  }

  private boolean reaches(double value, double limit) {
    return bad == Direction.HIGH ? value >= limit : value <= limit;
  }
}
