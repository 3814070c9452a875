// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.point;

import static io.plimsoll.diagnosis.point.Declaration.point;
import static io.plimsoll.diagnosis.signal.ComponentType.STAGE;

import io.plimsoll.diagnosis.signal.StageMetrics;
import java.util.List;

/** Declared points of Spark stages: stage, task, shuffle and spill. */
final class StagePoints {
  private static final double GIB = 1L << 30;

  private StagePoints() {}

  static List<DiagnosisPoint> all() {
    return List.of(
        longStage(),
        lowParallelism(),
        tinyTasks(),
        longTasks(),
        largePartition(),
        partitionMemory(),
        executionMemory(),
        fetchWait(),
        amplification(),
        singleTask(),
        waiting(),
        stageGc(),
        failedTasks(),
        diskSpill());
  }

  private static DiagnosisPoint longStage() {
    return point("stage.long", "ST-04", STAGE, StageMetrics.TASK_MEAN)
        .title("long stage")
        .meaning("The mean task of the stage runs so long that a lost one costs much.")
        .limits(900_000, 1_800_000, 2_700_000, 3_600_000, "Dr. Elephant: 15, 30, 45, 60 min")
        .support(3)
        .paid(StageMetrics.RUN_SHARE)
        .show(StageMetrics.TASKS, StageMetrics.MEDIAN_READ)
        .advice("More partitions make shorter tasks; look at what one task computes.")
        .build();
  }

  private static DiagnosisPoint lowParallelism() {
    return point("stage.low-parallelism", "ST-05", STAGE, StageMetrics.PARALLELISM)
        .title("fewer tasks than cores")
        .meaning("The stage has fewer tasks than the executors have cores: the rest stands idle.")
        .limits(0.75, 0.5, 0.25, 0.125, "Sparklens's PRatio below 1; a few tasks short is common")
        .gate(
            StageMetrics.IDLE_SHARE,
            0.03,
            "No stage leaves 3 % of the run's core time without a task.")
        .paid(StageMetrics.IDLE_SHARE)
        .coreCost(StageMetrics.IDLE_CORE_MILLIS)
        .show(StageMetrics.TASKS, StageMetrics.SPAN)
        .advice("Raise the number of partitions before this stage, or ask for fewer cores.")
        .build();
  }

  private static DiagnosisPoint tinyTasks() {
    return point("stage.tiny-tasks", "ST-06", STAGE, StageMetrics.TINY_TASKS)
        .title("many tiny tasks")
        .meaning("A thousand tasks and more of less than half a second: starting them costs more.")
        .limits(
            1_000,
            10_000,
            20_000,
            50_000,
            "DataFlint: more than 5000 tasks, median < 500 ms; milder from a thousand")
        .support(3)
        .paid(StageMetrics.RUN_SHARE)
        .show(StageMetrics.TASK_MEDIAN, StageMetrics.MEDIAN_READ)
        .advice("Fewer partitions: coalesce, spark.sql.shuffle.partitions, larger input splits.")
        .build();
  }

  private static DiagnosisPoint longTasks() {
    return point("task.long", "TK-04", STAGE, StageMetrics.TASK_MEDIAN)
        .title("long tasks")
        .meaning("Already the median task runs for minutes: a failure loses much work.")
        .limits(150_000, 300_000, 600_000, 900_000, "Dr. Elephant's branch: 2.5, 5, 10, 15 min")
        .support(3)
        .paid(StageMetrics.RUN_SHARE)
        .show(StageMetrics.MEDIAN_READ, StageMetrics.CPU_SHARE)
        .advice("More partitions, so that a task reads 128 to 256 MiB.")
        .build();
  }

  private static DiagnosisPoint largePartition() {
    return point("task.large-partition", "TK-10", STAGE, StageMetrics.MOST_READ)
        .title("too large a partition")
        .meaning("A task reads more bytes than an executor can well sort or cache.")
        .limits(
            2 * GIB, 5 * GIB, 10 * GIB, 20 * GIB, "DataFlint: more than 5 GB; a quarter below it")
        .support(1)
        .paid(StageMetrics.RUN_SHARE)
        .show(StageMetrics.MEDIAN_READ, StageMetrics.DISK_SPILL)
        .counterBelow(StageMetrics.DISK_SPILL, 0, "nothing was spilled to disk")
        .advice("More partitions; where one key holds the data, salt it.")
        .build();
  }

  private static DiagnosisPoint partitionMemory() {
    return point("task.partition-memory", "TK-10", STAGE, StageMetrics.READ_MEMORY_SHARE)
        .title("partition near a task's memory")
        .meaning(
            "What one task reads from a shuffle takes several times as much as rows; it fits into"
                + " the task's memory only just, or not at all.")
        .limits(
            0.4,
            0.6,
            0.9,
            1.5,
            "rows take two and more times their shuffled bytes; DataFlint looks at bytes alone")
        .paid(StageMetrics.RUN_SHARE)
        .show(StageMetrics.MOST_READ, StageMetrics.TASKS, StageMetrics.DISK_SPILL)
        .advice(
            "More partitions, so that a task reads 128 to 256 MiB; where one key holds it, salt.")
        .build();
  }

  private static DiagnosisPoint executionMemory() {
    return point("task.execution-memory", "TK-13", STAGE, StageMetrics.EXECUTION_SHARE)
        .title("execution memory near its share")
        .meaning("A task uses nearly all execution memory that it may have; more makes it spill.")
        .limits(0.8, 1.2, 1.8, 2.5, "80 % of the unified memory over the cores")
        .paid(StageMetrics.RUN_SHARE)
        .show(StageMetrics.MEMORY_SPILL, StageMetrics.DISK_SPILL)
        .counterBelow(StageMetrics.DISK_SPILL, 0, "nothing was spilled to disk")
        .advice("More partitions, or more memory for each core.")
        .build();
  }

