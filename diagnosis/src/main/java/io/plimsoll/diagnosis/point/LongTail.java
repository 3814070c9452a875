// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.point;

import io.plimsoll.diagnosis.finding.Finding;
import io.plimsoll.diagnosis.finding.Severity;
import io.plimsoll.diagnosis.signal.Origin;
import io.plimsoll.diagnosis.signal.RunFacts;
import io.plimsoll.profile.RunProfile;
import io.plimsoll.profile.StageProfile;
import java.util.ArrayList;
import java.util.List;

/** One task of a stage takes much longer than the others although it reads no more. */
final class LongTail implements RunPoint {
  private static final Thresholds LIMITS =
      new Thresholds("longest over median task time, data being even", 2, 4, 8, 16);

  /** From this ratio on the data explain the time. */
  private static final double UNEVEN_DATA = 2;

  private static final PointDescription DESCRIPTION =
      PointDescription.ofRun(
          "stage.long-tail",
          "TK-02",
          "long tail without data skew",
          "stage",
          "A task takes many times as long as the others although it reads no more than they do: a"
              + " slow host, a first task that loads classes, costly rows, or waiting. Never more"
              + " severe than the tail's share of the run (1, 3, 10, 25 %), and never more than low"
              + " where the bytes read are not known.",
          List.of("attempt wall time", "task read bytes", "stage span"),
          LIMITS,
          "Dr. Elephant's task skew (2, 4, 8, 16); Compass and DataFlint fire at 10",
          "Look at the node and the collector of the slow task before the data.",
          Origin.DRIVER_EVENTS);

  @Override
  public PointDescription description() {
    return DESCRIPTION;
  }

  @Override
  public List<Finding> evaluate(RunProfile run) {
    RunFacts facts = RunFacts.of(run);
    List<Finding> fired = new ArrayList<>();
    int judged = 0;
    for (StageProfile stage : run.stages()) {
      if (!StageImpact.isJudged(stage)) {
        continue;
      }
      judged++;
      StageImpact impact = StageImpact.of(run, facts, stage);
      Severity severity = impact.limit(LIMITS.severity(impact.timeRatio()));
      if (severity != Severity.NONE && impact.dataRatio() < UNEVEN_DATA) {
        boolean dataKnown = impact.dataRatio() > 0;
        fired.add(finding(facts, stage, impact, dataKnown ? severity : Severity.LOW));
      }
    }
    if (!fired.isEmpty()) {
      return fired;
    }
    FindingDraft draft = new FindingDraft(DESCRIPTION, "stages").confidence(facts.trust());
    if (run.stages().isEmpty()) {
      return List.of(draft.notEvaluated("the run's stages", "The agent in the driver"));
    }
    if (judged == 0) {
      return List.of(draft.notApplicable("No stage has the three tasks that a median needs."));
    }
    return List.of(
        draft
            .evidence("stages judged", judged, "count", "run")
            .judge(Severity.NONE, "No stage waits for a task that its data do not explain.", ""));
  }

  private static Finding finding(
      RunFacts facts, StageProfile stage, StageImpact impact, Severity severity) {
    String component = "stage:" + stage.id();
    String middle = StageImpact.middleOfTime(stage);
    FindingDraft draft =
        new FindingDraft(DESCRIPTION, component)
            .evidence("longest over " + middle + " time", impact.timeRatio(), "ratio", component)
            .evidence("tail", impact.tailMillis(), "ms", component)
            .evidence("tail's share of the run", impact.runShare(), "ratio", component)
            .cost(0, impact.idleCoreMillis());
    boolean dataKnown = impact.dataRatio() > 0;
    if (dataKnown) {
      draft.evidence("most over median bytes", impact.dataRatio(), "ratio", component);
    } else {
      draft.counter("bytes read are not known", 0, "bytes", component);
    }
    return draft
        .confidence(facts.trust() * (dataKnown ? 0.8 : 0.5))
        .judge(
            severity,
            "The longest task took "
                + Wording.factor(impact.timeRatio())
                + " the "
                + middle
                + (dataKnown ? " with even data" : "; what it read is not known")
                + "; the stage waited up to "
                + Wording.seconds(impact.tailMillis())
                + ".",
            "Look at that task's executor and at its rows; speculation helps only against a slow"
                + " host.");
  }
}
