// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.point;

import io.plimsoll.diagnosis.signal.RunFacts;
import io.plimsoll.diagnosis.signal.SignalHistory;
import io.plimsoll.diagnosis.signal.SignalSet;
import io.plimsoll.profile.RunProfile;
import java.util.Objects;

/**
 * All that points may look at.
 *
 * @param signals of the run and of the components that it uses
 * @param history of the same job, without this run
 * @param trust from 0 to 1: how far what has arrived of the run can be trusted
 */
public record Observed(RunProfile run, SignalSet signals, SignalHistory history, double trust) {
  public Observed {
    Objects.requireNonNull(run, "run is null");
    Objects.requireNonNull(signals, "signals is null");
    Objects.requireNonNull(history, "history is null");
  }

  public Observed(RunProfile run, SignalSet signals, SignalHistory history) {
    this(run, signals, history, RunFacts.trust(run));
  }
}
