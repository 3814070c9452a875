// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.signal;

import io.plimsoll.profile.ContainerSize;
import io.plimsoll.profile.EngineSums;
import io.plimsoll.profile.ExecutorProfile;
import io.plimsoll.profile.GaugeProfile;
import io.plimsoll.profile.JobProfile;
import io.plimsoll.profile.ProcessProfile;
import io.plimsoll.profile.RunProfile;
import io.plimsoll.profile.StageProfile;
import io.plimsoll.wire.Metric;
import io.plimsoll.wire.Role;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What several points read from a run. */
public final class RunFacts {
  private static final long MIB = 1L << 20;

  /** As many times more tasks than ends of them as mean that ends were lost. */
  private static final double LEAST_LOST = 1.05;

  private final RunProfile run;
  private final List<ExecutorFacts> executors;

  private RunFacts(RunProfile run) {
    this.run = run;
    this.executors = executors(run);
  }

  public static RunFacts of(RunProfile run) {
    return new RunFacts(run);
  }

  public List<ExecutorFacts> executors() {
    return executors;
  }

  /** Whether tasks run inside the driver, so that there is no executor process to speak of. */
  public boolean isLocal() {
    return master().matches("local(\\[.*])?");
  }

  /** The container by the configuration; empty while the configuration is not known. */
  public Optional<ContainerSize> container(Role role) {
    if (run.config().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        role == Role.DRIVER
            ? ContainerSize.driver(run.config())
            : ContainerSize.executor(run.config()));
  }

  /** Tasks that all executors together can run at once; at least 1. */
  public long slots() {
    long taskCpus = Math.max(1, wholeNumber("spark.task.cpus").orElse(1));
    return Math.max(1, executors.stream().mapToLong(executor -> executor.cores() / taskCpus).sum());
  }

  public long coreMillis() {
    return executors.stream().mapToLong(ExecutorFacts::coreMillis).reduce(0, Saturating::plus);
  }

  public long lifetimeMillis() {
    return executors.stream().mapToLong(ExecutorFacts::lifetimeMillis).reduce(0, Saturating::plus);
  }

  /** The time in which at least one job ran; a job without an end runs on. */
  public Spans jobSpans() {
    long now = run.startMillis() + run.wallMillis();
    List<Spans.Span> spans = new ArrayList<>();
    for (JobProfile job : run.jobs()) {
      if (job.startMillis() >= 0) {
        spans.add(new Spans.Span(job.startMillis(), job.endMillis() >= 0 ? job.endMillis() : now));
      }
    }
    return Spans.union(spans);
  }

  /**
   * How far what has arrived can be trusted: 1 when everything has, less when envelopes are missing
   * or were dropped, less again while the run goes on.
   */
  public double trust() {
    return trust(run);
  }

  /** As {@link #trust()}, without looking at anything else. */
  public static double trust(RunProfile run) {
    double trust = run.coverage().isComplete() ? 1 : 0.7;
    return run.complete() ? trust : trust * 0.8;
  }

  /** The highest resident set of the process in bytes; empty when it was never told. */
  public static OptionalLong peakRssBytes(ProcessProfile process) {
    GaugeProfile peak = process.gauge(Metric.RSS_PEAK);
    GaugeProfile sampled = process.gauge(Metric.RSS);
    if (peak == null && sampled == null) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(
        Math.max(peak == null ? 0 : peak.max(), sampled == null ? 0 : sampled.max()));
  }

  /** As {@link #isTaskTimeKnown(RunProfile)}, of this run. */
  public boolean isTaskTimeKnown() {
    return isTaskTimeKnown(run);
  }

  /**
   * Whether the engine told the end of nearly every task, and how long they took: while events are
   * lost, or come without their metrics, nobody can say that cores were idle.
   */
  public static boolean isTaskTimeKnown(RunProfile run) {
    EngineSums sums = run.engineSums();
    boolean isTimed = sums.tasks() == 0 || sums.runMillis() > 0;
    return isTimed && run.stages().stream().noneMatch(RunFacts::hasLostTasks);
  }

  /** A first attempt that did all of its work has at least as many ends of tasks as tasks. */
  static boolean hasLostTasks(StageProfile stage) {
    return stage.isComplete()
        && stage.failure() == null
        && stage.stageAttempt() == 0
        && stage.taskCount() > LEAST_LOST * stage.engine().tasks();
  }

  /** Bytes times milliseconds, in MiB·ms. */
  public static long mebibyteMillis(long bytes, long millis) {
    return (long) ((double) bytes / MIB * millis);
  }

  private OptionalLong wholeNumber(String key) {
    String text = run.config().getOrDefault(key, "").strip();
    return text.matches("\\d{1,6}") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
  }

  private String master() {
    return run.config().getOrDefault("spark.master", "");
  }

  private static List<ExecutorFacts> executors(RunProfile run) {
    Map<String, Deque<ProcessProfile>> unmatched = new LinkedHashMap<>();
    for (ProcessProfile process : run.processes(Role.EXECUTOR)) {
      unmatched
          .computeIfAbsent(process.identity().executorId(), any -> new ArrayDeque<>())
          .add(process);
    }
    List<ExecutorFacts> found = new ArrayList<>();
    for (ExecutorProfile executor : run.executors()) {
      if (executor.executorId().equals("driver")) {
        continue;
      }
      Deque<ProcessProfile> same = unmatched.get(executor.executorId());
      Optional<ProcessProfile> process =
          same == null ? Optional.empty() : Optional.ofNullable(same.poll());
      long end = executor.removedMillis() >= 0 ? executor.removedMillis() : run.endMillis();
      if (end < 0) {
        end =
            process
                .map(ProcessProfile::lastSampleMillis)
                .orElse(run.startMillis() + run.wallMillis());
      }
      found.add(
          new ExecutorFacts(
              executor.executorId(),
              executor.cores(),
              executor.addedMillis(),
              end,
              process.orElse(null)));
    }
    for (ProcessProfile process : unmatched.values().stream().flatMap(Deque::stream).toList()) {
      long start = process.identity().startEpochMillis();
      found.add(
          new ExecutorFacts(
              process.identity().executorId(),
              cores(run, process),
              start,
              start + process.lifetimeMillis(),
              process));
    }
    return List.copyOf(found);
  }

  private static int cores(RunProfile run, ProcessProfile process) {
    String text = run.config().getOrDefault("spark.executor.cores", "").strip();
    if (text.matches("[1-9]\\d{0,5}")) {
      return Integer.parseInt(text);
    }
    GaugeProfile visible = process.gauge(Metric.AVAILABLE_PROCESSORS);
    return visible == null ? 1 : (int) Math.max(1, visible.last());
  }
}
