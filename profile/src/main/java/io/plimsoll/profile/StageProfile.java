// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.profile;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One Spark stage attempt.
 *
 * @param name what the user called the job that first asked for it, with the engine's own name of
 *     the stage in brackets; one of them alone where the other is not told; empty when neither is
 * @param submittedMillis epoch milliseconds, -1 unknown
 * @param completedMillis epoch milliseconds, -1 while running or unknown
 * @param taskCount planned tasks, 0 unknown
 * @param failure the engine's reason when it failed, else null
 * @param attempts the agent's sums
 * @param gcCpuNanos the collectors' CPU time that its attempts caused, by the bytes they allocated
 * @param engine the engine's sums
 * @param attemptWallMillis distribution of the attempts' wall time, agent
 * @param taskRunMillis distribution of the engine's run time of successful tasks
 * @param taskReadBytes distribution of input plus shuffle read of successful tasks
 * @param details what else the engine told of its task attempts
 */
public record StageProfile(
    int stageId,
    int stageAttempt,
    String name,
    long submittedMillis,
    long completedMillis,
    int taskCount,
    List<Integer> parents,
    @Nullable String failure,
    AttemptSums attempts,
    long gcCpuNanos,
    EngineSums engine,
    Distribution attemptWallMillis,
    Distribution taskRunMillis,
    Distribution taskReadBytes,
    TaskDetails details) {
  public StageProfile {
    Objects.requireNonNull(name, "name is null");
    parents = List.copyOf(parents);
  }

  /** A stage of whose tasks nothing else was told. */
  public StageProfile(
      int stageId,
      int stageAttempt,
      String name,
      long submittedMillis,
      long completedMillis,
      int taskCount,
      List<Integer> parents,
      @Nullable String failure,
      AttemptSums attempts,
      long gcCpuNanos,
      EngineSums engine,
      Distribution attemptWallMillis,
      Distribution taskRunMillis,
      Distribution taskReadBytes) {
    this(
        stageId,
        stageAttempt,
        name,
        submittedMillis,
        completedMillis,
        taskCount,
        parents,
        failure,
        attempts,
        gcCpuNanos,
        engine,
        attemptWallMillis,
        taskRunMillis,
        taskReadBytes,
        TaskDetails.ZERO);
  }

  /** {@code stage.attempt}. */
  public String id() {
    return stageId + "." + stageAttempt;
  }

  public boolean isComplete() {
    return completedMillis >= 0;
  }
}
