// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.point;

import static io.plimsoll.diagnosis.point.Declaration.point;

import io.plimsoll.diagnosis.signal.ComponentType;
import io.plimsoll.diagnosis.signal.ProcessMetrics;
import io.plimsoll.diagnosis.signal.SignalMetric;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Declared points of one JVM. Each is there twice: executors are held against each other, and the
 * driver has a point of its own.
 */
final class ProcessPoints {
  private ProcessPoints() {}

  static List<DiagnosisPoint> all() {
    List<Function<ComponentType, Declaration>> declared =
        List.of(
            ProcessPoints::liveSet,
            ProcessPoints::fullGc,
            ProcessPoints::gcPause,
            ProcessPoints::gcCause,
            ProcessPoints::humongous,
            ProcessPoints::metaspace,
            ProcessPoints::codeCache,
            ProcessPoints::directMemory,
            ProcessPoints::threadChurn,
            ProcessPoints::safepoints,
            ProcessPoints::paused,
            ProcessPoints::openFiles,
            ProcessPoints::cpuHigh,
            ProcessPoints::runQueue,
            ProcessPoints::throttled,
            ProcessPoints::jit,
            ProcessPoints::childMemory,
            ProcessPoints::swap,
            ProcessPoints::memoryPressure,
            ProcessPoints::oomKill,
            ProcessPoints::killDistance);
    List<DiagnosisPoint> points = new ArrayList<>();
    for (Function<ComponentType, Declaration> each : declared) {
      points.add(each.apply(ComponentType.EXECUTOR).peers().build());
      points.add(each.apply(ComponentType.DRIVER).build());
    }
    return List.copyOf(points);
  }

  private static Declaration of(
      ComponentType type,
      String name,
      String executorCatalogueId,
      String driverCatalogueId,
      SignalMetric metric) {
    boolean driver = type == ComponentType.DRIVER;
    return point(
        type.word() + "." + name, driver ? driverCatalogueId : executorCatalogueId, type, metric);
  }

  private static Declaration liveSet(ComponentType type) {
    return of(type, "live-set", "MEM-03", "DR-02", ProcessMetrics.LIVE_SHARE)
        .title("live set near the heap")
        .meaning(
            "What lives after collections leaves little room; the next growth is an "
                + "OutOfMemoryError.")
        .limits(0.7, 0.8, 0.9, 0.95, "more than 70 % of the largest heap")
        .show(ProcessMetrics.FULL_GC_COUNT)
        .advice(
            "More heap, or fewer objects that stay: cached blocks, broadcasts, large "
                + "collections.");
  }

  private static Declaration fullGc(ComponentType type) {
    return of(type, "full-gc", "GC-03", "GC-03", ProcessMetrics.FULL_GC_PER_HOUR)
        .title("full collections")
        .meaning("The collector falls back to mixed or full collections again and again.")
        .limits(
            60,
            120,
            360,
            1200,
            "Garmadon: any G1 full collection; once a minute here, since mixed ones " + "count too")
        .gate(ProcessMetrics.LIFE, 60_000, "No process lived for a minute.")
        .show(ProcessMetrics.FULL_GC_COUNT, ProcessMetrics.LIVE_SHARE)
        .advice("More heap above the live set, or smaller objects.");
  }

  private static Declaration gcPause(ComponentType type) {
    return of(type, "gc-pause", "GC-05", "DR-04", ProcessMetrics.LONGEST_PAUSE)
        .title("long pause")
        .meaning("The process stood still so long that heartbeats and fetches time out.")
        .limits(
            5000, 10000, 30000, 60000, "more than 10 s, the heartbeat interval; half of it is low")
        .show(ProcessMetrics.PAUSE_SHARE)
        .advice("A collector with short pauses, a smaller heap, or no swapping.");
  }

  private static Declaration gcCause(ComponentType type) {
    return of(type, "gc-cause", "GC-04", "GC-04", ProcessMetrics.METADATA_GCS)
        .title("collections for class metadata")
        .meaning(
            "Metaspace grew over its threshold; the collection frees next to nothing of "
                + "the heap.")
        .limits(4, 10, 30, 100, "Garmadon: any; the first three are start-up")
        .advice("Set -XX:MetaspaceSize to what is used in the end.");
  }

