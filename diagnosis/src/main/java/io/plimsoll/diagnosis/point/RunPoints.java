// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.point;

import static io.plimsoll.diagnosis.point.Declaration.point;
import static io.plimsoll.diagnosis.signal.ComponentType.DRIVER;
import static io.plimsoll.diagnosis.signal.ComponentType.EXECUTORS;
import static io.plimsoll.diagnosis.signal.ComponentType.RUN;

import io.plimsoll.diagnosis.signal.RunMetrics;
import io.plimsoll.diagnosis.signal.StageMetrics;
import java.util.List;

/** Declared points of a Spark run, its driver, its executors together, and its configuration. */
final class RunPoints {
  private static final double GIB = 1L << 30;

  private RunPoints() {}

  static List<DiagnosisPoint> all() {
    return List.of(
        runGcShare(),
        runGcSpare(),
        runFailedJobs(),
        runFailedStages(),
        runStageRetries(),
        runTinyJobs(),
        runWastedTasks(),
        runLowCpu(),
        driverLargeResults(),
        driverCores(),
        executorsLate(),
        executorsFlapping(),
        executorsLostTogether(),
        executorsUnusedCores(),
        configExecutorMemory(),
        configExecutorOverhead(),
        configExecutorCores(),
        configMemoryPerCore(),
        configMemoryPerCoreHigh(),
        configDynamicAllocation(),
        configJavaSerializer(),
        configAdaptiveOff());
  }

  private static DiagnosisPoint runGcShare() {
    return point("run.gc-share", "GC-01", RUN, RunMetrics.TASK_GC_SHARE)
        .title("garbage collection in tasks")
        .meaning("Over the whole run, collections take much of the time of tasks.")
        .limits(0.08, 0.1, 0.15, 0.2, "Dr. Elephant's Spark limits: 8, 10, 15, 20 %")
        .history()
        .gate(RunMetrics.TASK_MILLIS, 10_000, "The tasks ran for less than ten seconds.")
        .show(RunMetrics.TASK_CPU_SHARE)
        .advice("Give the heap more room above its live set; fewer cores for each executor.")
        .build();
  }

  private static DiagnosisPoint runGcSpare() {
    return point("run.gc-spare", "GC-02", RUN, RunMetrics.TASK_GC_SPARE)
        .title("heap to spare")
        .meaning(
            "So little garbage collection means that the heap may be larger than the "
                + "work needs.")
        .limits(
            0.01,
            0.005,
            0.002,
            0.0005,
            "Dr. Elephant fires below 5, 4, 3, 1 %; stricter here, since memory is "
                + "judged better where an agent is")
        .gate(RunMetrics.TASK_MILLIS, 600_000, "The tasks ran for less than ten minutes.")
        .gate(RunMetrics.EXECUTOR_HEAP_RUN, 4L << 30, "The executors have less than 4 GiB of heap.")
        .advice("Lower spark.executor.memory step by step.")
        .build();
  }

  private static DiagnosisPoint runFailedJobs() {
    return point("run.failed-jobs", "ST-03", RUN, RunMetrics.JOB_FAILED_SHARE)
        .title("failed jobs")
        .meaning("Jobs of the application failed.")
        .limits(0.01, 0.1, 0.3, 0.5, "any, then Dr. Elephant: .1, .3, .5")
        .advice("Read the reason of the first failed stage.")
        .build();
  }

  private static DiagnosisPoint runFailedStages() {
    return point("run.failed-stages", "ST-03", RUN, RunMetrics.STAGE_FAILED_SHARE)
        .title("failed stages")
        .meaning("Stage attempts failed.")
        .limits(0.005, 0.1, 0.3, 0.5, "any of 200, then Dr. Elephant: .1, .3, .5")
        .advice("Read the reason of the first failed stage.")
        .build();
  }

  private static DiagnosisPoint runStageRetries() {
    return point("run.stage-retries", "ST-07", RUN, RunMetrics.STAGE_RETRIES)
        .title("stages done again")
        .meaning(
            "Stages were run again, mostly because shuffle files of lost executors were " + "gone.")
        .limits(1, 3, 8, 20, "the RAPIDS tools: any")
        .advice("Find out why executors went; keep shuffle files outside of them.")
        .build();
  }

  private static DiagnosisPoint runTinyJobs() {
    return point("run.tiny-jobs", "SQL-21", RUN, RunMetrics.TINY_JOB_SHARE)
        .title("many tiny jobs")
        .meaning(
            "Most jobs take less than a second: a loop in the driver asks for little at "
                + "a time.")
        .limits(0.5, 0.8, 0.95, 0.99, "more than 100 jobs with a median below 1 s")
        .gate(RunMetrics.JOB_COUNT, 100, "The run has fewer than 100 jobs.")
        .show(RunMetrics.JOB_COUNT)
        .advice("Ask for more at once: one query instead of a loop of actions.")
        .build();
  }

