// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.bench.planted;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * What DataFlint's published alerts say of a log. Limits as in github.com/dataflint/spark,
 * spark-ui/src/reducers/Alerts, whose file each rule names; built anew from the limits. Left out
 * are those for Iceberg and Delta tables, which no run here has. An alert about a stage asks for a
 * query that the stage belongs to, as theirs do.
 */
final class DataFlint {
  /** Names of all rules. */
  static final Set<String> RULES =
      Set.of(
          "broadcast too large",
          "driver memory too high",
          "executor memory too high",
          "executor memory too low",
          "large cross join",
          "long filter condition",
          "max partition too big",
          "partition skew",
          "read small files",
          "small tasks",
          "sort-merge join could be broadcast",
          "wasted cores",
          "write small files");

  private static final int WARNING = 1;
  private static final int ERROR = 2;
  private static final long MIB = 1L << 20;
  private static final long GIB = 1L << 30;

  private final Map<String, Integer> said = new TreeMap<>();
  private final RawLog log;

  private DataFlint(RawLog log) {
    this.log = log;
  }

  /** What is said, errors before warnings. */
  static List<Said> of(RawLog log) {
    DataFlint rules = new DataFlint(log);
    rules.memory();
    rules.wastedCores();
    log.queries().forEach(query -> query.plan().all().forEach(rules::node));
    rules.stages();
    List<Said> all = new ArrayList<>();
    rules.said.forEach((rule, level) -> all.add(new Said(rule, level)));
    all.sort(Comparator.comparingInt(Said::level).reversed().thenComparing(Said::rule));
    return all;
  }

  private static void requireKnown(String rule) {
    if (!RULES.contains(rule)) {
      throw new IllegalStateException("no rule " + rule);
    }
  }

  private void say(String rule, int level, boolean holds) {
    requireKnown(rule);
    if (holds) {
      said.merge(rule, level, Math::max);
    }
  }

  /** MemoryAlertsReducer: the highest heap level of any executor over what was asked for. */
  private void memory() {
    long peak =
        log.heapPeaks().entrySet().stream()
            .filter(entry -> !entry.getKey().equals("driver"))
            .mapToLong(Map.Entry::getValue)
            .max()
            .orElse(0);
    double share = Planted.ratio(peak, mebibytes("spark.executor.memory") * MIB);
    say("executor memory too high", ERROR, share > 0.95);
    say("executor memory too low", WARNING, share > 0 && share < 0.7);
    double driver =
        Planted.ratio(
            log.heapPeaks().getOrDefault("driver", 0L), mebibytes("spark.driver.memory") * MIB);
    say("driver memory too high", ERROR, driver > 0.95);
  }

  /** WastedCoresAlertsReducer: more than half of the executors' core time without a task. */
  private void wastedCores() {
    double held = 0;
    for (RawLog.Executor executor : log.executors()) {
      long end = executor.removedMillis() < 0 ? log.endMillis() : executor.removedMillis();
      held += (double) executor.cores() * Math.max(0, end - executor.addedMillis());
    }
    long busy = log.tasks().stream().mapToLong(RawLog.Task::durationMillis).sum();
    say("wasted cores", WARNING, held > 0 && 1 - busy / held > 0.5);
  }

  private void node(RawLog.PlanNode node) {
    files(node);
    // MemorySQLInputOutputAlerts
    say(
        "broadcast too large",
        WARNING,
        node.name().equals("BroadcastExchange") && log.metric(node, "data size") > GIB);
    // JoinToBroadcastAlert
    if (node.name().equals("SortMergeJoin") && node.children().size() == 2) {
      long one = lastSize(node.children().get(0));
      long other = lastSize(node.children().get(1));
      say(
          "sort-merge join could be broadcast",
          WARNING,
          one >= 0 && other >= 0 && couldBeBroadcast(Math.min(one, other), Math.max(one, other)));
    }
    // LargeCrossJoinScanAlert counts the pairs looked at, which only their plug-in puts into a log.
    if (node.name().equals("CartesianProduct") || node.name().equals("BroadcastNestedLoopJoin")) {
      say("large cross join", ERROR, log.metric(node, "number of output rows") > 1e10);
    }
    // LongFilterConditions
    say(
        "long filter condition",
        WARNING,
        node.name().startsWith("Filter") && node.text().length() > 1000);
  }

  /** MemorySQLInputOutputAlerts: a mean below 3 MB in more than a hundred files. */
  private void files(RawLog.PlanNode node) {
    long read = log.metric(node, "number of files read");
    say(
        "read small files",
        WARNING,
        read > 100 && (double) log.metric(node, "size of files read") / read < 3 * MIB);
    long written = log.metric(node, "number of written files");
    say(
        "write small files",
        WARNING,
        written > 100 && (double) log.metric(node, "written output") / written < 3 * MIB);
  }

  static boolean couldBeBroadcast(long small, long large) {
    return small < 10 * MIB
        || (small < 100 * MIB && large > 10 * GIB)
        || (small < 1000 * MIB && large > 300 * GIB)
        || (small < 5 * GIB && large > 1024 * GIB);
  }

  /** The size that the nearest node below told: a shuffle's data or a scan's files; -1 for none. */
  private long lastSize(RawLog.PlanNode node) {
    for (RawLog.PlanNode each : node.all()) {
      long size = Math.max(log.metric(each, "data size"), log.metric(each, "size of files read"));
      if (size > 0) {
        return size;
      }
    }
    return -1;
  }

  /** PartitionSkewAlert with SparkReducer, SmallTasksAlert and MaxPartitionToBigAlert. */
  private void stages() {
    Predicate<RawLog.Stage> ofQuery =
        stage ->
            log.jobs().stream()
                .anyMatch(job -> job.query() >= 0 && job.stages().contains(stage.number()));
    for (RawLog.Stage stage : log.stages().stream().filter(ofQuery).toList()) {
      List<RawLog.Task> done =
          log.tasks(stage.id()).stream().filter(RawLog.Task::succeeded).toList();
      long[] times = done.stream().mapToLong(task -> task.numbers().runMillis()).sorted().toArray();
      if (times.length == 0) {
        continue;
      }
      long median = Planted.median(times);
      long longest = times[times.length - 1];
      say("partition skew", WARNING, longest > 5000 && median > 0 && longest > 10.0 * median);
      say("small tasks", WARNING, stage.tasks() > 5000 && median < 500);
      say(
          "max partition too big",
          WARNING,
          Math.max(
                  largest(done, RawLog.Numbers::readBytes),
                  largest(done, RawLog.Numbers::shuffleWriteBytes))
              > 5 * GIB);
    }
  }

  private static long largest(List<RawLog.Task> tasks, ToLongFunction<RawLog.Numbers> of) {
    return tasks.stream().mapToLong(task -> of.applyAsLong(task.numbers())).max().orElse(0);
  }

  private long mebibytes(String key) {
    String value = log.conf(key, "0m");
    long number = Long.parseLong(value.substring(0, value.length() - 1));
    return value.endsWith("g") ? number * 1024 : number;
  }
}