  private static Declaration humongous(ComponentType type) {
    return of(type, "humongous", "GC-06", "GC-06", ProcessMetrics.HUMONGOUS_GCS)
        .title("humongous allocations")
        .meaning("Objects of half a region or more force collections of their own.")
        .limits(10, 50, 200, 1000, "any is common; from ten on it is a pattern")
        .advice("Larger regions (-XX:G1HeapRegionSize), smaller buffers and batches.");
  }

  private static Declaration metaspace(ComponentType type) {
    return of(type, "metaspace", "MEM-06", "MEM-06", ProcessMetrics.METASPACE_SHARE)
        .title("metaspace near its limit")
        .meaning("Classes fill the metaspace; the next one is an OutOfMemoryError.")
        .limits(0.9, 0.93, 0.96, 0.98, "more than 90 % of the limit")
        .advice("Raise -XX:MaxMetaspaceSize; look for class loaders that stay.");
  }

  private static Declaration codeCache(ComponentType type) {
    return of(type, "code-cache", "EX-11", "EX-11", ProcessMetrics.CODE_CACHE_SHARE)
        .title("code cache full")
        .meaning("With a full code cache the JVM stops compiling and interprets.")
        .limits(0.9, 0.95, 0.98, 0.99, "Garmadon: 95 %, here of every segment")
        .advice("Raise -XX:ReservedCodeCacheSize.");
  }

  private static Declaration directMemory(ComponentType type) {
    return of(type, "direct-memory", "MEM-07", "MEM-07", ProcessMetrics.DIRECT_HEAP_SHARE)
        .title("direct buffers near their limit")
        .meaning(
            "Direct buffers are limited by the largest heap unless set; then allocation "
                + "fails.")
        .limits(0.5, 0.8, 0.9, 0.97, "more than 90 % of the limit")
        .advice("Raise -XX:MaxDirectMemorySize with the overhead, or find the leak.");
  }

  private static Declaration threadChurn(ComponentType type) {
    return of(type, "thread-churn", "EX-08", "EX-08", ProcessMetrics.THREADS_STARTED_RATE)
        .title("thread churn")
        .meaning("Threads are started and ended all the time.")
        .limits(
            10,
            30,
            100,
            300,
            "Garmadon divides peak by started; a rate does not depend on how long a "
                + "process lives")
        .show(ProcessMetrics.THREAD_REUSE)
        .advice("Use a pool.");
  }

  private static Declaration safepoints(ComponentType type) {
    return of(type, "safepoints", "EX-10", "EX-10", ProcessMetrics.SAFEPOINT_SHARE)
        .title("threads stopped for other reasons than collections")
        .meaning("All threads stand still often: biased locks, deoptimisation, heap dumps.")
        .limits(0.05, 0.1, 0.2, 0.3, "Garmadon: 3, 5, 7, 10 a second; here as a share of life")
        .show(ProcessMetrics.SAFEPOINT_RATE, ProcessMetrics.PAUSE_SHARE)
        .counterAbove(ProcessMetrics.PAUSE_SHARE, 0.05, "collections explain the stops")
        .advice("Look at the safepoint log (-Xlog:safepoint).");
  }

  private static Declaration paused(ComponentType type) {
    return of(type, "paused", "EX-13", "EX-13", ProcessMetrics.NON_GC_STOP_SHARE)
        .title("stopped without a collection")
        .meaning("Time in which all threads stood still and no collection ran.")
        .limits(0.02, 0.05, 0.1, 0.2, "2 % of life")
        .show(ProcessMetrics.SAFEPOINT_RATE, ProcessMetrics.SWAP, ProcessMetrics.THROTTLED_SHARE)
        .advice(
            "Look for swapping, throttling and slow disks under the log or the perf "
                + "data file.");
  }

  private static Declaration openFiles(ComponentType type) {
    return of(type, "open-files", "EX-12", "EX-12", ProcessMetrics.OPEN_FILES_SHARE)
        .title("file descriptors near their limit")
        .meaning("The process may soon open no file or connection.")
        .limits(0.8, 0.9, 0.95, 0.98, "more than 80 %")
        .advice("Raise the limit (ulimit -n); look for what is not closed.");
  }