  private static DiagnosisPoint runWastedTasks() {
    return point("run.wasted-tasks", "TK-11", RUN, RunMetrics.WASTED_TASK_SHARE)
        .title("work thrown away")
        .meaning("Failed, killed and speculative attempts took time whose result nobody " + "used.")
        .limits(0.05, 0.1, 0.2, 0.4, "more than 10 % of task time; half of it is low")
        .show(RunMetrics.TASK_MILLIS)
        .advice("Find why attempts fail; stop speculation where copies never win.")
        .build();
  }

  private static DiagnosisPoint runLowCpu() {
    return point("run.low-cpu", "CPU-02", RUN, RunMetrics.TASK_CPU_SHARE)
        .title("tasks that wait, over the run")
        .meaning("Over the whole run tasks compute little of their time.")
        .limits(0.3, 0.2, 0.1, 0.05, "below 30 % of run time")
        .history()
        .gate(RunMetrics.TASK_MILLIS, 60_000, "The tasks ran for less than a minute.")
        .show(RunMetrics.TASK_GC_SHARE)
        .counterAbove(RunMetrics.TASK_GC_SHARE, 0.3, "garbage collection explains the waiting")
        .counterAbove(StageMetrics.ACCELERATED, 1, "an accelerator computes, not the CPU")
        .advice("Find what they wait for; more tasks at once on the same cores may help.")
        .build();
  }

  private static DiagnosisPoint driverLargeResults() {
    return point("driver.large-results", "DR-08", DRIVER, RunMetrics.RESULT_LIMIT_SHARE)
        .title("large results to the driver")
        .meaning("One stage sends the driver results near spark.driver.maxResultSize.")
        .limits(
            0.25, 0.5, 0.8, 1, "a quarter of the engine's limit, or of 1 GiB where that is lifted")
        .show(RunMetrics.RESULT_BYTES)
        .advice("Write results from the executors, or aggregate before collecting.")
        .build();
  }

  private static DiagnosisPoint driverCores() {
    return point("driver.cores", "DR-05", DRIVER, RunMetrics.DRIVER_CORES)
        .title("many cores for the driver")
        .meaning("The driver holds cores that its one scheduler thread cannot use.")
        .limits(5, 7, 9, 11, "Dr. Elephant's branch: 5, 7, 9, 11")
        .advice("Lower spark.driver.cores.")
        .build();
  }

  private static DiagnosisPoint executorsLate() {
    return point("executors.late", "EX-06", EXECUTORS, RunMetrics.FIRST_EXECUTOR_WAIT)
        .title("late first executor")
        .meaning(
            "The application waited long for its first executor: admission, "
                + "localisation or image pulls.")
        .limits(60000, 120000, 300000, 900000, "more than 60 s")
        .paid(RunMetrics.FIRST_EXECUTOR_SHARE)
        .wallCost(RunMetrics.FIRST_EXECUTOR_WAIT)
        .advice("Look at the queue; ship fewer and smaller files; use prepared images.")
        .build();
  }

  private static DiagnosisPoint executorsFlapping() {
    return point("executors.flapping", "Q-11", EXECUTORS, RunMetrics.EXECUTOR_CHURN)
        .title("executors come and go")
        .meaning("Dynamic allocation gives executors back and asks for new ones all the " + "time.")
        .limits(0.8, 0.9, 0.95, 0.99, "80 % removed; the mean life is shown")
        .support(5)
        .show(RunMetrics.EXECUTOR_MEAN_LIFE, RunMetrics.EXECUTOR_COUNT)
        .counterAbove(RunMetrics.EXECUTOR_MEAN_LIFE, 120_000, "they live for minutes")
        .advice("Raise spark.dynamicAllocation.executorIdleTimeout.")
        .build();
  }

  private static DiagnosisPoint executorsLostTogether() {
    return point("executors.lost-together", "DR-10", EXECUTORS, RunMetrics.EXECUTORS_LOST_BURST)
        .title("many executors lost at once")
        .meaning(
            "Within a minute a large part of the executors went: driver, network or "
                + "queue, not one machine.")
        .limits(0.2, 0.3, 0.5, 0.8, "more than 20 % in a minute")
        .support(5)
        .show(RunMetrics.EXECUTOR_COUNT)
        .advice("Look at the driver's pauses, at the network and at preemption.")
        .build();
  }

