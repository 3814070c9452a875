// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.point;

import static io.plimsoll.diagnosis.point.Declaration.point;
import static io.plimsoll.diagnosis.signal.ComponentType.DRIVER;
import static io.plimsoll.diagnosis.signal.ComponentType.EXECUTOR;
import static io.plimsoll.diagnosis.signal.ComponentType.EXECUTORS;
import static io.plimsoll.diagnosis.signal.ComponentType.HOST;
import static io.plimsoll.diagnosis.signal.ComponentType.RUN;
import static io.plimsoll.diagnosis.signal.ComponentType.STAGE;

import io.plimsoll.diagnosis.signal.ExecutorMetrics;
import io.plimsoll.diagnosis.signal.RunMetrics;
import io.plimsoll.diagnosis.signal.StageMetrics;
import java.util.List;

/** Declared points of tasks, executors and hosts over what the driver tells of every task. */
final class DetailPoints {
  private DetailPoints() {}

  static List<DiagnosisPoint> all() {
    return List.of(
        taskDeserialize(),
        driverSchedulerDelay(),
        stageWaitsForLaunch(),
        shuffleSlowWrite(),
        shuffleSmallBlocks(),
        shuffleFetchFailed(),
        taskOutOfMemory(),
        taskSpeculative(),
        taskUselessSpeculation(),
        taskOneHostFails(),
        taskFarFromData(),
        storageSlowReader(),
        executorSlow(),
        hostSlow(),
        executorFails(),
        hostExcluded(),
        executorsKilledForMemory(),
        executorsImbalanced(),
        executorIdleLife(),
        driverEventsDropped(),
        executorsHeapFull(),
        executorsHeapSpare(),
        executorsUnifiedSpare(),
        driverHeapFull(),
        runSlowCommit(),
        runJobGaps(),
        runCriticalPath());
  }

  private static DiagnosisPoint taskDeserialize() {
    return point("task.deserialize", "CPU-06", STAGE, StageMetrics.DESERIALIZE_SHARE)
        .title("heavy (de)serialisation")
        .meaning("Shipping code and results takes much of the time of tasks.")
        .limits(0.1, 0.2, 0.3, 0.5, "more than 10 % of the time")
        .gate(StageMetrics.CORE_MILLIS, 10_000, "No stage has ten seconds of task time.")
        .paidInProportion(StageMetrics.RUN_SHARE)
        .show(StageMetrics.TASK_MEDIAN)
        .advice("Smaller closures, broadcast variables, fewer and larger tasks.")
        .build();
  }

  private static DiagnosisPoint driverSchedulerDelay() {
    return point("driver.scheduler-delay", "DR-07", STAGE, StageMetrics.DELAY_SHARE)
        .title("scheduler delay")
        .meaning(
            "Tasks wait for the driver: to be launched, or for their results to be " + "taken.")
        .limits(0.1, 0.2, 0.4, 0.6, "more than 10 % of task time")
        .gate(StageMetrics.CORE_MILLIS, 10_000, "No stage has ten seconds of task time.")
        .paidInProportion(StageMetrics.RUN_SHARE)
        .coreCost(StageMetrics.DELAY_MILLIS)
        .show(StageMetrics.TASKS, StageMetrics.TASK_MEDIAN)
        .advice("Fewer, larger tasks; smaller closures and results; more CPU for the " + "driver.")
        .build();
  }

  private static DiagnosisPoint stageWaitsForLaunch() {
    return point("stage.waits-for-launch", "Q-02", STAGE, StageMetrics.LAUNCH_WAIT)
        .title("stage waits for resources")
        .meaning("Tasks were ready and no executor took one.")
        .limits(60000, 120000, 300000, 900000, "DLC: more than a minute")
        .paid(StageMetrics.LAUNCH_WAIT_SHARE)
        .wallCost(StageMetrics.LAUNCH_WAIT)
        .advice("Look at the queue and at what else the application runs at that time.")
        .build();
  }

  private static DiagnosisPoint shuffleSlowWrite() {
    return point("shuffle.slow-write", "SH-04", STAGE, StageMetrics.WRITE_SPEED)
        .title("slow shuffle write")
        .meaning("Shuffle files are written slowly: full, slow or shared local disks.")
        .limits(50, 30, 15, 5, "below 50 MB/s for a task")
        .gate(StageMetrics.SHUFFLE_WRITE, 1L << 30, "No stage writes a GiB into a shuffle.")
        .paid(StageMetrics.RUN_SHARE)
        .show(StageMetrics.SHUFFLE_WRITE, StageMetrics.CPU_SHARE)
        .advice("Faster or more local disks (spark.local.dir); fewer tasks at once.")
        .build();
  }

