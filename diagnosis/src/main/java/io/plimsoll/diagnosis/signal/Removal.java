// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.signal;

import io.plimsoll.profile.ExecutorProfile;
import java.util.regex.Pattern;

/**
 * Tells executors that somebody meant to end from those that were lost, and why, by the engine's
 * words. Whole words only: hosts, containers and durations may contain any of them.
 */
public final class Removal {
  /** Neither within a name of several parts, such as a host's, before the word nor after it. */
  private static final String FREE = "(?<![-.\\w])";

  private static final String END = "(?![-\\w]|\\.\\w)";

  /**
   * Spark's driver, its block manager and YARN's allocator: dynamic allocation, a request of the
   * driver's, and a container that the application had given back.
   */
  private static final Pattern RELEASED =
      words(
          "(?:was|is|been|being|due to|because of) idle",
          "idle (?:for|timeout)",
          "killed by driver",
          "explicit termination request");

  private static final Pattern DECOMMISSIONED = words("decommission(?:ed|ing)?");

  /** Spark's, YARN's and Kubernetes' words for a process that had more than its share. */
  private static final Pattern FOR_MEMORY =
      words(
          "(?:java\\.lang\\.)?OutOfMemoryError",
          "exit(?:ed)?(?: with)?(?: an?)?(?: non-zero)?(?: exit)?(?: ?code| status)?[:= ]+137",
          "oom(?:[- _]?kill(?:ed|er)?)?",
          "out[- ]of[- ]memory",
          "(?:physical|virtual) memory",
          "memory limits?");

  private Removal() {}

  /** Whether the application gave it back because it had no work for it. */
  public static boolean isRelease(ExecutorProfile executor) {
    return says(executor, RELEASED);
  }

  /** Whether it was ended on purpose: given back, or its node was taken out of service in order. */
  public static boolean isDeliberate(ExecutorProfile executor) {
    return isRelease(executor) || says(executor, DECOMMISSIONED);
  }

  /** Whether the cluster manager or the kernel ended it for its memory. */
  static boolean isForMemory(ExecutorProfile executor) {
    return says(executor, FOR_MEMORY);
  }

  private static boolean says(ExecutorProfile executor, Pattern pattern) {
    String reason = executor.removedReason();
    return reason != null && pattern.matcher(reason).find();
  }

  private static Pattern words(String... alternatives) {
    return Pattern.compile(
        FREE + "(?:" + String.join("|", alternatives) + ")" + END, Pattern.CASE_INSENSITIVE);
  }
}
