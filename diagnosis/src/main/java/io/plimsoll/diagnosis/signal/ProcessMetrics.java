// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.signal;

/** What is measured of one JVM, the driver's or an executor's. */
public final class ProcessMetrics {
  public static final SignalMetric LIVE_SHARE =
      SignalMetric.high(
          "jvm.live.share",
          "share",
          SymptomFamily.MEMORY,
          Origin.AGENT,
          "heap level after collections over the largest heap");
  public static final SignalMetric HEAP_PEAK_SHARE =
      SignalMetric.high(
          "jvm.heap.peak.share",
          "share",
          SymptomFamily.MEMORY,
          Origin.AGENT,
          "highest heap level over the largest heap");
  public static final SignalMetric FULL_GC_PER_HOUR =
      SignalMetric.high(
          "jvm.gc.full.rate",
          "per hour",
          SymptomFamily.GARBAGE_COLLECTION,
          Origin.AGENT,
          "mixed or full collections");
  public static final SignalMetric FULL_GC_COUNT =
      SignalMetric.high(
          "jvm.gc.full",
          "count",
          SymptomFamily.GARBAGE_COLLECTION,
          Origin.AGENT,
          "mixed or full collections");
  public static final SignalMetric LONGEST_PAUSE =
      SignalMetric.high(
          "jvm.gc.pause.max",
          "ms",
          SymptomFamily.GARBAGE_COLLECTION,
          Origin.AGENT,
          "longest pause of a collection");
  public static final SignalMetric PAUSE_SHARE =
      SignalMetric.high(
          "jvm.gc.pause.share",
          "share",
          SymptomFamily.GARBAGE_COLLECTION,
          Origin.AGENT,
          "collection pauses as a share of the process's life");
  public static final SignalMetric GC_CPU_SHARE =
      SignalMetric.high(
          "jvm.gc.cpu.share",
          "share",
          SymptomFamily.GARBAGE_COLLECTION,
          Origin.AGENT,
          "the collector's share of the process's CPU time");
  public static final SignalMetric METADATA_GCS =
      SignalMetric.high(
          "jvm.gc.cause.metadata",
          "count",
          SymptomFamily.GARBAGE_COLLECTION,
          Origin.AGENT,
          "collections caused by class metadata");
  public static final SignalMetric HUMONGOUS_GCS =
      SignalMetric.high(
          "jvm.gc.cause.humongous",
          "count",
          SymptomFamily.GARBAGE_COLLECTION,
          Origin.AGENT,
          "collections caused by humongous allocations or evacuation failures");
  public static final SignalMetric EXPLICIT_GCS =
      SignalMetric.high(
          "jvm.gc.cause.explicit",
          "count",
          SymptomFamily.GARBAGE_COLLECTION,
          Origin.AGENT,
          "collections that code asked for");
  public static final SignalMetric METASPACE_SHARE =
      SignalMetric.high(
          "jvm.metaspace.share",
          "share",
          SymptomFamily.MEMORY,
          Origin.AGENT,
          "metaspace used over its limit");
  public static final SignalMetric CODE_CACHE_SHARE =
      SignalMetric.high(
          "jvm.code_cache.share",
          "share",
          SymptomFamily.CPU,
          Origin.AGENT,
          "code cache used over its limit");
  public static final SignalMetric DIRECT_HEAP_SHARE =
      SignalMetric.high(
          "jvm.direct.share",
          "share",
          SymptomFamily.MEMORY,
          Origin.AGENT,
          "direct buffers over the largest heap, their default limit");
  public static final SignalMetric THREADS_STARTED_RATE =
      SignalMetric.high(
          "jvm.threads.started.rate",
          "per second",
          SymptomFamily.CPU,
          Origin.AGENT,
          "threads started");
  public static final SignalMetric THREAD_REUSE =
      SignalMetric.low(
          "jvm.threads.reuse",
          "share",
          SymptomFamily.CPU,
          Origin.AGENT,
          "most threads alive over threads ever started");
  public static final SignalMetric SAFEPOINT_RATE =
      SignalMetric.high(
          "jvm.safepoints.rate",
          "per second",
          SymptomFamily.LATENCY,
          Origin.AGENT,
          "stops of all threads");
  public static final SignalMetric SAFEPOINT_SHARE =
      SignalMetric.high(
          "jvm.safepoints.share",
          "share",
          SymptomFamily.LATENCY,
          Origin.AGENT,
          "time in which all threads stood still as a share of the process's life");
  public static final SignalMetric NON_GC_STOP_SHARE =
      SignalMetric.high(
          "jvm.safepoints.no_gc.share",
          "share",
          SymptomFamily.LATENCY,
          Origin.AGENT,
          "time in which all threads stood still for no collection");
  public static final SignalMetric OPEN_FILES_SHARE =
      SignalMetric.high(
          "process.files.share",
          "share",
          SymptomFamily.AVAILABILITY,
          Origin.AGENT,
          "open files over their limit");
  public static final SignalMetric CPU_USE =
      SignalMetric.high(
          "process.cpu.use",
          "share",
          SymptomFamily.CPU,
          Origin.AGENT,
          "CPU time over the process's cores");
  public static final SignalMetric RUN_QUEUE_SHARE =
      SignalMetric.high(
          "process.cpu.wait.share",
          "share",
          SymptomFamily.CPU,
          Origin.AGENT,
          "threads ready to run but without a CPU, as a share of CPU time and wait");
  public static final SignalMetric RUN_QUEUE_LIFE =
      SignalMetric.high(
          "process.cpu.wait.life",
          "share",
          SymptomFamily.CPU,
          Origin.AGENT,
          "threads' wait for a CPU as a share of the process's life, for each of its CPUs");
  public static final SignalMetric THROTTLED_SHARE =
      SignalMetric.high(
          "cgroup.throttled.share",
          "share",
          SymptomFamily.CPU,
          Origin.AGENT,
          "share of the quota periods in which the process was throttled");
  public static final SignalMetric CHILD_MEMORY_SHARE =
      SignalMetric.high(
          "process.children.memory.share",
          "share",
          SymptomFamily.MEMORY,
          Origin.AGENT,
          "child processes' resident memory over the overhead");
  public static final SignalMetric SWAP =
      SignalMetric.high(
          "process.swap",
          "bytes",
          SymptomFamily.MEMORY,
          Origin.AGENT,
          "memory of the process in swap");
  public static final SignalMetric MAJOR_FAULT_RATE =
      SignalMetric.high(
          "process.major_faults.rate",
          "per second",
          SymptomFamily.MEMORY,
          Origin.AGENT,
          "page faults that waited for a disk");
  public static final SignalMetric MEMORY_PRESSURE_SHARE =
      SignalMetric.high(
          "host.memory.pressure.share",
          "share",
          SymptomFamily.MEMORY,
          Origin.AGENT,
          "time in which some task waited for memory");
  public static final SignalMetric OOM_KILLS =
      SignalMetric.high(
          "cgroup.oom_kills",
          "count",
          SymptomFamily.AVAILABILITY,
          Origin.AGENT,
          "processes of the container that the kernel killed");
  public static final SignalMetric LIMIT_HITS =
      SignalMetric.high(
          "cgroup.memory.limit_hits",
          "count",
          SymptomFamily.MEMORY,
          Origin.AGENT,
          "charges that ran into the container's memory limit");
  public static final SignalMetric KILL_DISTANCE_SHARE =
      SignalMetric.low(
          "process.memory.kill.distance.share",
          "share",
          SymptomFamily.MEMORY,
          Origin.AGENT,
          "memory left below the limit that kills, as a share of it");
  public static final SignalMetric UNNAMED_CPU_SHARE =
      SignalMetric.high(
          "jvm.cpu.unnamed.share",
          "share",
          SymptomFamily.CPU,
          Origin.AGENT,
          "CPU time of threads that nobody knows, as a share");
  public static final SignalMetric JIT_CPU_SHARE =
      SignalMetric.high(
          "jvm.cpu.jit.share",
          "share",
          SymptomFamily.CPU,
          Origin.AGENT,
          "the compiler's share of the process's CPU time");
  public static final SignalMetric LIFE =
      SignalMetric.high(
          "process.life", "ms", SymptomFamily.LATENCY, Origin.AGENT, "life of the process");

  private ProcessMetrics() {}
}
