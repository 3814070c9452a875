// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.signal;

import io.plimsoll.profile.ProcessProfile;
import org.jspecify.annotations.Nullable;

/**
 * One executor as driver and agent saw it together.
 *
 * @param id the engine's executor id
 * @param cores the cores it offered
 * @param startMillis epoch milliseconds
 * @param endMillis epoch milliseconds; the last that is known of it while it lives
 * @param process what its agent told, null when none did
 */
public record ExecutorFacts(
    String id, int cores, long startMillis, long endMillis, @Nullable ProcessProfile process) {
  public long lifetimeMillis() {
    return Math.max(0, Saturating.minus(endMillis, startMillis));
  }

  public long coreMillis() {
    return Saturating.times(cores, lifetimeMillis());
  }

  public String component() {
    return "executor:" + id;
  }
}
