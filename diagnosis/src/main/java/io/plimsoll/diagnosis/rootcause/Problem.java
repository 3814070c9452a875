// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.rootcause;

import static io.plimsoll.diagnosis.graph.Family.AVAILABILITY;
import static io.plimsoll.diagnosis.graph.Family.BACKLOG;
import static io.plimsoll.diagnosis.graph.Family.CPU;
import static io.plimsoll.diagnosis.graph.Family.DISK;
import static io.plimsoll.diagnosis.graph.Family.ERROR;
import static io.plimsoll.diagnosis.graph.Family.MEMORY;
import static io.plimsoll.diagnosis.graph.Family.NETWORK;
import static io.plimsoll.diagnosis.graph.Family.THROUGHPUT;
import static io.plimsoll.diagnosis.graph.Family.TIME;

import io.plimsoll.diagnosis.graph.Family;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What can be wrong in a run. Points that look at the same thing from different sides are one
 * problem; a point that is here under none says nothing of the run's trouble: see {@link #REMARKS}.
 */
enum Problem {
  // What people complain about.
  RUN_FAILED("the run failed", Nature.SYMPTOM, ERROR, "run.failed"),
  PART_FAILED(
      "work failed", Nature.SYMPTOM, ERROR, "run.failed-jobs", "run.failed-stages", "tasks.failed"),
  TASKS_FAIL("tasks fail", Nature.SYMPTOM, ERROR, "stage.failed-tasks"),
  DONE_AGAIN("work is done again", Nature.SYMPTOM, TIME, "run.stage-retries", "run.wasted-tasks"),
  RESTARTS("the job restarts", Nature.SYMPTOM, ERROR, "flink.restarts", "flink.exceptions"),
  SLOWER("slower than usual", Nature.SYMPTOM, TIME, "job.duration", "job.slower", "job.cost-drift"),

  // What follows from something else, and is waste where it does not.
  IDLE(
      "cores without tasks",
      Nature.CONSEQUENCE,
      THROUGHPUT,
      "executors.unused-cores",
      "executor.idle-life"),
  IMBALANCE("uneven executors", Nature.CONSEQUENCE, Family.SKEW, "executors.imbalanced"),
  LONG_TASKS(
      "long tasks", Nature.CONSEQUENCE, TIME, "stage.long", "task.long", "run.critical-path"),
  SPECULATION(
      "speculative copies",
      Nature.CONSEQUENCE,
      TIME,
      "task.speculative",
      "task.useless-speculation"),
  BACK_PRESSURE("back pressure", Nature.CONSEQUENCE, BACKLOG, "flink.back-pressure"),

  // Stages and their tasks.
  SKEW("skewed data", Nature.CAUSE, Family.SKEW, "stage.data-skew", "sql.skewed-join"),
  TAIL("a slow task", Nature.OPEN, TIME, "stage.long-tail"),
  LOW_PARALLELISM("too few tasks", Nature.CAUSE, THROUGHPUT, "stage.low-parallelism"),
  SINGLE_TASK(
      "everything through one task",
      Nature.CAUSE,
      THROUGHPUT,
      "stage.single-task",
      "sql.single-partition",
      "sql.jdbc-one-connection"),
  LARGE_PARTITIONS(
      "too large partitions",
      Nature.CAUSE,
      Family.SKEW,
      "task.partition-memory",
      "task.large-partition"),
  TINY_TASKS("too many tiny tasks", Nature.CAUSE, TIME, "stage.tiny-tasks"),
  SPILL(
      "spilling to disk",
      Nature.CAUSE,
      DISK,
      "stage.spill",
      "stage.disk-spill",
      "sql.operator-spill",
      "task.execution-memory"),
  STAGE_GC("garbage collection in a stage", Nature.CAUSE, MEMORY, "stage.gc"),
  FETCH_WAIT("waiting for shuffle blocks", Nature.OPEN, NETWORK, "shuffle.fetch-wait"),
  SMALL_BLOCKS("many small shuffle blocks", Nature.CAUSE, NETWORK, "shuffle.small-blocks"),
  SLOW_WRITE("slow shuffle write", Nature.OPEN, DISK, "shuffle.slow-write"),
  AMPLIFICATION("rows are multiplied", Nature.CAUSE, TIME, "shuffle.amplification"),
  WAITING("tasks wait for something outside", Nature.OPEN, TIME, "task.low-cpu", "run.low-cpu"),
  SLOW_READER("one executor reads slowly", Nature.OPEN, DISK, "storage.slow-reader"),
  FAR_FROM_DATA("tasks far from their data", Nature.CAUSE, NETWORK, "task.far-from-data"),
  SCHEDULER_DELAY("tasks wait for the driver", Nature.OPEN, BACKLOG, "driver.scheduler-delay"),
  SERIALIZATION(
      "shipping code and results", Nature.OPEN, CPU, "task.deserialize", "config.java-serializer"),
  LAUNCH_WAIT("a stage waits for resources", Nature.OPEN, BACKLOG, "stage.waits-for-launch"),

