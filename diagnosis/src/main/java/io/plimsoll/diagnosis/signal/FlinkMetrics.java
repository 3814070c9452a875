// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.signal;

/** What is measured of a Flink job, its operators, subtasks and TaskManagers, by its REST API. */
public final class FlinkMetrics {
  public static final SignalMetric BUSY =
      SignalMetric.high(
          "flink.vertex.busy",
          "share",
          SymptomFamily.CPU,
          Origin.FLINK_REST,
          "the operator's busy time");
  public static final SignalMetric IDLE =
      SignalMetric.high(
          "flink.vertex.idle",
          "share",
          SymptomFamily.WASTE,
          Origin.FLINK_REST,
          "the operator's idle time");
  public static final SignalMetric BACK_PRESSURED =
      SignalMetric.high(
          "flink.vertex.back_pressured",
          "share",
          SymptomFamily.QUEUEING,
          Origin.FLINK_REST,
          "the operator's time in wait for those behind it");
  public static final SignalMetric ROOT =
      SignalMetric.high(
          "flink.vertex.back_pressure.root",
          "share",
          SymptomFamily.CPU,
          Origin.FLINK_REST,
          "busy time of the first operator behind back-pressured ones");
  public static final SignalMetric BUSIEST =
      SignalMetric.high(
          "flink.vertex.busiest",
          "share",
          SymptomFamily.SKEW,
          Origin.FLINK_REST,
          "busy time of the busiest subtask");
  public static final SignalMetric RECORD_SKEW =
      SignalMetric.high(
          "flink.vertex.records.skew",
          "ratio",
          SymptomFamily.SKEW,
          Origin.FLINK_REST,
          "most over mean records that a subtask read");
  public static final SignalMetric BUSY_SKEW =
      SignalMetric.high(
          "flink.vertex.busy.skew",
          "ratio",
          SymptomFamily.SKEW,
          Origin.FLINK_REST,
          "busiest over mean subtask");
  public static final SignalMetric RECORDS =
      SignalMetric.high(
          "flink.vertex.records",
          "count",
          SymptomFamily.DATA_VOLUME,
          Origin.FLINK_REST,
          "records that the operator read or made");
  public static final SignalMetric POOL_GAP =
      SignalMetric.high(
          "flink.vertex.pool.gap",
          "share",
          SymptomFamily.QUEUEING,
          Origin.FLINK_REST,
          "used share of the input buffers beyond that of the output buffers");
  public static final SignalMetric POOL_FULL =
      SignalMetric.high(
          "flink.vertex.pool.full",
          "share",
          SymptomFamily.QUEUEING,
          Origin.FLINK_REST,
          "highest used share of the buffers");
  public static final SignalMetric NO_TRAFFIC =
      SignalMetric.high(
          "flink.vertex.silent",
          "ms",
          SymptomFamily.THROUGHPUT,
          Origin.FLINK_REST,
          "time in which the source made no record");
  public static final SignalMetric IDLE_SOURCES =
      SignalMetric.high(
          "flink.source.idle.share",
          "share",
          SymptomFamily.WASTE,
          Origin.FLINK_REST,
          "share of the source's subtasks without any record");
  public static final SignalMetric WATERMARK_STALL =
      SignalMetric.high(
          "flink.vertex.watermark.stall",
          "ms",
          SymptomFamily.LATENCY,
          Origin.FLINK_REST,
          "time in which the watermark did not move");
  public static final SignalMetric WRITE_STOPPED =
      SignalMetric.high(
          "flink.rocksdb.stopped",
          "count",
          SymptomFamily.STATE,
          Origin.FLINK_REST,
          "column families whose writes RocksDB stopped");
  public static final SignalMetric COMPACTION =
      SignalMetric.high(
          "flink.rocksdb.compaction",
          "bytes",
          SymptomFamily.STATE,
          Origin.FLINK_REST,
          "bytes that wait for compaction");
  public static final SignalMetric NEEDLESS_SHUFFLE =
      SignalMetric.high(
          "flink.edge.rebalance",
          "count",
          SymptomFamily.NETWORK,
          Origin.FLINK_REST,
          "edges that rebalance between operators of equal parallelism");
  public static final SignalMetric RESTART_RATE =
      SignalMetric.high(
          "flink.job.restarts.rate",
          "per hour",
          SymptomFamily.AVAILABILITY,
          Origin.FLINK_REST,
          "restarts of the job");
  public static final SignalMetric RESTARTS =
      SignalMetric.high(
          "flink.job.restarts",
          "count",
          SymptomFamily.AVAILABILITY,
          Origin.FLINK_REST,
          "restarts of the job");
  public static final SignalMetric EXCEPTIONS =
      SignalMetric.high(
          "flink.job.exceptions",
          "count",
          SymptomFamily.ERRORS,
          Origin.FLINK_REST,
          "entries of the exception history");
  public static final SignalMetric SAME_EXCEPTION =
      SignalMetric.high(
          "flink.job.exceptions.same",
          "share",
          SymptomFamily.ERRORS,
          Origin.FLINK_REST,
          "share of the exceptions of the commonest class");
  public static final SignalMetric OOM_EXCEPTIONS =
      SignalMetric.high(
          "flink.job.exceptions.memory",
          "count",
          SymptomFamily.MEMORY,
          Origin.FLINK_REST,
          "exceptions for want of memory");
  public static final SignalMetric BUFFER_EXCEPTIONS =
      SignalMetric.high(
          "flink.job.exceptions.buffers",
          "count",
          SymptomFamily.MEMORY,
          Origin.FLINK_REST,
          "exceptions for want of network buffers");
  public static final SignalMetric CONNECTION_EXCEPTIONS =
      SignalMetric.high(
          "flink.job.exceptions.connection",
          "count",
          SymptomFamily.NETWORK,
          Origin.FLINK_REST,
          "exceptions of connections between TaskManagers");
  public static final SignalMetric HEARTBEAT_EXCEPTIONS =
      SignalMetric.high(
          "flink.job.exceptions.heartbeat",
          "count",
          SymptomFamily.AVAILABILITY,
          Origin.FLINK_REST,
          "heartbeats that timed out");
  public static final SignalMetric CHECKPOINTS_FAILED =
      SignalMetric.high(
          "flink.checkpoints.failed.share",
          "share",
          SymptomFamily.STATE,
          Origin.FLINK_REST,
          "share of the checkpoints that failed");
  public static final SignalMetric CHECKPOINT_AGE =
      SignalMetric.high(
          "flink.checkpoints.age",
          "ratio",
          SymptomFamily.STATE,
          Origin.FLINK_REST,
          "time since the last completed checkpoint over the usual time between two");
  public static final SignalMetric CHECKPOINT_DURATION =
      SignalMetric.high(
          "flink.checkpoints.duration",
          "ms",
          SymptomFamily.STATE,
          Origin.FLINK_REST,
          "median time of a completed checkpoint");
  public static final SignalMetric CHECKPOINT_SHARE =
      SignalMetric.high(
          "flink.checkpoints.duration.share",
          "share",
          SymptomFamily.STATE,
          Origin.FLINK_REST,
          "time of a checkpoint over the time between two");
  public static final SignalMetric ALIGNMENT =
      SignalMetric.high(
          "flink.checkpoints.start_delay.share",
          "share",
          SymptomFamily.QUEUEING,
          Origin.FLINK_REST,
          "wait for barriers as a share of a checkpoint");
  public static final SignalMetric STATE_GROWTH =
      SignalMetric.high(
          "flink.state.growth",
          "per hour",
          SymptomFamily.STATE,
          Origin.FLINK_REST,
          "growth of the state as a share of itself");
  public static final SignalMetric STATE_BYTES =
      SignalMetric.high(
          "flink.state.bytes",
          "bytes",
          SymptomFamily.STATE,
          Origin.FLINK_REST,
          "bytes of the state");
  public static final SignalMetric SAVEPOINTS_FAILED =
      SignalMetric.high(
          "flink.savepoints.failed",
          "count",
          SymptomFamily.STATE,
          Origin.FLINK_REST,
          "savepoints that failed");
  public static final SignalMetric RESTORE =
      SignalMetric.high(
          "flink.job.restore",
          "ms",
          SymptomFamily.AVAILABILITY,
          Origin.FLINK_REST,
          "time from restarting to running again");
  public static final SignalMetric HEAP =
      SignalMetric.high(
          "flink.heap.share",
          "share",
          SymptomFamily.MEMORY,
          Origin.FLINK_REST,
          "highest heap level over the largest heap");
  public static final SignalMetric HEAP_LOW =
      SignalMetric.low(
          "flink.heap.use.share",
          "share",
          SymptomFamily.WASTE,
          Origin.FLINK_REST,
          "highest heap level over the largest heap");
  public static final SignalMetric MANAGED_FULL =
      SignalMetric.high(
          "flink.managed.share",
          "share",
          SymptomFamily.MEMORY,
          Origin.FLINK_REST,
          "managed memory in use over what there is");
  public static final SignalMetric MANAGED_SPARE =
      SignalMetric.low(
          "flink.managed.use.share",
          "share",
          SymptomFamily.WASTE,
          Origin.FLINK_REST,
          "managed memory in use over what there is");
  public static final SignalMetric NETWORK_FULL =
      SignalMetric.high(
          "flink.network.share",
          "share",
          SymptomFamily.MEMORY,
          Origin.FLINK_REST,
          "network memory in use over what there is");
  public static final SignalMetric METASPACE_GROWTH =
      SignalMetric.high(
          "flink.metaspace.growth",
          "share",
          SymptomFamily.MEMORY,
          Origin.FLINK_REST,
          "growth of metaspace since its lowest level, as a share");
  public static final SignalMetric GC_SHARE =
      SignalMetric.high(
          "flink.gc.share",
          "share",
          SymptomFamily.GARBAGE_COLLECTION,
          Origin.FLINK_REST,
          "collections as a share of the process's life");
  public static final SignalMetric CPU_PER_SLOT =
      SignalMetric.high(
          "flink.cpu.slot.share",
          "share",
          SymptomFamily.CPU,
          Origin.FLINK_REST,
          "CPU time for each slot");
  public static final SignalMetric CPU_PER_SLOT_LOW =
      SignalMetric.low(
          "flink.cpu.slot.use",
          "share",
          SymptomFamily.WASTE,
          Origin.FLINK_REST,
          "CPU time for each slot");
  public static final SignalMetric SLOTS =
      SignalMetric.high(
          "flink.slots",
          "count",
          SymptomFamily.WASTE,
          Origin.FLINK_REST,
          "slots of the TaskManager");
  public static final SignalMetric FREE_SLOTS =
      SignalMetric.high(
          "flink.slots.free.share",
          "share",
          SymptomFamily.WASTE,
          Origin.FLINK_REST,
          "share of the slots that are free");
  public static final SignalMetric TASK_MANAGERS =
      SignalMetric.high(
          "flink.taskmanagers",
          "count",
          SymptomFamily.WASTE,
          Origin.FLINK_REST,
          "TaskManagers of the job");
  public static final SignalMetric JOB_MANAGER_HEAP =
      SignalMetric.high(
          "flink.jobmanager.heap.share",
          "share",
          SymptomFamily.MEMORY,
          Origin.FLINK_REST,
          "JobManager's highest heap level over its largest heap");
  public static final SignalMetric OBSERVED =
      SignalMetric.high(
          "flink.observed",
          "ms",
          SymptomFamily.LATENCY,
          Origin.FLINK_REST,
          "time that was observed");

  private FlinkMetrics() {}
}