  private static DiagnosisPoint shuffleSmallBlocks() {
    return point("shuffle.small-blocks", "SH-09", STAGE, StageMetrics.SMALL_BLOCK)
        .title("many small shuffle blocks")
        .meaning(
            "A shuffle is cut into so many blocks that asking for them costs more than "
                + "moving them.")
        .limits(64 << 10, 16 << 10, 4 << 10, 1 << 10, "below 64 KiB")
        .gate(StageMetrics.SHUFFLE_READ, 256L << 20, "No stage reads 256 MiB from a shuffle.")
        .paid(StageMetrics.RUN_SHARE)
        .show(StageMetrics.FETCH_WAIT_SHARE)
        .advice("Fewer shuffle partitions, or let adaptive execution merge them.")
        .build();
  }

  private static DiagnosisPoint shuffleFetchFailed() {
    return point("shuffle.fetch-failed", "SH-02", STAGE, StageMetrics.FETCH_FAILURES)
        .title("shuffle blocks lost")
        .meaning("Tasks could not fetch shuffle blocks; their map stage is done again.")
        .limits(1, 5, 20, 100, "any")
        .show(StageMetrics.TASKS)
        .advice("Find out why the executors that held them went.")
        .build();
  }

  private static DiagnosisPoint taskOutOfMemory() {
    return point("task.out-of-memory", "MEM-04", STAGE, StageMetrics.MEMORY_FAILURES)
        .title("tasks failed for want of memory")
        .meaning("Attempts ended with an OutOfMemoryError or with their container.")
        .limits(1, 3, 10, 30, "any")
        .show(StageMetrics.TASKS, StageMetrics.EXECUTION_SHARE)
        .advice(
            "More memory for each core, more partitions; look for collections and large " + "rows.")
        .build();
  }

  private static DiagnosisPoint taskSpeculative() {
    return point("task.speculative", "TK-05", STAGE, StageMetrics.SPECULATIVE)
        .title("speculative copies")
        .meaning("Many tasks were so much slower than others that a copy was started.")
        .limits(20, 50, 100, 500, "Compass: more than 20 in a stage")
        .show(StageMetrics.SPECULATIVE_WON, StageMetrics.TAIL_RATIO)
        .advice("Look for the slow hosts; speculation hides and does not heal them.")
        .build();
  }

  private static DiagnosisPoint taskUselessSpeculation() {
    return point("task.useless-speculation", "TK-06", STAGE, StageMetrics.SPECULATIVE_WON)
        .title("speculation in vain")
        .meaning("Copies hardly ever win: the tasks are slow by their data.")
        .limits(0.2, 0.1, 0.05, 0.01, "fewer than 20 % win")
        .gate(StageMetrics.SPECULATIVE, 10, "No stage has ten speculative copies.")
        .show(StageMetrics.DATA_RATIO)
        .advice("Raise spark.speculation.multiplier or turn speculation off; look at skew.")
        .build();
  }

  private static DiagnosisPoint taskOneHostFails() {
    return point("task.one-host-fails", "TK-09", STAGE, StageMetrics.ONE_HOST_FAILURES)
        .title("failures on one host")
        .meaning("Most failed attempts failed on the same host.")
        .limits(0.5, 0.7, 0.9, 0.99, "half of the failures, at least three")
        .gate(StageMetrics.FAILURES, 3, "No stage has three failed attempts.")
        .gate(StageMetrics.HOSTS, 4, "The run has fewer than four hosts.")
        .advice("Look at the host; exclude it (spark.excludeOnFailure.enabled).")
        .build();
  }

  private static DiagnosisPoint taskFarFromData() {
    return point("task.far-from-data", "TK-12", STAGE, StageMetrics.FAR_SHARE)
        .title("tasks far from their data")
        .meaning("Tasks ran on hosts that do not hold their input.")
        .limits(0.3, 0.5, 0.7, 0.9, "more than 30 %")
        .gate(StageMetrics.HOSTS, 4, "The run has fewer than four hosts.")
        .support(10)
        .gate(StageMetrics.INPUT, 256L << 20, "No stage reads 256 MiB from storage.")
        .paid(StageMetrics.RUN_SHARE)
        .counterAbove(StageMetrics.CPU_SHARE, 0.8, "the tasks compute most of the time")
        .advice("Executors on more hosts; spark.locality.wait as long as a task.")
        .build();
  }

