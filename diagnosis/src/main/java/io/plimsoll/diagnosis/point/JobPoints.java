// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.point;

import static io.plimsoll.diagnosis.point.Declaration.point;
import static io.plimsoll.diagnosis.signal.ComponentType.RUN;
import static io.plimsoll.diagnosis.signal.ComponentType.WORKFLOW;

import io.plimsoll.diagnosis.signal.HistoryMetrics;
import io.plimsoll.diagnosis.signal.RunMetrics;
import java.util.List;

/** Declared points of the recurring job that a run is one of, and of what the run cost. */
final class JobPoints {
  private JobPoints() {}

  static List<DiagnosisPoint> all() {
    return List.of(
        jobDuration(),
        jobInput(),
        jobSlower(),
        jobCostDrift(),
        jobFailsOften(),
        jobAlwaysFails(),
        jobUnsteady(),
        jobFailedWork(),
        runLong(),
        runFailed(),
        runRestarted());
  }

  private static DiagnosisPoint jobDuration() {
    return point("job.duration", "WF-05", WORKFLOW, HistoryMetrics.DURATION_RATIO)
        .anyEngine()
        .title("longer than usual")
        .meaning("The run took longer than the job usually does.")
        .limits(1.25, 1.5, 2, 4, "Cloudera: 25 % and 5 min from the median of 30 runs")
        .gate(
            HistoryMetrics.DURATION_MORE, 300_000, "The run is not five minutes longer than usual.")
        .wallCost(HistoryMetrics.DURATION_MORE)
        .show(HistoryMetrics.INPUT_RATIO)
        .counterAbove(HistoryMetrics.INPUT_RATIO, 1.25, "it read another amount of data")
        .advice("Compare with the last good run: input, plan, machines.")
        .build();
  }

  private static DiagnosisPoint jobInput() {
    return point("job.input", "WF-07", WORKFLOW, HistoryMetrics.INPUT_RATIO)
        .anyEngine()
        .title("another amount of input than usual")
        .meaning("The run read much more or less than usual.")
        .limits(1.25, 1.5, 2, 4, "Cloudera: 25 % and 100 MB")
        .gate(
            HistoryMetrics.INPUT_DIFFERENCE, 100L << 20, "The input differs by less than 100 MiB.")
        .advice("Look at the jobs upstream.")
        .build();
  }

  private static DiagnosisPoint jobSlower() {
    return point("job.slower", "SC-04", WORKFLOW, HistoryMetrics.SPEED_RATIO)
        .anyEngine()
        .title("slower for the same input")
        .meaning("Each byte takes longer than it usually does.")
        .limits(1.25, 1.5, 2, 4, "Cloudera: 25 % and 5 min")
        .gate(
            HistoryMetrics.DURATION_MORE, 300_000, "The run is not five minutes longer than usual.")
        .advice("Compare with the last good run: plan, configuration, machines.")
        .build();
  }

  private static DiagnosisPoint jobCostDrift() {
    return point("job.cost-drift", "SC-03", WORKFLOW, HistoryMetrics.COST_RATIO)
        .anyEngine()
        .title("dearer for the same input")
        .meaning("Each byte costs more core time than usual.")
        .limits(1.25, 1.5, 2, 4, "25 % above the median of 30 runs")
        .advice("Compare executors and their use with the last good run.")
        .build();
  }

  private static DiagnosisPoint jobFailsOften() {
    return point("job.fails-often", "SC-05", WORKFLOW, HistoryMetrics.FAILED_RUNS)
        .anyEngine()
        .title("fails often")
        .meaning("Many runs of the job have failed jobs.")
        .limits(0.05, 0.15, 0.3, 0.6, "more than 5 % of 30 runs")
        .advice("Read the reasons of the failures together.")
        .build();
  }

  private static DiagnosisPoint jobAlwaysFails() {
    return point("job.always-fails", "WF-03", WORKFLOW, HistoryMetrics.ALWAYS_FAILED)
        .anyEngine()
        .title("fails every time")
        .meaning("The last runs of the job all failed.")
        .limits(3, 5, 10, 20, "Compass: no success in ten days")
        .advice("Stop it, or mend the one reason.")
        .build();
  }

  private static DiagnosisPoint jobUnsteady() {
    return point("job.unsteady", "SC-06", WORKFLOW, HistoryMetrics.VARIATION)
        .anyEngine()
        .title("unsteady run time")
        .meaning("The run time differs much from run to run.")
        .limits(0.25, 0.4, 0.6, 1, "more than a quarter")
        .support(5)
        .advice("Look at the queue and the neighbours at the slow times.")
        .build();
  }

  private static DiagnosisPoint jobFailedWork() {
    return point("job.failed-work", "SC-07", WORKFLOW, HistoryMetrics.FAILED_WORK)
        .anyEngine()
        .title("work lost with failed runs")
        .meaning("Much of the job's task time went into runs that failed.")
        .limits(0.05, 0.1, 0.2, 0.5, "more than 5 %")
        .advice("Fail early: check inputs and permissions first.")
        .build();
  }

  private static DiagnosisPoint runLong() {
    return point("run.long", "WF-06", RUN, RunMetrics.WALL)
        .anyEngine()
        .title("long running")
        .meaning("The run takes hours.")
        .limits(7200000, 14400000, 43200000, 86400000, "Compass: two hours")
        .history()
        .advice("Split it, so that a failure costs less; look at the longest stage.")
        .build();
  }

  private static DiagnosisPoint runFailed() {
    return point("run.failed", "WF-01", RUN, RunMetrics.LAST_JOB_FAILED)
        .title("execution failed")
        .meaning("The last job of the run failed.")
        .limits(1, 2, 3, 4, "Compass: the final state")
        .advice("Read the reason of the failed stage.")
        .build();
  }

  private static DiagnosisPoint runRestarted() {
    return point("run.restarted", "Q-15", RUN, RunMetrics.ATTEMPT)
        .title("application master restarted")
        .meaning("An earlier attempt of the application failed.")
        .limits(1, 2, 3, 5, "Compass: more than one attempt")
        .advice("Read the end of the earlier attempt's driver log.")
        .build();
  }
}
