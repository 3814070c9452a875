// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.signal;

import io.plimsoll.profile.EngineSums;
import io.plimsoll.profile.ExecutorShare;
import io.plimsoll.profile.RunProfile;
import io.plimsoll.profile.StageProfile;
import io.plimsoll.profile.TaskDetails;
import java.util.ArrayList;
import java.util.List;

/** Signals of a stage by what is told of every one of its tasks. */
final class TaskSignals {
  private static final double MIB = 1L << 20;
  private static final double NANOS_PER_SECOND = 1e9;

  /** Fewer executors than this have no median that one of them could be held against. */
  private static final int LEAST_EXECUTORS = 5;

  /** An executor that read less tells no speed. */
  private static final long LEAST_READ = 10L << 20;

  private TaskSignals() {}

  static void add(ComponentId id, StageProfile stage, RunProfile run, SignalSet.Builder signals) {
    TaskDetails details = stage.details();
    if (details.spanMillis() <= 0) {
      return;
    }
    EngineSums sums = stage.engine();
    long tasks = sums.tasks();
    signals
        .share(
            id,
            StageMetrics.DESERIALIZE_SHARE,
            details.deserializeMillis() + details.resultMillis(),
            details.spanMillis(),
            tasks)
        .share(id, StageMetrics.DELAY_SHARE, details.delayMillis(), details.spanMillis(), tasks)
        .put(id, StageMetrics.DELAY_MILLIS, details.delayMillis(), tasks)
        .put(id, StageMetrics.SPECULATIVE, details.speculative(), tasks)
        .put(id, StageMetrics.FAILURES, sums.failedTasks(), tasks)
        .put(id, StageMetrics.FETCH_FAILURES, details.fetchFailures(), tasks)
        .put(id, StageMetrics.MEMORY_FAILURES, details.memoryFailures(), tasks)
        .share(
            id,
            StageMetrics.SPECULATIVE_WON,
            details.speculativeWon(),
            details.speculative(),
            details.speculative())
        .share(
            id,
            StageMetrics.FAR_SHARE,
            details.farTasks(),
            details.placedTasks(),
            details.placedTasks());
    launch(id, stage, run, signals);
    shuffle(id, sums, details, signals);
    long worst = details.failedByHost().values().stream().mapToLong(n -> n).max().orElse(0);
    signals.share(
        id, StageMetrics.ONE_HOST_FAILURES, worst, sums.failedTasks(), sums.failedTasks());
    readers(id, details, signals);
  }

  private static void launch(
      ComponentId id, StageProfile stage, RunProfile run, SignalSet.Builder signals) {
    long first = stage.details().firstLaunchMillis();
    if (stage.submittedMillis() >= 0 && first != Long.MAX_VALUE) {
      long wait = Math.max(0, first - stage.submittedMillis());
      signals
          .put(id, StageMetrics.LAUNCH_WAIT, wait)
          .share(
              id,
              StageMetrics.LAUNCH_WAIT_SHARE,
              Math.min(wait, run.wallMillis()),
              run.wallMillis(),
              1);
    }
  }

  private static void shuffle(
      ComponentId id, EngineSums sums, TaskDetails details, SignalSet.Builder signals) {
    if (details.writeNanos() > 0) {
      signals.put(
          id,
          StageMetrics.WRITE_SPEED,
          sums.shuffleWriteBytes() / MIB / (details.writeNanos() / NANOS_PER_SECOND),
          sums.tasks());
    }
    long blocks = details.localBlocks() + details.remoteBlocks();
    signals
        .share(id, StageMetrics.SMALL_BLOCK, sums.shuffleReadBytes(), blocks, blocks)
        .share(
            id,
            StageMetrics.REMOTE_SHARE,
            details.remoteBytes(),
            sums.shuffleReadBytes(),
            sums.tasks());
  }

  /** Bytes for each millisecond of task time, executor by executor. */
  private static void readers(ComponentId id, TaskDetails details, SignalSet.Builder signals) {
    List<Double> speeds = new ArrayList<>();
    for (ExecutorShare share : details.executors().values()) {
      if (share.readBytes() >= LEAST_READ && share.succeededMillis() > 0) {
        speeds.add((double) share.readBytes() / share.succeededMillis());
      }
    }
    if (speeds.size() >= LEAST_EXECUTORS) {
      double slowest = speeds.stream().mapToDouble(each -> each).min().orElse(0);
      signals.share(
          id, StageMetrics.SLOW_READER, Spread.of(speeds).median(), slowest, speeds.size());
    }
  }
}
