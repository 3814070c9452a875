// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.point;

import io.plimsoll.diagnosis.finding.Finding;
import io.plimsoll.diagnosis.signal.Origin;
import io.plimsoll.diagnosis.signal.RunFacts;
import io.plimsoll.profile.AttemptSums;
import io.plimsoll.profile.EngineSums;
import io.plimsoll.profile.RunProfile;
import java.util.List;

/** Task attempts failed and were run again, or failed the run. */
final class FailedTasks implements RunPoint {
  private static final Thresholds LIMITS =
      new Thresholds("failed share of task attempts", 1e-9, 0.05, 0.15, 0.3);

  private static final PointDescription DESCRIPTION =
      PointDescription.ofRun(
          "tasks.failed",
          "TK-07",
          "failed task attempts",
          "run",
          "Attempts failed: their work was done again, or the run failed. Killed attempts"
              + " (speculation, cancelled stages) are not counted.",
          List.of("task-end events", "attempt outcomes"),
          LIMITS,
          "any, then Dr. Elephant's .05, .15 and Jobs' .3",
          "Read the failed stages' reasons; do not lower memory before they are understood.",
          Origin.DRIVER_EVENTS);

  @Override
  public PointDescription description() {
    return DESCRIPTION;
  }

  @Override
  public List<Finding> evaluate(RunProfile run) {
    RunFacts facts = RunFacts.of(run);
    FindingDraft draft = new FindingDraft(DESCRIPTION, DESCRIPTION.component());
    EngineSums engine = run.engineSums();
    AttemptSums attempts = run.attempts();
    long tasks = Math.max(engine.tasks(), attempts.attempts());
    if (tasks == 0) {
      return List.of(draft.notEvaluated("task attempts", "The agent in driver or executors"));
    }
    long failed = Math.max(engine.failedTasks(), attempts.failed());
    double share = (double) failed / tasks;
    long meanMillis =
        attempts.attempts() > 0
            ? attempts.wallNanos() / attempts.attempts() / 1_000_000
            : engine.runMillis() / Math.max(1, engine.tasks());
    return List.of(
        draft
            .evidence("task attempts", tasks, "count", "run")
            .evidence("failed", failed, "count", "run")
            .evidence("failed share", share, "ratio", "run")
            .confidence(facts.trust())
            .cost(0, Math.min(failed * meanMillis, Math.max(0, facts.coreMillis())))
            .judge(
                LIMITS.severity(share),
                failed == 0
                    ? "None of " + tasks + " task attempts failed."
                    : failed + " of " + tasks + " task attempts failed.",
                "Read the failed stages' reasons; do not lower memory before they are"
                    + " understood."));
  }
}
