// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.cause;

/**
 * How far one metric of one component or link is from where it should be.
 *
 * @param reference what it was compared with
 * @param value the value of the incident
 * @param centre where it should be
 * @param scale what counts as one step away
 * @param z steps away, 0 or more
 * @param severity ln(1 + z)
 * @param up whether it is too high, else too low
 * @param support values the reference was made of
 */
public record Deviation(
    Reference reference,
    double value,
    double centre,
    double scale,
    double z,
    double severity,
    boolean up,
    int support) {
  /** The one that is further away, this one where they are equal. */
  public Deviation orWorse(Deviation other) {
    return other.z > z ? other : this;
  }
}
