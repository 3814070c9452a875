// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.scorecard;

/**
 * What was given and used, in hours; what is not known is negative.
 *
 * @param allocatedGiBHours container size × lifetime
 * @param allocatedCoreHours cores × lifetime
 * @param usedRssGiBHours ∫ resident set
 * @param usedLiveGiBHours ∫ (live set + non-heap), an upper estimate
 * @param usedCoreHours CPU time of the processes
 * @param taskCoreHours time of task attempts, a slot's cores each
 * @param price of what was allocated
 */
public record CostLine(
    double allocatedGiBHours,
    double allocatedCoreHours,
    double usedRssGiBHours,
    double usedLiveGiBHours,
    double usedCoreHours,
    double taskCoreHours,
    double price) {
  /** The sum; what is unknown in one of them is unknown in it. */
  CostLine plus(CostLine other) {
    return new CostLine(
        sum(allocatedGiBHours, other.allocatedGiBHours),
        sum(allocatedCoreHours, other.allocatedCoreHours),
        sum(usedRssGiBHours, other.usedRssGiBHours),
        sum(usedLiveGiBHours, other.usedLiveGiBHours),
        sum(usedCoreHours, other.usedCoreHours),
        sum(taskCoreHours, other.taskCoreHours),
        sum(price, other.price));
  }

  private static double sum(double one, double other) {
    return one < 0 || other < 0 ? -1 : one + other;
  }
}
