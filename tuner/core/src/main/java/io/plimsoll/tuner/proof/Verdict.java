// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.tuner.proof;

import java.util.List;
import java.util.Objects;

/**
 * Whether a run under a recommendation passes, and what it saved.
 *
 * @param passes no failed task or job, the same results, no process above its container, wall time
 *     at most 1.10 of the baseline's
 * @param reasons why it does not pass, one sentence each; empty when it passes
 * @param executors savings of all executors together
 * @param driver savings of the driver
 * @param total savings of both
 */
public record Verdict(
    boolean passes, List<String> reasons, Savings executors, Savings driver, Savings total) {
  public Verdict {
    reasons = List.copyOf(reasons);
    Objects.requireNonNull(executors, "executors is null");
    Objects.requireNonNull(driver, "driver is null");
    Objects.requireNonNull(total, "total is null");
    if (passes != reasons.isEmpty()) {
      throw new IllegalArgumentException("a verdict that does not pass says why: " + reasons);
    }
  }
}
