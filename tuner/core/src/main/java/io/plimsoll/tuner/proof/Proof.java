// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.tuner.proof;

import io.plimsoll.profile.ContainerSize;
import io.plimsoll.profile.ExecutorProfile;
import io.plimsoll.profile.GaugeProfile;
import io.plimsoll.profile.JobProfile;
import io.plimsoll.profile.ProcessProfile;
import io.plimsoll.profile.RunCosts;
import io.plimsoll.profile.RunProfile;
import io.plimsoll.wire.Metric;
import io.plimsoll.wire.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Judges a run under a recommendation by the run it came from. */
public final class Proof {
  /** The wall time that a passing run may take, as a multiple of the baseline's. */
  public static final double MOST_WALL = 1.10;

  private Proof() {}

  /** Compares the two runs; what cannot be seen does not pass. */
  public static Verdict compare(RunProfile baseline, RunProfile advised, ResultCheck results) {
    List<String> reasons = new ArrayList<>(faults(advised));
    if (results == ResultCheck.DIFFERENT) {
      reasons.add("the results differ from the baseline's");
    } else if (results == ResultCheck.NOT_COMPARED) {
      reasons.add("the results were not compared with the baseline's");
    }
    long before = baseline.wallMillis();
    long after = advised.wallMillis();
    if (before == 0 || after == 0) {
      reasons.add("the wall time of a run is not known");
    } else if (after > MOST_WALL * before) {
      reasons.add(
          String.format(
              Locale.ROOT,
              "wall time %.1f s is %.2f of the baseline's %.1f s, above 1.10",
              after / 1e3,
              (double) after / before,
              before / 1e3));
    }
    RunCosts costsBefore = RunCosts.of(baseline);
    RunCosts costsAfter = RunCosts.of(advised);
    return new Verdict(
        reasons.isEmpty(),
        reasons,
        Savings.of(costsBefore.executors(), costsAfter.executors(), before, after),
        Savings.of(costsBefore.driver(), costsAfter.driver(), before, after),
        Savings.of(costsBefore.total(), costsAfter.total(), before, after));
  }

  /** What keeps this run by itself from passing; empty when nothing does. */
  public static List<String> faults(RunProfile run) {
    List<String> faults = new ArrayList<>();
    if (!run.complete()) {
      faults.add("the run is not complete");
    }
    long failed = Math.max(run.engineSums().failedTasks(), run.attempts().failed());
    if (failed > 0) {
      faults.add(failed + (failed == 1 ? " task failed" : " tasks failed"));
    }
    for (JobProfile job : run.jobs()) {
      if (job.endMillis() >= 0 && !job.succeeded()) {
        faults.add("job " + job.jobId() + " failed");
      }
    }
    if (run.config().isEmpty()) {
      faults.add("the configuration, and with it the container, is not known");
      return faults;
    }
    overContainer(run, Role.DRIVER, ContainerSize.driver(run.config()), faults);
    overContainer(run, Role.EXECUTOR, ContainerSize.executor(run.config()), faults);
    for (ExecutorProfile executor : run.executors()) {
      boolean seen =
          run.processes(Role.EXECUTOR).stream()
              .anyMatch(each -> each.identity().executorId().equals(executor.executorId()));
      if (!seen && !executor.executorId().equals("driver")) {
        faults.add("executor " + executor.executorId() + " was not observed");
      }
    }
    return faults;
  }

  private static void overContainer(
      RunProfile run, Role role, ContainerSize container, List<String> faults) {
    for (ProcessProfile process : run.processes(role)) {
      String who =
          role == Role.DRIVER ? "the driver" : "executor " + process.identity().executorId();
      GaugeProfile peak = process.gauge(Metric.RSS_PEAK);
      GaugeProfile sampled = process.gauge(Metric.RSS);
      if (peak == null && sampled == null) {
        faults.add("the resident set of " + who + " is not known");
        continue;
      }
      long rss = Math.max(peak == null ? 0 : peak.max(), sampled == null ? 0 : sampled.max());
      if (rss > container.totalBytes()) {
        faults.add(
            String.format(
                Locale.ROOT,
                "%s reached %.0f MiB, above its container of %.0f MiB",
                who,
                rss / 1048576.0,
                container.totalBytes() / 1048576.0));
      }
    }
  }
}
