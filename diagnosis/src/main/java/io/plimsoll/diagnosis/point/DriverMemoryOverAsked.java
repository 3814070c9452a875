// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.point;

import io.plimsoll.diagnosis.finding.Finding;
import io.plimsoll.diagnosis.signal.Origin;
import io.plimsoll.diagnosis.signal.RunFacts;
import io.plimsoll.profile.ContainerSize;
import io.plimsoll.profile.ProcessProfile;
import io.plimsoll.profile.RunProfile;
import io.plimsoll.wire.Role;
import java.util.List;
import java.util.Optional;

/** The driver asked for more memory than it needed. */
final class DriverMemoryOverAsked implements RunPoint {
  private static final Thresholds LIMITS =
      new Thresholds("unused share of the driver's container", 0.3, 0.5, 0.7, 0.85);

  private static final PointDescription DESCRIPTION =
      PointDescription.ofRun(
          "memory.driver-over-asked",
          "DR-03",
          "driver memory over-asked",
          "driver",
          "The driver left this share of its container unused. Its container is counted as in"
              + " cluster mode, also where it ran as a client.",
          List.of(
              "process.memory.rss.peak",
              "heap after collections",
              "jvm.heap.committed",
              "configuration"),
          LIMITS,
          "the same as for executors; Dr. Elephant's driver limits (1.25, 1.5, 2, 3 times the peak)"
              + " are 20, 33, 50 and 67 % unused",
          "Lower spark.driver.memory; the recommendation says how far.",
          Origin.AGENT);

  @Override
  public PointDescription description() {
    return DESCRIPTION;
  }

  @Override
  public List<Finding> evaluate(RunProfile run) {
    RunFacts facts = RunFacts.of(run);
    FindingDraft draft = new FindingDraft(DESCRIPTION, DESCRIPTION.component());
    Optional<ContainerSize> container = facts.container(Role.DRIVER);
    if (container.isEmpty()) {
      return List.of(draft.notEvaluated("the run's configuration", "The agent in the driver"));
    }
    for (ProcessProfile driver : run.processes(Role.DRIVER)) {
      Optional<MemoryNeed> need = MemoryNeed.of(driver);
      if (need.isPresent()) {
        return List.of(
            OverAsked.judge(
                LIMITS,
                draft,
                "driver",
                need.get(),
                container.get().totalBytes(),
                facts,
                driver.lifetimeMillis(),
                "driver"));
      }
    }
    return List.of(draft.notEvaluated("the driver's resident set", "The agent in the driver"));
  }
}
