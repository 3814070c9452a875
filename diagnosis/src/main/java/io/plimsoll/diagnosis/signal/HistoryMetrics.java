// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.signal;

/** What is measured of a run against earlier runs of its job. */
public final class HistoryMetrics {
  public static final SignalMetric DURATION_RATIO =
      SignalMetric.high(
          "job.duration.ratio",
          "ratio",
          SymptomFamily.LATENCY,
          Origin.HISTORY,
          "the run's wall time over the median of earlier runs");
  public static final SignalMetric DURATION_MORE =
      SignalMetric.high(
          "job.duration.more",
          "ms",
          SymptomFamily.LATENCY,
          Origin.HISTORY,
          "wall time beyond the median of earlier runs");
  public static final SignalMetric INPUT_RATIO =
      SignalMetric.high(
          "job.input.ratio",
          "ratio",
          SymptomFamily.DATA_VOLUME,
          Origin.HISTORY,
          "larger over smaller of the bytes read now and usually");
  public static final SignalMetric INPUT_DIFFERENCE =
      SignalMetric.high(
          "job.input.difference",
          "bytes",
          SymptomFamily.DATA_VOLUME,
          Origin.HISTORY,
          "difference of the bytes read to the median of earlier runs");
  public static final SignalMetric SPEED_RATIO =
      SignalMetric.high(
          "job.time_per_byte.ratio",
          "ratio",
          SymptomFamily.LATENCY,
          Origin.HISTORY,
          "wall time for each byte read over the median of earlier runs");
  public static final SignalMetric COST_RATIO =
      SignalMetric.high(
          "job.cost_per_byte.ratio",
          "ratio",
          SymptomFamily.WASTE,
          Origin.HISTORY,
          "core time for each byte read over the median of earlier runs");
  public static final SignalMetric FAILED_RUNS =
      SignalMetric.high(
          "job.runs.failed.share",
          "share",
          SymptomFamily.ERRORS,
          Origin.HISTORY,
          "share of the runs in which a job failed");
  public static final SignalMetric VARIATION =
      SignalMetric.high(
          "job.duration.variation",
          "share",
          SymptomFamily.LATENCY,
          Origin.HISTORY,
          "median distance of wall times from their median");
  public static final SignalMetric FAILED_WORK =
      SignalMetric.high(
          "job.work.failed.share",
          "share",
          SymptomFamily.ERRORS,
          Origin.HISTORY,
          "share of the task time of all runs that went into runs with failed jobs");
  public static final SignalMetric HISTORY_RUNS =
      SignalMetric.high("job.runs", "count", SymptomFamily.LATENCY, Origin.HISTORY, "earlier runs");
  public static final SignalMetric ALWAYS_FAILED =
      SignalMetric.high(
          "job.runs.failed.streak",
          "count",
          SymptomFamily.ERRORS,
          Origin.HISTORY,
          "runs in a row with a failed job, this one included");

  private HistoryMetrics() {}
}
