// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.point;

import io.plimsoll.diagnosis.finding.Finding;
import io.plimsoll.diagnosis.finding.Severity;
import io.plimsoll.diagnosis.signal.ExecutorFacts;
import io.plimsoll.diagnosis.signal.Origin;
import io.plimsoll.diagnosis.signal.RunFacts;
import io.plimsoll.diagnosis.signal.Saturating;
import io.plimsoll.diagnosis.signal.Spans;
import io.plimsoll.profile.ContainerSize;
import io.plimsoll.profile.RunProfile;
import io.plimsoll.wire.Role;
import java.util.List;

/** The run spends its time in the driver while the executors wait. */
final class DriverBound implements RunPoint {
  private static final Thresholds LIMITS =
      new Thresholds("share of the run in which no job ran", 0.3, 0.4, 0.5, 0.7);

  /** Of a shorter run the context's own start and stop are a large part. */
  private static final long SHORT_MILLIS = 30_000;

  private static final PointDescription DESCRIPTION =
      PointDescription.ofRun(
          "driver.bound",
          "DR-01",
          "driver-bound time",
          "driver",
          "In this share of the run no job ran: planning, listing files, collecting results or the"
              + " program's own code in the driver, with the executors waiting. Never more than low"
              + " for a run of less than 30 s.",
          List.of("job spans", "run span", "executor lifetime and cores"),
          LIMITS,
          "Compass: more than 30 % of the span, more than 50 % of the cores",
          "Look at what the driver does between jobs.",
          Origin.DRIVER_EVENTS);

  @Override
  public PointDescription description() {
    return DESCRIPTION;
  }

  @Override
  public List<Finding> evaluate(RunProfile run) {
    RunFacts facts = RunFacts.of(run);
    FindingDraft draft = new FindingDraft(DESCRIPTION, DESCRIPTION.component());
    long wall = run.wallMillis();
    if (wall == 0) {
      return List.of(draft.notEvaluated("the run's span", "The agent in the driver"));
    }
    if (run.jobs().isEmpty()) {
      return List.of(
          draft.notEvaluated("the run's jobs (none was told)", "The agent in the driver"));
    }
    Spans jobs = facts.jobSpans();
    long covered = jobs.coveredMillis(run.startMillis(), run.startMillis() + wall);
    double alone = (double) (wall - covered) / wall;
    long idleCoreMillis = 0;
    long idleMillis = 0;
    for (ExecutorFacts executor : facts.executors()) {
      long idle =
          executor.lifetimeMillis()
              - jobs.coveredMillis(executor.startMillis(), executor.endMillis());
      idleMillis = Saturating.plus(idleMillis, idle);
      idleCoreMillis = Saturating.plus(idleCoreMillis, Saturating.times(executor.cores(), idle));
    }
    long memory = facts.container(Role.EXECUTOR).map(ContainerSize::totalBytes).orElse(0L);
    return List.of(
        draft
            .evidence("run", wall, "ms", "driver")
            .evidence("time with a job", covered, "ms", "driver")
            .evidence("share without a job", alone, "ratio", "driver")
            .evidence("executor core time meanwhile", idleCoreMillis, "core·ms", "executors")
            .confidence(facts.trust())
            .cost(RunFacts.mebibyteMillis(memory, idleMillis), idleCoreMillis)
            .judge(
                severity(alone, wall),
                "No job ran in "
                    + Wording.percent(alone)
                    + " of the run ("
                    + Wording.seconds(wall - covered)
                    + " of "
                    + Wording.seconds(wall)
                    + ").",
                "Look at what the driver does between jobs; start executors later or release"
                    + " them."));
  }

  private static Severity severity(double alone, long wall) {
    Severity severity = LIMITS.severity(alone);
    boolean isCapped = wall < SHORT_MILLIS && severity != Severity.NONE;
    return isCapped ? Severity.LOW : severity;
  }
}
