// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.point;

import io.plimsoll.diagnosis.finding.Finding;
import io.plimsoll.diagnosis.finding.Severity;
import io.plimsoll.diagnosis.signal.Origin;
import io.plimsoll.diagnosis.signal.Removal;
import io.plimsoll.diagnosis.signal.RunFacts;
import io.plimsoll.profile.ExecutorProfile;
import io.plimsoll.profile.RunProfile;
import java.util.List;

/** Executors went away while the run still needed them. */
final class LostExecutors implements RunPoint {
  private static final Thresholds LIMITS =
      new Thresholds("lost share of executors", 1e-9, 0.05, 0.1, 0.3);

  /** Executors that go this shortly before the run's end are being stopped with it. */
  private static final long STOPPING_MILLIS = 2_000;

  private static final PointDescription DESCRIPTION =
      PointDescription.ofRun(
          "executors.lost",
          "EX-01",
          "lost executors",
          "executors",
          "Executors were removed before the run ended and not because they were idle: killed for"
              + " memory, crashed, or cut off.",
          List.of("executor removed events"),
          LIMITS,
          "any; severe above a tenth of the executors",
          "Find the reason first: exit 137 or 143 means killed, mostly for memory.",
          Origin.DRIVER_EVENTS);

  @Override
  public PointDescription description() {
    return DESCRIPTION;
  }

  @Override
  public List<Finding> evaluate(RunProfile run) {
    RunFacts facts = RunFacts.of(run);
    FindingDraft draft = new FindingDraft(DESCRIPTION, DESCRIPTION.component());
    if (facts.isLocal()) {
      return List.of(draft.notApplicable("In local mode there is no executor to lose."));
    }
    List<ExecutorProfile> all =
        run.executors().stream().filter(each -> !each.executorId().equals("driver")).toList();
    if (all.isEmpty()) {
      return List.of(draft.notEvaluated("executor events", "The agent in the driver"));
    }
    List<ExecutorProfile> lost = all.stream().filter(each -> isLost(run, each)).toList();
    double share = (double) lost.size() / all.size();
    draft
        .evidence("executors", all.size(), "count", "driver")
        .evidence("lost", lost.size(), "count", "driver")
        .confidence(facts.trust());
    if (lost.isEmpty()) {
      return List.of(
          draft.judge(Severity.NONE, "All " + all.size() + " executors stayed to the end.", ""));
    }
    String reason = lost.get(0).removedReason();
    return List.of(
        draft.judge(
            LIMITS.severity(share),
            lost.size()
                + " of "
                + all.size()
                + " executors were lost; the first said: "
                + (reason == null ? "nothing" : reason),
            "Find the reason first: exit 137 or 143 means killed, mostly for memory."));
  }

  private static boolean isLost(RunProfile run, ExecutorProfile executor) {
    if (executor.removedMillis() < 0) {
      return false;
    }
    if (run.endMillis() >= 0 && executor.removedMillis() > run.endMillis() - STOPPING_MILLIS) {
      return false;
    }
    return !Removal.isDeliberate(executor);
  }
}
