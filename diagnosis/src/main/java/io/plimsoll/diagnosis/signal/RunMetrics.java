// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.signal;

/** What is measured of a run, its driver and its executors together, by what the driver tells. */
public final class RunMetrics {
  public static final SignalMetric WALL =
      SignalMetric.high(
          "run.wall", "ms", SymptomFamily.LATENCY, Origin.DRIVER_EVENTS, "wall time of the run");
  public static final SignalMetric TASK_GC_SHARE =
      SignalMetric.high(
          "run.task_gc.share",
          "share",
          SymptomFamily.GARBAGE_COLLECTION,
          Origin.DRIVER_EVENTS,
          "garbage collection's share of the tasks' run time");
  public static final SignalMetric TASK_GC_SPARE =
      SignalMetric.low(
          "run.task_gc.spare",
          "share",
          SymptomFamily.WASTE,
          Origin.DRIVER_EVENTS,
          "garbage collection's share of the tasks' run time (low: heap to spare)");
  public static final SignalMetric TASK_CPU_SHARE =
      SignalMetric.low(
          "run.task_cpu.share",
          "share",
          SymptomFamily.CPU,
          Origin.DRIVER_EVENTS,
          "CPU time's share of the tasks' run time");
  public static final SignalMetric TASK_MILLIS =
      SignalMetric.high(
          "run.task.time",
          "ms",
          SymptomFamily.LATENCY,
          Origin.DRIVER_EVENTS,
          "the tasks' run time together");
  public static final SignalMetric JOB_COUNT =
      SignalMetric.high(
          "run.jobs", "count", SymptomFamily.LATENCY, Origin.DRIVER_EVENTS, "jobs of the run");
  public static final SignalMetric JOB_FAILED_SHARE =
      SignalMetric.high(
          "run.jobs.failed.share",
          "share",
          SymptomFamily.ERRORS,
          Origin.DRIVER_EVENTS,
          "share of the jobs that failed");
  public static final SignalMetric TINY_JOB_SHARE =
      SignalMetric.high(
          "run.jobs.tiny.share",
          "share",
          SymptomFamily.LATENCY,
          Origin.DRIVER_EVENTS,
          "share of the jobs that took less than a second");
  public static final SignalMetric STAGE_FAILED_SHARE =
      SignalMetric.high(
          "run.stages.failed.share",
          "share",
          SymptomFamily.ERRORS,
          Origin.DRIVER_EVENTS,
          "share of the stage attempts that failed");
  public static final SignalMetric STAGE_RETRIES =
      SignalMetric.high(
          "run.stages.retried",
          "count",
          SymptomFamily.ERRORS,
          Origin.DRIVER_EVENTS,
          "stage attempts after the first of their stage");
  public static final SignalMetric RESULT_BYTES =
      SignalMetric.high(
          "run.result.bytes",
          "bytes",
          SymptomFamily.DATA_VOLUME,
          Origin.DRIVER_EVENTS,
          "serialized results that tasks sent to the driver");
  public static final SignalMetric RESULT_LIMIT_SHARE =
      SignalMetric.high(
          "stage.result.limit.share",
          "share",
          SymptomFamily.MEMORY,
          Origin.DRIVER_EVENTS,
          "largest stage's results over spark.driver.maxResultSize");
  public static final SignalMetric FIRST_EXECUTOR_WAIT =
      SignalMetric.high(
          "run.first_executor.wait",
          "ms",
          SymptomFamily.QUEUEING,
          Origin.DRIVER_EVENTS,
          "wait for the first executor");
  public static final SignalMetric FIRST_EXECUTOR_SHARE =
      SignalMetric.high(
          "run.first_executor.share",
          "share",
          SymptomFamily.QUEUEING,
          Origin.DRIVER_EVENTS,
          "share of the run before the first executor came");
  public static final SignalMetric EXECUTOR_CHURN =
      SignalMetric.high(
          "executors.churn",
          "share",
          SymptomFamily.AVAILABILITY,
          Origin.DRIVER_EVENTS,
          "share of the executors that were removed while idle");
  public static final SignalMetric EXECUTOR_MEAN_LIFE =
      SignalMetric.low(
          "executors.life.mean",
          "ms",
          SymptomFamily.AVAILABILITY,
          Origin.DRIVER_EVENTS,
          "mean life of removed executors");
  public static final SignalMetric EXECUTOR_COUNT =
      SignalMetric.high(
          "executors.count",
          "count",
          SymptomFamily.WASTE,
          Origin.DRIVER_EVENTS,
          "executors of the run");
  public static final SignalMetric EXECUTORS_LOST_BURST =
      SignalMetric.high(
          "executors.lost.burst.share",
          "share",
          SymptomFamily.AVAILABILITY,
          Origin.DRIVER_EVENTS,
          "most executors lost within one minute, as a share");
  public static final SignalMetric CORES_PER_EXECUTOR =
      SignalMetric.high(
          "config.executor.cores",
          "count",
          SymptomFamily.CONFIGURATION,
          Origin.DRIVER_EVENTS,
          "cores of one executor");
  public static final SignalMetric EXECUTOR_HEAP =
      SignalMetric.high(
          "config.executor.memory",
          "bytes",
          SymptomFamily.CONFIGURATION,
          Origin.DRIVER_EVENTS,
          "heap of one executor");
  public static final SignalMetric EXECUTOR_OVERHEAD =
      SignalMetric.high(
          "config.executor.overhead",
          "bytes",
          SymptomFamily.CONFIGURATION,
          Origin.DRIVER_EVENTS,
          "memory overhead of one executor");
  public static final SignalMetric DRIVER_CORES =
      SignalMetric.high(
          "config.driver.cores",
          "count",
          SymptomFamily.CONFIGURATION,
          Origin.DRIVER_EVENTS,
          "cores of the driver");
  public static final SignalMetric MEMORY_PER_CORE_LOW =
      SignalMetric.low(
          "config.memory.per_core.low",
          "bytes",
          SymptomFamily.CONFIGURATION,
          Origin.DRIVER_EVENTS,
          "heap for each core of an executor");
  public static final SignalMetric MEMORY_PER_CORE_HIGH =
      SignalMetric.high(
          "config.memory.per_core.high",
          "bytes",
          SymptomFamily.CONFIGURATION,
          Origin.DRIVER_EVENTS,
          "heap for each core of an executor, beyond what tasks use");
  public static final SignalMetric JAVA_SERIALIZER =
      SignalMetric.high(
          "config.serializer.java.bytes",
          "bytes",
          SymptomFamily.CONFIGURATION,
          Origin.DRIVER_EVENTS,
          "bytes that the Java serializer wrote into shuffles of RDDs");
  public static final SignalMetric ADAPTIVE_OFF =
      SignalMetric.high(
          "config.adaptive.off",
          "count",
          SymptomFamily.CONFIGURATION,
          Origin.DRIVER_EVENTS,
          "adaptive execution is off (1)");
  public static final SignalMetric DYNAMIC_WITHOUT_SHUFFLE =
      SignalMetric.high(
          "config.dynamic.no_shuffle_service",
          "count",
          SymptomFamily.CONFIGURATION,
          Origin.DRIVER_EVENTS,
          "dynamic allocation without a way to keep shuffle files (1)");
  public static final SignalMetric UNUSED_CORE_SHARE =
      SignalMetric.high(
          "executors.core_time.unused.share",
          "share",
          SymptomFamily.WASTE,
          Origin.DRIVER_EVENTS,
          "share of the executors' core time in which no task ran");
  public static final SignalMetric UNUSED_CORE_MILLIS =
      SignalMetric.high(
          "executors.core_time.unused",
          "core·ms",
          SymptomFamily.WASTE,
          Origin.DRIVER_EVENTS,
          "core time in which no task ran");
  public static final SignalMetric UNUSED_MEMORY_MILLIS =
      SignalMetric.high(
          "executors.memory_time.unused",
          "MiB·ms",
          SymptomFamily.WASTE,
          Origin.DRIVER_EVENTS,
          "memory time of cores on which no task ran");
  public static final SignalMetric CORE_MILLIS =
      SignalMetric.high(
          "executors.core_time",
          "core·ms",
          SymptomFamily.WASTE,
          Origin.DRIVER_EVENTS,
          "core time of the executors");
  public static final SignalMetric MEMORY_MILLIS =
      SignalMetric.high(
          "executors.memory_time",
          "MiB·ms",
          SymptomFamily.WASTE,
          Origin.DRIVER_EVENTS,
          "memory time of the executors");
  public static final SignalMetric WASTED_TASK_SHARE =
      SignalMetric.high(
          "run.task.wasted.share",
          "share",
          SymptomFamily.ERRORS,
          Origin.DRIVER_EVENTS,
          "share of the tasks' time that failed or killed attempts took");
  public static final SignalMetric INPUT_BYTES =
      SignalMetric.high(
          "run.input",
          "bytes",
          SymptomFamily.DATA_VOLUME,
          Origin.DRIVER_EVENTS,
          "bytes read from storage");
  public static final SignalMetric OUTPUT_BYTES =
      SignalMetric.high(
          "run.output",
          "bytes",
          SymptomFamily.DATA_VOLUME,
          Origin.DRIVER_EVENTS,
          "bytes written to storage");

