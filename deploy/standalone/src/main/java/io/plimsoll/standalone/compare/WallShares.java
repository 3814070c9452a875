// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.compare;

import io.plimsoll.profile.JobProfile;
import io.plimsoll.profile.RunProfile;
import io.plimsoll.profile.StageProfile;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * A run's wall time divided without a rest, in milliseconds: a moment in which several stages run
 * belongs to them in equal parts, one with a job but no stage to the scheduling between stages, and
 * one without a job to the driver.
 *
 * @param stages by {@code stage.attempt}
 */
record WallShares(Map<String, Double> stages, double betweenStages, double withoutJob) {
  WallShares {
    stages = Map.copyOf(stages);
  }

  static WallShares of(RunProfile run) {
    return new Sweep(run).shares();
  }

  /** What begins or ends at a moment. */
  private static final class Change {
    private final Map<String, Integer> stages = new HashMap<>();
    private int jobs;
  }

  /** Goes once over all beginnings and ends. */
  private static final class Sweep {
    private final long start;
    private final long end;
    private final TreeMap<Long, Change> changes = new TreeMap<>();

    private Sweep(RunProfile run) {
      start = run.startMillis();
      end = start + run.wallMillis();
      for (JobProfile job : run.jobs()) {
        long to = clamp(job.endMillis() < 0 ? end : job.endMillis());
        if (to > clamp(job.startMillis())) {
          at(clamp(job.startMillis())).jobs++;
          at(to).jobs--;
        }
      }
      for (StageProfile stage : run.stages()) {
        long to = clamp(stage.isComplete() ? stage.completedMillis() : end);
        if (stage.submittedMillis() >= 0 && to > clamp(stage.submittedMillis())) {
          at(clamp(stage.submittedMillis())).stages.merge(stage.id(), 1, Integer::sum);
          at(to).stages.merge(stage.id(), -1, Integer::sum);
        }
      }
    }

    private long clamp(long millis) {
      return Math.max(start, Math.min(end, millis));
    }

    private Change at(long millis) {
      return changes.computeIfAbsent(millis, any -> new Change());
    }

    private WallShares shares() {
      Map<String, Double> sums = new HashMap<>();
      Map<String, Integer> running = new HashMap<>();
      double between = 0;
      double without = 0;
      int jobs = 0;
      long last = start;
      at(end);
      for (Map.Entry<Long, Change> entry : changes.entrySet()) {
        double span = entry.getKey() - last;
        if (!running.isEmpty()) {
          double part = span / running.size();
          running.keySet().forEach(stage -> sums.merge(stage, part, Double::sum));
        } else if (jobs > 0) {
          between += span;
        } else {
          without += span;
        }
        jobs += entry.getValue().jobs;
        entry
            .getValue()
            .stages
            .forEach(
                (stage, change) ->
                    running.merge(
                        stage, change, (one, other) -> one + other == 0 ? null : one + other));
        running.values().removeIf(count -> count <= 0);
        last = entry.getKey();
      }
      return new WallShares(sums, between, without);
    }
  }
}
