// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.bench;

import io.plimsoll.profile.SparkSize;
import io.plimsoll.standalone.demo.FinishedRun;
import io.plimsoll.standalone.demo.Passing;
import io.plimsoll.tuner.recommendation.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One real run of the demo's job, as it is kept on disk.
 *
 * @param settings what it ran with
 * @param containerBytes per executor
 * @param peakRssBytes highest resident set of any executor
 * @param checksum of its results
 * @param complaints of the run on its own: exit code, failed tasks, memory above the container
 * @param advice key to value of what the tuner recommends after it
 */
record Trial(
    Map<String, String> settings,
    long containerBytes,
    long peakRssBytes,
    long wallMillis,
    String checksum,
    List<String> complaints,
    Map<String, String> advice) {
  private static final String HEAP = "spark.executor.memory";

  Trial {
    settings = Map.copyOf(settings);
    complaints = List.copyOf(complaints);
    advice = Map.copyOf(advice);
  }

  /**
   * From a run.
   *
   * @param more complaints that the run itself cannot know
   */
  static Trial of(FinishedRun run, List<String> more) {
    Map<String, String> advice = new TreeMap<>();
    run.recommendation()
        .ifPresent(
            recommendation -> {
              for (Change change : recommendation.changes()) {
                advice.put(change.key(), change.to());
              }
            });
    List<String> complaints = new ArrayList<>(Passing.alone(run).complaints());
    complaints.addAll(more);
    return new Trial(
        run.settings(),
        run.container().totalBytes(),
        run.peakExecutorRssBytes(),
        run.wallMillis(),
        run.checksum(),
        complaints,
        advice);
  }

  /** Cores of all executors together. */
  int cores() {
    return Integer.parseInt(settings.getOrDefault("spark.cores.max", "0"));
  }

  /** Heap of one executor, MiB. */
  long heapMib() {
    return SparkSize.mebibytes(HEAP, settings.getOrDefault(HEAP, "0m"));
  }

  /** The settings with the advice in place. */
  Map<String, String> advised() {
    Map<String, String> advised = new TreeMap<>(settings);
    advised.putAll(advice);
    return advised;
  }
}
