// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.point;

import static io.plimsoll.diagnosis.point.Declaration.point;
import static io.plimsoll.diagnosis.signal.ComponentType.JOB_MANAGER;
import static io.plimsoll.diagnosis.signal.ComponentType.RUN;
import static io.plimsoll.diagnosis.signal.ComponentType.TASK_MANAGER;
import static io.plimsoll.diagnosis.signal.ComponentType.VERTEX;

import io.plimsoll.diagnosis.signal.FlinkMetrics;
import java.util.List;

/** Declared points of Flink jobs, by what the REST API tells. */
final class FlinkPoints {
  private FlinkPoints() {}

  static List<DiagnosisPoint> all() {
    return List.of(
        flinkBusy(),
        flinkBackPressure(),
        flinkBackPressureRoot(),
        flinkSlowVertex(),
        flinkKeySkew(),
        flinkSlowSubtask(),
        flinkSilentSource(),
        flinkIdleSourceSubtasks(),
        flinkWatermarkStall(),
        flinkRocksdbStall(),
        flinkNeedlessRebalance(),
        flinkRestarts(),
        flinkExceptions(),
        flinkSameException(),
        flinkOutOfMemory(),
        flinkNetworkBuffers(),
        flinkChannelDead(),
        flinkHeartbeats(),
        flinkCheckpointsFail(),
        flinkCheckpointAge(),
        flinkCheckpointSlow(),
        flinkCheckpointAlignment(),
        flinkStateGrowth(),
        flinkSavepointFailed(),
        flinkRestoreSlow(),
        flinkHeapFull(),
        flinkHeapSpare(),
        flinkManagedFull(),
        flinkManagedSpare(),
        flinkMetaspaceGrowth(),
        flinkGc(),
        flinkCpuHigh(),
        flinkCpuLow(),
        flinkIdleTaskmanager(),
        flinkJobmanagerHeap());
  }

  private static DiagnosisPoint flinkBusy() {
    return point("flink.busy", "ST-10", VERTEX, FlinkMetrics.BUSY)
        .title("busy operator")
        .meaning("The operator works nearly all of its time.")
        .limits(0.8, 0.9, 0.95, 0.99, "the autoscaler aims at 70 %, give or take 30")
        .flink()
        .gate(FlinkMetrics.OBSERVED, 60_000, "The job was observed for less than a minute.")
        .show(FlinkMetrics.BACK_PRESSURED)
        .peers()
        .advice("Raise its parallelism; look at what it computes or calls.")
        .build();
  }

  private static DiagnosisPoint flinkBackPressure() {
    return point("flink.back-pressure", "ST-11", VERTEX, FlinkMetrics.BACK_PRESSURED)
        .title("back pressure")
        .meaning("The operator waits for those behind it to take its records.")
        .limits(0.1, 0.3, 0.5, 0.8, "the web UI: 10 and 50 %; Oceanus: 50 and 80 %")
        .flink()
        .gate(FlinkMetrics.OBSERVED, 60_000, "The job was observed for less than a minute.")
        .show(FlinkMetrics.BUSY)
        .advice(
            "Look at the root: the first operator behind it that is busy and not "
                + "back-pressured.")
        .build();
  }

  private static DiagnosisPoint flinkBackPressureRoot() {
    return point("flink.back-pressure-root", "ST-12", VERTEX, FlinkMetrics.ROOT)
        .title("root of back pressure")
        .meaning("This operator holds up those before it: they wait, it does not and is " + "busy.")
        .limits(0.5, 0.7, 0.9, 0.98, "Oceanus: low back pressure and busy above 50 %")
        .flink()
        .gate(FlinkMetrics.OBSERVED, 60_000, "The job was observed for less than a minute.")
        .show(FlinkMetrics.BUSIEST, FlinkMetrics.RECORD_SKEW)
        .advice("Raise its parallelism, speed up what it calls, or spread its keys.")
        .build();
  }

  private static DiagnosisPoint flinkSlowVertex() {
    return point("flink.slow-vertex", "ST-13", VERTEX, FlinkMetrics.POOL_GAP)
        .title("slow operator by its buffers")
        .meaning("Its input buffers are full and its output buffers are not.")
        .limits(0.6, 0.7, 0.8, 0.9, "Compass: a difference above 0.6")
        .flink()
        .gate(FlinkMetrics.OBSERVED, 60_000, "The job was observed for less than a minute.")
        .advice("As for the root of back pressure.")
        .build();
  }

