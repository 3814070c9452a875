// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.finding;

/** What came of looking. */
public enum FindingState {
  FIRED,
  CLEAR,
  /** An input was missing; the finding's reason names it and what would supply it. */
  NOT_EVALUATED,
  /** The point has no meaning here; the finding's reason says why. */
  NOT_APPLICABLE,
  /** Fired, and somebody does not want to be told for now; keeps severity, evidence and impact. */
  MUTED
}
