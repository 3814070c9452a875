// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.point;

import io.plimsoll.diagnosis.finding.Finding;
import io.plimsoll.diagnosis.finding.Severity;
import io.plimsoll.diagnosis.signal.Origin;
import io.plimsoll.diagnosis.signal.RunFacts;
import io.plimsoll.diagnosis.signal.Saturating;
import io.plimsoll.profile.EngineSums;
import io.plimsoll.profile.RunProfile;
import io.plimsoll.profile.StageProfile;
import java.util.ArrayList;
import java.util.List;

/** Tasks ran out of execution memory and wrote part of it to disk. */
final class Spill implements RunPoint {
  /** In-memory bytes a core sorts, writes and reads back per millisecond: 100 MiB/s. */
  private static final double BYTES_PER_MILLI = 100 * 1048.576;

  private static final Thresholds LIMITS =
      new Thresholds("bytes spilled from memory over bytes read", 0.01, 0.1, 0.25, 0.5);

  private static final PointDescription DESCRIPTION =
      PointDescription.ofRun(
          "stage.spill",
          "SH-01",
          "spill",
          "stage",
          "The tasks of a stage wanted more execution memory than the heap gave them and wrote"
              + " sorted runs or hash maps to disk. The cost is an estimate at 100 MiB/s; never"
              + " more severe than its share of the run's core time (1, 3, 10, 25 %).",
          List.of("task spill bytes", "task read bytes"),
          LIMITS,
          "Dr. Elephant's execution-memory spill over data (.01, .1, .25, .5)",
          "More partitions, or more execution memory per task.",
          Origin.DRIVER_EVENTS);

  @Override
  public PointDescription description() {
    return DESCRIPTION;
  }

  @Override
  public List<Finding> evaluate(RunProfile run) {
    RunFacts facts = RunFacts.of(run);
    List<Finding> fired = new ArrayList<>();
    long tasks = 0;
    for (StageProfile stage : run.stages()) {
      EngineSums sums = stage.engine();
      tasks += sums.tasks();
      if (sums.memorySpillBytes() > 0) {
        Finding finding = finding(run, facts, stage);
        if (finding.severity() != Severity.NONE) {
          fired.add(finding);
        }
      }
    }
    if (!fired.isEmpty()) {
      return fired;
    }
    FindingDraft draft = new FindingDraft(DESCRIPTION, "stages").confidence(facts.trust());
    if (tasks == 0) {
      return List.of(draft.notEvaluated("task-end events", "The agent in the driver"));
    }
    return List.of(
        draft
            .evidence("tasks seen", tasks, "count", "run")
            .evidence("spilled from memory", run.engineSums().memorySpillBytes(), "bytes", "run")
            .judge(Severity.NONE, "No stage spilled so much that the run paid for it.", ""));
  }

  private static Finding finding(RunProfile run, RunFacts facts, StageProfile stage) {
    EngineSums sums = stage.engine();
    String component = "stage:" + stage.id();
    long read = sums.inputBytes() + sums.shuffleReadBytes();
    double share = read == 0 ? 1 : (double) sums.memorySpillBytes() / read;
    long price = (long) (sums.memorySpillBytes() / BYTES_PER_MILLI);
    double paid = (double) price / Math.max(1, Saturating.times(facts.slots(), run.wallMillis()));
    return new FindingDraft(DESCRIPTION, component)
        .evidence("share of the run's core time", paid, "ratio", component)
        .evidence("spilled from memory", sums.memorySpillBytes(), "bytes", component)
        .evidence("written to disk", sums.diskSpillBytes(), "bytes", component)
        .evidence("read", read, "bytes", component)
        .evidence(
            "highest execution memory of a task", sums.peakExecutionBytes(), "bytes", component)
        .confidence(facts.trust() * 0.9)
        .cost(0, Math.min(price, sums.runMillis()))
        .judge(
            PaidShare.limit(LIMITS.severity(share), paid),
            "Tasks spilled "
                + Wording.size(sums.memorySpillBytes())
                + " of memory ("
                + Wording.size(sums.diskSpillBytes())
                + " on disk) while they read "
                + Wording.size(read)
                + ".",
            "More partitions, or more execution memory per task.");
  }
}
