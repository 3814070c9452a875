// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.signal;

import io.plimsoll.profile.ContainerSize;
import io.plimsoll.profile.Distribution;
import io.plimsoll.profile.EngineSums;
import io.plimsoll.profile.ExecutorProfile;
import io.plimsoll.profile.RunProfile;
import io.plimsoll.profile.StageProfile;
import io.plimsoll.wire.Role;
import java.util.Locale;
import java.util.Optional;

/** Signals of the stages of a run. */
final class StageSignals {
  /** Below this many tasks a median says nothing. */
  private static final int LEAST_TASKS = 3;

  private static final long TINY_TASK_MILLIS = 500;

  /** Spark keeps this much of the heap for itself. */
  private static final long RESERVED_BYTES = 300L << 20;

  private final RunProfile run;
  private final long slots;
  private final double executionBytesPerTask;
  private final SignalSet.Builder signals;
  private final boolean accelerated;
  private final long hosts;

  StageSignals(RunProfile run, RunFacts facts, SignalSet.Builder signals) {
    this.run = run;
    this.signals = signals;
    String plugins =
        run.config().getOrDefault("spark.plugins", "")
            + run.config().getOrDefault("spark.sql.extensions", "")
            + run.config().getOrDefault("spark.databricks.clusterUsageTags.runtimeEngine", "");
    this.accelerated =
        plugins.toLowerCase(Locale.ROOT).matches("(?s).*(rapids|nvidia|gluten|comet|photon).*");
    this.hosts = run.executors().stream().map(ExecutorProfile::host).distinct().count();
    this.slots = facts.executors().isEmpty() ? 0 : facts.slots();
    this.executionBytesPerTask = executionBytesPerTask(run, facts);
  }

  void add(StageProfile stage) {
    signals.put(ComponentId.RUN, StageMetrics.ACCELERATED, accelerated ? 1 : 0);
    ComponentId id = ComponentId.of(ComponentType.STAGE, stage.id());
    signals.label(
        id,
        stage.name().isEmpty()
            ? "stage " + stage.id()
            : "stage " + stage.id() + " " + stage.name());
    EngineSums sums = stage.engine();
    long span =
        stage.isComplete() && stage.submittedMillis() >= 0
            ? Math.max(0, stage.completedMillis() - stage.submittedMillis())
            : -1;
    if (span >= 0) {
      signals.put(id, StageMetrics.SPAN, span);
      signals.share(
          id, StageMetrics.RUN_SHARE, Math.min(span, run.wallMillis()), run.wallMillis(), 1);
    }
    if (sums.tasks() > 0) {
      tasks(id, stage, sums);
      data(id, sums);
      memory(id, sums);
      partition(id, stage, sums);
      TaskSignals.add(id, stage, run, signals);
      signals
          .put(id, StageMetrics.ACCELERATED, accelerated ? 1 : 0)
          .put(id, StageMetrics.HOSTS, hosts);
      if (span > 0 && slots > 0 && sums.runMillis() > 0 && !RunFacts.hasLostTasks(stage)) {
        cores(id, sums, span);
      }
    }
  }

  private void tasks(ComponentId id, StageProfile stage, EngineSums sums) {
    long tasks = sums.tasks();
    long run = sums.runMillis();
    signals
        .put(id, StageMetrics.TASKS, tasks, tasks)
        .put(id, StageMetrics.CORE_MILLIS, run, tasks)
        .share(id, StageMetrics.FAILED_SHARE, sums.failedTasks(), tasks, tasks)
        .share(id, StageMetrics.GC_SHARE, sums.gcMillis(), run, tasks)
        .put(id, StageMetrics.GC_MILLIS, sums.gcMillis(), tasks);
    if (sums.cpuNanos() > 0) {
      signals
          .share(id, StageMetrics.CPU_SHARE, sums.cpuNanos() / 1e6, run, tasks)
          .put(id, StageMetrics.WAITING_MILLIS, Math.max(0, run - sums.cpuNanos() / 1e6), tasks);
    }
    Distribution times = stage.taskRunMillis();
    if (times.count() >= LEAST_TASKS) {
      distribution(id, stage, times);
    }
  }