  // Queries and their plans.
  CARTESIAN("a join without a condition", Nature.CAUSE, TIME, "sql.cartesian"),
  EXPLODING_JOIN("an exploding join", Nature.CAUSE, TIME, "sql.exploding-join"),
  MISSED_BROADCAST("a missed broadcast", Nature.CAUSE, TIME, "sql.missed-broadcast"),
  LARGE_BROADCAST(
      "too large a broadcast",
      Nature.CAUSE,
      MEMORY,
      "sql.large-broadcast",
      "sql.broadcast-heap",
      "sql.broadcast-timeout"),
  SMALL_FILES("many small files", Nature.CAUSE, TIME, "sql.small-files-read", "sql.slow-listing"),
  FILES_WRITTEN(
      "very many files written",
      Nature.CAUSE,
      TIME,
      "sql.small-files-written",
      "storage.files-created"),
  SCAN(
      "reading more than needed",
      Nature.CAUSE,
      TIME,
      "sql.full-scan",
      "sql.large-scan",
      "sql.missing-partition-filter",
      "sql.repeated-scan"),
  RECOMPUTATION("computed again and again", Nature.CAUSE, TIME, "sql.recomputation"),
  OPAQUE_FUNCTION("functions outside the engine", Nature.CAUSE, TIME, "sql.udf-barrier"),

  // Executors, their memory and their hosts.
  HEAP(
      "too little heap",
      Nature.CAUSE,
      MEMORY,
      "gc.pressure",
      "run.gc-share",
      "executor.live-set",
      "executor.full-gc",
      "executor.gc-pause",
      "executor.humongous",
      "executors.heap-full"),
  OUT_OF_MEMORY("out of memory", Nature.CAUSE, MEMORY, "task.out-of-memory"),
  OUTSIDE_HEAP(
      "memory outside the heap",
      Nature.CAUSE,
      MEMORY,
      "executor.child-memory",
      "executor.direct-memory",
      "executor.metaspace",
      "executor.kill-distance",
      "memory.near-limit"),
  KILLED_FOR_MEMORY(
      "killed for memory",
      Nature.CAUSE,
      MEMORY,
      "executors.killed-for-memory",
      "executor.oom-kill"),
  EXECUTORS_LOST(
      "executors were lost",
      Nature.CAUSE,
      AVAILABILITY,
      "executors.lost",
      "executors.lost-together"),
  BLOCKS_LOST("shuffle blocks were lost", Nature.OPEN, ERROR, "shuffle.fetch-failed"),
  EXECUTOR_SLOW("a slow executor", Nature.CAUSE, TIME, "executor.slow"),
  EXECUTOR_FAILS(
      "tasks fail at one place",
      Nature.CAUSE,
      ERROR,
      "executor.fails",
      "host.excluded",
      "task.one-host-fails"),
  STARVED_PROCESS(
      "a process that is held up by its host",
      Nature.CAUSE,
      CPU,
      "executor.throttled",
      "executor.run-queue",
      "executor.swap",
      "executor.memory-pressure",
      "executor.paused",
      "executor.safepoints",
      "executor.code-cache",
      "executor.open-files"),
  HOST_SLOW("a slow host", Nature.CAUSE, TIME, "host.slow"),
  HOST_BUSY(
      "a host without room",
      Nature.CAUSE,
      CPU,
      "host.cpu-saturated",
      "host.slow-disk",
      "network.saturated",
      "network.retransmits"),

