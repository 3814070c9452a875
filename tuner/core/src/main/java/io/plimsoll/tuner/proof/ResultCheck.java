// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.tuner.proof;

/** Whether two runs gave the same results. */
public enum ResultCheck {
  SAME,
  DIFFERENT,
  /** Nobody compared them: that is no pass. */
  NOT_COMPARED
}
