// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.bench.planted;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/** A log with what is known of it beforehand: which jobs, stages and queries are of the plant. */
record Planted(RunRecord made, RawLog log) {
  /** Description of the jobs of the planted step, as the application in the workloads sets it. */
  private static final String MAIN = "main";

  private List<RawLog.Job> mainJobs() {
    return log.jobs().stream().filter(job -> job.description().equals(MAIN)).toList();
  }

  /** Attempts of the stages of the planted step. */
  List<RawLog.Stage> mainStages() {
    Set<Integer> numbers = new HashSet<>();
    mainJobs().forEach(job -> numbers.addAll(job.stages()));
    return log.stages().stream().filter(stage -> numbers.contains(stage.number())).toList();
  }

  /** Their ids, {@code stage.attempt}. */
  Set<String> mainStageIds() {
    Set<String> ids = new TreeSet<>();
    mainStages().forEach(stage -> ids.add(stage.id()));
    return ids;
  }

  /** Numbers of the SQL executions of the planted step. */
  Set<Long> mainQueries() {
    Set<Long> ids = new TreeSet<>();
    mainJobs().forEach(job -> ids.add(job.query()));
    log.queries().stream()
        .filter(query -> query.description().equals(MAIN))
        .forEach(query -> ids.add(query.id()));
    return ids;
  }

  /** The ended tasks of the planted step. */
  List<RawLog.Task> mainTasks() {
    Set<String> ids = mainStageIds();
    return log.tasks().stream().filter(task -> ids.contains(task.stage())).toList();
  }

  /** The share of the run from the first job of the planted step to the run's end. */
  double mainShare() {
    long begin =
        mainJobs().stream().mapToLong(RawLog.Job::startMillis).min().orElse(log.endMillis());
    return ratio(log.endMillis() - begin, log.wallMillis());
  }

  long sum(ToLongFunction<RawLog.Numbers> number) {
    return mainTasks().stream().mapToLong(task -> number.applyAsLong(task.numbers())).sum();
  }

  /** Of the planted step's stages with the most of it, the largest over the median task. */
  double maxOverMedian(ToLongFunction<RawLog.Numbers> number) {
    return mainStages().stream()
        .max(Comparator.comparingLong(RawLog.Stage::wallMillis))
        .map(
            stage -> {
              long[] values =
                  log.tasks(stage.id()).stream()
                      .filter(RawLog.Task::succeeded)
                      .mapToLong(task -> number.applyAsLong(task.numbers()))
                      .sorted()
                      .toArray();
              return values.length == 0 ? 0 : ratio(values[values.length - 1], median(values));
            })
        .orElse(0.0);
  }

  /** The sum of a metric over the plan nodes of the planted step whose name passes. */
  long planMetric(Predicate<String> node, String metric) {
    Set<Long> ids = mainQueries();
    return log.queries().stream()
        .filter(query -> ids.contains(query.id()))
        .flatMap(query -> query.plan().all().stream())
        .filter(each -> node.test(each.name()))
        .mapToLong(each -> Math.max(0, log.metric(each, metric)))
        .sum();
  }

  /** How many plan nodes of the planted step have a name that passes. */
  long planNodes(Predicate<String> node) {
    Set<Long> ids = mainQueries();
    return log.queries().stream()
        .filter(query -> ids.contains(query.id()))
        .flatMap(query -> query.plan().all().stream())
        .filter(each -> node.test(each.name()))
        .count();
  }

  /** The middle one; of an even number the lower. */
  static long median(long[] sorted) {
    return sorted.length == 0 ? 0 : sorted[(sorted.length - 1) / 2];
  }

  static double ratio(double part, double whole) {
    return whole == 0 ? 0 : part / whole;
  }
}
