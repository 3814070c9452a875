// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.wire;

import static io.plimsoll.wire.Metric.Kind.COUNTER;
import static io.plimsoll.wire.Metric.Kind.GAUGE;
import static io.plimsoll.wire.Unit.BYTES;
import static io.plimsoll.wire.Unit.COUNT;
import static io.plimsoll.wire.Unit.MILLISECONDS;
import static io.plimsoll.wire.Unit.NANOSECONDS;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A quantity that one JVM reports about itself. Ids are part of the wire format: they are never
 * reused and never change meaning. A metric that a platform cannot tell is absent from the sample,
 * never zero.
 */
public enum Metric {
  /** CPU time of the whole process, user and system together, since its start. */
  PROCESS_CPU(1, "process.cpu.time", NANOSECONDS, COUNTER),
  /** User part of the process's CPU time, from {@code /proc/self/stat}. */
  PROCESS_CPU_USER(2, "process.cpu.user", NANOSECONDS, COUNTER),
  /** System part of the process's CPU time, from {@code /proc/self/stat}. */
  PROCESS_CPU_SYSTEM(3, "process.cpu.system", NANOSECONDS, COUNTER),
  /** CPU time of the garbage collector's own threads (and the VM thread that runs its pauses). */
  CPU_GC(4, "jvm.cpu.gc", NANOSECONDS, COUNTER),
  /** CPU time of the JIT compiler threads. */
  CPU_JIT(5, "jvm.cpu.jit", NANOSECONDS, COUNTER),
  /** CPU time of Plimsoll's own threads, its sink's included. */
  CPU_AGENT(6, "plimsoll.agent.cpu", NANOSECONDS, COUNTER),
  /**
   * CPU time of one named group of threads that are neither the collector's, the compiler's, the
   * agent's nor a task's; instance = the group, such as netty or rocksdb.
   */
  CPU_SATELLITE(7, "jvm.cpu.satellite", NANOSECONDS, COUNTER),
  /** Time that this process's threads were ready to run and waited for a CPU. */
  RUN_QUEUE_WAIT(8, "process.cpu.wait", NANOSECONDS, COUNTER),
  /**
   * CPU time of the threads that run task attempts. The attempts lie within it: it is never added
   * to them.
   */
  CPU_TASK_THREADS(9, "jvm.cpu.task_threads", NANOSECONDS, COUNTER),

  /** Resident set of the process. */
  RSS(10, "process.memory.rss", BYTES, GAUGE),
  /** Anonymous part of the resident set: what no page cache explains. */
  RSS_ANON(11, "process.memory.rss.anon", BYTES, GAUGE),
  /** Highest resident set since the process's start, as the kernel keeps it (VmHWM). */
  RSS_PEAK(12, "process.memory.rss.peak", BYTES, GAUGE),
  /** Part of the resident set that a file backs: jars, libraries, mapped files. */
  RSS_FILE(13, "process.memory.rss.file", BYTES, GAUGE),
  /** Part of the resident set that is shared memory. */
  RSS_SHMEM(14, "process.memory.rss.shmem", BYTES, GAUGE),
  /** Anonymous memory of the process that lies in swap. */
  SWAP(15, "process.memory.swap", BYTES, GAUGE),
  /** Open file descriptors. */
  OPEN_FILES(16, "process.open_file_descriptor.count", COUNT, GAUGE),
  /** The most file descriptors that this process may open (soft limit); absent when unlimited. */
  OPEN_FILES_LIMIT(17, "process.open_file_descriptor.limit", COUNT, GAUGE),
  /**
   * CPU time of all child processes and theirs, ended ones included; instance = python, java or
   * other. Not a part of the process's own CPU time.
   */
  CHILDREN_CPU(18, "process.children.cpu.time", NANOSECONDS, COUNTER),
  /**
   * Resident sets of the living child processes and theirs, pages they share counted each time;
   * instance = python, java or other.
   */
  CHILDREN_RSS(19, "process.children.memory.rss", BYTES, GAUGE),