  private static DiagnosisPoint flinkKeySkew() {
    return point("flink.key-skew", "ST-14", VERTEX, FlinkMetrics.RECORD_SKEW)
        .title("uneven subtasks")
        .meaning("One subtask gets many of the records: keys or key groups are uneven.")
        .limits(2, 4, 8, 16, "more than twice the mean")
        .flink()
        .gate(FlinkMetrics.RECORDS, 10_000, "No operator has ten thousand records.")
        .show(FlinkMetrics.BUSIEST, FlinkMetrics.BUSY)
        .counterBelow(FlinkMetrics.BUSIEST, 0.3, "even the busiest subtask has time")
        .advice("Another key, a two-step aggregation, or a larger maximum parallelism.")
        .build();
  }

  private static DiagnosisPoint flinkSlowSubtask() {
    return point("flink.slow-subtask", "TK-03", VERTEX, FlinkMetrics.BUSY_SKEW)
        .title("one busy subtask")
        .meaning("One subtask is much busier than the others.")
        .limits(2, 3, 5, 8, "twice the mean")
        .flink()
        .gate(FlinkMetrics.BUSIEST, 0.7, "No subtask is busy.")
        .show(FlinkMetrics.RECORD_SKEW)
        .counterAbove(FlinkMetrics.RECORD_SKEW, 2, "records are uneven: the keys, not the machine")
        .advice("Where records are even, look at its TaskManager; else at the keys.")
        .build();
  }

  private static DiagnosisPoint flinkSilentSource() {
    return point("flink.silent-source", "ST-17", VERTEX, FlinkMetrics.NO_TRAFFIC)
        .title("no traffic")
        .meaning("A source makes no records though it runs.")
        .limits(300000, 900000, 3600000, 86400000, "Compass: none; five minutes here")
        .flink()
        .advice("Look at the topic, the offsets and the filter of the source.")
        .build();
  }

  private static DiagnosisPoint flinkIdleSourceSubtasks() {
    return point("flink.idle-source-subtasks", "IO-03", VERTEX, FlinkMetrics.IDLE_SOURCES)
        .title("idle source subtasks")
        .meaning("Subtasks of the source never had a record: fewer partitions than subtasks.")
        .limits(0.01, 0.25, 0.5, 0.75, "any; Compass caps at four times the partitions")
        .flink()
        .gate(FlinkMetrics.RECORDS, 10_000, "No operator has ten thousand records.")
        .advice("Lower the parallelism of the source to the number of partitions.")
        .build();
  }

  private static DiagnosisPoint flinkWatermarkStall() {
    return point("flink.watermark-stall", "ST-18", VERTEX, FlinkMetrics.WATERMARK_STALL)
        .title("watermark does not move")
        .meaning("Event time stands still: windows do not close.")
        .limits(300000, 900000, 3600000, 14400000, "five minutes")
        .flink()
        .advice("Set withIdleness, and look for partitions without records.")
        .build();
  }

  private static DiagnosisPoint flinkRocksdbStall() {
    return point("flink.rocksdb-stall", "CK-07", VERTEX, FlinkMetrics.WRITE_STOPPED)
        .title("RocksDB stops writes")
        .meaning("Compaction cannot keep up; the operator waits for it.")
        .limits(1, 2, 4, 8, "any")
        .flink()
        .show(FlinkMetrics.COMPACTION)
        .advice("Faster disks, more compaction threads, more managed memory.")
        .build();
  }

  private static DiagnosisPoint flinkNeedlessRebalance() {
    return point("flink.needless-rebalance", "ST-19", VERTEX, FlinkMetrics.NEEDLESS_SHUFFLE)
        .title("needless shuffle")
        .meaning(
            "Records are dealt out anew between operators of equal parallelism: no "
                + "chain, more network.")
        .lowAt(1, "a rule of thumb: equal parallelism needs no rebalance")
        .flink()
        .counterAbove(FlinkMetrics.RECORD_SKEW, 2, "it evens out uneven records")
        .advice("Remove rebalance(), or set the same parallelism and slot group.")
        .build();
  }

