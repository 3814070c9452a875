// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.signal;

import java.util.ArrayList;
import java.util.List;

/**
 * What was measured in earlier runs of the same job, the oldest first; runs that failed or whose
 * inputs were missing belong in here only if they should count as usual.
 */
public record SignalHistory(List<SignalSet> runs) {
  /** No earlier run. */
  public static final SignalHistory NONE = new SignalHistory(List.of());

  /** Older runs than this many say little of the next. */
  public static final int MOST_RUNS = 30;

  public SignalHistory {
    runs = List.copyOf(runs.subList(Math.max(0, runs.size() - MOST_RUNS), runs.size()));
  }

  /** The values that this metric had in the runs that knew it, the oldest first. */
  public List<Double> values(ComponentId component, SignalMetric metric) {
    List<Double> values = new ArrayList<>();
    for (SignalSet run : runs) {
      Signal signal = run.get(component, metric);
      if (signal != null) {
        values.add(signal.value());
      }
    }
    return List.copyOf(values);
  }
}