  HEAP_USED(20, "jvm.heap.used", BYTES, GAUGE),
  HEAP_COMMITTED(21, "jvm.heap.committed", BYTES, GAUGE),
  HEAP_MAX(22, "jvm.heap.max", BYTES, GAUGE),
  /** Used bytes of one heap or non-heap pool; instance = the pool's name. */
  POOL_USED(23, "jvm.memory.used", BYTES, GAUGE),
  /** Committed bytes of one pool; instance = the pool's name. */
  POOL_COMMITTED(24, "jvm.memory.committed", BYTES, GAUGE),
  /** Limit of one pool; instance = the pool's name. */
  POOL_MAX(25, "jvm.memory.limit", BYTES, GAUGE),

  /** Number of collections; instance = the collector bean's name. */
  GC_COUNT(30, "jvm.gc.count", COUNT, COUNTER),
  /** Accumulated collection time; instance = the collector bean's name. */
  GC_TIME(31, "jvm.gc.time", MILLISECONDS, COUNTER),
  /** Number of collections; instance = the cause. */
  GC_CAUSE_COUNT(32, "jvm.gc.cause.count", COUNT, COUNTER),
  /** Accumulated collection time; instance = the cause. */
  GC_CAUSE_TIME(33, "jvm.gc.cause.time", MILLISECONDS, COUNTER),
  /**
   * Bytes allocated on the heap since the process's start, told by heap levels around collections.
   */
  ALLOCATED(34, "jvm.memory.allocated", BYTES, COUNTER),
  /** Living child processes and theirs; instance = python, java or other. */
  CHILDREN_COUNT(35, "process.children.count", COUNT, GAUGE),
  /** Times that the JVM stopped all its threads, for collections or anything else. */
  SAFEPOINT_COUNT(36, "jvm.safepoint.count", COUNT, COUNTER),
  /** Time for which all threads stood still. */
  SAFEPOINT_TIME(37, "jvm.safepoint.time", NANOSECONDS, COUNTER),
  /** Time that it took to bring all threads to a stop. */
  SAFEPOINT_SYNC_TIME(38, "jvm.safepoint.sync.time", NANOSECONDS, COUNTER),
  /** CPU time of the collector as the JVM itself tells it; not an addend beside jvm.cpu.gc. */
  CPU_GC_TOLD(39, "jvm.cpu.gc.told", NANOSECONDS, COUNTER),

  DIRECT_USED(40, "jvm.buffer.direct.used", BYTES, GAUGE),
  DIRECT_COUNT(41, "jvm.buffer.direct.count", COUNT, GAUGE),
  MAPPED_USED(42, "jvm.buffer.mapped.used", BYTES, GAUGE),
  METASPACE_USED(43, "jvm.metaspace.used", BYTES, GAUGE),
  METASPACE_COMMITTED(44, "jvm.metaspace.committed", BYTES, GAUGE),
  /** Used bytes of all code heaps together, segmented or not. */
  CODE_CACHE_USED(45, "jvm.code_cache.used", BYTES, GAUGE),
  CODE_CACHE_COMMITTED(46, "jvm.code_cache.committed", BYTES, GAUGE),
  /** Pauses of concurrent collection cycles, such as G1's Remark and Cleanup. */
  GC_CONCURRENT_PAUSES(47, "jvm.gc.concurrent.pauses", COUNT, COUNTER),
  /** Time of the pauses of concurrent collection cycles. */
  GC_CONCURRENT_PAUSE_TIME(48, "jvm.gc.concurrent.pause.time", NANOSECONDS, COUNTER),
  /** CPU time of threads that no group names; the largest are in THREADS_UNNAMED events. */
  CPU_UNNAMED(49, "jvm.cpu.unnamed", NANOSECONDS, COUNTER),

  THREADS(50, "jvm.thread.count", COUNT, GAUGE),
  CLASSES_LOADED(51, "jvm.class.count", COUNT, GAUGE),
  /** Page faults for which the process waited for a disk. */
  MAJOR_FAULTS(52, "process.paging.major_faults", COUNT, COUNTER),
  /** Threads that were ever started in this JVM. */
  THREADS_STARTED(53, "jvm.thread.started", COUNT, COUNTER),