  private static DiagnosisPoint flinkRestarts() {
    return point("flink.restarts", "DR-12", RUN, FlinkMetrics.RESTART_RATE)
        .title("restarts in a loop")
        .meaning("The job fails and starts again and again.")
        .limits(1, 5, 20, 100, "Oceanus: 5; the operator: 64 in two minutes")
        .flink()
        .show(FlinkMetrics.RESTARTS)
        .advice("Read the first exception; the rest follow from it.")
        .build();
  }

  private static DiagnosisPoint flinkExceptions() {
    return point("flink.exceptions", "DR-13", RUN, FlinkMetrics.EXCEPTIONS)
        .title("exceptions")
        .meaning("The job has an exception history.")
        .limits(1, 5, 20, 60, "any")
        .flink()
        .show(FlinkMetrics.SAME_EXCEPTION)
        .advice("Read the root exception.")
        .build();
  }

  private static DiagnosisPoint flinkSameException() {
    return point("flink.same-exception", "TK-08", RUN, FlinkMetrics.SAME_EXCEPTION)
        .title("one exception for most failures")
        .meaning("Most failures are of one class: mend it first.")
        .lowAt(0.8, "one class in 80 % of three")
        .flink()
        .gate(FlinkMetrics.EXCEPTIONS, 3, "The job has fewer than three exceptions.")
        .advice("Read its stack trace.")
        .build();
  }

  private static DiagnosisPoint flinkOutOfMemory() {
    return point("flink.out-of-memory", "MEM-05", RUN, FlinkMetrics.OOM_EXCEPTIONS)
        .title("out of memory")
        .meaning("Tasks or TaskManagers failed for want of memory.")
        .limits(1, 2, 5, 20, "any")
        .flink()
        .advice("Raise the pool that the message names.")
        .build();
  }

  private static DiagnosisPoint flinkNetworkBuffers() {
    return point("flink.network-buffers", "MEM-16", TASK_MANAGER, FlinkMetrics.NETWORK_FULL)
        .title("network memory short")
        .meaning("Nearly all network memory is in use.")
        .limits(0.9, 0.95, 0.98, 0.995, "more than 95 %")
        .flink()
        .peers()
        .advice("Raise taskmanager.memory.network.fraction, or turn buffer debloating on.")
        .build();
  }

  private static DiagnosisPoint flinkChannelDead() {
    return point("flink.channel-dead", "NE-01", RUN, FlinkMetrics.CONNECTION_EXCEPTIONS)
        .title("connections between TaskManagers break")
        .meaning("Tasks failed since a remote TaskManager closed or lost the connection.")
        .limits(1, 3, 10, 30, "any")
        .flink()
        .advice("Look at the TaskManager that went first, then at the network.")
        .build();
  }

  private static DiagnosisPoint flinkHeartbeats() {
    return point("flink.heartbeats", "EX-03", RUN, FlinkMetrics.HEARTBEAT_EXCEPTIONS)
        .title("heartbeats time out")
        .meaning("A TaskManager did not answer in time: paused, overloaded or gone.")
        .limits(1, 3, 10, 60, "Compass: more than 60; milder from the first")
        .flink()
        .advice("Look at its garbage collection and at its host.")
        .build();
  }

  private static DiagnosisPoint flinkCheckpointsFail() {
    return point("flink.checkpoints-fail", "CK-01", RUN, FlinkMetrics.CHECKPOINTS_FAILED)
        .title("checkpoints fail")
        .meaning("Part of the checkpoints do not complete.")
        .limits(0.05, 0.2, 0.5, 0.8, "any beyond what is tolerated")
        .flink()
        .advice(
            "Read the failure message; back pressure, slow storage and large state come "
                + "first.")
        .build();
  }

  private static DiagnosisPoint flinkCheckpointAge() {
    return point("flink.checkpoint-age", "CK-02", RUN, FlinkMetrics.CHECKPOINT_AGE)
        .title("no recent checkpoint")
        .meaning(
            "The last completed checkpoint is long ago: a failure would repeat all work "
                + "since.")
        .limits(
            3,
            6,
            12,
            24,
            "the operator: the larger of interval and time-out, times tolerated "
                + "failures and two")
        .flink()
        .show(FlinkMetrics.CHECKPOINT_DURATION)
        .advice("As for failing checkpoints.")
        .build();
  }

