// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.emit;

import io.plimsoll.wire.AttemptHook;
import io.plimsoll.wire.AttemptKind;
import io.plimsoll.wire.AttemptOutcome;
import io.plimsoll.wire.AttemptRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Folds short whole attempts into sums, one per stage attempt (Spark) or job vertex (Flink),
 * outcome and hook. Count, wall time, CPU time and allocated bytes of a sum are exactly those of
 * its attempts; it spans from the earliest start to the latest end; its run-queue wait is unknown
 * as soon as one of theirs is. A longer attempt may have been told while it ran: its end must be
 * told too, so it stays as it is, as do the records of helper threads. Of the records that tell how
 * far an attempt is, the last one per attempt stays.
 */
final class AttemptFold {
  /** The shortest sampling interval: no attempt is told while it runs before it is that old. */
  private static final long SHORT_NANOS = 100_000_000L;

  private static final class Key {
    private final int stageId;
    private final int stageAttempt;
    private final AttemptOutcome outcome;
    private final AttemptHook hook;
    private final String job;
    private final String operator;

    private Key(AttemptRecord of) {
      stageId = of.stageId();
      stageAttempt = of.stageAttempt();
      outcome = of.outcome();
      hook = of.hook();
      job = of.job();
      operator = of.operator();
    }

    @Override
    public boolean equals(Object other) {
      if (!(other instanceof Key)) {
        return false;
      }
      Key that = (Key) other;
      return stageId == that.stageId
          && stageAttempt == that.stageAttempt
          && outcome == that.outcome
          && hook == that.hook
          && job.equals(that.job)
          && operator.equals(that.operator);
    }

    @Override
    public int hashCode() {
      return Objects.hash(stageId, stageAttempt, outcome, hook, job, operator);
    }
  }

  private final Map<Key, AttemptRecord> sums = new LinkedHashMap<>();
  private final Map<String, AttemptRecord> progress = new LinkedHashMap<>();
  private final List<AttemptRecord> others = new ArrayList<>();
  private long folded;

  /** Takes in attempts in the order in which they were made. */
  static AttemptFold of(List<AttemptRecord> attempts) {
    AttemptFold fold = new AttemptFold();
    for (AttemptRecord attempt : attempts) {
      fold.add(attempt);
    }
    return fold;
  }

  /** Sums, short attempts that were alone in their stage, and what cannot be folded. */
  List<AttemptRecord> records() {
    List<AttemptRecord> all = new ArrayList<>(sums.values());
    all.addAll(progress.values());
    all.addAll(others);
    return all;
  }

  /** Whole attempts that are only part of a sum now and were not before. */
  long folded() {
    return folded;
  }

  private void add(AttemptRecord attempt) {
    switch (attempt.kind()) {
      case WHOLE:
        if (attempt.wallNanos() >= SHORT_NANOS) {
          others.add(attempt);
        } else {
          addToSum(attempt);
        }
        break;
      case SUM:
        addToSum(attempt);
        break;
      case PROGRESS:
        progress.put(
            attempt.taskId() + " " + attempt.startEpochMillis() + " " + attempt.attemptId(),
            attempt);
        break;
      default:
        others.add(attempt);
        break;
    }
  }

  private void addToSum(AttemptRecord attempt) {
    Key key = new Key(attempt);
    AttemptRecord before = sums.get(key);
    sums.put(key, before == null ? attempt : sum(before, attempt));
  }

  private AttemptRecord sum(AttemptRecord one, AttemptRecord two) {
    folded += (one.kind() == AttemptKind.WHOLE ? 1 : 0) + (two.kind() == AttemptKind.WHOLE ? 1 : 0);
    boolean isWaitKnown = one.runQueueNanos() >= 0 && two.runQueueNanos() >= 0;
    long start = Math.min(one.startEpochMillis(), two.startEpochMillis());
    return AttemptRecord.builder(-1)
        .stage(one.stageId(), one.stageAttempt())
        .startEpochMillis(start)
        .spanMillis(Math.max(one.endEpochMillis(), two.endEpochMillis()) - start)
        .wallNanos(one.wallNanos() + two.wallNanos())
        .cpuNanos(one.cpuNanos() + two.cpuNanos())
        .allocatedBytes(one.allocatedBytes() + two.allocatedBytes())
        .outcome(one.outcome())
        .kind(AttemptKind.SUM)
        .hook(one.hook())
        .count(Math.addExact(one.count(), two.count()))
        .runQueueNanos(isWaitKnown ? one.runQueueNanos() + two.runQueueNanos() : -1)
        .flink(one.job(), one.operator(), "")
        .build();
  }
}
