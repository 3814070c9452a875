// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.demo;

import io.plimsoll.tuner.proof.Proof;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether a run passes beside its baseline: no failed task, the same results, no process above its
 * container, and at most 1.10 times the baseline's wall time.
 *
 * @param complaints empty when it passes
 */
public record Passing(List<String> complaints) {
  /** The slowest that an advised run may be, over its baseline. */
  public static final double WALL_LIMIT = Proof.MOST_WALL;

  public Passing {
    complaints = List.copyOf(complaints);
  }

  public boolean passes() {
    return complaints.isEmpty();
  }

  /**
   * What speaks against the run on its own, without a baseline: its exit code, what the tuner's
   * proof finds in its profile, and the kernel's own high-water mark of each executor.
   */
  public static Passing alone(FinishedRun run) {
    List<String> complaints = new ArrayList<>();
    if (run.exitCode() != 0) {
      complaints.add("the job ended with exit code " + run.exitCode());
    }
    if (run.checksum().isEmpty()) {
      complaints.add("the job left no result checksum");
    }
    complaints.addAll(Proof.faults(run.profile()));
    long container = run.container().totalBytes();
    if (run.peakExecutorRssBytes() > container) {
      complaints.add(
          "the kernel saw an executor's resident set at "
              + Text.size(run.peakExecutorRssBytes())
              + ", above its container of "
              + Text.size(container)
              + " (YARN would kill it)");
    }
    return new Passing(complaints);
  }

  /** All of it, with the baseline's wall time and results. */
  public static Passing beside(FinishedRun run, double baselineWallMillis, String checksum) {
    List<String> complaints = new ArrayList<>(alone(run).complaints());
    if (!run.checksum().equals(checksum)) {
      complaints.add("the results differ: " + run.checksum() + " against " + checksum);
    }
    double ratio = run.wallMillis() / baselineWallMillis;
    if (ratio > WALL_LIMIT) {
      complaints.add("wall time is " + Text.number(ratio) + " times the baseline's");
    }
    return new Passing(complaints);
  }
}
