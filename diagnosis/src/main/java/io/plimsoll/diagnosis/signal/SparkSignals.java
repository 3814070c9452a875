// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.signal;

import io.plimsoll.profile.RunProfile;
import io.plimsoll.profile.StageProfile;

/** Makes signals of a Spark run: of itself, its driver, executors, stages and queries. */
public final class SparkSignals {
  private SparkSignals() {}

  /** Nothing for a run of another engine. */
  public static SignalSet of(RunProfile run) {
    SignalSet.Builder signals = SignalSet.builder();
    if (!run.engine().isEmpty() && !run.engine().equals("spark")) {
      return signals.build();
    }
    RunFacts facts = RunFacts.of(run);
    RunSignals.add(run, facts, signals);
    ConfigSignals.add(run, facts, signals);
    StageSignals stages = new StageSignals(run, facts, signals);
    for (StageProfile stage : run.stages()) {
      stages.add(stage);
    }
    ExecutorSignals.add(run, facts, signals);
    PathSignals.add(run, signals);
    QuerySignals.add(run, signals);
    ProcessSignals.add(run, facts, signals);
    if (facts.isLocal()) {
      signals
          .absent(ComponentType.EXECUTOR, "In local mode the tasks run inside the driver.")
          .absent(ComponentType.EXECUTORS, "In local mode the tasks run inside the driver.");
    }
    return signals.build();
  }
}