  // The driver.
  DRIVER_BOUND("the driver works alone", Nature.CAUSE, THROUGHPUT, "driver.bound"),
  JOB_GAPS("idle gaps within jobs", Nature.OPEN, THROUGHPUT, "run.job-gaps"),
  TINY_JOBS("many tiny jobs", Nature.CAUSE, TIME, "run.tiny-jobs"),
  LARGE_RESULTS("large results to the driver", Nature.CAUSE, MEMORY, "driver.large-results"),
  SLOW_COMMIT("slow commit of the output", Nature.CAUSE, DISK, "run.slow-commit"),
  DRIVER_MEMORY(
      "too little memory for the driver",
      Nature.CAUSE,
      MEMORY,
      "driver.heap-full",
      "driver.live-set",
      "driver.gc-pause",
      "driver.full-gc",
      "driver.humongous",
      "driver.metaspace",
      "driver.direct-memory",
      "driver.child-memory",
      "driver.kill-distance",
      "driver.oom-kill"),
  DRIVER_STARVED(
      "the driver is held up by its host",
      Nature.CAUSE,
      CPU,
      "driver.throttled",
      "driver.run-queue",
      "driver.swap",
      "driver.memory-pressure",
      "driver.cpu-high",
      "driver.paused",
      "driver.safepoints",
      "driver.code-cache",
      "driver.open-files"),

  // What is around the run.
  LATE_EXECUTORS("executors came late", Nature.OPEN, BACKLOG, "executors.late"),
  QUEUE(
      "the cluster has no room",
      Nature.CAUSE,
      BACKLOG,
      "queue.full",
      "queue.pending-with-room",
      "queue.master-limit",
      "queue.apps-wait",
      "queue.preemption",
      "cluster.nodes-lost",
      "cluster.scheduler-slow",
      "node.slow-launch",
      "pod.unschedulable",
      "pod.cannot-start",
      "pod.quota"),
  NODE(
      "a bad node",
      Nature.CAUSE,
      AVAILABILITY,
      "node.failing",
      "node.bad-disk",
      "node.disk-full",
      "node.shuffle-fails"),
  STORAGE(
      "slow or broken storage",
      Nature.CAUSE,
      DISK,
      "hdfs.rpc-queue",
      "hdfs.edit-sync",
      "hdfs.listing-storm",
      "hdfs.missing-blocks",
      "hdfs.full",
      "hdfs.slow-datanode",
      "hdfs.slow-disk",
      "hdfs.datanode-full",
      "hdfs.failed-volume",
      "hdfs.dead-datanodes",
      "hdfs.slow-pipeline",
      "hdfs.broken-transfers",
      "namenode.heap",
      "namenode.gc",
      "metastore.slow"),
  KAFKA(
      "a slow broker",
      Nature.CAUSE,
      BACKLOG,
      "kafka.busy-broker",
      "kafka.queue-time",
      "kafka.throttled",
      "kafka.slow-produce",
      "kafka.refuses-records",
      "kafka.failed-requests",
      "kafka.partition-skew",
      "kafka.under-replicated",
      "kafka.slow-disk",
      "kafka.busy-network",
      "kafka.rebalances"),
  MORE_INPUT("another amount of input", Nature.CAUSE, THROUGHPUT, "job.input"),
  REFUSED(
      "refused",
      Nature.CAUSE,
      ERROR,
      "sql.failed-analysis",
      "sql.no-permission",
      "sql.missing-input",
      "sql.output-exists",
      "storage.quota",
      "storage.throttled",
      "network.connections"),
  KILLED("killed by somebody", Nature.CAUSE, ERROR, "run.killed"),

