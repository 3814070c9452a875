// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.bench;

import io.plimsoll.bench.arm.Delivered;
import io.plimsoll.bench.tree.Usage;
import java.util.Map;

/**
 * One run of one arm, as it is kept on disk.
 *
 * @param allocatedBytes heap allocated up to the last collections, of all JVMs; 0 when not told
 * @param checksum of the job's results; empty when it printed none
 * @param values figures that only one part takes, by name
 * @param complaint what went wrong; empty when nothing did
 */
record Measured(
    Usage usage,
    long allocatedBytes,
    String checksum,
    Delivered delivered,
    Map<String, Double> values,
    String complaint) {
  Measured {
    values = Map.copyOf(values);
  }

  double cpuSeconds() {
    return usage.cpuNanos() / 1e9;
  }
}
