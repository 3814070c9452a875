// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.bench.planted;

import static io.plimsoll.bench.planted.PlantedKind.Group.DEVELOPMENT;
import static io.plimsoll.bench.planted.PlantedKind.Group.HEALTHY;
import static io.plimsoll.bench.planted.PlantedKind.Group.SET_ASIDE;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * All kinds, each with the answer that counts as right. The answers were written before the first
 * log was looked at; whoever changes one says why in docs/decisions/0025-planted-runs.md.
 */
final class Kinds {
  private static final long MIB = 1L << 20;
  private static final String MEMORY_ONLY_COLLECTOR = "-XX:+UseParallelGC";

  private Kinds() {}

  /** Development kinds, then those set aside, then healthy ones. */
  static List<PlantedKind> all() {
    List<PlantedKind> all = new ArrayList<>();
    all.addAll(dataAndPlans());
    all.addAll(machinesAndDriver());
    all.addAll(asideOfData());
    all.addAll(asideOfTheRest());
    all.addAll(healthy());
    return List.copyOf(all);
  }

  private static List<PlantedKind> dataAndPlans() {
    Layout usual = Layout.of(2, 1, 1024);
    Layout roomy = Layout.of(2, 1, 1792);
    Layout four = Layout.of(4, 1, 768);
    return List.of(
        kind(DEVELOPMENT, "skewed-key", "two thirds of the rows have one key", roomy, roomy)
            .proof(
                "largest over median shuffle read of a task",
                8,
                run -> run.maxOverMedian(RawLog.Numbers::shuffleReadBytes))
            .answer(
                Set.of("stage", "plan", "query"),
                List.of("stage.data-skew", "sql.skewed-join", "stage.long-tail"))
            .others(List.of("Stage: task skew", "Executors"), List.of("partition skew")),
        kind(DEVELOPMENT, "huge-partitions", "two partitions for all the data", four, four)
            .proof(
                "bytes in memory of the largest spill of a task, MiB",
                128,
                run -> largest(run, RawLog.Numbers::memorySpillBytes) / MIB)
            .answer(
                Set.of("stage", "plan", "query"),
                List.of(
                    "task.large-partition",
                    "stage.low-parallelism",
                    "stage.spill",
                    "stage.disk-spill",
                    "sql.operator-spill",
                    "task.execution-memory",
                    "task.long"))
            .others(
                List.of(
                    "Stage: execution memory spill", "Stage: long tasks", "Executor storage spill"),
                List.of("max partition too big")),
        kind(DEVELOPMENT, "missed-broadcast", "a tiny table is shuffled for a join", usual, usual)
            .proof(
                "sort-merge joins in the plan",
                1,
                run -> run.planNodes(name -> name.equals("SortMergeJoin")))
            .answer(Set.of("plan", "query", "stage"), List.of("sql.missed-broadcast"))
            .others(List.of(), List.of("sort-merge join could be broadcast")),
        kind(DEVELOPMENT, "cartesian", "a join without an equality", usual, usual)
            .proof(
                "millions of rows that the join made",
                500,
                run -> run.planMetric(Kinds::isCross, "number of output rows") / 1e6)
            .answer(
                Set.of("plan", "query", "stage"), List.of("sql.cartesian", "sql.exploding-join"))
            .others(List.of(), List.of("large cross join")),
        kind(
                DEVELOPMENT,
                "too-many-partitions",
                "thousands of tasks for next to nothing",
                usual,
                usual)
            .proof("tasks of the largest stage", 5_000, Kinds::mostTasks)
            .answer(
                Set.of("stage", "driver", "run"),
                List.of(
                    "stage.tiny-tasks",
                    "driver.scheduler-delay",
                    "task.deserialize",
                    "shuffle.small-blocks"))
            .others(List.of(), List.of("small tasks")));
  }

