// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.wire;

/** How a task attempt ended, as the engine told its scheduler; the ordinal is the wire value. */
public enum AttemptOutcome {
  /** The attempt ended without a status that the hook saw. */
  UNKNOWN,
  SUCCEEDED,
  FAILED,
  KILLED
}
