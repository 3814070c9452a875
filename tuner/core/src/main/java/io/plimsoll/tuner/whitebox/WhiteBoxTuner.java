// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.tuner.whitebox;

import io.plimsoll.diagnosis.finding.Finding;
import io.plimsoll.profile.ContainerSize;
import io.plimsoll.profile.Coverage;
import io.plimsoll.profile.ExecutorProfile;
import io.plimsoll.profile.GaugeProfile;
import io.plimsoll.profile.ProcessProfile;
import io.plimsoll.profile.RunProfile;
import io.plimsoll.tuner.guard.Guard;
import io.plimsoll.tuner.recommendation.Abstention;
import io.plimsoll.tuner.recommendation.Change;
import io.plimsoll.tuner.recommendation.Recommendation;
import io.plimsoll.tuner.spark.ClusterKind;
import io.plimsoll.tuner.spark.SparkSlots;
import io.plimsoll.wire.Metric;
import io.plimsoll.wire.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Sizes a Spark job's next run from one observed run. */
public final class WhiteBoxTuner {
  /** While one of these is fired, nothing is taken away. */
  private static final Set<String> TROUBLE = Set.of("tasks.failed", "executors.lost");

  /** Samples, events and envelopes that may be lost, over the envelopes that have arrived. */
  private static final double MOST_LOST = 0.01;

  private WhiteBoxTuner() {}

  /**
   * What to set for the next run. Every key that was looked at is either changed or abstained from;
   * what the guard rejects is abstained from.
   */
  public static Recommendation recommend(RunProfile run, List<Finding> findings) {
    Advice advice = new Advice();
    ClusterKind kind = ClusterKind.of(run.config());
    Optional<String> obstacle = obstacle(run, findings);
    if (obstacle.isPresent()) {
      for (String key : keys(kind)) {
        advice.abstain(key, obstacle.get(), "a whole run, observed, without failures");
      }
      return recommendation(run, kind, advice);
    }
    if (kind == ClusterKind.LOCAL) {
      for (String key : executorKeys(kind)) {
        advice.abstain(key, "in local mode there are no executors", "a run on a cluster");
      }
    } else {
      executors(run, findings, kind, advice);
    }
    new DriverAdvice(run, advice).advise();
    return recommendation(run, kind, advice);
  }

  private static void executors(
      RunProfile run, List<Finding> findings, ClusterKind kind, Advice advice) {
    Optional<SparkSlots> observed = slots(run);
    if (observed.isEmpty()) {
      for (String key : executorKeys(kind)) {
        advice.abstain(key, "no executor was seen", "the agent in the executors");
      }
      return;
    }
    Advice cores = new Advice();
    SparkSlots next = new CoresAdvice(run, kind, observed.get(), cores).advise();
    double crowding = (double) observed.get().executors() / next.executors();
    ExecutorEvidence evidence = ExecutorEvidence.of(run, observed.get().perExecutor());
    new MemoryAdvice(run, findings, evidence, observed.get(), advice).advise(crowding);
    cores.changes().forEach(advice::change);
    cores.abstained().forEach(each -> advice.abstain(each.key(), each.reason(), each.wouldNeed()));
  }

  private static Optional<String> obstacle(RunProfile run, List<Finding> findings) {
    if (run.config().isEmpty()) {
      return Optional.of("the run's configuration has not arrived");
    }
    if (!run.complete()) {
      return Optional.of("the run is not over: its need may still grow");
    }
    Coverage coverage = run.coverage();
    long lost = coverage.missingEnvelopes() + coverage.lostSamples() + coverage.lostEvents();
    if (lost > coverage.envelopes() * MOST_LOST) {
      return Optional.of(
          "too much of what the agents said was lost on the way (" + lost + " pieces)");
    }
    return findings.stream()
        .filter(each -> TROUBLE.contains(each.point()) && each.hasFired())
        .findFirst()
        .map(each -> "the run was not sound: " + each.reason());
  }

