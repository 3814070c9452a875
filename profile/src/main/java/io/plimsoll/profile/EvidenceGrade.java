// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.profile;

/** How good a number is; every number that advice rests on carries one. Worst first. */
public enum EvidenceGrade {
  /** Nothing was seen: no number, no advice. */
  NONE,
  /** The true value is not above this (or not below, as stated). */
  BOUND,
  /** Derived by a stated formula from what was seen. */
  ESTIMATED,
  /** Read from a counter that counts exactly this. */
  MEASURED;

  /** The worse of the two: advice is as good as its worst input. */
  public EvidenceGrade worse(EvidenceGrade other) {
    return compareTo(other) <= 0 ? this : other;
  }
}
