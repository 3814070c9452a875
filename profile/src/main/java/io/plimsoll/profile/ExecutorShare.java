// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.profile;

/**
 * What one executor did of a stage, by task-ended events.
 *
 * @param tasks task attempts that ended on it
 * @param failedTasks of them, neither succeeded nor killed
 * @param succeededMillis Σ run time of its successful attempts
 * @param succeeded its successful attempts
 * @param readBytes Σ bytes its successful attempts read from storage and shuffle
 */
public record ExecutorShare(
    long tasks, long failedTasks, long succeededMillis, long succeeded, long readBytes) {
  /** Nothing. */
  public static final ExecutorShare ZERO = new ExecutorShare(0, 0, 0, 0, 0);

  public ExecutorShare plus(ExecutorShare other) {
    return new ExecutorShare(
        tasks + other.tasks,
        failedTasks + other.failedTasks,
        succeededMillis + other.succeededMillis,
        succeeded + other.succeeded,
        readBytes + other.readBytes);
  }

  void write(FoldOutput out) {
    out.number(tasks);
    out.number(failedTasks);
    out.number(succeededMillis);
    out.number(succeeded);
    out.number(readBytes);
  }

  static ExecutorShare read(FoldInput in) {
    return new ExecutorShare(in.number(), in.number(), in.number(), in.number(), in.number());
  }
}