  public static final SignalMetric EXECUTOR_HEAP_RUN =
      SignalMetric.high(
          "config.run.executor.memory",
          "bytes",
          SymptomFamily.CONFIGURATION,
          Origin.DRIVER_EVENTS,
          "heap of one executor");
  public static final SignalMetric COMMIT_TAIL =
      SignalMetric.high(
          "run.commit.tail",
          "ms",
          SymptomFamily.LATENCY,
          Origin.DRIVER_EVENTS,
          "time from the last stage of jobs that wrote output to their end");
  public static final SignalMetric COMMIT_TAIL_SHARE =
      SignalMetric.high(
          "run.commit.tail.share",
          "share",
          SymptomFamily.LATENCY,
          Origin.DRIVER_EVENTS,
          "time from the last stage of jobs that wrote output to their end, as a share of the run");
  public static final SignalMetric JOB_GAP_SHARE =
      SignalMetric.high(
          "run.jobs.idle.share",
          "share",
          SymptomFamily.LATENCY,
          Origin.DRIVER_EVENTS,
          "share of the time with jobs in which no stage ran");
  public static final SignalMetric JOB_GAP_MILLIS =
      SignalMetric.high(
          "run.jobs.idle",
          "ms",
          SymptomFamily.LATENCY,
          Origin.DRIVER_EVENTS,
          "time with jobs in which no stage ran");
  public static final SignalMetric CRITICAL_SHARE =
      SignalMetric.high(
          "run.critical_path.share",
          "share",
          SymptomFamily.LATENCY,
          Origin.DRIVER_EVENTS,
          "share of the stages' time that tasks of twice the median and more take");
  public static final SignalMetric LAST_JOB_FAILED =
      SignalMetric.high(
          "run.failed",
          "count",
          SymptomFamily.ERRORS,
          Origin.DRIVER_EVENTS,
          "the run ended with a failed job (1)");
  public static final SignalMetric ATTEMPT =
      SignalMetric.high(
          "run.attempt",
          "count",
          SymptomFamily.AVAILABILITY,
          Origin.DRIVER_EVENTS,
          "attempts of the application before this one");

  private RunMetrics() {}
}
