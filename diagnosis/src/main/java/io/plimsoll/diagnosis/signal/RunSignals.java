// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.signal;

import io.plimsoll.profile.ContainerSize;
import io.plimsoll.profile.EngineSums;
import io.plimsoll.profile.ExecutorProfile;
import io.plimsoll.profile.JobProfile;
import io.plimsoll.profile.RunProfile;
import io.plimsoll.profile.StageProfile;
import io.plimsoll.wire.Role;
import java.util.List;
import java.util.Optional;

/** Signals of the run, the driver and all executors together, by the driver's events. */
final class RunSignals {
  private static final long TINY_JOB_MILLIS = 1_000;
  private static final long BURST_MILLIS = 60_000;

  /** Executors that go this shortly before the run's end are being stopped with it. */
  private static final long STOPPING_MILLIS = 2_000;

  private RunSignals() {}

  static void add(RunProfile run, RunFacts facts, SignalSet.Builder signals) {
    if (run.wallMillis() > 0) {
      signals.put(ComponentId.RUN, RunMetrics.WALL, run.wallMillis());
    }
    if (run.startMillis() >= 0) {
      signals.put(ComponentId.RUN, RunMetrics.ATTEMPT, Math.max(0, run.key().attempt() - 1));
    }
    jobs(run, signals);
    stages(run, signals);
    tasks(run, signals);
    if (!facts.isLocal()) {
      executors(run, signals);
      useOfCores(run, facts, signals);
    }
  }

  private static void jobs(RunProfile run, SignalSet.Builder signals) {
    List<JobProfile> ended = run.jobs().stream().filter(job -> job.endMillis() >= 0).toList();
    if (ended.isEmpty()) {
      return;
    }
    long failed = ended.stream().filter(job -> !job.succeeded()).count();
    long tiny =
        ended.stream().filter(job -> job.endMillis() - job.startMillis() < TINY_JOB_MILLIS).count();
    int count = ended.size();
    signals
        .put(ComponentId.RUN, RunMetrics.LAST_JOB_FAILED, failedInTheEnd(run, ended) ? 1 : 0)
        .put(ComponentId.RUN, RunMetrics.JOB_COUNT, count, count)
        .share(ComponentId.RUN, RunMetrics.JOB_FAILED_SHARE, failed, count, count)
        .share(ComponentId.RUN, RunMetrics.TINY_JOB_SHARE, tiny, count, count);
  }

  /** A job that failed and was followed by others was mended by the program itself. */
  private static boolean failedInTheEnd(RunProfile run, List<JobProfile> ended) {
    long last = ended.stream().mapToLong(JobProfile::endMillis).max().orElse(-1);
    return run.endMillis() >= 0
        && ended.stream().anyMatch(job -> job.endMillis() == last && !job.succeeded());
  }

  private static void stages(RunProfile run, SignalSet.Builder signals) {
    List<StageProfile> ended = run.stages().stream().filter(StageProfile::isComplete).toList();
    if (ended.isEmpty()) {
      return;
    }
    long failed = ended.stream().filter(stage -> stage.failure() != null).count();
    long retried = run.stages().stream().filter(stage -> stage.stageAttempt() > 0).count();
    signals
        .share(ComponentId.RUN, RunMetrics.STAGE_FAILED_SHARE, failed, ended.size(), ended.size())
        .put(ComponentId.RUN, RunMetrics.STAGE_RETRIES, retried, ended.size());
  }

  private static void tasks(RunProfile run, SignalSet.Builder signals) {
    EngineSums sums = run.engineSums();
    if (sums.tasks() == 0) {
      return;
    }
    long tasks = sums.tasks();
    wasted(run, sums, signals);
    signals
        .put(ComponentId.RUN, RunMetrics.TASK_MILLIS, sums.runMillis(), tasks)
        .put(ComponentId.DRIVER, RunMetrics.RESULT_BYTES, sums.resultBytes(), tasks)
        .put(ComponentId.RUN, RunMetrics.INPUT_BYTES, sums.inputBytes(), tasks)
        .put(ComponentId.RUN, RunMetrics.OUTPUT_BYTES, sums.outputBytes(), tasks)
        .share(ComponentId.RUN, RunMetrics.TASK_GC_SHARE, sums.gcMillis(), sums.runMillis(), tasks)
        .share(ComponentId.RUN, RunMetrics.TASK_GC_SPARE, sums.gcMillis(), sums.runMillis(), tasks);
    if (sums.cpuNanos() > 0) {
      signals.share(
          ComponentId.RUN,
          RunMetrics.TASK_CPU_SHARE,
          sums.cpuNanos() / 1e6,
          sums.runMillis(),
          tasks);
    }
  }

