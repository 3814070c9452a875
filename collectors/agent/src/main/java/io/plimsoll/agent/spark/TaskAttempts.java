// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.spark;

import io.plimsoll.agent.attempt.Attempt;
import io.plimsoll.agent.attempt.Attempts;
import io.plimsoll.wire.AttemptHook;
import io.plimsoll.wire.AttemptOutcome;
import org.jspecify.annotations.Nullable;

/** Reads of Spark's task runners which attempts they are; the description is there at entry. */
final class TaskAttempts {
  private final Accessor runnerTaskId = new Accessor("taskId");
  private final Accessor runnerDescription = new Accessor("taskDescription");
  private final Accessor name = new Accessor("name");
  private final Accessor partitionId = new Accessor("partitionId");
  private final Accessor index = new Accessor("index");
  private final Accessor attemptNumber = new Accessor("attemptNumber");
  private final Attempts attempts;

  TaskAttempts(Attempts attempts) {
    this.attempts = attempts;
  }

  void enter(Object runner) {
    if (attempts.admits(runner)) {
      attempts.begin(runner, attemptOf(runner));
    }
  }

  void exit(Object runner) {
    attempts.end(runner);
  }

  /** Any thread; the first final state stays. */
  void status(long taskId, Object state) {
    AttemptOutcome outcome = outcomeOf(String.valueOf(state));
    if (outcome != AttemptOutcome.UNKNOWN) {
      attempts.outcome(taskId, outcome);
    }
  }

  /** The plugin's calls are not strictly paired: what a start finds open has ended unheard. */
  void pluginEnter(long taskId, int stageId, int stageAttempt, int partition, int attemptNumber) {
    attempts.endAll();
    attempts.begin(
        Thread.currentThread(),
        Attempt.ofSpark(
            taskId, stageId, stageAttempt, partition, attemptNumber, AttemptHook.PLUGIN));
  }

  void pluginExit(String reason) {
    attempts.outcome(TaskEnds.outcomeOfReason(reason));
    attempts.endAll();
  }

  static AttemptOutcome outcomeOf(String taskState) {
    switch (taskState) {
      case "FINISHED":
        return AttemptOutcome.SUCCEEDED;
      case "FAILED":
      case "LOST":
        return AttemptOutcome.FAILED;
      case "KILLED":
        return AttemptOutcome.KILLED;
      default:
        return AttemptOutcome.UNKNOWN;
    }
  }

  private Attempt attemptOf(Object runner) {
    long taskId = runnerTaskId.number(runner, -1);
    @Nullable Object description = runnerDescription.read(runner);
    if (description == null) {
      return Attempt.ofSpark(taskId, -1, -1, -1, -1, AttemptHook.BYTECODE);
    }
    @Nullable Object text = name.read(description);
    TaskName told = TaskName.parse(text == null ? "" : text.toString());
    long place = partitionId.number(description, -1);
    return Attempt.ofSpark(
        taskId,
        told.stageId(),
        told.stageAttempt(),
        (int) (place >= 0 ? place : index.number(description, told.index())),
        (int) attemptNumber.number(description, told.attemptNumber()),
        AttemptHook.BYTECODE);
  }
}
