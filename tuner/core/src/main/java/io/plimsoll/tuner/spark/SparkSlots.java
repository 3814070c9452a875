// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.tuner.spark;

import java.util.Map;

/**
 * How many tasks run at once.
 *
 * @param executors that the run had at the same time, at least 1
 * @param cores of each executor, at least 1
 * @param taskCpus spark.task.cpus, at least 1
 */
public record SparkSlots(int executors, int cores, int taskCpus) {
  public SparkSlots {
    if (executors < 1 || cores < 1 || taskCpus < 1) {
      throw new IllegalArgumentException(
          executors + " executors of " + cores + " cores at " + taskCpus + " per task");
    }
  }

  /** Tasks at once in one executor; at least 1. */
  public int perExecutor() {
    return Math.max(1, cores / taskCpus);
  }

  /** Tasks at once in all executors. */
  public int total() {
    return executors * perExecutor();
  }

  /** A whole number of the configuration, or what is given where it is absent or no number. */
  public static int wholeNumber(Map<String, String> config, String key, int absent) {
    String text = config.getOrDefault(key, "").strip();
    return text.matches("[1-9]\\d{0,5}") ? Integer.parseInt(text) : absent;
  }
}
