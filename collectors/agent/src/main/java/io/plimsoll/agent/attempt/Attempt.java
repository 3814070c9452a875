// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.attempt;

import io.plimsoll.wire.AttemptHook;
import io.plimsoll.wire.AttemptRecord;

/** The ids of one task attempt, or of one thread that helps it; see {@link AttemptRecord}. */
public final class Attempt {
  private final long taskId;
  private final int stageId;
  private final int stageAttempt;
  private final int partition;
  private final int attemptNumber;
  private final String job;
  private final String operator;
  private final String attemptId;
  private final String helper;
  private final AttemptHook hook;

  private Attempt(
      long taskId,
      int[] places,
      String job,
      String operator,
      String attemptId,
      String helper,
      AttemptHook hook) {
    this.taskId = taskId;
    this.stageId = places[0];
    this.stageAttempt = places[1];
    this.partition = places[2];
    this.attemptNumber = places[3];
    this.job = job;
    this.operator = operator;
    this.attemptId = attemptId;
    this.helper = helper;
    this.hook = hook;
  }

  /** Spark's ids; -1 for what is not known. */
  public static Attempt ofSpark(
      long taskId,
      int stageId,
      int stageAttempt,
      int partition,
      int attemptNumber,
      AttemptHook hook) {
    int[] places = {stageId, stageAttempt, partition, attemptNumber};
    return new Attempt(taskId, places, "", "", "", "", hook);
  }

  /** Flink's ids; the task id is a hash of the last text, which alone is unique. */
  public static Attempt ofFlink(
      String job,
      String operator,
      int subtask,
      int attemptNumber,
      String attemptId,
      AttemptHook hook) {
    int[] places = {-1, -1, subtask, attemptNumber};
    return new Attempt(AttemptRecord.taskId(attemptId), places, job, operator, attemptId, "", hook);
  }

  /** A thread that works for this attempt. */
  public Attempt helpedBy(String what, AttemptHook seenBy) {
    int[] places = {stageId, stageAttempt, partition, attemptNumber};
    return new Attempt(taskId, places, job, operator, attemptId, what, seenBy);
  }

  public long taskId() {
    return taskId;
  }

  /** Flink's job id; empty for Spark. */
  public String job() {
    return job;
  }

  /** Whether this is a helper's thread, not the attempt's own. */
  public boolean isHelper() {
    return !helper.isEmpty();
  }

  AttemptRecord.Builder record() {
    return AttemptRecord.builder(taskId)
        .stage(stageId, stageAttempt)
        .partition(partition, attemptNumber)
        .flink(job, operator, attemptId)
        .helper(helper)
        .hook(hook);
  }
}
