// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.signal;

/**
 * What was measured.
 *
 * @param value in the metric's unit
 * @param support how many observations it rests on, at least 1
 */
public record Signal(double value, long support) {
  public Signal {
    if (support < 1) {
      throw new IllegalArgumentException("a signal rests on an observation, not on " + support);
    }
  }
}
