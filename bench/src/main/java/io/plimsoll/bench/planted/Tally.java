// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.bench.planted;

import java.util.Objects;

/**
 * How many of how many.
 *
 * @param name what is counted
 * @param of 0 where it is a mere count
 */
public record Tally(String name, long hits, long of) {
  public Tally {
    Objects.requireNonNull(name, "name is null");
  }
}
