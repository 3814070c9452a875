// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.point;

import io.plimsoll.diagnosis.signal.Direction;
import io.plimsoll.diagnosis.signal.Spread;
import java.util.List;
import java.util.Locale;

/**
 * What a value is held against. The strongest with enough support wins: the job's own earlier runs,
 * then the component's peers, then the static default. What is learned moves the default by a
 * factor of two at most, so that a job which was always ill does not count as healthy; the band
 * around the usual value is never narrower than a quarter of it or a tenth of the default, so that
 * a history without any variation makes no alarm of noise.
 *
 * @param limits by which the value is judged
 * @param words what it is, for the finding
 * @param trust from 0 to 1
 */
record Reference(Thresholds limits, String words, double trust) {
  static final int LEAST_RUNS = 5;
  static final int LEAST_PEERS = 4;

  private static final double NARROWEST_OF_USUAL = 0.25;
  private static final double NARROWEST_OF_DEFAULT = 0.1;
  private static final double SCALES = 3;

  /** What is learned moves the default by this factor at most. */
  static final double FURTHEST = 2;

  static Reference fixed(Thresholds limits) {
    return new Reference(limits, "static default", 0.8);
  }

  static Reference history(Thresholds limits, boolean share, List<Double> values) {
    Spread usual = Spread.of(values);
    return new Reference(
        learned(limits, share, usual),
        "the job's own "
            + usual.count()
            + " earlier runs, usually "
            + String.format(Locale.ROOT, "%.3g", usual.median()),
        0.95);
  }

  static Reference peers(Thresholds limits, boolean share, Spread usual) {
    return new Reference(
        learned(limits, share, usual),
        usual.count() + " peers, usually " + String.format(Locale.ROOT, "%.3g", usual.median()),
        0.9);
  }

  private static Thresholds learned(Thresholds limits, boolean share, Spread usual) {
    double band =
        Math.max(
            Math.max(NARROWEST_OF_USUAL * Math.abs(usual.median()), SCALES * usual.scale()),
            NARROWEST_OF_DEFAULT * limits.low());
    if (limits.bad() == Direction.LOW) {
      return limits.times(factor(usual.median() - band, limits.low()));
    }
    double learned = usual.median() + band;
    if (share && learned > limits.low()) {
      double factor = (1 - limits.low()) / Math.max(1 - learned, 1e-9);
      return limits.towardsOne(Math.max(1, Math.min(FURTHEST, factor)));
    }
    return limits.times(factor(learned, limits.low()));
  }

  private static double factor(double learned, double fixed) {
    return Math.max(1 / FURTHEST, Math.min(FURTHEST, learned / fixed));
  }
}