  private static List<PlantedKind> machinesAndDriver() {
    Layout usual = Layout.of(2, 1, 1024);
    Layout full =
        Layout.of(2, 1, 512).with("spark.executor.extraJavaOptions", MEMORY_ONLY_COLLECTOR);
    Layout three = Layout.of(3, 1, 768);
    Layout collects = usual.driver(3072);
    return List.of(
        kind(DEVELOPMENT, "gc-thrash", "the heap is nearly full of what is held", full, full)
            .proof(
                "collections' share of the tasks' time",
                0.25,
                run ->
                    Planted.ratio(
                        run.sum(RawLog.Numbers::gcMillis), run.sum(RawLog.Numbers::runMillis)))
            .answer(
                Set.of("executors", "executor", "run", "stage"),
                List.of(
                    "run.gc-share",
                    "stage.gc",
                    "gc.pressure",
                    "executors.heap-full",
                    "executor.live-set",
                    "config.memory-per-core"))
            .others(List.of("Executor GC", "Stage: GC"), List.of("executor memory too high")),
        kind(DEVELOPMENT, "executor-killed", "an executor dies by SIGKILL", three, three)
            .disturbed(Disturbance.KILL_EXECUTOR)
            .proof(
                "executors that were lost",
                1,
                run -> run.log().executors().stream().filter(Kinds::isLost).count())
            .answer(
                Set.of("executors", "executor"),
                List.of("executors.lost", "executors.lost-together"))
            .others(List.of("Stage: failed tasks", "Jobs"), List.of()),
        kind(DEVELOPMENT, "collect-to-driver", "all rows go to the driver", collects, collects)
            .proof("results of tasks, MiB", 500, run -> run.sum(RawLog.Numbers::resultBytes) / MIB)
            .answer(
                Set.of("driver", "stage", "run"),
                List.of(
                    "driver.large-results",
                    "driver.heap-full",
                    "driver.bound",
                    "driver.live-set",
                    "driver.gc-pause",
                    "run.job-gaps"))
            .others(List.of(), List.of("driver memory too high")),
        kind(DEVELOPMENT, "child-process", "tasks wait for a child process", usual, usual)
            .proof(
                "share of the tasks' time that is not CPU time of the JVM",
                0.6,
                run ->
                    1
                        - Planted.ratio(
                            run.sum(RawLog.Numbers::cpuMillis), run.sum(RawLog.Numbers::runMillis)))
            .answer(
                Set.of("stage", "run", "executors", "executor"),
                List.of("task.low-cpu", "run.low-cpu", "sql.udf-barrier", "executor.child-memory"))
            .others(List.of(), List.of()),
        kind(DEVELOPMENT, "slow-executor", "an executor's CPU is taken from it", three, three)
            .disturbed(Disturbance.STARVE_EXECUTOR)
            .proof("its median task over that of the others", 2, Kinds::slowness)
            .answer(
                Set.of("executor", "executors", "host"),
                List.of("executor.slow", "host.slow", "executors.imbalanced"))
            .others(List.of("Executors", "Stage: task skew"), List.of("partition skew")));
  }

