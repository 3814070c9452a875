// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.point;

import io.plimsoll.diagnosis.finding.Finding;
import io.plimsoll.diagnosis.finding.Severity;
import io.plimsoll.diagnosis.signal.Origin;
import io.plimsoll.diagnosis.signal.RunFacts;
import io.plimsoll.profile.ProcessProfile;
import io.plimsoll.profile.RunProfile;
import io.plimsoll.wire.Metric;
import io.plimsoll.wire.Role;
import java.util.ArrayList;
import java.util.List;

/** Garbage collection takes a large share of a process's CPU or stops it for long. */
final class GcPressure implements RunPoint {
  private static final Thresholds LIMITS =
      new Thresholds("GC's share of CPU time or of lifetime", 0.08, 0.1, 0.15, 0.2);

  private static final PointDescription DESCRIPTION =
      PointDescription.ofRun(
          "gc.pressure",
          "GC-01",
          "GC pressure",
          "executors, driver",
          "The collectors' threads take this share of the process's CPU time, or their pauses this"
              + " share of its life, in the process that is hit worst. CPU time counts concurrent"
              + " work, which no pause shows.",
          List.of("jvm.cpu.gc", "process.cpu.time", "collection pauses"),
          LIMITS,
          "Dr. Elephant's Spark limits (8, 10, 15, 20 % of task time)",
          "Give the heap more room above its live set, or allocate less.",
          Origin.AGENT);

  @Override
  public PointDescription description() {
    return DESCRIPTION;
  }

  @Override
  public List<Finding> evaluate(RunProfile run) {
    RunFacts facts = RunFacts.of(run);
    List<Finding> findings = new ArrayList<>();
    if (!facts.isLocal()) {
      findings.add(judge(run, facts, Role.EXECUTOR, "executors"));
    }
    findings.add(judge(run, facts, Role.DRIVER, "driver"));
    return findings;
  }

  private static Finding judge(RunProfile run, RunFacts facts, Role role, String component) {
    FindingDraft draft = new FindingDraft(DESCRIPTION, component).confidence(facts.trust());
    double worst = -1;
    String who = "";
    long gcMillis = 0;
    for (ProcessProfile process : run.processes(role)) {
      double share = Math.max(cpuShare(process), pauseShare(process));
      gcMillis +=
          Math.max(process.counter(Metric.CPU_GC, 0) / 1_000_000, process.gc().pauseMillis());
      if (share > worst) {
        worst = share;
        who = role == Role.DRIVER ? "driver" : "executor:" + process.identity().executorId();
        draft
            .evidence("GC share of CPU time", Math.max(0, cpuShare(process)), "ratio", who)
            .evidence("GC pause share of lifetime", Math.max(0, pauseShare(process)), "ratio", who);
      }
    }
    if (worst < 0) {
      return draft.notEvaluated(
          "collections or the collectors' CPU time", "The agent in the " + component);
    }
    Severity severity = LIMITS.severity(worst);
    long held =
        role == Role.EXECUTOR
            ? facts.coreMillis()
            : run.processes(role).stream().mapToLong(ProcessProfile::lifetimeMillis).sum();
    return draft
        .cost(0, Math.min(gcMillis, held))
        .judge(
            severity,
            "Collecting garbage takes " + Wording.percent(worst) + " of " + who + ".",
            "Give the heap more room above its live set, or allocate less.");
  }

  /** Negative when unknown. */
  private static double cpuShare(ProcessProfile process) {
    long gc = process.counter(Metric.CPU_GC, -1);
    long all = process.counter(Metric.PROCESS_CPU, -1);
    return gc < 0 || all <= 0 ? -1 : (double) gc / all;
  }

  /** Negative when unknown. */
  private static double pauseShare(ProcessProfile process) {
    long lifetime = process.lifetimeMillis();
    return process.gc().collections() == 0 || lifetime == 0
        ? -1
        : (double) process.gc().pauseMillis() / lifetime;
  }
}