  /** What the run had; empty when no executor was seen. */
  private static Optional<SparkSlots> slots(RunProfile run) {
    int taskCpus = SparkSlots.wholeNumber(run.config(), "spark.task.cpus", 1);
    List<ExecutorProfile> told =
        run.executors().stream().filter(each -> !each.executorId().equals("driver")).toList();
    if (!told.isEmpty()) {
      int cores = told.stream().mapToInt(ExecutorProfile::cores).max().orElse(1);
      return Optional.of(new SparkSlots(atOnce(told), Math.max(1, cores), taskCpus));
    }
    List<ProcessProfile> processes = run.processes(Role.EXECUTOR);
    if (processes.isEmpty()) {
      return Optional.empty();
    }
    GaugeProfile visible = processes.get(0).gauge(Metric.AVAILABLE_PROCESSORS);
    int seen = visible == null ? 1 : (int) Math.max(1, visible.last());
    return Optional.of(
        new SparkSlots(
            processes.size(),
            SparkSlots.wholeNumber(run.config(), CoresAdvice.CORES_KEY, seen),
            taskCpus));
  }

  /** The most executors that were there at the same time. */
  private static int atOnce(List<ExecutorProfile> executors) {
    long most = 1;
    for (ExecutorProfile newcomer : executors) {
      long present =
          executors.stream()
              .filter(each -> each.addedMillis() <= newcomer.addedMillis())
              .filter(
                  each -> each.removedMillis() < 0 || each.removedMillis() > newcomer.addedMillis())
              .count();
      most = Math.max(most, present);
    }
    return Math.toIntExact(most);
  }

  private static List<String> executorKeys(ClusterKind kind) {
    return List.of(
        MemoryAdvice.HEAP_KEY,
        MemoryAdvice.OVERHEAD_KEY,
        CoresAdvice.CORES_KEY,
        kind.executorCountKey());
  }

  private static List<String> keys(ClusterKind kind) {
    List<String> keys = new ArrayList<>(executorKeys(kind));
    keys.add(DriverAdvice.HEAP_KEY);
    return keys;
  }

  private static Recommendation recommendation(RunProfile run, ClusterKind kind, Advice advice) {
    Guard.Guarded guarded = Guard.check(run, advice.changes());
    List<Abstention> abstained = new ArrayList<>(advice.abstained());
    abstained.addAll(guarded.rejected());
    if (guarded.changes().isEmpty()) {
      return new Recommendation(run.key(), List.of(), abstained, 1, 1);
    }
    Map<String, String> next = new TreeMap<>(run.config());
    guarded.changes().forEach(change -> next.put(change.key(), change.to()));
    int executors = slots(run).map(SparkSlots::executors).orElse(0);
    int cores = slots(run).map(SparkSlots::cores).orElse(0);
    int nextCores = to(guarded.changes(), CoresAdvice.CORES_KEY, cores);
    int nextExecutors = executors;
    if (kind == ClusterKind.STANDALONE) {
      int total = to(guarded.changes(), kind.executorCountKey(), executors * cores);
      nextExecutors = nextCores == 0 ? 0 : total / nextCores;
    } else {
      nextExecutors = to(guarded.changes(), kind.executorCountKey(), executors);
    }
    double memory =
        allocated(next, nextExecutors) / Math.max(1, allocated(run.config(), executors));
    double coresFactor = (nextExecutors * nextCores + 1.0) / (executors * cores + 1.0);
    return new Recommendation(run.key(), guarded.changes(), abstained, memory, coresFactor);
  }

  private static double allocated(Map<String, String> config, int executors) {
    return (double) ContainerSize.executor(config).totalBytes() * executors
        + ContainerSize.driver(config).totalBytes();
  }

  private static int to(List<Change> changes, String key, int unchanged) {
    return changes.stream()
        .filter(change -> change.key().equals(key))
        .map(change -> Integer.parseInt(change.to()))
        .findFirst()
        .orElse(unchanged);
  }
}