  private static List<PlantedKind> asideOfData() {
    Layout usual = Layout.of(2, 1, 1024);
    Layout small = Layout.of(2, 1, 512);
    Layout broad = Layout.of(2, 1, 3072).driver(6144).with("spark.driver.maxResultSize", "3g");
    return List.of(
        kind(SET_ASIDE, "tiny-partitions", "hundreds of partitions of kilobytes", usual, usual)
            .proof("tasks of the planted step", 3_500, run -> run.mainTasks().size())
            .answer(
                Set.of("stage", "driver", "run"),
                List.of(
                    "stage.tiny-tasks",
                    "shuffle.small-blocks",
                    "driver.scheduler-delay",
                    "task.deserialize"))
            .others(List.of(), List.of("small tasks")),
        kind(SET_ASIDE, "small-files", "thousands of files of a kilobyte", usual, usual)
            .proof(
                "files that were read",
                2_000,
                run -> run.planMetric(name -> name.startsWith("Scan"), "number of files read"))
            .answer(
                Set.of("plan", "query", "stage"),
                List.of("sql.small-files-read", "sql.slow-listing"))
            .others(List.of(), List.of("read small files")),
        kind(SET_ASIDE, "oversized-broadcast", "a gigabyte is broadcast", broad, broad)
            .proof(
                "data size of broadcasts, MiB",
                800,
                run -> run.planMetric(name -> name.equals("BroadcastExchange"), "data size") / MIB)
            .answer(
                Set.of("plan", "query", "stage", "driver"),
                List.of("sql.large-broadcast", "sql.broadcast-timeout", "driver.large-results"))
            .others(List.of(), List.of("broadcast too large")),
        kind(SET_ASIDE, "spill", "less memory than sorts and aggregates need", small, small)
            .proof(
                "memory spilled, MiB", 300, run -> run.sum(RawLog.Numbers::memorySpillBytes) / MIB)
            .answer(
                Set.of("stage", "plan", "query", "executors"),
                List.of(
                    "stage.spill",
                    "stage.disk-spill",
                    "sql.operator-spill",
                    "task.execution-memory",
                    "task.large-partition",
                    "config.memory-per-core"))
            .others(List.of("Stage: execution memory spill", "Executor storage spill"), List.of()),
        kind(SET_ASIDE, "recomputed-lineage", "a result is computed for each action", usual, usual)
            .proof(
                "shuffle written, MiB",
                300,
                run -> run.sum(RawLog.Numbers::shuffleWriteBytes) / MIB)
            .answer(
                Set.of("plan", "query", "run"), List.of("sql.recomputation", "sql.repeated-scan"))
            .others(List.of(), List.of()));
  }

  private static List<PlantedKind> asideOfTheRest() {
    Layout usual = Layout.of(2, 1, 1024);
    Layout wide = Layout.of(4, 1, 768);
    Layout speculative =
        Layout.of(4, 2, 768)
            .with("spark.speculation", "true")
            .with("spark.speculation.quantile", "0.1")
            .with("spark.speculation.multiplier", "1.5");
    return List.of(
        kind(
                SET_ASIDE,
                "heap-oom",
                "a task needs more than its executor's heap",
                Layout.of(2, 1, 512),
                Layout.of(2, 1, 512))
            .thatFails()
            .proof(
                "attempts that ended for want of memory",
                1,
                run -> run.log().tasks().stream().filter(Kinds::isOutOfMemory).count())
            .answer(
                Set.of("stage", "executors", "executor", "run"),
                List.of(
                    "task.out-of-memory",
                    "executors.killed-for-memory",
                    "executors.heap-full",
                    "config.memory-per-core"))
            .others(List.of("Stages with failed tasks"), List.of("executor memory too high")),
        kind(SET_ASIDE, "driver-bound-loop", "the driver works while executors wait", usual, usual)
            .proof(
                "share of the application without a job",
                0.4,
                run ->
                    1
                        - Planted.ratio(
                            run.log().jobs().stream()
                                .mapToLong(job -> job.endMillis() - job.startMillis())
                                .sum(),
                            run.log().wallMillis()))
            .answer(
                Set.of("driver", "run"), List.of("driver.bound", "run.tiny-jobs", "run.job-gaps"))
            .others(List.of(), List.of("wasted cores")),
        kind(
                SET_ASIDE,
                "speculative-stragglers",
                "first attempts hang, their copies win",
                speculative,
                speculative)
            .proof(
                "speculative copies",
                15,
                run -> run.mainTasks().stream().filter(RawLog.Task::speculative).count())
            .answer(
                Set.of("stage", "run"),
                List.of(
                    "task.speculative",
                    "task.useless-speculation",
                    "stage.long-tail",
                    "run.wasted-tasks"))
            .others(List.of("Stage: task skew"), List.of("partition skew")),
        kind(SET_ASIDE, "too-few-partitions", "fewer tasks than cores", wide, wide)
            .proof("cores for each task of the longest stage", 1.9, Kinds::coresPerTask)
            .answer(
                Set.of("stage", "plan", "query"),
                List.of(
                    "stage.low-parallelism",
                    "stage.single-task",
                    "sql.single-partition",
                    "task.long"))
            .others(List.of("Stage: long tasks"), List.of("wasted cores")));
  }

