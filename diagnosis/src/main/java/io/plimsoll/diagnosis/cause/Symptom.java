// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.cause;

/**
 * Something that somebody complains about: where the search begins.
 *
 * @param component where it shows
 * @param severity how bad, ln(1 + steps away); below 0 where that is not known
 * @param weight how much it counts beside the others, above 0
 */
public record Symptom(int component, double severity, double weight) {
  public Symptom {
    if (!(weight > 0) || !Double.isFinite(weight)) {
      throw new IllegalArgumentException("weight is not above 0: " + weight);
    }
  }
}
