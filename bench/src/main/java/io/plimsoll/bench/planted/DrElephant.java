// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.bench.planted;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/**
 * What Dr. Elephant's published Spark heuristics say of a log: those of its master branch, and
 * those of branch customSHSWork, which need executors' memory peaks. Limits as in
 * github.com/linkedin/ dr-elephant, app/com/linkedin/drelephant/spark/heuristics, whose file each
 * rule names; built anew from the limits. Only severe and critical ones are taken as said.
 */
final class DrElephant {
  /** Names of all rules. */
  static final Set<String> RULES =
      Set.of(
          "Configuration",
          "Driver",
          "Executor GC",
          "Executor storage spill",
          "Executors",
          "JVM used memory",
          "Jobs",
          "Stage: GC",
          "Stage: execution memory spill",
          "Stage: failed tasks",
          "Stage: failure",
          "Stage: long tasks",
          "Stage: task skew",
          "Stages",
          "Stages with failed tasks");

  private static final long MIB = 1L << 20;
  private static final long GIB = 1L << 30;
  private static final long RESERVED = 300 * MIB;
  private static final long MINUTE = 60_000;

  /** ConfigurationUtils: ratio of largest to median task time. */
  private static final Levels TASK_SKEW = new Levels(2, 4, 8, 16);

  /** ConfigurationUtils: memory spilled over the largest of what was read and written. */
  private static final Levels SPILL = new Levels(0.01, 0.1, 0.25, 0.5);

  /** ConfigurationUtils: median task time. */
  private static final Levels LONG_TASK =
      new Levels(2.5 * MINUTE, 5 * MINUTE, 10 * MINUTE, 15 * MINUTE);

  /** ConfigurationUtils: failed task ends over tasks. */
  private static final Levels FAILED_TASKS = new Levels(0.05, 0.1, 0.15, 0.2);

  /** ExecutorGcHeuristic, and StagesAnalyzer for a stage's median task. */
  private static final Levels GC = new Levels(0.08, 0.09, 0.1, 0.15);

  /** JobsHeuristic and StagesHeuristic: failed share. */
  private static final Levels FAILED_SHARE = new Levels(0.1, 0.3, 0.5, 0.5);

  /** StagesHeuristic: mean executor run time of a stage. */
  private static final Levels STAGE_TIME =
      new Levels(15 * MINUTE, 30 * MINUTE, 45 * MINUTE, 60 * MINUTE);

  /** ExecutorsHeuristic: largest over median executor. */
  private static final Levels IMBALANCE =
      new Levels(Math.pow(10, 0.125), Math.pow(10, 0.25), Math.pow(10, 0.5), 10);

  private static final Levels MEMORY = new Levels(10 * GIB, 15 * GIB, 20 * GIB, 25 * GIB);
  private static final Levels CORES = new Levels(4, 6, 8, 10);

  private final Map<String, Integer> said = new TreeMap<>();
  private final RawLog log;

  private DrElephant(RawLog log) {
    this.log = log;
  }