  /** Only where details are kept: a fold of before has none. */
  private static void wasted(RunProfile run, EngineSums sums, SignalSet.Builder signals) {
    long told = run.stages().stream().mapToLong(stage -> stage.details().spanMillis()).sum();
    long wasted = run.stages().stream().mapToLong(stage -> stage.details().wastedMillis()).sum();
    if (told > 0) {
      signals.share(
          ComponentId.RUN, RunMetrics.WASTED_TASK_SHARE, wasted, sums.runMillis(), sums.tasks());
    }
  }

  private static void executors(RunProfile run, SignalSet.Builder signals) {
    List<ExecutorProfile> all =
        run.executors().stream().filter(each -> !each.executorId().equals("driver")).toList();
    if (all.isEmpty()) {
      return;
    }
    int count = all.size();
    signals.put(ComponentId.EXECUTORS, RunMetrics.EXECUTOR_COUNT, count, count);
    long first = all.stream().mapToLong(ExecutorProfile::addedMillis).min().orElse(-1);
    if (run.startMillis() >= 0 && first >= run.startMillis()) {
      long wait = first - run.startMillis();
      signals
          .put(ComponentId.EXECUTORS, RunMetrics.FIRST_EXECUTOR_WAIT, wait)
          .share(
              ComponentId.EXECUTORS,
              RunMetrics.FIRST_EXECUTOR_SHARE,
              Math.min(wait, run.wallMillis()),
              run.wallMillis(),
              1);
    }
    churn(run, all, signals);
    burst(run, all, signals);
  }

  private static void churn(RunProfile run, List<ExecutorProfile> all, SignalSet.Builder signals) {
    List<ExecutorProfile> idle =
        all.stream().filter(each -> isEarly(run, each) && Removal.isRelease(each)).toList();
    signals.share(
        ComponentId.EXECUTORS, RunMetrics.EXECUTOR_CHURN, idle.size(), all.size(), all.size());
    if (!idle.isEmpty()) {
      signals.put(
          ComponentId.EXECUTORS,
          RunMetrics.EXECUTOR_MEAN_LIFE,
          idle.stream()
              .mapToLong(each -> each.removedMillis() - each.addedMillis())
              .average()
              .orElse(0),
          idle.size());
    }
  }

  private static void burst(RunProfile run, List<ExecutorProfile> all, SignalSet.Builder signals) {
    long[] lost =
        all.stream()
            .filter(each -> isEarly(run, each) && !Removal.isDeliberate(each))
            .mapToLong(ExecutorProfile::removedMillis)
            .sorted()
            .toArray();
    int most = 0;
    int from = 0;
    for (int to = 0; to < lost.length; to++) {
      while (lost[to] - lost[from] > BURST_MILLIS) {
        from++;
      }
      most = Math.max(most, to - from + 1);
    }
    signals.share(
        ComponentId.EXECUTORS, RunMetrics.EXECUTORS_LOST_BURST, most, all.size(), all.size());
  }

  private static boolean isEarly(RunProfile run, ExecutorProfile executor) {
    return executor.removedMillis() >= 0
        && (run.endMillis() < 0 || executor.removedMillis() <= run.endMillis() - STOPPING_MILLIS);
  }

  /** By the engine's own run time of tasks, which a log has without any agent. */
  private static void useOfCores(RunProfile run, RunFacts facts, SignalSet.Builder signals) {
    EngineSums sums = run.engineSums();
    long held = facts.coreMillis();
    if (held <= 0 || sums.tasks() == 0 || !facts.isTaskTimeKnown()) {
      return;
    }
    long unused = Math.max(0, Saturating.minus(held, sums.runMillis()));
    signals
        .put(ComponentId.EXECUTORS, RunMetrics.CORE_MILLIS, held, sums.tasks())
        .put(ComponentId.EXECUTORS, RunMetrics.UNUSED_CORE_MILLIS, unused, sums.tasks())
        .share(ComponentId.EXECUTORS, RunMetrics.UNUSED_CORE_SHARE, unused, held, sums.tasks());
    Optional<ContainerSize> container = ConfigSignals.container(facts, Role.EXECUTOR);
    if (container.isPresent()) {
      double memory = RunFacts.mebibyteMillis(container.get().totalBytes(), facts.lifetimeMillis());
      signals
          .put(ComponentId.EXECUTORS, RunMetrics.MEMORY_MILLIS, memory, sums.tasks())
          .put(
              ComponentId.EXECUTORS,
              RunMetrics.UNUSED_MEMORY_MILLIS,
              memory * unused / held,
              sums.tasks());
    }
  }
}
