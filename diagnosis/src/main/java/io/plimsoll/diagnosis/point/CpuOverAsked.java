// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.point;

import io.plimsoll.diagnosis.finding.Finding;
import io.plimsoll.diagnosis.signal.ExecutorFacts;
import io.plimsoll.diagnosis.signal.Origin;
import io.plimsoll.diagnosis.signal.RunFacts;
import io.plimsoll.profile.ProcessProfile;
import io.plimsoll.profile.RunProfile;
import io.plimsoll.wire.Metric;
import java.util.List;

/** Executors asked for more core time than their processes used. */
final class CpuOverAsked implements RunPoint {
  private static final Thresholds LIMITS =
      new Thresholds("unused share of the executors' core time", 0.4, 0.5, 0.7, 0.85);

  private static final PointDescription DESCRIPTION =
      PointDescription.ofRun(
          "cpu.over-asked",
          "CPU-01",
          "cores over-asked",
          "executors",
          "Of the core time that the executors held, their processes (tasks, collectors, compilers,"
              + " network threads together) used only the rest.",
          List.of("process.cpu.time", "executor lifetime and cores"),
          LIMITS,
          "DataFlint and Compass flag more than 50 % idle cores; both measure task time, this is"
              + " process CPU time",
          "Ask for fewer cores or executors where the replay of the stages allows it.",
          Origin.AGENT);

  @Override
  public PointDescription description() {
    return DESCRIPTION;
  }

  @Override
  public List<Finding> evaluate(RunProfile run) {
    RunFacts facts = RunFacts.of(run);
    FindingDraft draft = new FindingDraft(DESCRIPTION, DESCRIPTION.component());
    if (facts.isLocal()) {
      return List.of(draft.notApplicable("In local mode the tasks run inside the driver."));
    }
    long allocated = 0;
    long usedNanos = 0;
    long told = 0;
    for (ExecutorFacts executor : facts.executors()) {
      ProcessProfile process = executor.process();
      long cpu = process == null ? -1 : process.counter(Metric.PROCESS_CPU, -1);
      if (cpu >= 0) {
        told++;
        allocated += executor.coreMillis();
        usedNanos += cpu;
      }
    }
    if (told == 0 || allocated == 0) {
      return List.of(
          draft.notEvaluated(
              "the executors' CPU time over a lifetime above zero", "The agent in the executors"));
    }
    long usedMillis = usedNanos / 1_000_000;
    double unused = Math.max(0, 1 - (double) usedMillis / allocated);
    draft
        .evidence("core time allocated", allocated, "core·ms", "executors")
        .evidence("CPU time used", usedMillis, "ms", "executors")
        .evidence("unused share", unused, "ratio", "executors")
        .confidence(facts.trust() * told / facts.executors().size())
        .cost(0, allocated - usedMillis);
    long driverOnly =
        facts.executors().stream()
            .mapToLong(
                each ->
                    each.lifetimeMillis()
                        - facts.jobSpans().coveredMillis(each.startMillis(), each.endMillis()))
            .sum();
    if (driverOnly > 0 && !run.jobs().isEmpty()) {
      draft.counter("executor time without any job", driverOnly, "ms", "driver");
    }
    return List.of(
        draft.judge(
            LIMITS.severity(unused),
            "The executors used "
                + Wording.seconds(usedMillis)
                + " of CPU in "
                + Wording.seconds(allocated)
                + " of core time: "
                + Wording.percent(unused)
                + " went unused.",
            "Ask for fewer cores or executors where the replay of the stages allows it."));
  }
}
