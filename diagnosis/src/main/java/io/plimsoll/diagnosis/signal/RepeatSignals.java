// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.signal;

import io.plimsoll.profile.EngineSums;
import io.plimsoll.profile.RunProfile;
import io.plimsoll.profile.StageProfile;
import io.plimsoll.profile.TaskDetails;
import java.util.HashSet;
import java.util.Set;

/**
 * Signals of work that a run did again: stages of the same name and width that read the same
 * records and shuffle the same bytes as one before them. Spark leaves such a stage out where it
 * knows that it is the same; it knows nothing of two lineages that only look alike.
 */
final class RepeatSignals {
  /** Bytes of the same rows in another order differ by less. */
  private static final double ALIKE = 0.005;

  private RepeatSignals() {}

  static void add(RunProfile run, SignalSet.Builder signals) {
    Set<String> done = new HashSet<>();
    long judged = 0;
    long again = 0;
    for (StageProfile stage : run.stages()) {
      if (isJudged(stage)) {
        judged++;
        boolean isNew = stage.details().shuffleWriteRecords() == 0 || done.add(fingerprint(stage));
        again += isNew ? 0 : span(stage);
      }
    }
    if (judged > 0 && run.wallMillis() > 0) {
      signals
          .put(ComponentId.RUN, RunMetrics.REPEATED_MILLIS, again, judged)
          .share(
              ComponentId.RUN,
              RunMetrics.REPEATED_SHARE,
              Math.min(again, run.wallMillis()),
              run.wallMillis(),
              judged);
    }
  }

  private static boolean isJudged(StageProfile stage) {
    return stage.isComplete()
        && stage.submittedMillis() >= 0
        && stage.stageAttempt() == 0
        && stage.failure() == null
        && stage.details().spanMillis() > 0;
  }

  private static long span(StageProfile stage) {
    return Math.max(0, stage.completedMillis() - stage.submittedMillis());
  }

  private static String fingerprint(StageProfile stage) {
    TaskDetails details = stage.details();
    EngineSums sums = stage.engine();
    return stage.name()
        + "|"
        + stage.taskCount()
        + "|"
        + details.inputRecords()
        + "|"
        + details.shuffleWriteRecords()
        + "|"
        + step(sums.shuffleReadBytes())
        + "|"
        + step(sums.shuffleWriteBytes());
  }

  /** The same for bytes that are nearly the same. */
  private static long step(long bytes) {
    return bytes <= 0 ? 0 : Math.round(Math.log(bytes) / Math.log1p(ALIKE));
  }
}
