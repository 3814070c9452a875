// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.point;

import io.plimsoll.diagnosis.finding.Finding;
import io.plimsoll.diagnosis.signal.ExecutorFacts;
import io.plimsoll.diagnosis.signal.Origin;
import io.plimsoll.diagnosis.signal.RunFacts;
import io.plimsoll.profile.ContainerSize;
import io.plimsoll.profile.RunProfile;
import io.plimsoll.wire.Role;
import java.util.List;
import java.util.Optional;

/** Executors asked for more memory than any of them needed. */
final class ExecutorMemoryOverAsked implements RunPoint {
  private static final Thresholds LIMITS =
      new Thresholds("unused share of the container of the neediest executor", 0.3, 0.5, 0.7, 0.85);

  private static final PointDescription DESCRIPTION =
      PointDescription.ofRun(
          "memory.executors-over-asked",
          "MEM-09",
          "executor memory over-asked",
          "executors",
          "Even the executor that needed most left this share of its container unused: the queue"
              + " pays for memory that nothing needs.",
          List.of(
              "process.memory.rss.peak",
              "heap after collections",
              "jvm.heap.committed",
              "configuration"),
          LIMITS,
          "Garmadon's HeapUsage (30, 50, 70 % unused) and Compass's memWaste (70 %), taken of the"
              + " whole container instead of the heap",
          "Lower spark.executor.memory; the recommendation says how far.",
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
    Optional<ContainerSize> container = facts.container(Role.EXECUTOR);
    if (container.isEmpty()) {
      return List.of(draft.notEvaluated("the run's configuration", "The agent in the driver"));
    }
    MemoryNeed most = null;
    String who = "";
    for (ExecutorFacts executor : facts.executors()) {
      MemoryNeed need =
          executor.process() == null ? null : MemoryNeed.of(executor.process()).orElse(null);
      if (need != null && (most == null || need.bytes() > most.bytes())) {
        most = need;
        who = executor.component();
      }
    }
    if (most == null) {
      return List.of(
          draft.notEvaluated("the executors' resident set", "The agent in the executors"));
    }
    long asked = container.get().totalBytes();
    return List.of(
        OverAsked.judge(
            LIMITS, draft, who, most, asked, facts, facts.lifetimeMillis(), "executor"));
  }
}