  private static DiagnosisPoint executorsUnusedCores() {
    return point("executors.unused-cores", "SC-02", EXECUTORS, RunMetrics.UNUSED_CORE_SHARE)
        .title("core time without tasks")
        .meaning("Executors held cores on which no task ran.")
        .limits(0.4, 0.5, 0.7, 0.85, "DataFlint and Compass: 50 % of the core time")
        .history()
        .memoryCost(RunMetrics.UNUSED_MEMORY_MILLIS)
        .coreCost(RunMetrics.UNUSED_CORE_MILLIS)
        .show(RunMetrics.CORE_MILLIS, RunMetrics.EXECUTOR_COUNT)
        .advice(
            "Ask for fewer executors, or release idle ones " + "(spark.dynamicAllocation.enabled).")
        .build();
  }

  private static DiagnosisPoint configExecutorMemory() {
    return point("config.executor-memory", "MEM-12", EXECUTORS, RunMetrics.EXECUTOR_HEAP)
        .title("very large executor heap")
        .meaning("Heaps of this size are slow to collect and hard to place.")
        .lowAt(
            32 * GIB,
            "Dr. Elephant fires from 10 GB on, which is of 2015; beyond 32 GiB pointers are long")
        .advice("More, smaller executors.")
        .build();
  }

  private static DiagnosisPoint configExecutorOverhead() {
    return point("config.executor-overhead", "MEM-12", EXECUTORS, RunMetrics.EXECUTOR_OVERHEAD)
        .title("large memory overhead")
        .meaning("The overhead is larger than what is common outside the heap.")
        .lowAt(8 * GIB, "Dr. Elephant: 2, 4, 6, 8 GB; only its last is uncommon today")
        .advice("Lower spark.executor.memoryOverhead where the resident set allows it.")
        .build();
  }

  private static DiagnosisPoint configExecutorCores() {
    return point("config.executor-cores", "CPU-07", EXECUTORS, RunMetrics.CORES_PER_EXECUTOR)
        .title("many cores for one executor")
        .meaning("Tasks of one executor share heap, disks and a garbage collector.")
        .lowAt(17, "Dr. Elephant fires above 4, 6, 8, 10, which is of 2015; 16 are common today")
        .advice("Four to eight cores for each executor.")
        .build();
  }

  private static DiagnosisPoint configMemoryPerCore() {
    return point("config.memory-per-core", "MEM-17", EXECUTORS, RunMetrics.MEMORY_PER_CORE_LOW)
        .title("little memory for each core")
        .meaning("Each task has little heap; a large one would spill or die.")
        .lowAt(
            0.75 * GIB,
            "the RAPIDS tools: 2 GB, at least 750 MB; never more than low, since what tasks need of"
                + " it is seen elsewhere: spill, collections, failures")
        .advice("More memory or fewer cores for each executor.")
        .build();
  }

  private static DiagnosisPoint configMemoryPerCoreHigh() {
    return point(
            "config.memory-per-core-high", "MEM-17", EXECUTORS, RunMetrics.MEMORY_PER_CORE_HIGH)
        .title("much memory for each core")
        .meaning("Each core has more heap than tasks commonly use.")
        .limits(
            16 * GIB, 24 * GIB, 32 * GIB, 64 * GIB, "twice the 8 GB for each core that are usual")
        .advice("Fewer GiB or more cores for each executor.")
        .build();
  }

  private static DiagnosisPoint configDynamicAllocation() {
    return point("config.dynamic-allocation", "Q-13", EXECUTORS, RunMetrics.DYNAMIC_WITHOUT_SHUFFLE)
        .title("dynamic allocation loses shuffle files")
        .meaning("Executors that are released take their shuffle files with them.")
        .lowAt(1, "Dr. Elephant: severe without a shuffle service")
        .advice(
            "Set spark.dynamicAllocation.shuffleTracking.enabled or use a shuffle " + "service.")
        .build();
  }

  private static DiagnosisPoint configJavaSerializer() {
    return point("config.java-serializer", "CPU-06", RUN, RunMetrics.JAVA_SERIALIZER)
        .title("slow serializer")
        .meaning("Records of RDDs went through the Java serializer into shuffles.")
        .limits(
            GIB,
            10 * GIB,
            100 * GIB,
            1000 * GIB,
            "Dr. Elephant: moderate when Kryo is missing; here only what was shuffled " + "counts")
        .advice("Set spark.serializer to the Kryo serializer.")
        .build();
  }

  private static DiagnosisPoint configAdaptiveOff() {
    return point("config.adaptive-off", "SQL-19", RUN, RunMetrics.ADAPTIVE_OFF)
        .title("adaptive execution is off")
        .meaning("Partitions, joins and skew are not adapted to what is seen while running.")
        .lowAt(1, "the RAPIDS tools' and Spark's own advice")
        .advice("Set spark.sql.adaptive.enabled=true.")
        .build();
  }
}
