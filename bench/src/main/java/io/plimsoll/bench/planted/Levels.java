// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.bench.planted;

/** Dr. Elephant's severities: four limits, and the number of those that a value reaches. */
record Levels(double low, double moderate, double severe, double critical) {
  static final int SEVERE = 3;
  static final int CRITICAL = 4;

  /** 0 (none) to 4 (critical) of a value that is worse the larger it is. */
  int of(double value) {
    if (value >= critical) {
      return CRITICAL;
    }
    if (value >= severe) {
      return SEVERE;
    }
    if (value >= moderate) {
      return 2;
    }
    return value >= low ? 1 : 0;
  }
}
