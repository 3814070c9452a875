// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.signal;

import io.plimsoll.profile.GaugeProfile;
import io.plimsoll.profile.ProcessProfile;
import io.plimsoll.profile.RunProfile;
import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.EventKind;
import io.plimsoll.wire.EventNumber;
import io.plimsoll.wire.EventText;
import io.plimsoll.wire.Metric;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Signals of a Flink job's checkpoints, savepoints and state. */
final class CheckpointSignals {
  private static final double NANOS_PER_MILLI = 1e6;
  private static final double MILLIS_PER_HOUR = 3.6e6;

  private CheckpointSignals() {}

  static void add(RunProfile run, SignalSet.Builder signals) {
    for (EngineEvent counts : run.details().facts(EventKind.FLINK_CHECKPOINTS)) {
      long failed = counts.number(EventNumber.FAILED_COUNT, -1);
      long completed = counts.number(EventNumber.COMPLETED_COUNT, -1);
      if (failed >= 0 && completed >= 0) {
        signals.share(
            ComponentId.RUN,
            FlinkMetrics.CHECKPOINTS_FAILED,
            failed,
            (double) failed + completed,
            failed + completed);
      }
    }
    List<EngineEvent> completed = new ArrayList<>();
    long savepoints = 0;
    for (EngineEvent checkpoint : run.details().facts(EventKind.FLINK_CHECKPOINT)) {
      boolean savepoint =
          String.valueOf(checkpoint.text(EventText.CHECKPOINT_TYPE)).contains("SAVEPOINT");
      String state = String.valueOf(checkpoint.text(EventText.FLINK_STATE));
      savepoints += savepoint && state.equals("FAILED") ? 1 : 0;
      if (!savepoint && state.equals("COMPLETED")) {
        completed.add(checkpoint);
      }
    }
    if (!run.details().facts(EventKind.FLINK_CHECKPOINTS).isEmpty()) {
      signals.put(ComponentId.RUN, FlinkMetrics.SAVEPOINTS_FAILED, savepoints);
    }
    completed.sort(Comparator.comparingLong(CheckpointSignals::triggered));
    if (!completed.isEmpty()) {
      durations(run, completed, signals);
      state(completed, signals);
    }
  }

  private static void durations(
      RunProfile run, List<EngineEvent> completed, SignalSet.Builder signals) {
    List<Double> durations = new ArrayList<>();
    List<Double> gaps = new ArrayList<>();
    long before = -1;
    for (EngineEvent checkpoint : completed) {
      durations.add((double) checkpoint.number(EventNumber.END_TO_END_MILLIS, 0));
      if (before >= 0 && triggered(checkpoint) > before) {
        gaps.add((double) triggered(checkpoint) - before);
      }
      before = triggered(checkpoint);
    }
    double usual = Spread.of(durations).median();
    signals.put(ComponentId.RUN, FlinkMetrics.CHECKPOINT_DURATION, usual, durations.size());
    if (!gaps.isEmpty()) {
      double interval = Spread.of(gaps).median();
      double age = Math.max(0, run.startMillis() + run.wallMillis() - before);
      signals
          .share(ComponentId.RUN, FlinkMetrics.CHECKPOINT_AGE, age, interval, gaps.size())
          .share(ComponentId.RUN, FlinkMetrics.CHECKPOINT_SHARE, usual, interval, gaps.size());
    }
    double delay = -1;
    for (ProcessProfile process : run.processes()) {
      for (GaugeProfile gauge : process.instances(Metric.FLINK_CHECKPOINT_START_DELAY).values()) {
        delay = Math.max(delay, gauge.mean() / NANOS_PER_MILLI);
      }
    }
    if (delay >= 0) {
      signals.share(ComponentId.RUN, FlinkMetrics.ALIGNMENT, Math.min(delay, usual), usual, 1);
    }
  }

  private static void state(List<EngineEvent> completed, SignalSet.Builder signals) {
    EngineEvent first = completed.get(0);
    EngineEvent last = completed.get(completed.size() - 1);
    double from = first.number(EventNumber.STATE_BYTES, 0);
    double to = last.number(EventNumber.STATE_BYTES, 0);
    double hours = (triggered(last) - triggered(first)) / MILLIS_PER_HOUR;
    signals.put(ComponentId.RUN, FlinkMetrics.STATE_BYTES, to, completed.size());
    if (from > 0 && hours > 0.1) {
      signals.put(
          ComponentId.RUN,
          FlinkMetrics.STATE_GROWTH,
          Math.max(0, (to - from) / from / hours),
          completed.size());
    }
  }

  private static long triggered(EngineEvent checkpoint) {
    return checkpoint.number(EventNumber.TRIGGERED_MILLIS, checkpoint.epochMillis());
  }
}
