// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.bench.jmh;

/**
 * The members of Spark's {@code TaskRunner} that the hook reads, with the same names and kinds.
 *
 * @param taskId the attempt's id
 * @param taskDescription what the attempt is
 */
public record FakeRunner(long taskId, Description taskDescription) {
  /**
   * The members of Spark's {@code TaskDescription}.
   *
   * @param name such as {@code task 1.0 in stage 3.2 (TID 7)}
   */
  public record Description(
      String name, int partitionId, int index, int attemptNumber, String executorId) {}

  static FakeRunner of(long taskId) {
    return new FakeRunner(
        taskId,
        new Description("task 17.0 in stage 3.0 (TID " + taskId + ")", 17, 17, 0, "driver"));
  }
}
