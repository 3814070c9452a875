// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.point;

import io.plimsoll.diagnosis.finding.Severity;
import io.plimsoll.diagnosis.signal.RunFacts;
import io.plimsoll.diagnosis.signal.Saturating;
import io.plimsoll.profile.Distribution;
import io.plimsoll.profile.RunProfile;
import io.plimsoll.profile.StageProfile;

/**
 * How uneven the tasks of one stage were and what the run paid for it.
 *
 * @param timeRatio longest over median task; over the mean where the median is nothing
 * @param dataRatio most over median bytes read; over the mean where the median is nothing; 0 when
 *     the stage read nothing
 * @param tailMillis longest minus median task: the time in which the others may have waited
 * @param runShare the tail's share of the run
 * @param idleCoreMillis at most this much core time waited for the longest task
 */
record StageImpact(
    double timeRatio, double dataRatio, long tailMillis, double runShare, long idleCoreMillis) {
  /** Below this many tasks a median says nothing. */
  static final int LEAST_TASKS = 3;

  static StageImpact of(RunProfile run, RunFacts facts, StageProfile stage) {
    Distribution time = time(stage);
    long tail = Math.max(0, Saturating.minus(time.max(), time.median()));
    long wall = run.wallMillis();
    long slots = facts.slots();
    long span = stage.isComplete() ? stage.completedMillis() - stage.submittedMillis() : wall;
    long held = Saturating.times(Math.max(0, span), slots);
    long unused = Math.max(0, Saturating.minus(held, time.sum()));
    return new StageImpact(
        ratio(time),
        ratio(stage.taskReadBytes()),
        tail,
        wall == 0 ? 0 : Math.min(1, (double) tail / wall),
        Math.min(Saturating.times(tail, slots - 1), unused));
  }

  /** What the longest task's time is held against, in words. */
  static String middleOfTime(StageProfile stage) {
    return middle(time(stage));
  }

  /** What the most bytes of a task are held against, in words. */
  static String middleOfData(StageProfile stage) {
    return middle(stage.taskReadBytes());
  }

  private static String middle(Distribution distribution) {
    return distribution.median() == 0 ? "mean" : "median";
  }

  static boolean isJudged(StageProfile stage) {
    return time(stage).count() >= LEAST_TASKS;
  }

  /** No more severe than what the run paid for it. */
  Severity limit(Severity severity) {
    return PaidShare.limit(severity, runShare);
  }

  private static Distribution time(StageProfile stage) {
    return stage.attemptWallMillis().count() > 0
        ? stage.attemptWallMillis()
        : stage.taskRunMillis();
  }

  private static double ratio(Distribution distribution) {
    if (distribution.count() == 0 || distribution.max() == 0) {
      return 0;
    }
    double middle = distribution.median();
    if (middle == 0) {
      middle = (double) distribution.sum() / distribution.count();
    }
    return distribution.max() / middle;
  }
}