  /** Memory limit of the nearest cgroup that has one; absent when unlimited. */
  CGROUP_MEMORY_LIMIT(60, "cgroup.memory.limit", BYTES, GAUGE),
  /** Memory charged to the cgroup, page cache included. */
  CGROUP_MEMORY_USAGE(61, "cgroup.memory.usage", BYTES, GAUGE),
  /** Times 1000: 1500 means one and a half CPUs; absent when unlimited. */
  CGROUP_CPU_QUOTA_MILLI(62, "cgroup.cpu.quota", COUNT, GAUGE),
  /** Periods in which the cgroup was throttled. */
  CGROUP_CPU_THROTTLED(63, "cgroup.cpu.throttled", COUNT, COUNTER),
  /** CPUs that the JVM sees. */
  AVAILABLE_PROCESSORS(64, "jvm.cpu.count", COUNT, GAUGE),
  /** Memory charged to the cgroup without inactive page cache: what cannot simply be dropped. */
  CGROUP_MEMORY_WORKING_SET(65, "cgroup.memory.working_set", BYTES, GAUGE),
  /** Highest memory charged to the cgroup since it was made, page cache included. */
  CGROUP_MEMORY_PEAK(66, "cgroup.memory.peak", BYTES, GAUGE),
  /** Periods of the CPU quota in which the cgroup ran. */
  CGROUP_CPU_PERIODS(67, "cgroup.cpu.periods", COUNT, COUNTER),
  /** Time for which the cgroup was throttled, summed over CPUs. */
  CGROUP_CPU_THROTTLED_TIME(68, "cgroup.cpu.throttled.time", NANOSECONDS, COUNTER),
  /** CPU time of all processes of the cgroup, this one's among them. */
  CGROUP_CPU_USAGE(69, "cgroup.cpu.time", NANOSECONDS, COUNTER),
  /** Times that the cgroup was out of memory. */
  CGROUP_OOM(70, "cgroup.memory.oom", COUNT, COUNTER),
  /** Processes of the cgroup that the kernel killed for want of memory. */
  CGROUP_OOM_KILL(71, "cgroup.memory.oom_kill", COUNT, COUNTER),
  /** Time in which some task of the cgroup, or else of the machine, waited for memory. */
  MEMORY_PRESSURE_SOME(72, "cgroup.memory.pressure.some", NANOSECONDS, COUNTER),
  /** Time in which all tasks of the cgroup, or else of the machine, waited for memory. */
  MEMORY_PRESSURE_FULL(73, "cgroup.memory.pressure.full", NANOSECONDS, COUNTER),
  /**
   * The limit that would kill this process first: that of a cgroup above it or the machine's
   * memory. Its source, in METRIC_SOURCES, names which.
   */
  MEMORY_KILL_LIMIT(74, "process.memory.kill.limit", BYTES, GAUGE),
  /** What is left below that limit, inactive page cache counted as free. */
  MEMORY_KILL_DISTANCE(75, "process.memory.kill.distance", BYTES, GAUGE),
  /** Anonymous memory charged to the cgroup. */
  CGROUP_MEMORY_ANON(76, "cgroup.memory.anon", BYTES, GAUGE),
  /** Page cache charged to the cgroup. */
  CGROUP_MEMORY_FILE(77, "cgroup.memory.file", BYTES, GAUGE),
  /** Times that a charge ran into the cgroup's memory limit. */
  CGROUP_MEMORY_LIMIT_HITS(78, "cgroup.memory.limit.hits", COUNT, COUNTER),
  // Flink as its REST API tells it. Instance of a subtask's metric: VERTEX-ID/SUBTASK. Instance of
  // a
  // TaskManager's: its resource id; the JobManager's has none.

