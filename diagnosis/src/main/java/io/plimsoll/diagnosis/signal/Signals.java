// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.signal;

import io.plimsoll.profile.ProcessProfile;
import io.plimsoll.profile.RunProfile;
import java.util.List;

/** Makes signals of all that is known of a run. */
public final class Signals {
  private Signals() {}

  /**
   * The signals of a run, of the components it uses, and of how it compares with earlier runs.
   *
   * @param components as their readers told them
   */
  public static SignalSet of(
      RunProfile run, List<ProcessProfile> components, SignalHistory history) {
    SignalSet own = SparkSignals.of(run).with(FlinkSignals.of(run));
    return own.with(ComponentSignals.of(components)).with(HistorySignals.of(own, history));
  }
}
