// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.bench;

import java.util.Objects;

/**
 * One printed number.
 *
 * @param spread lowest to highest of its repetitions, or n = 1
 */
public record Figure(String name, double value, String unit, String spread) {
  public Figure {
    Objects.requireNonNull(name, "name is null");
    Objects.requireNonNull(unit, "unit is null");
    Objects.requireNonNull(spread, "spread is null");
  }
}