  private static DiagnosisPoint fetchWait() {
    return point("shuffle.fetch-wait", "SH-03", STAGE, StageMetrics.FETCH_WAIT_SHARE)
        .title("waiting for shuffle blocks")
        .meaning("Tasks wait for blocks of other executors: network, disks or the shuffle service.")
        .limits(0.2, 0.3, 0.5, 0.7, "20 % of run time; Sparklens and the RAPIDS tools only show it")
        .paidInProportion(StageMetrics.RUN_SHARE)
        .coreCost(StageMetrics.FETCH_WAIT_MILLIS)
        .show(StageMetrics.SHUFFLE_READ)
        .counterAbove(StageMetrics.GC_SHARE, 0.2, "garbage collection may have held the servers")
        .advice("Look at the hosts that serve the blocks; fewer, larger blocks travel better.")
        .build();
  }

  private static DiagnosisPoint amplification() {
    return point("shuffle.amplification", "SH-06", STAGE, StageMetrics.AMPLIFICATION)
        .title("shuffle writes more than was read")
        .meaning("The stage writes a multiple of its input into the shuffle: rows were multiplied.")
        .limits(3, 5, 10, 30, "more than 3 times; Sparklens shows the ratio")
        .gate(StageMetrics.SHUFFLE_WRITE, 64L << 20, "No stage writes 64 MiB into a shuffle.")
        .paid(StageMetrics.RUN_SHARE)
        .show(StageMetrics.INPUT, StageMetrics.SHUFFLE_READ)
        .advice("Filter, project or aggregate before the exploding step.")
        .build();
  }

  private static DiagnosisPoint singleTask() {
    return point("stage.single-task", "SQL-18", STAGE, StageMetrics.ONE_TASK_READ)
        .title("all data through one task")
        .meaning("A global sort, a window without partition or a coalesce to one: one core works.")
        .limits(64L << 20, 256L << 20, GIB, 4 * GIB, "Compass: 50 M records, here in bytes")
        .paid(StageMetrics.RUN_SHARE)
        .coreCost(StageMetrics.IDLE_CORE_MILLIS)
        .show(StageMetrics.SPAN)
        .advice("Partition the window, sort within partitions, or do not coalesce to one.")
        .build();
  }

  private static DiagnosisPoint waiting() {
    return point("task.low-cpu", "CPU-02", STAGE, StageMetrics.CPU_SHARE)
        .title("tasks that wait")
        .meaning("Tasks run but compute little: they wait for disks, the network or a service.")
        .limits(0.3, 0.2, 0.1, 0.05, "below 30 % of run time; Flink's low mark in Compass is 40 %")
        .gate(StageMetrics.CORE_MILLIS, 10_000, "No stage has ten seconds of task time.")
        .paidInProportion(StageMetrics.RUN_SHARE)
        .coreCost(StageMetrics.WAITING_MILLIS)
        .show(StageMetrics.FETCH_WAIT_SHARE, StageMetrics.GC_SHARE, StageMetrics.INPUT)
        .counterAbove(StageMetrics.GC_SHARE, 0.3, "garbage collection explains the waiting")
        .counterAbove(StageMetrics.ACCELERATED, 1, "an accelerator computes, not the CPU")
        .counterAbove(StageMetrics.FETCH_WAIT_SHARE, 0.3, "shuffle waits explain the waiting")
        .advice("Find what they wait for: input, shuffle, a remote service, a Python worker.")
        .build();
  }

  private static DiagnosisPoint stageGc() {
    return point("stage.gc", "GC-01", STAGE, StageMetrics.GC_SHARE)
        .title("garbage collection in a stage")
        .meaning("Collections take much of this stage's task time.")
        .limits(0.1, 0.15, 0.25, 0.4, "Dr. Elephant 8 to 20 %, the RAPIDS tools 30 %")
        .gate(StageMetrics.CORE_MILLIS, 10_000, "No stage has ten seconds of task time.")
        .paidInProportion(StageMetrics.RUN_SHARE)
        .coreCost(StageMetrics.GC_MILLIS)
        .show(StageMetrics.MEMORY_SPILL, StageMetrics.EXECUTION_SHARE)
        .advice("More heap for each core, fewer cores for each executor, or fewer objects.")
        .build();
  }

  private static DiagnosisPoint failedTasks() {
    return point("stage.failed-tasks", "TK-07", STAGE, StageMetrics.FAILED_SHARE)
        .title("failing tasks in a stage")
        .meaning("Attempts of this stage fail and are tried again.")
        .limits(0.05, 0.1, 0.15, 0.2, "Dr. Elephant's branch: .05, .1, .15, .2")
        .support(4)
        .show(StageMetrics.TASKS)
        .advice("Read the reasons of the failed attempts.")
        .build();
  }

  private static DiagnosisPoint diskSpill() {
    return point("stage.disk-spill", "SH-01", STAGE, StageMetrics.DISK_SPILL)
        .title("spill to disk")
        .meaning("Sorts and aggregations did not fit in memory and went through the local disks.")
        .limits(
            100L << 20, GIB, 10 * GIB, 100 * GIB, "kubeflow's tool: more than 100 MB of a stage")
        .paid(StageMetrics.RUN_SHARE)
        .show(StageMetrics.MEMORY_SPILL, StageMetrics.EXECUTION_SHARE)
        .advice("More partitions, or more execution memory for each task.")
        .build();
  }
}
