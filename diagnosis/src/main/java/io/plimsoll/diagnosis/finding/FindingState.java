// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.finding;

/** The outcome of one diagnosis point on one component. */
public enum FindingState {
  FIRED,
  CLEAR,
  /** An input was missing; the finding's reason names it and what would supply it. */
  NOT_EVALUATED,
  /** The point has no meaning here; the finding's reason says why. */
  NOT_APPLICABLE
}