  // Flink.
  BUSY_OPERATOR(
      "an operator that cannot keep up",
      Nature.CAUSE,
      CPU,
      "flink.back-pressure-root",
      "flink.busy",
      "flink.slow-vertex"),
  KEY_SKEW("uneven keys", Nature.CAUSE, Family.SKEW, "flink.key-skew"),
  SLOW_SUBTASK("one busy subtask", Nature.OPEN, TIME, "flink.slow-subtask"),
  STATE_STORE("RocksDB stops writes", Nature.CAUSE, DISK, "flink.rocksdb-stall"),
  STATE_GROWTH("growing state", Nature.CAUSE, MEMORY, "flink.state-growth"),
  SOURCE_SILENT(
      "a source without records",
      Nature.CAUSE,
      THROUGHPUT,
      "flink.silent-source",
      "flink.idle-source-subtasks"),
  WATERMARK("event time stands still", Nature.OPEN, BACKLOG, "flink.watermark-stall"),
  CHECKPOINTS(
      "trouble with checkpoints",
      Nature.OPEN,
      ERROR,
      "flink.checkpoints-fail",
      "flink.checkpoint-age",
      "flink.checkpoint-slow",
      "flink.checkpoint-alignment",
      "flink.savepoint-failed"),
  SLOW_RESTORE("slow restart", Nature.OPEN, TIME, "flink.restore-slow"),
  FLINK_MEMORY(
      "too little memory for a TaskManager",
      Nature.CAUSE,
      MEMORY,
      "flink.gc",
      "flink.heap-full",
      "flink.metaspace-growth",
      "flink.network-buffers",
      "flink.managed-full"),
  FLINK_OUT_OF_MEMORY("out of memory", Nature.CAUSE, MEMORY, "flink.out-of-memory"),
  CONNECTION(
      "TaskManagers lose each other",
      Nature.OPEN,
      NETWORK,
      "flink.channel-dead",
      "flink.heartbeats"),
  JOB_MANAGER("too little heap for the JobManager", Nature.CAUSE, MEMORY, "flink.jobmanager-heap");

  /** What part a problem can play. */
  enum Nature {
    /** What people complain about; never a cause. */
    SYMPTOM,
    /** Follows from something else; by itself it is waste and no trouble. */
    CONSEQUENCE,
    /** May be named, but there may be something behind it that nobody looked at. */
    OPEN,
    /** May be named. */
    CAUSE
  }

  /**
   * Points that say nothing of the run's trouble: what is held and not used, settings, and what is
   * only told.
   */
  static final Set<String> REMARKS =
      Set.of(
          "config.adaptive-off",
          "config.dynamic-allocation",
          "config.executor-cores",
          "config.executor-memory",
          "config.executor-overhead",
          "config.memory-per-core",
          "config.memory-per-core-high",
          "cpu.over-asked",
          "driver.cores",
          "driver.events-dropped",
          "driver.gc-cause",
          "driver.jit",
          "driver.thread-churn",
          "executor.cpu-high",
          "executor.gc-cause",
          "executor.jit",
          "executor.thread-churn",
          "executors.flapping",
          "executors.heap-spare",
          "executors.unified-spare",
          "flink.cpu-high",
          "flink.cpu-low",
          "flink.heap-spare",
          "flink.idle-taskmanager",
          "flink.managed-spare",
          "flink.needless-rebalance",
          "flink.same-exception",
          "hdfs.under-replicated",
          "host.clock-skew",
          "job.always-fails",
          "job.failed-work",
          "job.fails-often",
          "job.unsteady",
          "kafka.lag",
          "kafka.lag-grows",
          "memory.driver-over-asked",
          "memory.executors-over-asked",
          "run.gc-spare",
          "run.long",
          "run.restarted",
          "run.same-failure",
          "sql.long-filter");

  private static final Map<String, Problem> BY_POINT = byPoint();

  private final String words;
  private final Nature nature;
  private final Family family;
  private final List<String> points;

  Problem(String words, Nature nature, Family family, String... points) {
    this.words = words;
    this.nature = nature;
    this.family = family;
    this.points = List.of(points);
  }

  /** The problem that the point sees; null where it is a remark. */
  static @Nullable Problem of(String point) {
    return BY_POINT.get(point);
  }

  /** What it is, for people. */
  String words() {
    return words;
  }

  Nature nature() {
    return nature;
  }

  /** Whether it may be named as a cause. */
  boolean isNameable() {
    return nature == Nature.CAUSE || nature == Nature.OPEN;
  }

  /** The kind of symptom it shows by. */
  Family family() {
    return family;
  }

  /** The points that see it, the plainest first. */
  List<String> points() {
    return points;
  }

  /** Lower case with dashes, for programs. */
  String kind() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static Map<String, Problem> byPoint() {
    Map<String, Problem> found = new HashMap<>();
    for (Problem problem : values()) {
      problem.points.forEach(point -> found.put(point, problem));
    }
    return found;
  }
}
