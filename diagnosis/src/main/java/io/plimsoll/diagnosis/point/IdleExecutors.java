// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.point;

import io.plimsoll.diagnosis.finding.Finding;
import io.plimsoll.diagnosis.finding.Severity;
import io.plimsoll.diagnosis.signal.ExecutorFacts;
import io.plimsoll.diagnosis.signal.Origin;
import io.plimsoll.diagnosis.signal.RunFacts;
import io.plimsoll.diagnosis.signal.Saturating;
import io.plimsoll.profile.ContainerSize;
import io.plimsoll.profile.ProcessProfile;
import io.plimsoll.profile.RunProfile;
import io.plimsoll.wire.Role;
import java.util.ArrayList;
import java.util.List;

/** Executors held their cores without running tasks on them. */
final class IdleExecutors implements RunPoint {
  private static final Thresholds LIMITS =
      new Thresholds("share of the executors' core time without a task", 0.3, 0.5, 0.7, 0.85);

  /** An executor that is idle this much is named by itself. */
  private static final double IDLE_LIFE = 0.9;

  private static final PointDescription DESCRIPTION =
      PointDescription.ofRun(
          "executors.idle",
          "EX-05",
          "idle executors",
          "executors, executor",
          "Executors hold cores and memory while no task runs on them: too many of them, too few"
              + " tasks, or a driver that keeps them waiting.",
          List.of("attempt wall time", "executor lifetime and cores"),
          LIMITS,
          "Compass's cpuWaste and Sparklens's idle core-hours (50 %); one executor idle for 90 % of"
              + " its life is named",
          "Ask for fewer executors, or release idle ones.",
          Origin.AGENT);

  @Override
  public PointDescription description() {
    return DESCRIPTION;
  }

  @Override
  public List<Finding> evaluate(RunProfile run) {
    RunFacts facts = RunFacts.of(run);
    if (facts.isLocal()) {
      return List.of(
          new FindingDraft(DESCRIPTION, "executors")
              .notApplicable("In local mode the tasks run inside the driver."));
    }
    List<ExecutorFacts> told =
        facts.executors().stream()
            .filter(each -> each.process() != null && each.coreMillis() > 0)
            .toList();
    if (told.isEmpty()) {
      return List.of(
          new FindingDraft(DESCRIPTION, "executors")
              .notEvaluated(
                  "task attempts of executors with a lifetime above zero",
                  "The agent in the executors"));
    }
    List<Finding> findings = new ArrayList<>();
    Finding together =
        judge(run, facts, told, "executors", (double) told.size() / facts.executors().size());
    findings.add(together);
    for (ExecutorFacts executor : told) {
      double idle = idle(List.of(executor));
      if (told.size() > 1 && idle >= IDLE_LIFE && idle(told) < IDLE_LIFE) {
        findings.add(judge(run, facts, List.of(executor), executor.component(), 1));
      }
    }
    return findings;
  }

  private static Finding judge(
      RunProfile run,
      RunFacts facts,
      List<ExecutorFacts> executors,
      String component,
      double toldShare) {
    long held = held(executors);
    long busy = busyMillis(executors);
    double idle = idle(executors);
    long outside =
        executors.stream()
            .mapToLong(
                each ->
                    Saturating.times(
                        each.cores(),
                        each.lifetimeMillis()
                            - facts.jobSpans().coveredMillis(each.startMillis(), each.endMillis())))
            .reduce(0, Saturating::plus);
    FindingDraft draft =
        new FindingDraft(DESCRIPTION, component)
            .evidence("core time held", held, "core·ms", component)
            .evidence("task attempts' wall time", busy, "ms", component)
            .evidence("idle share", idle, "ratio", component)
            .confidence(facts.trust() * toldShare);
    if (!run.jobs().isEmpty() && outside > 0) {
      draft.counter(
          "of it while no job ran",
          Math.min(outside, held - Math.min(busy, held)),
          "core·ms",
          "driver");
    }
    long memory = facts.container(Role.EXECUTOR).map(ContainerSize::totalBytes).orElse(0L);
    long lifetime =
        executors.stream().mapToLong(ExecutorFacts::lifetimeMillis).reduce(0, Saturating::plus);
    draft.cost(RunFacts.mebibyteMillis(memory, (long) (idle * lifetime)), Math.max(0, held - busy));
    Severity severity = LIMITS.severity(idle);
    return draft.judge(
        severity,
        "No task ran in "
            + Wording.percent(idle)
            + " of the "
            + Wording.seconds(held)
            + " of core time.",
        "Ask for fewer executors, or release idle ones (spark.dynamicAllocation.enabled).");
  }

  private static long held(List<ExecutorFacts> executors) {
    return executors.stream().mapToLong(ExecutorFacts::coreMillis).reduce(0, Saturating::plus);
  }

  private static double idle(List<ExecutorFacts> executors) {
    long held = held(executors);
    return held == 0 ? 0 : Math.max(0, 1 - (double) busyMillis(executors) / held);
  }

  private static long busyMillis(List<ExecutorFacts> executors) {
    long busy = 0;
    for (ExecutorFacts executor : executors) {
      ProcessProfile process = executor.process();
      busy += process == null ? 0 : process.attempts().wallNanos() / 1_000_000;
    }
    return busy;
  }
}
