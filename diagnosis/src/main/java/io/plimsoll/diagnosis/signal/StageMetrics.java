// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.signal;

/** What is measured of one stage attempt and of its tasks. */
public final class StageMetrics {
  public static final SignalMetric SPAN =
      SignalMetric.high(
          "stage.span",
          "ms",
          SymptomFamily.LATENCY,
          Origin.DRIVER_EVENTS,
          "time from submission to completion");
  public static final SignalMetric RUN_SHARE =
      SignalMetric.high(
          "stage.run.share",
          "share",
          SymptomFamily.LATENCY,
          Origin.DRIVER_EVENTS,
          "the stage's share of the run");
  public static final SignalMetric CORE_MILLIS =
      SignalMetric.high(
          "stage.task.time",
          "core·ms",
          SymptomFamily.CPU,
          Origin.DRIVER_EVENTS,
          "the tasks' run time together");
  public static final SignalMetric TASKS =
      SignalMetric.high(
          "stage.tasks",
          "count",
          SymptomFamily.LATENCY,
          Origin.DRIVER_EVENTS,
          "task attempts of the stage");
  public static final SignalMetric TASK_MEDIAN =
      SignalMetric.high(
          "stage.task.median",
          "ms",
          SymptomFamily.LATENCY,
          Origin.DRIVER_EVENTS,
          "the median task's run time");
  public static final SignalMetric TASK_MEAN =
      SignalMetric.high(
          "stage.task.mean",
          "ms",
          SymptomFamily.LATENCY,
          Origin.DRIVER_EVENTS,
          "the mean task's run time");
  public static final SignalMetric TASK_MAX =
      SignalMetric.high(
          "stage.task.max",
          "ms",
          SymptomFamily.LATENCY,
          Origin.DRIVER_EVENTS,
          "the longest task's run time");
  public static final SignalMetric TINY_TASKS =
      SignalMetric.high(
          "stage.tasks.tiny",
          "count",
          SymptomFamily.LATENCY,
          Origin.DRIVER_EVENTS,
          "tasks of a stage whose median task takes less than half a second");
  public static final SignalMetric TAIL_RATIO =
      SignalMetric.high(
          "stage.task.tail.ratio",
          "ratio",
          SymptomFamily.SKEW,
          Origin.DRIVER_EVENTS,
          "longest over median run time of a task");
  public static final SignalMetric TAIL_SHARE =
      SignalMetric.high(
          "stage.task.tail.share",
          "share",
          SymptomFamily.LATENCY,
          Origin.DRIVER_EVENTS,
          "the longest task's time beyond the median, as a share of the run");
  public static final SignalMetric TAIL_MILLIS =
      SignalMetric.high(
          "stage.task.tail",
          "ms",
          SymptomFamily.LATENCY,
          Origin.DRIVER_EVENTS,
          "the longest task's time beyond the median");
  public static final SignalMetric DATA_RATIO =
      SignalMetric.high(
          "stage.data.ratio",
          "ratio",
          SymptomFamily.SKEW,
          Origin.DRIVER_EVENTS,
          "most over median bytes that a task read");
  public static final SignalMetric MOST_READ =
      SignalMetric.high(
          "stage.task.read.max",
          "bytes",
          SymptomFamily.SKEW,
          Origin.DRIVER_EVENTS,
          "most bytes that one task read");
  public static final SignalMetric MEDIAN_READ =
      SignalMetric.high(
          "stage.task.read.median",
          "bytes",
          SymptomFamily.DATA_VOLUME,
          Origin.DRIVER_EVENTS,
          "bytes that the median task read");
  public static final SignalMetric READ_MEMORY_SHARE =
      SignalMetric.high(
          "stage.task.read.memory.share",
          "ratio",
          SymptomFamily.MEMORY,
          Origin.DRIVER_EVENTS,
          "most shuffle bytes that one task read over its share of the executor's memory");
  public static final SignalMetric PARALLELISM =
      SignalMetric.low(
          "stage.parallelism",
          "ratio",
          SymptomFamily.QUEUEING,
          Origin.DRIVER_EVENTS,
          "tasks of the stage for each core at hand");
  public static final SignalMetric IDLE_CORE_MILLIS =
      SignalMetric.high(
          "stage.core_time.idle",
          "core·ms",
          SymptomFamily.WASTE,
          Origin.DRIVER_EVENTS,
          "core time without a task while the stage ran");
  public static final SignalMetric FETCH_WAIT_SHARE =
      SignalMetric.high(
          "stage.fetch_wait.share",
          "share",
          SymptomFamily.NETWORK,
          Origin.DRIVER_EVENTS,
          "waiting for shuffle blocks as a share of the tasks' run time");
  public static final SignalMetric FETCH_WAIT_MILLIS =
      SignalMetric.high(
          "stage.fetch_wait",
          "core·ms",
          SymptomFamily.NETWORK,
          Origin.DRIVER_EVENTS,
          "time that tasks waited for shuffle blocks");
  public static final SignalMetric GC_SHARE =
      SignalMetric.high(
          "stage.gc.share",
          "share",
          SymptomFamily.GARBAGE_COLLECTION,
          Origin.DRIVER_EVENTS,
          "garbage collection's share of the tasks' run time");
  public static final SignalMetric GC_MILLIS =
      SignalMetric.high(
          "stage.gc",
          "core·ms",
          SymptomFamily.GARBAGE_COLLECTION,
          Origin.DRIVER_EVENTS,
          "garbage collection during the tasks");
  public static final SignalMetric CPU_SHARE =
      SignalMetric.low(
          "stage.cpu.share",
          "share",
          SymptomFamily.CPU,
          Origin.DRIVER_EVENTS,
          "CPU time's share of the tasks' run time");
  public static final SignalMetric WAITING_MILLIS =
      SignalMetric.high(
          "stage.waiting",
          "core·ms",
          SymptomFamily.LATENCY,
          Origin.DRIVER_EVENTS,
          "run time of the tasks that was no CPU time");
  public static final SignalMetric AMPLIFICATION =
      SignalMetric.high(
          "stage.shuffle.amplification",
          "ratio",
          SymptomFamily.DATA_VOLUME,
          Origin.DRIVER_EVENTS,
          "shuffle bytes written over bytes read");
  public static final SignalMetric SHUFFLE_WRITE =
      SignalMetric.high(
          "stage.shuffle.write",
          "bytes",
          SymptomFamily.DATA_VOLUME,
          Origin.DRIVER_EVENTS,
          "shuffle bytes written");
  public static final SignalMetric SHUFFLE_READ =
      SignalMetric.high(
          "stage.shuffle.read",
          "bytes",
          SymptomFamily.DATA_VOLUME,
          Origin.DRIVER_EVENTS,
          "shuffle bytes read");
  public static final SignalMetric INPUT =
      SignalMetric.high(
          "stage.input",
          "bytes",
          SymptomFamily.DATA_VOLUME,
          Origin.DRIVER_EVENTS,
          "bytes read from storage");
  public static final SignalMetric OUTPUT =
      SignalMetric.high(
          "stage.output",
          "bytes",
          SymptomFamily.DATA_VOLUME,
          Origin.DRIVER_EVENTS,
          "bytes written to storage");
  public static final SignalMetric DISK_SPILL =
      SignalMetric.high(
          "stage.spill.disk",
          "bytes",
          SymptomFamily.DISK,
          Origin.DRIVER_EVENTS,
          "bytes spilled to disk");
  public static final SignalMetric MEMORY_SPILL =
      SignalMetric.high(
          "stage.spill.memory",
          "bytes",
          SymptomFamily.MEMORY,
          Origin.DRIVER_EVENTS,
          "bytes of memory that were spilled");
  public static final SignalMetric EXECUTION_SHARE =
      SignalMetric.high(
          "stage.execution_memory.share",
          "share",
          SymptomFamily.MEMORY,
          Origin.DRIVER_EVENTS,
          "largest execution memory of a task over its share of the executor's");
  public static final SignalMetric FAILED_SHARE =
      SignalMetric.high(
          "stage.tasks.failed.share",
          "share",
          SymptomFamily.ERRORS,
          Origin.DRIVER_EVENTS,
          "share of the task attempts that failed");
  public static final SignalMetric ONE_TASK_READ =
      SignalMetric.high(
          "stage.single.read",
          "bytes",
          SymptomFamily.QUEUEING,
          Origin.DRIVER_EVENTS,
          "bytes read by the only task of a stage");
  public static final SignalMetric SMALL_BLOCK =
      SignalMetric.low(
          "stage.shuffle.block",
          "bytes",
          SymptomFamily.DISK,
          Origin.DRIVER_EVENTS,
          "mean bytes of a shuffle block");
  public static final SignalMetric DESERIALIZE_SHARE =
      SignalMetric.high(
          "stage.deserialize.share",
          "share",
          SymptomFamily.CPU,
          Origin.DRIVER_EVENTS,
          "deserialising tasks and serialising results as a share of the attempts' time");
  public static final SignalMetric DELAY_SHARE =
      SignalMetric.high(
          "stage.scheduler_delay.share",
          "share",
          SymptomFamily.QUEUEING,
          Origin.DRIVER_EVENTS,
          "scheduler delay as a share of the attempts' time");
  public static final SignalMetric DELAY_MILLIS =
      SignalMetric.high(
          "stage.scheduler_delay",
          "core·ms",
          SymptomFamily.QUEUEING,
          Origin.DRIVER_EVENTS,
          "scheduler delay of the attempts together");
  public static final SignalMetric LAUNCH_WAIT =
      SignalMetric.high(
          "stage.launch.wait",
          "ms",
          SymptomFamily.QUEUEING,
          Origin.DRIVER_EVENTS,
          "time from submission to the first launch of a task");
  public static final SignalMetric LAUNCH_WAIT_SHARE =
      SignalMetric.high(
          "stage.launch.wait.share",
          "share",
          SymptomFamily.QUEUEING,
          Origin.DRIVER_EVENTS,
          "time from submission to the first launch as a share of the run");
  public static final SignalMetric WRITE_SPEED =
      SignalMetric.low(
          "stage.shuffle.write.speed",
          "MiB/s",
          SymptomFamily.DISK,
          Origin.DRIVER_EVENTS,
          "speed at which a task writes shuffle files");
  public static final SignalMetric REMOTE_SHARE =
      SignalMetric.high(
          "stage.shuffle.remote.share",
          "share",
          SymptomFamily.NETWORK,
          Origin.DRIVER_EVENTS,
          "share of the shuffle bytes that came from other executors");
  public static final SignalMetric SPECULATIVE =
      SignalMetric.high(
          "stage.tasks.speculative",
          "count",
          SymptomFamily.LATENCY,
          Origin.DRIVER_EVENTS,
          "speculative copies of tasks");
  public static final SignalMetric SPECULATIVE_WON =
      SignalMetric.low(
          "stage.tasks.speculative.won",
          "share",
          SymptomFamily.WASTE,
          Origin.DRIVER_EVENTS,
          "share of the speculative copies that won");
  public static final SignalMetric ONE_HOST_FAILURES =
      SignalMetric.high(
          "stage.failures.one_host.share",
          "share",
          SymptomFamily.ERRORS,
          Origin.DRIVER_EVENTS,
          "share of the failed attempts that failed on one host");
  public static final SignalMetric FAILURES =
      SignalMetric.high(
          "stage.tasks.failed",
          "count",
          SymptomFamily.ERRORS,
          Origin.DRIVER_EVENTS,
          "failed attempts");
  public static final SignalMetric FAR_SHARE =
      SignalMetric.high(
          "stage.locality.any.share",
          "share",
          SymptomFamily.NETWORK,
          Origin.DRIVER_EVENTS,
          "share of the tasks that ran far from their data");
  public static final SignalMetric FETCH_FAILURES =
      SignalMetric.high(
          "stage.fetch_failures",
          "count",
          SymptomFamily.NETWORK,
          Origin.DRIVER_EVENTS,
          "attempts that could not fetch shuffle blocks");
  public static final SignalMetric MEMORY_FAILURES =
      SignalMetric.high(
          "stage.memory_failures",
          "count",
          SymptomFamily.MEMORY,
          Origin.DRIVER_EVENTS,
          "attempts that failed for want of memory");
  public static final SignalMetric SLOW_READER =
      SignalMetric.high(
          "stage.read.slowest.ratio",
          "ratio",
          SymptomFamily.DISK,
          Origin.DRIVER_EVENTS,
          "median over slowest executor's reading speed");
  public static final SignalMetric ACCELERATED =
      SignalMetric.high(
          "stage.accelerated",
          "count",
          SymptomFamily.CPU,
          Origin.DRIVER_EVENTS,
          "operators run on an accelerator or natively (1)");
  public static final SignalMetric HOSTS =
      SignalMetric.low(
          "run.hosts",
          "count",
          SymptomFamily.AVAILABILITY,
          Origin.DRIVER_EVENTS,
          "hosts of the run");
  public static final SignalMetric IDLE_SHARE =
      SignalMetric.high(
          "stage.core_time.idle.share",
          "share",
          SymptomFamily.WASTE,
          Origin.DRIVER_EVENTS,
          "core time without a task while the stage ran, as a share of the run's");

  private StageMetrics() {}
}