  private static DiagnosisPoint flinkCheckpointSlow() {
    return point("flink.checkpoint-slow", "CK-03", RUN, FlinkMetrics.CHECKPOINT_DURATION)
        .title("slow checkpoints")
        .meaning("A checkpoint takes minutes.")
        .limits(120000, 300000, 900000, 1800000, "Garmadon: 15 min; milder from two")
        .flink()
        .history()
        .show(FlinkMetrics.STATE_BYTES, FlinkMetrics.ALIGNMENT)
        .advice(
            "Unaligned or incremental checkpoints; look for back pressure and slow " + "storage.")
        .build();
  }

  private static DiagnosisPoint flinkCheckpointAlignment() {
    return point("flink.checkpoint-alignment", "CK-04", RUN, FlinkMetrics.ALIGNMENT)
        .title("long alignment")
        .meaning("Barriers wait behind records: back pressure makes checkpoints long.")
        .limits(0.5, 0.7, 0.85, 0.95, "more than half of the duration")
        .flink()
        .gate(FlinkMetrics.CHECKPOINT_DURATION, 10_000, "Checkpoints take less than ten seconds.")
        .advice("Remove the back pressure; else unaligned checkpoints.")
        .build();
  }

  private static DiagnosisPoint flinkStateGrowth() {
    return point("flink.state-growth", "CK-05", RUN, FlinkMetrics.STATE_GROWTH)
        .title("state grows without bound")
        .meaning("The state grows from checkpoint to checkpoint.")
        .limits(0.1, 0.3, 1, 3, "more than 10 % an hour")
        .flink()
        .support(6)
        .gate(FlinkMetrics.STATE_BYTES, 64L << 20, "The state is smaller than 64 MiB.")
        .advice("State time-to-live, timers that clean up, bounded windows.")
        .build();
  }

  private static DiagnosisPoint flinkSavepointFailed() {
    return point("flink.savepoint-failed", "CK-08", RUN, FlinkMetrics.SAVEPOINTS_FAILED)
        .title("savepoint failed")
        .meaning("A savepoint did not complete; an upgrade would lose state.")
        .limits(1, 2, 4, 8, "any")
        .flink()
        .advice("Read its failure message before the next stop.")
        .build();
  }

  private static DiagnosisPoint flinkRestoreSlow() {
    return point("flink.restore-slow", "CK-09", RUN, FlinkMetrics.RESTORE)
        .title("slow restart")
        .meaning("From restarting to running again takes minutes.")
        .limits(60000, 300000, 900000, 3600000, "the operator assumes five minutes")
        .flink()
        .advice("Local recovery, smaller state, spare slots.")
        .build();
  }

  private static DiagnosisPoint flinkHeapFull() {
    return point("flink.heap-full", "MEM-02", TASK_MANAGER, FlinkMetrics.HEAP)
        .title("heap filled")
        .meaning("A TaskManager used nearly its whole heap.")
        .limits(0.9, 0.95, 0.98, 0.995, "Compass: 80 % mean; at the peak later")
        .flink()
        .peers()
        .show(FlinkMetrics.GC_SHARE)
        .counterBelow(FlinkMetrics.GC_SHARE, 0.02, "collections take hardly any time")
        .advice("Raise taskmanager.memory.task.heap.size if collections take time too.")
        .build();
  }

  private static DiagnosisPoint flinkHeapSpare() {
    return point("flink.heap-spare", "MEM-01", TASK_MANAGER, FlinkMetrics.HEAP_LOW)
        .title("heap never used")
        .meaning("A TaskManager never used more than this part of its heap.")
        .limits(0.4, 0.3, 0.2, 0.1, "Compass: below 40 %")
        .flink()
        .gate(FlinkMetrics.OBSERVED, 60_000, "The job was observed for less than a minute.")
        .advice("Lower the heap in favour of managed memory, or of fewer GiB.")
        .build();
  }

  private static DiagnosisPoint flinkManagedFull() {
    return point("flink.managed-full", "MEM-14", TASK_MANAGER, FlinkMetrics.MANAGED_FULL)
        .title("managed memory full")
        .meaning("All managed memory is in use; RocksDB reads from disk what does not fit.")
        .limits(0.95, 0.98, 0.99, 1, "Compass aims at 50 %; RocksDB reserves all it gets")
        .flink()
        .advice("Raise taskmanager.memory.managed.fraction if the disks are busy.")
        .build();
  }