  /** Milliseconds of work in a second; absent for legacy sources, which cannot tell it. */
  FLINK_BUSY(100, "flink.task.busy", MILLISECONDS, GAUGE),
  /** Milliseconds of a second without input. */
  FLINK_IDLE(101, "flink.task.idle", MILLISECONDS, GAUGE),
  /** Milliseconds of a second in wait for room in the output. */
  FLINK_BACK_PRESSURED(102, "flink.task.back_pressured", MILLISECONDS, GAUGE),
  FLINK_SOFT_BACK_PRESSURED(103, "flink.task.back_pressured.soft", MILLISECONDS, GAUGE),
  FLINK_HARD_BACK_PRESSURED(104, "flink.task.back_pressured.hard", MILLISECONDS, GAUGE),
  FLINK_ACCUMULATED_BUSY(105, "flink.task.accumulated.busy", MILLISECONDS, COUNTER),
  FLINK_ACCUMULATED_IDLE(106, "flink.task.accumulated.idle", MILLISECONDS, COUNTER),
  FLINK_ACCUMULATED_BACK_PRESSURED(
      107, "flink.task.accumulated.back_pressured", MILLISECONDS, COUNTER),
  FLINK_RECORDS_IN(108, "flink.task.records.in", COUNT, COUNTER),
  FLINK_RECORDS_OUT(109, "flink.task.records.out", COUNT, COUNTER),
  FLINK_BYTES_IN(110, "flink.task.bytes.in", BYTES, COUNTER),
  FLINK_BYTES_OUT(111, "flink.task.bytes.out", BYTES, COUNTER),
  /** Epoch milliseconds of the last watermark received; absent before the first. */
  FLINK_WATERMARK(112, "flink.task.watermark", MILLISECONDS, GAUGE),
  FLINK_MAILBOX_QUEUE(113, "flink.task.mailbox.queue", COUNT, GAUGE),
  /** Used share of the input buffer pool, times 1000. */
  FLINK_IN_POOL_USAGE_MILLI(114, "flink.task.buffers.in.usage", COUNT, GAUGE),
  /** Used share of the output buffer pool, times 1000. */
  FLINK_OUT_POOL_USAGE_MILLI(115, "flink.task.buffers.out.usage", COUNT, GAUGE),
  FLINK_CHECKPOINT_START_DELAY(116, "flink.task.checkpoint.start_delay", NANOSECONDS, GAUGE),
  /** Restarts of the job since its submission. */
  FLINK_RESTARTS(117, "flink.job.restarts", COUNT, COUNTER),

  // RocksDB, where the user turned its metrics on: sums over a subtask's column families, the
  // largest for the block cache that they share.
  ROCKSDB_MEMTABLES(125, "flink.rocksdb.memtables.size", BYTES, GAUGE),
  ROCKSDB_BLOCK_CACHE_USED(126, "flink.rocksdb.block_cache.used", BYTES, GAUGE),
  ROCKSDB_BLOCK_CACHE_PINNED(127, "flink.rocksdb.block_cache.pinned", BYTES, GAUGE),
  ROCKSDB_BLOCK_CACHE_CAPACITY(128, "flink.rocksdb.block_cache.capacity", BYTES, GAUGE),
  ROCKSDB_TABLE_READERS(129, "flink.rocksdb.table_readers.size", BYTES, GAUGE),
  ROCKSDB_LIVE_DATA(130, "flink.rocksdb.live_data.size", BYTES, GAUGE),
  ROCKSDB_SST_FILES(131, "flink.rocksdb.sst_files.size", BYTES, GAUGE),
  ROCKSDB_KEYS(132, "flink.rocksdb.keys", COUNT, GAUGE),
  ROCKSDB_RUNNING_COMPACTIONS(133, "flink.rocksdb.compactions.running", COUNT, GAUGE),
  ROCKSDB_RUNNING_FLUSHES(134, "flink.rocksdb.flushes.running", COUNT, GAUGE),
  ROCKSDB_PENDING_COMPACTION(135, "flink.rocksdb.compactions.pending", BYTES, GAUGE),
  /** Bytes per second to which writes are held back; 0 when they are not. */
  ROCKSDB_DELAYED_WRITE_RATE(136, "flink.rocksdb.delayed_write_rate", BYTES, GAUGE),
  /** Column families whose writes are stopped. */
  ROCKSDB_WRITE_STOPPED(137, "flink.rocksdb.write_stopped", COUNT, GAUGE),

