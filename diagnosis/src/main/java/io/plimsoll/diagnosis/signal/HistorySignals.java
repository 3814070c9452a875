// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.signal;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Signals of a run against earlier runs of its job. */
final class HistorySignals {
  /** What is read of earlier runs. */
  static final Set<SignalMetric> READ =
      Set.of(
          RunMetrics.WALL,
          RunMetrics.INPUT_BYTES,
          RunMetrics.TASK_MILLIS,
          RunMetrics.JOB_FAILED_SHARE);

  /** Fewer runs have no usual value. */
  private static final int LEAST_RUNS = 5;

  private final SignalSet now;
  private final SignalHistory history;
  private final SignalSet.Builder signals;

  private HistorySignals(SignalSet now, SignalHistory history, SignalSet.Builder signals) {
    this.now = now;
    this.history = history;
    this.signals = signals;
  }

  static SignalSet of(SignalSet now, SignalHistory history) {
    SignalSet.Builder signals = SignalSet.builder();
    if (history.runs().size() >= LEAST_RUNS) {
      new HistorySignals(now, history, signals).all();
    }
    return signals.build();
  }

  private void all() {
    int runs = history.runs().size();
    signals.put(ComponentId.WORKFLOW, HistoryMetrics.HISTORY_RUNS, runs, runs);
    List<Double> walls = history.values(ComponentId.RUN, RunMetrics.WALL);
    Double wall = value(now, RunMetrics.WALL);
    if (wall != null && walls.size() >= LEAST_RUNS) {
      Spread usual = Spread.of(walls);
      signals
          .share(
              ComponentId.WORKFLOW,
              HistoryMetrics.DURATION_RATIO,
              wall,
              usual.median(),
              walls.size())
          .put(
              ComponentId.WORKFLOW,
              HistoryMetrics.DURATION_MORE,
              Math.max(0, wall - usual.median()),
              walls.size())
          .share(
              ComponentId.WORKFLOW,
              HistoryMetrics.VARIATION,
              usual.scale(),
              usual.median(),
              walls.size());
    }
    input();
    perByte(HistoryMetrics.SPEED_RATIO, RunMetrics.WALL);
    perByte(HistoryMetrics.COST_RATIO, RunMetrics.TASK_MILLIS);
    failures();
  }

  private void input() {
    List<Double> inputs = history.values(ComponentId.RUN, RunMetrics.INPUT_BYTES);
    Double input = value(now, RunMetrics.INPUT_BYTES);
    if (input == null || inputs.size() < LEAST_RUNS) {
      return;
    }
    double usual = Spread.of(inputs).median();
    signals
        .put(
            ComponentId.WORKFLOW,
            HistoryMetrics.INPUT_RATIO,
            (Math.max(input, usual) + 1) / (Math.min(input, usual) + 1),
            inputs.size())
        .put(
            ComponentId.WORKFLOW,
            HistoryMetrics.INPUT_DIFFERENCE,
            Math.abs(input - usual),
            inputs.size());
  }

  private void perByte(SignalMetric ratio, SignalMetric metric) {
    List<Double> earlier = new ArrayList<>();
    for (SignalSet run : history.usual()) {
      Double each = perByte(run, metric);
      if (each != null) {
        earlier.add(each);
      }
    }
    Double current = perByte(now, metric);
    if (current != null && earlier.size() >= LEAST_RUNS) {
      signals.share(
          ComponentId.WORKFLOW, ratio, current, Spread.of(earlier).median(), earlier.size());
    }
  }

  private static @Nullable Double perByte(SignalSet run, SignalMetric metric) {
    Double amount = value(run, metric);
    Double bytes = value(run, RunMetrics.INPUT_BYTES);
    return amount == null || bytes == null || bytes <= 0 ? null : amount / bytes;
  }

  private void failures() {
    List<SignalSet> all = new ArrayList<>(history.runs());
    all.add(now);
    int told = 0;
    int failed = 0;
    int streak = 0;
    double work = 0;
    double failedWork = 0;
    for (SignalSet run : all) {
      Double share = value(run, RunMetrics.JOB_FAILED_SHARE);
      if (share != null) {
        told++;
        failed += share > 0 ? 1 : 0;
        streak = share > 0 ? streak + 1 : 0;
        Double millis = value(run, RunMetrics.TASK_MILLIS);
        work += millis == null ? 0 : millis;
        failedWork += millis == null || share == 0 ? 0 : millis;
      }
    }
    if (told >= LEAST_RUNS) {
      signals
          .share(ComponentId.WORKFLOW, HistoryMetrics.FAILED_RUNS, failed, told, told)
          .put(ComponentId.WORKFLOW, HistoryMetrics.ALWAYS_FAILED, streak, told)
          .share(ComponentId.WORKFLOW, HistoryMetrics.FAILED_WORK, failedWork, work, told);
    }
  }

  private static @Nullable Double value(SignalSet run, SignalMetric metric) {
    Signal signal = run.get(ComponentId.RUN, metric);
    return signal == null ? null : signal.value();
  }
}
