// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.signal;

import io.plimsoll.profile.ExecutorProfile;
import java.util.List;
import java.util.Locale;

/** Tells executors that somebody meant to end from those that were lost, by the engine's words. */
public final class Removal {
  /**
   * Spark's driver, its block manager and YARN's allocator: dynamic allocation, a request of the
   * driver's, and a container that the application had given back.
   */
  private static final List<String> RELEASED =
      List.of("idle", "killed by driver", "explicit termination request");

  private static final String DECOMMISSIONED = "decommission";

  private Removal() {}

  /** Whether the application gave it back because it had no work for it. */
  public static boolean isRelease(ExecutorProfile executor) {
    String reason = reason(executor);
    return RELEASED.stream().anyMatch(reason::contains);
  }

  /** Whether it was ended on purpose: given back, or its node was taken out of service in order. */
  public static boolean isDeliberate(ExecutorProfile executor) {
    return isRelease(executor) || reason(executor).contains(DECOMMISSIONED);
  }

  private static String reason(ExecutorProfile executor) {
    return String.valueOf(executor.removedReason()).toLowerCase(Locale.ROOT);
  }
}
