// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.wire;

/** What a record of attempts counts; the ordinal is the wire value. */
public enum AttemptKind {
  /** One attempt, from its first to its last instruction on its own thread. */
  WHOLE,
  /**
   * What a running attempt has used so far, since its first instruction. It stands for the attempt
   * only until its WHOLE record comes, or for good when its process died first.
   */
  PROGRESS,
  /** What a helper thread used for an attempt, beside the attempt's own thread. */
  HELPER,
  /** The sums of {@link AttemptRecord#count()} whole attempts of one stage and outcome. */
  SUM
}
