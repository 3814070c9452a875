// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.bench;

import java.util.Set;

/**
 * What the command line asks of a benchmark; each takes what concerns it.
 *
 * @param pairs how often each arm is run
 * @param tasks attempts per run of tiny tasks
 * @param parts names of the parts to run; empty for all
 */
record Asked(int pairs, int tasks, Set<String> parts) {
  Asked {
    parts = Set.copyOf(parts);
  }

  boolean wants(String part) {
    return parts.isEmpty() || parts.contains(part);
  }
}