  private static Declaration cpuHigh(ComponentType type) {
    return of(type, "cpu-high", "CPU-03", "CPU-03", ProcessMetrics.CPU_USE)
        .title("CPU saturated")
        .meaning("The process uses nearly all CPU that it has.")
        .limits(0.9, 0.95, 0.98, 0.995, "Compass 80 %, Oceanus 90 %")
        .history()
        .advice("More cores, or less work for each record.");
  }

  private static Declaration runQueue(ComponentType type) {
    return of(type, "run-queue", "CPU-08", "CPU-08", ProcessMetrics.RUN_QUEUE_SHARE)
        .title("threads wait for a CPU")
        .meaning("Threads are ready and get no CPU: neighbours or too many threads.")
        .limits(0.2, 0.35, 0.5, 0.7, "a fifth of CPU time and wait")
        .paid(ProcessMetrics.RUN_QUEUE_LIFE)
        .counterAbove(
            ProcessMetrics.THROTTLED_SHARE, 0.1, "the container's own quota explains the wait")
        .advice("Look at what else runs on the host; fewer tasks at once.");
  }

  private static Declaration throttled(ComponentType type) {
    return of(type, "throttled", "CPU-05", "CPU-05", ProcessMetrics.THROTTLED_SHARE)
        .title("CPU throttled")
        .meaning("The container used up its CPU quota and was stopped until the next period.")
        .limits(0.1, 0.2, 0.4, 0.6, "more than 10 % of the periods")
        .advice("Raise the CPU limit to the threads that are busy at once.");
  }

  private static Declaration jit(ComponentType type) {
    return of(type, "jit", "SQL-20", "SQL-20", ProcessMetrics.JIT_CPU_SHARE)
        .title("compilation takes much CPU")
        .meaning(
            "The compilers take much of the CPU time: short processes or much generated " + "code.")
        .limits(0.3, 0.4, 0.5, 0.7, "30 % of the CPU time")
        .gate(ProcessMetrics.LIFE, 120_000, "No process lived for two minutes.")
        .advice("Longer-lived executors; fewer, simpler generated methods.");
  }

  private static Declaration childMemory(ComponentType type) {
    return of(type, "child-memory", "EX-17", "EX-17", ProcessMetrics.CHILD_MEMORY_SHARE)
        .title("memory of child processes")
        .meaning("Python workers or other children use the overhead that the JVM counts on.")
        .limits(0.5, 0.7, 0.9, 1.0, "more than 50 % of the overhead")
        .advice("Set spark.executor.pyspark.memory or raise the overhead.");
  }

  private static Declaration swap(ComponentType type) {
    return of(type, "swap", "HO-03", "HO-03", ProcessMetrics.SWAP)
        .title("memory in swap")
        .meaning("Parts of the process lie in swap; touching them takes milliseconds.")
        .limits(16L << 20, 128L << 20, 1L << 30, 4L << 30, "any that is more than a leftover")
        .show(ProcessMetrics.MAJOR_FAULT_RATE)
        .advice("Less memory promised on this host, or no swap.");
  }

  private static Declaration memoryPressure(ComponentType type) {
    return of(type, "memory-pressure", "HO-02", "HO-02", ProcessMetrics.MEMORY_PRESSURE_SHARE)
        .title("waiting for memory")
        .meaning("Tasks of the container or of the host waited for memory to be freed.")
        .limits(
            0.05,
            0.1,
            0.2,
            0.4,
            "20 % in a minute is the kernel documents' alarm; over a life less is much")
        .show(ProcessMetrics.SWAP)
        .advice("Less memory promised on this host.");
  }

  private static Declaration oomKill(ComponentType type) {
    return of(type, "oom-kill", "HO-10", "HO-10", ProcessMetrics.OOM_KILLS)
        .title("the kernel killed a process")
        .meaning("The kernel killed processes of this container for want of memory.")
        .limits(1, 2, 4, 8, "any")
        .advice("Raise the overhead; look at child processes and native memory.");
  }

  private static Declaration killDistance(ComponentType type) {
    return of(type, "kill-distance", "MEM-08", "MEM-08", ProcessMetrics.KILL_DISTANCE_SHARE)
        .title("near the limit that kills")
        .meaning("Little memory is left below the limit at which the kernel kills.")
        .limits(0.1, 0.05, 0.03, 0.01, "less than 5 % left; 10 % is low")
        .show(ProcessMetrics.LIMIT_HITS)
        .advice("Raise the overhead.");
  }
}