  private static DiagnosisPoint storageSlowReader() {
    return point("storage.slow-reader", "FS-01", STAGE, StageMetrics.SLOW_READER)
        .title("one executor reads slowly")
        .meaning("Reading storage is many times slower on one executor than on the others.")
        .limits(3, 5, 10, 30, "Compass: median over slowest more than 10")
        .gate(StageMetrics.INPUT, 256L << 20, "No stage reads 256 MiB from storage.")
        .paid(StageMetrics.RUN_SHARE)
        .advice("Look at that host and at the DataNodes it reads from.")
        .build();
  }

  private static DiagnosisPoint executorSlow() {
    return point("executor.slow", "EX-16", EXECUTOR, ExecutorMetrics.SLOWNESS)
        .title("slow executor")
        .meaning("Its tasks take longer than those of the others in stage after stage.")
        .limits(
            1.5, 2, 3, 5, "slower than the median by more than 2 in three stages; milder from 1.5")
        .support(3)
        .show(ExecutorMetrics.LIFE)
        .advice("Look at its host: disks, neighbours, throttling, garbage collection.")
        .build();
  }

  private static DiagnosisPoint hostSlow() {
    return point("host.slow", "HO-08", HOST, ExecutorMetrics.HOST_SLOWNESS)
        .title("slow host")
        .meaning("All executors of this host are slower than those of others.")
        .limits(1.5, 2, 3, 5, "below .6 of the median speed")
        .support(3)
        .anyEngine()
        .advice("Take the host out or look at its disks and neighbours.")
        .build();
  }

  private static DiagnosisPoint executorFails() {
    return point("executor.fails", "EX-15", EXECUTORS, ExecutorMetrics.EXCLUDED)
        .title("excluded executors")
        .meaning(
            "The engine gives some executors no more tasks because too many failed " + "there.")
        .limits(1, 3, 6, 12, "any")
        .advice("Look at what failed there first.")
        .build();
  }

  private static DiagnosisPoint hostExcluded() {
    return point("host.excluded", "Q-16", EXECUTORS, ExecutorMetrics.NODES_EXCLUDED)
        .title("excluded hosts")
        .meaning("Whole hosts get no more tasks of this application.")
        .limits(0.01, 0.1, 0.2, 0.4, "more than 10 % of the hosts")
        .advice("Look at these hosts; the usable cluster has shrunk.")
        .build();
  }

  private static DiagnosisPoint executorsKilledForMemory() {
    return point(
            "executors.killed-for-memory", "EX-02", EXECUTORS, ExecutorMetrics.KILLED_FOR_MEMORY)
        .title("executors killed for memory")
        .meaning("The cluster manager or the kernel killed executors for their memory.")
        .limits(1, 2, 5, 20, "any")
        .advice("Raise the overhead; look at child processes and direct buffers.")
        .build();
  }

  private static DiagnosisPoint executorsImbalanced() {
    return point("executors.imbalanced", "EX-04", EXECUTORS, ExecutorMetrics.LOAD_RATIO)
        .title("executors unevenly busy")
        .meaning("Some executors do much more than others in the time they live.")
        .limits(
            1.778,
            3.162,
            6,
            10,
            "Dr. Elephant: 1.334, 1.778, 3.162, 10; its mildest is common and not told")
        .support(4)
        .show(ExecutorMetrics.READ_RATIO)
        .advice("More, smaller tasks; look for skew and for locality waits.")
        .build();
  }

  private static DiagnosisPoint executorIdleLife() {
    return point("executor.idle-life", "EX-05", EXECUTOR, ExecutorMetrics.EXECUTOR_IDLE)
        .title("executor idle all its life")
        .meaning("Hardly any task ran on this executor.")
        .limits(0.9, 0.95, 0.98, 0.999, "less than 10 % busy")
        .gate(ExecutorMetrics.LIFE, 60_000, "No executor lived for a minute.")
        .gate(ExecutorMetrics.ALL_BUSY, 0.1, "All executors are idle alike.")
        .coreCost(ExecutorMetrics.EXECUTOR_IDLE_MILLIS)
        .advice("Release idle executors sooner; ask for fewer.")
        .build();
  }

