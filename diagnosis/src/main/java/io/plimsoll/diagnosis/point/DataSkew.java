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

/** One task of a stage reads much more than the others, and the stage waits for it. */
final class DataSkew implements RunPoint {
  private static final Thresholds LIMITS =
      new Thresholds("most over median bytes read by a task", 2, 4, 8, 16);

  private static final PointDescription DESCRIPTION =
      PointDescription.ofRun(
          "stage.data-skew",
          "TK-01",
          "skewed stage",
          "stage",
          "A few keys hold much of the data: one task reads many times what the others read and"
              + " the stage waits for it. Never more severe than the tail's share of the run"
              + " (1, 3, 10, 25 %).",
          List.of("task read bytes", "attempt wall time", "stage span"),
          LIMITS,
          "Dr. Elephant's task skew (2, 4, 8, 16); the gate is what the tail cost, not how long the"
              + " run was",
          "Salt or split the heavy keys; let adaptive execution split skewed joins.",
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
    int reading = 0;
    for (StageProfile stage : run.stages()) {
      if (!StageImpact.isJudged(stage)) {
        continue;
      }
      judged++;
      StageImpact impact = StageImpact.of(run, facts, stage);
      if (impact.dataRatio() == 0) {
        continue;
      }
      reading++;
      Severity severity = impact.limit(LIMITS.severity(impact.dataRatio()));
      if (severity != Severity.NONE) {
        fired.add(finding(facts, stage, impact, severity));
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
    if (reading == 0) {
      return List.of(
          draft.notEvaluated("bytes read by tasks", "The task-end events of the driver's agent"));
    }
    return List.of(
        draft
            .evidence("stages judged", reading, "count", "run")
            .judge(
                Severity.NONE, "No stage waits for a task that reads more than the others.", ""));
  }

  private static Finding finding(
      RunFacts facts, StageProfile stage, StageImpact impact, Severity severity) {
    String component = "stage:" + stage.id();
    String middle = StageImpact.middleOfData(stage);
    FindingDraft draft =
        new FindingDraft(DESCRIPTION, component)
            .evidence("most bytes read", stage.taskReadBytes().max(), "bytes", component)
            .evidence("median bytes read", stage.taskReadBytes().median(), "bytes", component)
            .evidence("most over " + middle + " bytes", impact.dataRatio(), "ratio", component)
            .evidence(
                "longest over " + StageImpact.middleOfTime(stage) + " time",
                impact.timeRatio(),
                "ratio",
                component)
            .evidence("tail's share of the run", impact.runShare(), "ratio", component)
            .cost(0, impact.idleCoreMillis());
    boolean timeFollows = impact.timeRatio() >= 1.5;
    if (!timeFollows) {
      draft.counter("the longest task took hardly longer", impact.timeRatio(), "ratio", component);
    }
    return draft
        .confidence(facts.trust() * (timeFollows ? 0.9 : 0.5))
        .judge(
            severity,
            "A task read "
                + Wording.factor(impact.dataRatio())
                + (middle.equals("mean") ? " the mean (at least half read nothing)" : " the median")
                + " and took "
                + Wording.factor(impact.timeRatio())
                + " as long; the stage waited up to "
                + Wording.seconds(impact.tailMillis())
                + ".",
            "Split the hot keys (salting), or let Spark do it (spark.sql.adaptive.skewJoin.enabled"
                + " and its factor).");
  }
}
