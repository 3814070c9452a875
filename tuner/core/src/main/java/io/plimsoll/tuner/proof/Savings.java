// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.tuner.proof;

import io.plimsoll.profile.RunCosts;

/**
 * What the second run saved, as fractions of the first: 0.25 is a quarter less, a negative number
 * is more. NaN where one of the runs did not tell.
 *
 * @param allocatedMemory container size × lifetime
 * @param allocatedCores cores × lifetime
 * @param usedMemory resident set over time
 * @param usedCpu CPU time of the processes
 * @param wall time from the run's start to its end
 */
public record Savings(
    double allocatedMemory, double allocatedCores, double usedMemory, double usedCpu, double wall) {
  static Savings of(
      RunCosts.Line baseline, RunCosts.Line advised, long baselineMillis, long advisedMillis) {
    return new Savings(
        saved(baseline.allocatedMebibyteMillis(), advised.allocatedMebibyteMillis()),
        saved(baseline.allocatedCoreMillis(), advised.allocatedCoreMillis()),
        saved(baseline.usedRssMebibyteMillis(), advised.usedRssMebibyteMillis()),
        saved(baseline.usedCpuNanos(), advised.usedCpuNanos()),
        saved(baselineMillis, advisedMillis));
  }

  private static double saved(long before, long after) {
    return before <= 0 || after < 0 ? Double.NaN : 1 - (double) after / before;
  }
}
