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

  /** Resident set of the process. */
  RSS(10, "process.memory.rss", BYTES, GAUGE),
  /** Anonymous part of the resident set: what no page cache explains. */
  RSS_ANON(11, "process.memory.rss.anon", BYTES, GAUGE),
  /** Highest resident set since the process's start, as the kernel keeps it (VmHWM). */
  RSS_PEAK(12, "process.memory.rss.peak", BYTES, GAUGE),

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

  DIRECT_USED(40, "jvm.buffer.direct.used", BYTES, GAUGE),
  DIRECT_COUNT(41, "jvm.buffer.direct.count", COUNT, GAUGE),
  MAPPED_USED(42, "jvm.buffer.mapped.used", BYTES, GAUGE),
  METASPACE_USED(43, "jvm.metaspace.used", BYTES, GAUGE),
  METASPACE_COMMITTED(44, "jvm.metaspace.committed", BYTES, GAUGE),
  /** Used bytes of all code heaps together, segmented or not. */
  CODE_CACHE_USED(45, "jvm.code_cache.used", BYTES, GAUGE),
  CODE_CACHE_COMMITTED(46, "jvm.code_cache.committed", BYTES, GAUGE),

  THREADS(50, "jvm.thread.count", COUNT, GAUGE),
  CLASSES_LOADED(51, "jvm.class.count", COUNT, GAUGE),

  /** Memory limit of the nearest cgroup that has one; absent when unlimited. */
  CGROUP_MEMORY_LIMIT(60, "cgroup.memory.limit", BYTES, GAUGE),
  /** Memory charged to the cgroup, page cache included. */
  CGROUP_MEMORY_USAGE(61, "cgroup.memory.usage", BYTES, GAUGE),
  /** Times 1000: 1500 means one and a half CPUs; absent when unlimited. */
  CGROUP_CPU_QUOTA_MILLI(62, "cgroup.cpu.quota", COUNT, GAUGE),
  /** Periods in which the cgroup was throttled. */
  CGROUP_CPU_THROTTLED(63, "cgroup.cpu.throttled", COUNT, COUNTER),
  /** CPUs that the JVM sees. */
  AVAILABLE_PROCESSORS(64, "jvm.cpu.count", COUNT, GAUGE);

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