  /** What is said severely, worst first. */
  static List<Said> of(RawLog log) {
    DrElephant rules = new DrElephant(log);
    rules.configuration();
    rules.executorGc();
    rules.executors();
    rules.failures();
    rules.memory();
    rules.storageSpill();
    log.stages().forEach(rules::stage);
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

  private void say(String rule, int level) {
    requireKnown(rule);
    if (level >= Levels.SEVERE) {
      said.merge(rule, level, Math::max);
    }
  }

  /**
   * ConfigurationHeuristic; its serializer and shuffle-service parts reach moderate at most here.
   */
  private void configuration() {
    say("Configuration", MEMORY.of(bytes("spark.executor.memory")));
    say("Configuration", CORES.of(Double.parseDouble(log.conf("spark.executor.cores", "1"))));
    boolean isDynamic = Boolean.parseBoolean(log.conf("spark.dynamicAllocation.enabled", "false"));
    boolean hasService = Boolean.parseBoolean(log.conf("spark.shuffle.service.enabled", "false"));
    say("Configuration", isDynamic && !hasService ? Levels.SEVERE : 0);
  }

  /** ExecutorGcHeuristic: over the executors' lives, and only from five minutes of them on. */
  private void executorGc() {
    long lives = lives().values().stream().mapToLong(Long::longValue).sum();
    long gc = log.tasks().stream().mapToLong(task -> task.numbers().gcMillis()).sum();
    say("Executor GC", lives < 5 * MINUTE ? 0 : GC.of(Planted.ratio(gc, lives)));
  }

  private Map<String, Long> lives() {
    Map<String, Long> lives = new TreeMap<>();
    for (RawLog.Executor executor : log.executors()) {
      long end = executor.removedMillis() < 0 ? log.endMillis() : executor.removedMillis();
      lives.put(executor.id(), Math.max(0, end - executor.addedMillis()));
    }
    return lives;
  }

  /** ExecutorsHeuristic: below 100 MB and five minutes nothing is said. */
  private void executors() {
    say("Executors", imbalance(sums(RawLog.Numbers::inputBytes), 100 * MIB));
    say("Executors", imbalance(sums(RawLog.Numbers::shuffleReadBytes), 100 * MIB));
    say("Executors", imbalance(sums(RawLog.Numbers::shuffleWriteBytes), 100 * MIB));
    say("Executors", imbalance(lives(), 5 * MINUTE));
  }

  private Map<String, Long> sums(ToLongFunction<RawLog.Numbers> of) {
    Map<String, Long> sums = new TreeMap<>();
    log.executors().forEach(executor -> sums.put(executor.id(), 0L));
    log.tasks()
        .forEach(task -> sums.merge(task.executor(), of.applyAsLong(task.numbers()), Long::sum));
    return sums;
  }

  private static int imbalance(Map<String, Long> byExecutor, long least) {
    long[] values = byExecutor.values().stream().mapToLong(Long::longValue).sorted().toArray();
    if (values.length == 0 || values[values.length - 1] < least) {
      return 0;
    }
    double median = (values[(values.length - 1) / 2] + values[values.length / 2]) / 2.0;
    return median == 0 ? Levels.CRITICAL : IMBALANCE.of(values[values.length - 1] / median);
  }

  /** JobsHeuristic and StagesHeuristic. */
  private void failures() {
    long failed =
        log.jobs().stream().filter(job -> job.endMillis() >= 0 && !job.succeeded()).count();
    say("Jobs", FAILED_SHARE.of(Planted.ratio(failed, log.jobs().size())));
    say(
        "Jobs",
        FAILED_SHARE.of(
            Planted.ratio(
                log.tasks().stream().filter(DrElephant::hasFailed).count(), log.tasks().size())));
    long failedStages = log.stages().stream().filter(stage -> !stage.failure().isEmpty()).count();
    say("Stages", FAILED_SHARE.of(Planted.ratio(failedStages, log.stages().size())));
  }

  /** Killed attempts are counted apart in Spark's REST API, on which the heuristics rest. */
  private static boolean hasFailed(RawLog.Task task) {
    return !task.succeeded() && !task.reason().equals("TaskKilled");
  }

  /** JvmUsedMemoryHeuristic and DriverHeuristic: more than was ever used, from 2 GB on. */
  private void memory() {
    long peak =
        log.heapPeaks().entrySet().stream()
            .filter(entry -> !entry.getKey().equals("driver"))
            .mapToLong(Map.Entry::getValue)
            .max()
            .orElse(0);
    say("JVM used memory", overAsked(bytes("spark.executor.memory"), peak));
    long driver = log.heapPeaks().getOrDefault("driver", 0L);
    say("Driver", overAsked(bytes("spark.driver.memory"), driver));
    say("Driver", MEMORY.of(bytes("spark.driver.memory")));
    say("Driver", CORES.of(Double.parseDouble(log.conf("spark.driver.cores", "1"))));
  }

  private static int overAsked(long asked, long peak) {
    double used = peak + RESERVED;
    return asked <= 2 * GIB || peak == 0
        ? 0
        : new Levels(1.25 * used, 1.5 * used, 2 * used, 3 * used).of(asked);
  }

  /** ExecutorStorageSpillHeuristic: a fifth of the executors spill; 5 % of memory for each task. */
  private void storageSpill() {
    Map<String, Long> spilled = sums(RawLog.Numbers::memorySpillBytes);
    spilled.remove("driver");
    long spilling = spilled.values().stream().filter(bytes -> bytes > 0).count();
    if (spilling == 0 || Planted.ratio(spilling, spilled.size()) < 0.2) {
      return;
    }
    long sum = spilled.values().stream().mapToLong(Long::longValue).sum();
    double cores = Double.parseDouble(log.conf("spark.executor.cores", "1"));
    double perTask = Planted.ratio(sum, log.tasks().size());
    say(
        "Executor storage spill",
        perTask >= 0.05 * bytes("spark.executor.memory") / cores ? Levels.CRITICAL : Levels.SEVERE);
  }

  /** StagesAnalyzer and StagesWithFailedTasksHeuristic. */
  private void stage(RawLog.Stage stage) {
    List<RawLog.Task> tasks = log.tasks(stage.id());
    List<RawLog.Numbers> done =
        tasks.stream().filter(RawLog.Task::succeeded).map(RawLog.Task::numbers).toList();
    long[] run = sorted(done, RawLog.Numbers::runMillis);
    long longest = run.length == 0 ? 0 : run[run.length - 1];
    long median = Planted.median(run);
    boolean counts = longest > 150_000 && longest > 0.75 * stage.wallMillis();
    say("Stage: task skew", counts ? TASK_SKEW.of(Planted.ratio(longest, median)) : 0);
    say("Stage: long tasks", LONG_TASK.of(median));
    say("Stage: execution memory spill", spill(done));
    say(
        "Stage: GC",
        GC.of(Planted.ratio(Planted.median(sorted(done, RawLog.Numbers::gcMillis)), median)));
    double failed = tasks.stream().filter(DrElephant::hasFailed).count();
    say("Stage: failed tasks", FAILED_TASKS.of(Planted.ratio(failed, stage.tasks())));
    say("Stage: failure", stage.failure().isEmpty() ? 0 : Levels.CRITICAL);
    say("Stages", stageTime(done));
    outOfMemory(stage, tasks, done.size());
  }

  private int stageTime(List<RawLog.Numbers> done) {
    long sum = done.stream().mapToLong(RawLog.Numbers::runMillis).sum();
    return STAGE_TIME.of(Planted.ratio(sum, Math.max(1, log.executors().size())));
  }

  private static int spill(List<RawLog.Numbers> done) {
    long spilled = done.stream().mapToLong(RawLog.Numbers::memorySpillBytes).sum();
    long most =
        Math.max(
            Math.max(
                done.stream().mapToLong(RawLog.Numbers::inputBytes).sum(),
                done.stream().mapToLong(RawLog.Numbers::shuffleReadBytes).sum()),
            done.stream().mapToLong(RawLog.Numbers::shuffleWriteBytes).sum());
    return spilled == 0 ? 0 : SPILL.of(most == 0 ? Double.MAX_VALUE : (double) spilled / most);
  }

  private void outOfMemory(RawLog.Stage stage, List<RawLog.Task> tasks, int completed) {
    long count =
        tasks.stream()
            .filter(
                task ->
                    task.reason().contains("java.lang.OutOfMemoryError")
                        || task.reason().contains("killed by YARN for exceeding memory limits"))
            .count();
    if (count == 0 || completed == 0) {
      return;
    }
    boolean hasFailed = !stage.failure().isEmpty();
    int level = count / (double) completed < 0.02 ? 2 : Levels.SEVERE;
    say(
        "Stages with failed tasks",
        hasFailed ? (count / completed > 0 ? Levels.CRITICAL : 0) : level);
  }

  private static long[] sorted(List<RawLog.Numbers> numbers, ToLongFunction<RawLog.Numbers> of) {
    long[] values = numbers.stream().mapToLong(of).toArray();
    Arrays.sort(values);
    return values;
  }

  /** A size of the configuration, where only the suffixes m and g occur; 0 when it is not set. */
  private long bytes(String key) {
    String value = log.conf(key, "0m");
    long number = Long.parseLong(value.substring(0, value.length() - 1));
    return value.endsWith("g") ? number * GIB : number * MIB;
  }
}
