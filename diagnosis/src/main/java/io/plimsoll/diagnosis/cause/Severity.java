// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.cause;

import io.plimsoll.diagnosis.graph.Family;
import java.util.Arrays;
import java.util.Optional;

/**
 * Turns values into severities: robust steps away from a reference, with floors, on a logarithmic
 * scale.
 *
 * <p>One step is {@code max(1.4826·MAD, (q99 − median)/3, floor of the unit, relative
 * floor·|median|)}: the second term is for metrics with a heavy tail, the floors for those that
 * hardly move. The middle is the worse of the normal median and the median of the last samples
 * before the incident, so that what was already so is not held against the component. A value
 * counts only if two samples in a row reach it. {@code s = ln(1 + z)}.
 *
 * @param relativeFloor the smallest step as a share of the median
 * @param leastHistory samples of normal time that are enough to judge by
 * @param leastPeers others that are enough to judge by
 */
public record Severity(double relativeFloor, int leastHistory, int leastPeers) {
  /** Steps beyond this do not make a difference. */
  static final double MOST_STEPS = 1000;

  /** Steps of a change away from a history that never moved and has no unit to tell its size. */
  static final double FLAT_STEPS = 10;

  /** Steps of a broken fixed limit: six or so, weaker than a clear deviation from history. */
  static final double LIMIT_STEPS = 6.4;

  private static final double MAD_TO_SIGMA = 1.4826;

  /** What is used where nobody says otherwise. */
  public static final Severity DEFAULT = new Severity(0.05, 8, 4);

  /**
   * Beside its own normal time.
   *
   * @param normal of the metric in normal time
   * @param before median of the last samples before the incident, NaN where there are none
   * @param incident samples of the incident in the order of time, absent ones left out
   * @return nothing where history or incident are too short
   */
  public Optional<Deviation> besideHistory(
      Baseline normal, double before, double[] incident, Direction direction, MetricUnit unit) {
    if (normal.count() < leastHistory || incident.length == 0) {
      return Optional.empty();
    }
    return Optional.of(worse(normal, before, incident, direction, unit, Reference.HISTORY));
  }

  /**
   * Beside others that do the same work.
   *
   * @param peers of the incident's values of the other ones, this one left out
   */
  public Optional<Deviation> besidePeers(
      Baseline peers, double[] incident, Direction direction, MetricUnit unit) {
    if (peers.count() < leastPeers || incident.length == 0) {
      return Optional.empty();
    }
    return Optional.of(worse(peers, Double.NaN, incident, direction, unit, Reference.PEERS));
  }

  private Deviation worse(
      Baseline normal,
      double before,
      double[] incident,
      Direction direction,
      MetricUnit unit,
      Reference reference) {
    Deviation up = away(normal, before, incident, true, unit, reference);
    Deviation down = away(normal, before, incident, false, unit, reference);
    return switch (direction) {
      case UP -> up;
      case DOWN -> down;
      case BOTH -> up.orWorse(down);
    };
  }

  private Deviation away(
      Baseline normal,
      double before,
      double[] incident,
      boolean up,
      MetricUnit unit,
      Reference reference) {
    double sign = up ? 1 : -1;
    double value = lasting(incident, up);
    double centre = normal.median();
    if (Double.isFinite(before) && sign * (before - centre) > 0) {
      centre = before;
    }
    double tail = (up ? normal.high() - normal.median() : normal.median() - normal.low()) / 3;
    double scale =
        Math.max(
            Math.max(MAD_TO_SIGMA * normal.mad(), tail),
            Math.max(unit.floor(), relativeFloor * Math.abs(normal.median())));
    double distance = sign * (value - centre);
    double z;
    if (distance <= 0) {
      z = 0;
    } else if (scale > 0) {
      double steps = distance / scale;
      // Both overflow where values are as large as numbers can be.
      z = Double.isNaN(steps) ? MOST_STEPS : Math.min(MOST_STEPS, steps);
    } else {
      z = FLAT_STEPS;
    }
    return new Deviation(reference, value, centre, scale, z, of(z), up, normal.count());
  }

  /**
   * Beside fixed limits, for shares only: availability below 99 %, errors above 5 %, CPU, memory or
   * disk above 95 % of the whole. Nothing where no limit is known.
   */
  public static Optional<Deviation> besideLimit(Family family, double[] incident, MetricUnit unit) {
    if (!unit.isShare() || incident.length == 0) {
      return Optional.empty();
    }
    double limit =
        unit.whole()
            * switch (family) {
              case AVAILABILITY -> 0.99;
              case ERROR -> 0.05;
              case CPU, MEMORY, DISK -> 0.95;
              default -> Double.NaN;
            };
    if (Double.isNaN(limit)) {
      return Optional.empty();
    }
    boolean up = family != Family.AVAILABILITY;
    double value = lasting(incident, up);
    double z = (up ? value > limit : value < limit) ? LIMIT_STEPS : 0;
    return Optional.of(new Deviation(Reference.FIXED, value, limit, unit.floor(), z, of(z), up, 1));
  }

  /** The highest (or lowest) level that two samples in a row reach; of one sample, itself. */
  static double lasting(double[] samples, boolean up) {
    if (samples.length == 1) {
      return samples[0];
    }
    double best = up ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    for (int i = 1; i < samples.length; i++) {
      best =
          up
              ? Math.max(best, Math.min(samples[i - 1], samples[i]))
              : Math.min(best, Math.max(samples[i - 1], samples[i]));
    }
    return best;
  }

  /** The severity of this many steps. */
  public static double of(double steps) {
    return Math.log1p(steps);
  }

  /** How sure it is that something is wrong, 0 to 1, of a severity: one half at {@code halfway}. */
  static double anomaly(double severity, double halfway) {
    double steps = Math.expm1(severity);
    if (steps <= 0) {
      return 0;
    }
    double ratio = halfway / steps;
    return 1 / (1 + ratio * ratio);
  }

  /** The median; NaN of none. */
  public static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted.length == 0 ? Double.NaN : Baseline.quantile(sorted, 0.5);
  }
}