  private static DiagnosisPoint driverEventsDropped() {
    return point("driver.events-dropped", "DR-06", DRIVER, ExecutorMetrics.DROPPED_EVENTS)
        .title("listener events dropped")
        .meaning("The driver dropped events: everything counted from them is too low.")
        .limits(1, 1000, 10000, 100000, "any (sparkMeasure lost 13,971 unnoticed)")
        .advice("Raise spark.scheduler.listenerbus.eventqueue.capacity.")
        .build();
  }

  private static DiagnosisPoint executorsHeapFull() {
    return point("executors.heap-full", "MEM-02", EXECUTORS, ExecutorMetrics.HEAP_NEED_SHARE)
        .title("heap filled to the top")
        .meaning("An executor used nearly its whole heap.")
        .limits(0.95, 0.97, 0.985, 0.995, "DataFlint: 95 %")
        .advice(
            "More heap if collections take time too; else nothing, a heap is used "
                + "before it is collected.")
        .build();
  }

  private static DiagnosisPoint executorsHeapSpare() {
    return point("executors.heap-spare", "MEM-01", EXECUTORS, ExecutorMetrics.HEAP_USE_SHARE)
        .title("heap never used")
        .meaning("No executor ever used more than this part of its heap.")
        .limits(0.5, 0.4, 0.3, 0.2, "Garmadon: unused 30, 50, 70 %")
        .support(3)
        .advice("Lower spark.executor.memory; keep a quarter above the peak.")
        .build();
  }

  private static DiagnosisPoint executorsUnifiedSpare() {
    return point("executors.unified-spare", "MEM-10", EXECUTORS, ExecutorMetrics.UNIFIED_USE_SHARE)
        .title("execution and storage memory never used")
        .meaning("Tasks and caches never used more than this part of the unified memory.")
        .limits(
            0.4,
            0.2,
            0.1,
            0.05,
            "Dr. Elephant's branch: 0.7, 0.6, 0.4, 0.2; its mildest two are common")
        .advice("Less heap, or a lower spark.memory.fraction.")
        .build();
  }

  private static DiagnosisPoint driverHeapFull() {
    return point("driver.heap-full", "DR-02", DRIVER, ExecutorMetrics.DRIVER_HEAP_SHARE)
        .title("driver's heap filled to the top")
        .meaning("The driver used nearly its whole heap.")
        .limits(0.95, 0.97, 0.985, 0.995, "DataFlint: 95 %")
        .advice("More driver memory, or less collected and broadcast from it.")
        .build();
  }

  private static DiagnosisPoint runSlowCommit() {
    return point("run.slow-commit", "DR-15", RUN, RunMetrics.COMMIT_TAIL)
        .title("slow output commit")
        .meaning("After the last task the driver still moves files into place.")
        .limits(10000, 60000, 180000, 600000, "more than 60 s and 30 % of the job")
        .paid(RunMetrics.COMMIT_TAIL_SHARE)
        .wallCost(RunMetrics.COMMIT_TAIL)
        .advice("A committer that does not rename (magic, v2, a table format).")
        .build();
  }

  private static DiagnosisPoint runJobGaps() {
    return point("run.job-gaps", "ST-01", RUN, RunMetrics.JOB_GAP_SHARE)
        .title("idle gaps within jobs")
        .meaning(
            "Jobs run and none of their stages does: the driver plans, broadcasts or " + "waits.")
        .limits(0.3, 0.4, 0.5, 0.7, "Compass: more than 30 %")
        .gate(RunMetrics.WALL, 60_000, "The run took less than a minute.")
        .wallCost(RunMetrics.JOB_GAP_MILLIS)
        .advice("Look at planning, broadcasts and file listings in the driver.")
        .build();
  }

  private static DiagnosisPoint runCriticalPath() {
    return point("run.critical-path", "ST-09", RUN, RunMetrics.CRITICAL_SHARE)
        .title("more executors cannot help")
        .meaning(
            "Single long tasks, of twice their stage's median and more, take nearly all of the"
                + " stages' time: more cores would not shorten it.")
        .lowAt(0.8, "Sparklens: no gain at twice the executors; a remark, since nothing is wasted")
        .gate(RunMetrics.WALL, 60_000, "The run took less than a minute.")
        .advice("Split the work of the long tasks.")
        .build();
  }
}
