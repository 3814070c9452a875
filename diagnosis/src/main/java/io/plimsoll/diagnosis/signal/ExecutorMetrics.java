// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.signal;

/** What is measured of one executor, by what the driver tells of its tasks. */
public final class ExecutorMetrics {
  public static final SignalMetric SLOWNESS =
      SignalMetric.high(
          "executor.slowness",
          "ratio",
          SymptomFamily.LATENCY,
          Origin.DRIVER_EVENTS,
          "its tasks' time over that of the other executors, stage by stage");
  public static final SignalMetric FAILED_SHARE =
      SignalMetric.high(
          "executor.tasks.failed.share",
          "share",
          SymptomFamily.ERRORS,
          Origin.DRIVER_EVENTS,
          "share of its task attempts that failed");
  public static final SignalMetric LOAD_RATIO =
      SignalMetric.high(
          "executors.load.ratio",
          "ratio",
          SymptomFamily.SKEW,
          Origin.DRIVER_EVENTS,
          "most over median task time for each second of an executor");
  public static final SignalMetric READ_RATIO =
      SignalMetric.high(
          "executors.read.ratio",
          "ratio",
          SymptomFamily.SKEW,
          Origin.DRIVER_EVENTS,
          "most over median bytes that an executor read");
  public static final SignalMetric EXCLUDED =
      SignalMetric.high(
          "executors.excluded",
          "count",
          SymptomFamily.ERRORS,
          Origin.DRIVER_EVENTS,
          "executors that the engine excluded");
  public static final SignalMetric NODES_EXCLUDED =
      SignalMetric.high(
          "nodes.excluded.share",
          "share",
          SymptomFamily.ERRORS,
          Origin.DRIVER_EVENTS,
          "share of the hosts that the engine excluded");
  public static final SignalMetric DROPPED_EVENTS =
      SignalMetric.high(
          "driver.events.dropped",
          "count",
          SymptomFamily.AVAILABILITY,
          Origin.DRIVER_EVENTS,
          "events that the driver's listener bus dropped");
  public static final SignalMetric HOST_SLOWNESS =
      SignalMetric.high(
          "host.slowness",
          "ratio",
          SymptomFamily.LATENCY,
          Origin.DRIVER_EVENTS,
          "the tasks' time on this host over that on the others, stage by stage");
  public static final SignalMetric KILLED_FOR_MEMORY =
      SignalMetric.high(
          "executors.memory_kills",
          "count",
          SymptomFamily.MEMORY,
          Origin.DRIVER_EVENTS,
          "executors that were killed for memory");
  public static final SignalMetric HEAP_NEED_SHARE =
      SignalMetric.high(
          "executors.heap.peak.share",
          "share",
          SymptomFamily.MEMORY,
          Origin.EXECUTOR_METRICS,
          "highest heap level of an executor over its heap");
  public static final SignalMetric HEAP_USE_SHARE =
      SignalMetric.low(
          "executors.heap.use.share",
          "share",
          SymptomFamily.WASTE,
          Origin.EXECUTOR_METRICS,
          "highest heap level of any executor over its heap");
  public static final SignalMetric UNIFIED_USE_SHARE =
      SignalMetric.low(
          "executors.unified.use.share",
          "share",
          SymptomFamily.WASTE,
          Origin.EXECUTOR_METRICS,
          "highest execution and storage memory of any executor over what it has");
  public static final SignalMetric DRIVER_HEAP_SHARE =
      SignalMetric.high(
          "driver.heap.peak.share",
          "share",
          SymptomFamily.MEMORY,
          Origin.EXECUTOR_METRICS,
          "highest heap level of the driver over its heap");
  public static final SignalMetric LIFE =
      SignalMetric.high(
          "executor.life",
          "ms",
          SymptomFamily.LATENCY,
          Origin.DRIVER_EVENTS,
          "life of the executor");
  public static final SignalMetric EXECUTOR_IDLE =
      SignalMetric.high(
          "executor.idle.share",
          "share",
          SymptomFamily.WASTE,
          Origin.DRIVER_EVENTS,
          "share of the executor's core time without a task");
  public static final SignalMetric EXECUTOR_IDLE_MILLIS =
      SignalMetric.high(
          "executor.idle",
          "core·ms",
          SymptomFamily.WASTE,
          Origin.DRIVER_EVENTS,
          "the executor's core time without a task");
  public static final SignalMetric ALL_BUSY =
      SignalMetric.low(
          "executors.busy.share",
          "share",
          SymptomFamily.WASTE,
          Origin.DRIVER_EVENTS,
          "share of the core time of all executors in which tasks ran");

  private ExecutorMetrics() {}
}
