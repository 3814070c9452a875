// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.signal;

import java.util.ArrayList;
import java.util.List;

/**
 * What was measured in earlier runs of the same job, the oldest first. Runs that failed count when
 * failures are counted, and nowhere else: what they measured is not usual. Runs without their end
 * do not belong in here.
 */
public record SignalHistory(List<SignalSet> runs) {
  /** No earlier run. */
  public static final SignalHistory NONE = new SignalHistory(List.of());

  /** Older runs than this many say little of the next. */
  public static final int MOST_RUNS = 30;

  public SignalHistory {
    runs = List.copyOf(runs.subList(Math.max(0, runs.size() - MOST_RUNS), runs.size()));
  }

  /** The runs in which no job failed, the oldest first. */
  public List<SignalSet> usual() {
    return runs.stream().filter(SignalHistory::isUsual).toList();
  }

  /** Whether no job of the run failed, as far as it was told. */
  public static boolean isUsual(SignalSet run) {
    Signal failed = run.get(ComponentId.RUN, RunMetrics.JOB_FAILED_SHARE);
    return failed == null || failed.value() == 0;
  }

  /** The values that this metric had in the usual runs that knew it, the oldest first. */
  public List<Double> values(ComponentId component, SignalMetric metric) {
    List<Double> values = new ArrayList<>();
    for (SignalSet run : runs) {
      if (!isUsual(run)) {
        continue;
      }
      Signal signal = run.get(component, metric);
      if (signal != null) {
        values.add(signal.value());
      }
    }
    return List.copyOf(values);
  }
}
