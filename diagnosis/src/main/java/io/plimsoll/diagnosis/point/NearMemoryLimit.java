// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.point;

import io.plimsoll.diagnosis.finding.Finding;
import io.plimsoll.diagnosis.finding.Severity;
import io.plimsoll.diagnosis.signal.Origin;
import io.plimsoll.diagnosis.signal.RunFacts;
import io.plimsoll.profile.ContainerSize;
import io.plimsoll.profile.GaugeProfile;
import io.plimsoll.profile.ProcessProfile;
import io.plimsoll.profile.RunProfile;
import io.plimsoll.wire.Metric;
import io.plimsoll.wire.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A process came close to, or over, the memory at which it is killed. */
final class NearMemoryLimit implements RunPoint {
  private static final Thresholds LIMITS =
      new Thresholds("highest resident set over container or cgroup limit", 0.93, 0.95, 0.98, 1.0);

  private static final PointDescription DESCRIPTION =
      PointDescription.ofRun(
          "memory.near-limit",
          "MEM-08",
          "little distance to the memory limit",
          "executor or driver",
          "YARN kills a process whose resident set passes its container, the kernel one that passes"
              + " its cgroup; standalone Spark lets it live, so nobody notices until it moves.",
          List.of("process.memory.rss.peak", "cgroup.memory.limit", "configuration"),
          LIMITS,
          "5 % below the limit as warning; from 1.0 on the process is over it",
          "Raise the overhead, or find what grows outside the heap.",
          Origin.AGENT);

  @Override
  public PointDescription description() {
    return DESCRIPTION;
  }

  @Override
  public List<Finding> evaluate(RunProfile run) {
    RunFacts facts = RunFacts.of(run);
    List<Finding> findings = new ArrayList<>();
    for (Role role : List.of(Role.DRIVER, Role.EXECUTOR)) {
      for (ProcessProfile process : run.processes(role)) {
        judge(facts, process).ifPresent(findings::add);
      }
    }
    if (findings.isEmpty()) {
      findings.add(
          new FindingDraft(DESCRIPTION, "run")
              .notEvaluated(
                  "a resident set with a container or cgroup limit beside it",
                  "The agent in driver and executors"));
    }
    return findings;
  }

  private static Optional<Finding> judge(RunFacts facts, ProcessProfile process) {
    OptionalLong rss = RunFacts.peakRssBytes(process);
    Optional<ContainerSize> container =
        facts.isLocal() ? Optional.empty() : facts.container(process.role());
    GaugeProfile cgroup = process.gauge(Metric.CGROUP_MEMORY_LIMIT);
    if (rss.isEmpty() || (container.isEmpty() && cgroup == null)) {
      return Optional.empty();
    }
    String component =
        process.role() == Role.DRIVER ? "driver" : "executor:" + process.identity().executorId();
    FindingDraft draft =
        new FindingDraft(DESCRIPTION, component)
            .evidence("highest resident set", rss.getAsLong(), "bytes", component)
            .confidence(facts.trust());
    long limit = Long.MAX_VALUE;
    String name = "";
    if (container.isPresent()) {
      limit = container.get().totalBytes();
      name = "container by YARN's formula";
      draft.evidence(name, limit, "bytes", "configuration");
    }
    if (cgroup != null) {
      draft.evidence("cgroup limit", cgroup.min(), "bytes", component);
      if (cgroup.min() < limit) {
        limit = cgroup.min();
        name = "cgroup limit";
      }
    }
    double share = limit <= 0 ? 1 : (double) rss.getAsLong() / limit;
    Severity severity = LIMITS.severity(share);
    return Optional.of(
        draft.judge(
            severity,
            "The resident set reached "
                + Wording.percent(share)
                + " of the "
                + name
                + " ("
                + Wording.size(rss.getAsLong())
                + " of "
                + Wording.size(limit)
                + ").",
            "Raise spark."
                + (process.role() == Role.DRIVER ? "driver" : "executor")
                + ".memoryOverhead, or find what grows outside the heap."));
  }
}