  private static List<PlantedKind> healthy() {
    Layout usual = Layout.of(2, 1, 1024);
    List<PlantedKind> all = new ArrayList<>();
    for (String name :
        List.of(
            "aggregation",
            "broadcast-join",
            "sort",
            "merge-join",
            "window",
            "word-count",
            "iterative-cache",
            "etl",
            "micro-jobs")) {
      all.add(kind(HEALTHY, "healthy-" + name, "nothing", usual).healthy());
    }
    all.add(kind(HEALTHY, "healthy-tpch", "nothing", usual, usual).healthy());
    return all;
  }

  private static boolean isCross(String node) {
    return node.equals("CartesianProduct") || node.startsWith("BroadcastNestedLoopJoin");
  }

  private static boolean isLost(RawLog.Executor executor) {
    return !executor.removedReason().isEmpty()
        && !executor.removedReason().contains("Driver command")
        && !executor.removedReason().contains("shutting down");
  }

  private static boolean isOutOfMemory(RawLog.Task task) {
    return task.reason().contains("OutOfMemoryError")
        || task.reason().contains("code 52")
        || task.reason().contains("exited with code 3");
  }

  private static double largest(Planted run, java.util.function.ToLongFunction<RawLog.Numbers> of) {
    return run.mainTasks().stream()
        .mapToLong(task -> of.applyAsLong(task.numbers()))
        .max()
        .orElse(0);
  }

  private static double mostTasks(Planted run) {
    return run.mainStages().stream().mapToInt(RawLog.Stage::tasks).max().orElse(0);
  }

  private static double slowness(Planted run) {
    long[] its = sorted(run, true);
    long[] others = sorted(run, false);
    return Planted.ratio(Planted.median(its), Planted.median(others));
  }

  private static long[] sorted(Planted run, boolean isDisturbed) {
    return run.mainTasks().stream()
        .filter(task -> run.made().disturbed().contains(task.executor()) == isDisturbed)
        .mapToLong(RawLog.Task::durationMillis)
        .sorted()
        .toArray();
  }

  private static double coresPerTask(Planted run) {
    int cores = run.log().executors().stream().mapToInt(RawLog.Executor::cores).sum();
    return run.mainStages().stream()
        .max(java.util.Comparator.comparingLong(RawLog.Stage::wallMillis))
        .map(stage -> Planted.ratio(cores, stage.tasks()))
        .orElse(0.0);
  }

  private static Draft kind(
      PlantedKind.Group group, String name, String problem, Layout... layouts) {
    return new Draft(group, name, problem, layouts);
  }

  /** Collects what makes a kind, in the order of the table. */
  private static final class Draft {
    private final PlantedKind.Group group;
    private final String name;
    private final String problem;
    private final List<Layout> layouts;
    private Disturbance disturbance = Disturbance.NONE;
    private boolean fails;
    private PlantedKind.Proof proof = new PlantedKind.Proof("", 0, run -> 0);
    private Set<String> components = Set.of();
    private List<String> points = List.of();

    private Draft(PlantedKind.Group group, String name, String problem, Layout... layouts) {
      this.group = group;
      this.name = name;
      this.problem = problem;
      this.layouts = List.of(layouts);
    }

    private Draft disturbed(Disturbance by) {
      disturbance = by;
      return this;
    }

    private Draft thatFails() {
      fails = true;
      return this;
    }

    private Draft proof(String what, double least, ToDoubleFunction<Planted> number) {
      proof = new PlantedKind.Proof(what, least, number);
      return this;
    }

    private Draft answer(Set<String> rightComponents, List<String> rightPoints) {
      components = rightComponents;
      points = rightPoints;
      return this;
    }

    private PlantedKind others(List<String> drElephant, List<String> dataFlint) {
      return new PlantedKind(
          name,
          group,
          problem,
          layouts,
          disturbance,
          fails,
          proof,
          new Answer(components, points, drElephant, dataFlint));
    }

    private PlantedKind healthy() {
      return new PlantedKind(name, group, problem, layouts, disturbance, fails, null, null);
    }
  }
}