  private static DiagnosisPoint flinkManagedSpare() {
    return point("flink.managed-spare", "MEM-14", TASK_MANAGER, FlinkMetrics.MANAGED_SPARE)
        .title("managed memory never used")
        .meaning("Memory is set aside that neither RocksDB nor a batch operator uses.")
        .limits(0.1, 0.05, 0.02, 0.001, "Compass: use over 0.5, at least 100 MB")
        .flink()
        .gate(FlinkMetrics.OBSERVED, 60_000, "The job was observed for less than a minute.")
        .advice("Lower taskmanager.memory.managed.fraction (0 for the heap state backend).")
        .build();
  }

  private static DiagnosisPoint flinkMetaspaceGrowth() {
    return point("flink.metaspace-growth", "MEM-15", TASK_MANAGER, FlinkMetrics.METASPACE_GROWTH)
        .title("metaspace grows")
        .meaning("Classes stay after restarts: a class loader leaks.")
        .limits(0.3, 0.5, 1, 2, "10 % a restart, three times")
        .flink()
        .gate(FlinkMetrics.OBSERVED, 60_000, "The job was observed for less than a minute.")
        .advice("Put drivers and libraries with threads into lib/, not into the job jar.")
        .build();
  }

  private static DiagnosisPoint flinkGc() {
    return point("flink.gc", "GC-03", TASK_MANAGER, FlinkMetrics.GC_SHARE)
        .title("garbage collection")
        .meaning("Collections take much of a TaskManager's time.")
        .limits(0.05, 0.1, 0.2, 0.3, "Oceanus: 30 % of the period")
        .flink()
        .gate(FlinkMetrics.OBSERVED, 60_000, "The job was observed for less than a minute.")
        .peers()
        .history()
        .advice("More heap, or state in RocksDB.")
        .build();
  }

  private static DiagnosisPoint flinkCpuHigh() {
    return point("flink.cpu-high", "CPU-03", TASK_MANAGER, FlinkMetrics.CPU_PER_SLOT)
        .title("CPU saturated")
        .meaning("A TaskManager uses more than its slots stand for.")
        .limits(0.9, 1, 1.2, 1.5, "Compass 80 %, Oceanus 90 %")
        .flink()
        .gate(FlinkMetrics.OBSERVED, 60_000, "The job was observed for less than a minute.")
        .peers()
        .advice("More cores or more TaskManagers.")
        .build();
  }

  private static DiagnosisPoint flinkCpuLow() {
    return point("flink.cpu-low", "SC-02", TASK_MANAGER, FlinkMetrics.CPU_PER_SLOT_LOW)
        .title("slots that compute little")
        .meaning("A TaskManager uses little CPU for its slots.")
        .limits(
            0.2, 0.1, 0.05, 0.02, "Compass: below 40 %; half of it here since latency costs CPU")
        .flink()
        .gate(FlinkMetrics.OBSERVED, 60_000, "The job was observed for less than a minute.")
        .advice("Fewer slots or smaller TaskManagers.")
        .build();
  }

  private static DiagnosisPoint flinkIdleTaskmanager() {
    return point("flink.idle-taskmanager", "EX-05", TASK_MANAGER, FlinkMetrics.FREE_SLOTS)
        .title("TaskManager without work")
        .meaning("Its slots are free.")
        .limits(0.5, 0.75, 0.9, 1, "Compass: no traffic, little CPU and heap")
        .flink()
        .advice("Fewer TaskManagers, or more slots in use.")
        .build();
  }

  private static DiagnosisPoint flinkJobmanagerHeap() {
    return point("flink.jobmanager-heap", "DR-11", JOB_MANAGER, FlinkMetrics.JOB_MANAGER_HEAP)
        .title("JobManager's heap filled")
        .meaning("The JobManager used nearly its whole heap.")
        .limits(0.85, 0.92, 0.96, 0.99, "Compass: 1 GB up to 100 TaskManagers, else 2")
        .flink()
        .show(FlinkMetrics.TASK_MANAGERS)
        .advice("Raise jobmanager.memory.heap.size.")
        .build();
  }
}
