// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.finding;

/** How bad a fired point is; {@link #NONE} for every other state. */
public enum Severity {
  NONE,
  LOW,
  MODERATE,
  SEVERE,
  CRITICAL
}