  FLINK_HEAP_USED(140, "flink.jvm.heap.used", BYTES, GAUGE),
  FLINK_HEAP_MAX(141, "flink.jvm.heap.max", BYTES, GAUGE),
  FLINK_METASPACE_USED(142, "flink.jvm.metaspace.used", BYTES, GAUGE),
  FLINK_DIRECT_USED(143, "flink.jvm.buffer.direct.used", BYTES, GAUGE),
  FLINK_JVM_CPU(144, "flink.jvm.cpu.time", NANOSECONDS, COUNTER),
  FLINK_MANAGED_USED(145, "flink.memory.managed.used", BYTES, GAUGE),
  FLINK_MANAGED_TOTAL(146, "flink.memory.managed.total", BYTES, GAUGE),
  FLINK_NETWORK_USED(147, "flink.memory.network.used", BYTES, GAUGE),
  FLINK_NETWORK_TOTAL(148, "flink.memory.network.total", BYTES, GAUGE),
  /** Collections of all collectors together. */
  FLINK_GC_TIME(149, "flink.jvm.gc.time", MILLISECONDS, COUNTER),

  /** CPU time of the agent's own threads, which sample and encode; its sinks' threads are apart. */
  AGENT_CPU_OWN(80, "plimsoll.agent.cpu.own", NANOSECONDS, COUNTER),
  /** CPU time of the threads that the agent's sinks started, as far as they were seen. */
  AGENT_CPU_SINK(81, "plimsoll.agent.cpu.sink", NANOSECONDS, COUNTER),
  /** Heap bytes that the agent's own threads allocated. */
  AGENT_ALLOCATED(82, "plimsoll.agent.allocated", BYTES, COUNTER),
  /** The interval at which this process is sampled now: longer than asked for above budget. */
  AGENT_INTERVAL(83, "plimsoll.agent.interval", MILLISECONDS, GAUGE),
  /**
   * How coarse a slow sink has made the agent: 0 not at all, 1 and 2 samples of two and four
   * intervals, 3 attempts as sums of their stage, 4 samples are dropped.
   */
  AGENT_COARSENESS(84, "plimsoll.agent.coarseness", COUNT, GAUGE),
  /** Encoded bytes that wait for a sink or are on their way to it. */
  AGENT_BACKLOG(85, "plimsoll.agent.backlog", BYTES, GAUGE),

  // What a component description (components/*.yaml) tells of a broker, a NameNode, a queue... The
  // instance is the described metric's name and its labels: kafka.topic.bytes_in{topic=clicks}.
  COMPONENT_LEVEL(200, "component.level", COUNT, GAUGE),
  COMPONENT_TOTAL(201, "component.total", COUNT, COUNTER),
  COMPONENT_BYTES(202, "component.bytes", BYTES, GAUGE),
  COMPONENT_BYTES_TOTAL(203, "component.bytes.total", BYTES, COUNTER),
  COMPONENT_MILLIS(204, "component.time", MILLISECONDS, GAUGE),
  COMPONENT_MILLIS_TOTAL(205, "component.time.total", MILLISECONDS, COUNTER),
  COMPONENT_NANOS(206, "component.nanos", NANOSECONDS, GAUGE),
  COMPONENT_NANOS_TOTAL(207, "component.nanos.total", NANOSECONDS, COUNTER),
  /** A ratio, a rate or an average, times 1000: 250 means a quarter. */
  COMPONENT_LEVEL_MILLI(208, "component.level.milli", COUNT, GAUGE);

  /** Whether a value is a level at a moment or a total since the process's start. */
  public enum Kind {
    GAUGE,
    COUNTER
  }

  private static final Map<Integer, Metric> BY_ID = new HashMap<>();

  static {
    for (Metric metric : values()) {
      BY_ID.put(metric.id, metric);
    }
  }

  private final int id;
  private final String wireName;
  private final Unit unit;
  private final Kind kind;

  Metric(int id, String wireName, Unit unit, Kind kind) {
    this.id = id;
    this.wireName = wireName;
    this.unit = unit;
    this.kind = kind;
  }

  /** The number that stands for this metric on the wire. */
  public int id() {
    return id;
  }

  /** The public name, after OpenTelemetry where it has one. */
  public String wireName() {
    return wireName;
  }

  public Unit unit() {
    return unit;
  }

  public Kind kind() {
    return kind;
  }

  /** The metric with this id, or null when this version does not know it. */
  public static @Nullable Metric byId(int id) {
    return BY_ID.get(id);
  }
}