  private void distribution(ComponentId id, StageProfile stage, Distribution times) {
    long count = times.count();
    long tail = Math.max(0, times.max() - times.median());
    double ratio = (double) times.max() / Math.max(1, times.median());
    signals
        .put(id, StageMetrics.TASK_MEDIAN, times.median(), count)
        .put(id, StageMetrics.TASK_MEAN, (double) times.sum() / count, count)
        .put(id, StageMetrics.TASK_MAX, times.max(), count)
        .put(id, StageMetrics.TINY_TASKS, times.median() < TINY_TASK_MILLIS ? count : 0, count)
        .put(id, StageMetrics.TAIL_RATIO, ratio, count)
        .put(id, StageMetrics.TAIL_MILLIS, tail, count)
        .share(
            id, StageMetrics.TAIL_SHARE, Math.min(tail, run.wallMillis()), run.wallMillis(), count);
    Distribution read = stage.taskReadBytes();
    if (read.count() >= LEAST_TASKS && read.max() > 0) {
      double middle = read.median() > 0 ? read.median() : (double) read.sum() / read.count();
      double dataRatio = read.max() / middle;
      signals
          .put(id, StageMetrics.DATA_RATIO, dataRatio, read.count())
          .put(id, StageMetrics.MOST_READ, read.max(), read.count())
          .put(id, StageMetrics.MEDIAN_READ, read.median(), read.count());
    }
  }

  private void data(ComponentId id, EngineSums sums) {
    long tasks = sums.tasks();
    long read = sums.inputBytes() + sums.shuffleReadBytes();
    signals
        .put(id, StageMetrics.INPUT, sums.inputBytes(), tasks)
        .put(id, StageMetrics.OUTPUT, sums.outputBytes(), tasks)
        .put(id, StageMetrics.SHUFFLE_READ, sums.shuffleReadBytes(), tasks)
        .put(id, StageMetrics.SHUFFLE_WRITE, sums.shuffleWriteBytes(), tasks)
        .put(id, StageMetrics.ONE_TASK_READ, tasks == 1 ? read : 0, tasks);
    if (sums.shuffleWriteBytes() > 0) {
      signals.share(id, StageMetrics.AMPLIFICATION, sums.shuffleWriteBytes(), read, tasks);
    }
    if (sums.shuffleReadBytes() > 0) {
      signals
          .share(
              id,
              StageMetrics.FETCH_WAIT_SHARE,
              sums.shuffleFetchWaitMillis(),
              sums.runMillis(),
              tasks)
          .put(id, StageMetrics.FETCH_WAIT_MILLIS, sums.shuffleFetchWaitMillis(), tasks);
    }
  }

  private void memory(ComponentId id, EngineSums sums) {
    signals
        .put(id, StageMetrics.DISK_SPILL, sums.diskSpillBytes(), sums.tasks())
        .put(id, StageMetrics.MEMORY_SPILL, sums.memorySpillBytes(), sums.tasks());
    if (executionBytesPerTask > 0 && sums.peakExecutionBytes() > 0) {
      signals.put(
          id,
          StageMetrics.EXECUTION_SHARE,
          sums.peakExecutionBytes() / executionBytesPerTask,
          sums.tasks());
    }
  }

  /** What is read from storage flows through; what is shuffled is sorted, joined or grouped. */
  private void partition(ComponentId id, StageProfile stage, EngineSums sums) {
    Distribution read = stage.taskReadBytes();
    if (executionBytesPerTask > 0 && read.count() > 0) {
      double most = sums.shuffleReadBytes() >= sums.inputBytes() ? read.max() : 0;
      signals.put(id, StageMetrics.READ_MEMORY_SHARE, most / executionBytesPerTask, read.count());
    }
  }

  private void cores(ComponentId id, EngineSums sums, long span) {
    signals
        .put(id, StageMetrics.PARALLELISM, (double) sums.tasks() / slots, sums.tasks())
        .put(
            id,
            StageMetrics.IDLE_CORE_MILLIS,
            Math.max(0, Saturating.times(span, slots) - sums.runMillis()),
            sums.tasks())
        .share(
            id,
            StageMetrics.IDLE_SHARE,
            Math.max(0, Math.min(span, run.wallMillis()) * (double) slots - sums.runMillis()),
            (double) run.wallMillis() * slots,
            sums.tasks());
  }

  /** Unified memory of an executor over the tasks it runs at once; 0 when unknown. */
  private static double executionBytesPerTask(RunProfile run, RunFacts facts) {
    Optional<ContainerSize> size = ConfigSignals.container(facts, Role.EXECUTOR);
    long cores = facts.executors().stream().mapToLong(ExecutorFacts::cores).max().orElse(0);
    if (size.isEmpty() || cores == 0) {
      return 0;
    }
    double fraction = 0.6;
    String text = run.config().getOrDefault("spark.memory.fraction", "0.6").strip();
    if (text.matches("0?\\.\\d{1,6}")) {
      fraction = Double.parseDouble(text);
    }
    double unified =
        Math.max(0, size.get().heapBytes() - RESERVED_BYTES) * fraction + size.get().offHeapBytes();
    return unified / cores;
  }
}
