// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.jvm;

import io.plimsoll.wire.Metric;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where each metric comes from, by JVM and operating system, and what its absence means. It is read
 * only to write the page {@code docs/metrics.md}; a running agent says its sources itself.
 */
final class MetricCatalogue {
  private static final String LINUX = "Linux: ";
  private static final String NO_PROC = "no `/proc` (not Linux), or the kernel does not tell it";
  private static final String NEVER = "the JVM does not tell it";
  private static final String NO_CGROUP =
      "no such cgroup controller, or the kernel does not tell it";
  private static final String WALK =
      LINUX + "`/proc/self/task/*/{comm,schedstat}`, `stat` where schedstat stands still";
  private static final String NO_NAMES =
      "not Linux, or a JVM before 9, which does not name its threads for the kernel";
  private static final String BEANS = "platform beans, JDK 8 and later, any system";
  private static final String TEN = "10 s";
  private static final String ONE = "1 s";

  /** What the page says of one metric. */
  private static final class Entry {
    private final String level;
    private final String every;
    private final String source;
    private final String absent;

    private Entry(String level, String every, String source, String absent) {
      this.level = level;
      this.every = every;
      this.source = source;
      this.absent = absent;
    }
  }

  private static final Map<Metric, Entry> ENTRIES = new EnumMap<>(Metric.class);

  static {
    process();
    threadsAndChildren();
    jvm();
    cgroup();
  }

  private MetricCatalogue() {}

  private static void process() {
    all("process", ONE, "`OperatingSystemMXBean.getProcessCpuTime`", NEVER, Metric.PROCESS_CPU);
    all(
        "process",
        ONE,
        LINUX + "`/proc/self/stat`",
        NO_PROC,
        Metric.PROCESS_CPU_USER,
        Metric.PROCESS_CPU_SYSTEM,
        Metric.MAJOR_FAULTS);
    all(
        "process",
        ONE,
        LINUX + "`/proc/self/status` (the split since 4.5)",
        NO_PROC,
        Metric.RSS,
        Metric.RSS_ANON,
        Metric.RSS_FILE,
        Metric.RSS_SHMEM,
        Metric.RSS_PEAK,
        Metric.SWAP);
    all(
        "process",
        ONE,
        "Linux 6.2: size of `/proc/self/fd`; else `UnixOperatingSystemMXBean` every 10 s",
        "Windows",
        Metric.OPEN_FILES);
    all(
        "process",
        TEN,
        LINUX + "`/proc/self/limits`",
        NO_PROC + ", or unlimited",
        Metric.OPEN_FILES_LIMIT);
    all(
        "process",
        ONE,
        LINUX
            + "the cgroup limits up to the mount, v1's `hierarchical_memory_limit`,"
            + " `/proc/meminfo`: whichever leaves least",
        NO_PROC + "; limits of a resource manager that measures by itself (YARN) are not in it",
        Metric.MEMORY_KILL_LIMIT,
        Metric.MEMORY_KILL_DISTANCE);
  }

  private static void threadsAndChildren() {
    all(
        "threads",
        TEN,
        WALK,
        NO_NAMES,
        Metric.CPU_GC,
        Metric.CPU_JIT,
        Metric.CPU_SATELLITE,
        Metric.CPU_TASK_THREADS,
        Metric.CPU_UNNAMED);
    all(
        "agent",
        TEN,
        "`ThreadMXBean.getThreadCpuTime` of the agent's thread group",
        NEVER,
        Metric.CPU_AGENT);
    all(
        "threads",
        TEN,
        LINUX + "`/proc/self/task/*/schedstat`",
        "not Linux, or schedstat does not move",
        Metric.RUN_QUEUE_WAIT);
    all(
        "children",
        TEN,
        LINUX + "`/proc/*/task/*/children` where the kernel has it, `/proc/*/stat`",
        NO_PROC + "; without any child only `other` is told, as zero",
        Metric.CHILDREN_CPU,
        Metric.CHILDREN_RSS,
        Metric.CHILDREN_COUNT);
  }

  private static void jvm() {
    all(
        "JVM",
        ONE,
        BEANS,
        NEVER,
        Metric.HEAP_USED,
        Metric.HEAP_COMMITTED,
        Metric.HEAP_MAX,
        Metric.POOL_USED,
        Metric.POOL_COMMITTED,
        Metric.GC_COUNT,
        Metric.GC_TIME,
        Metric.DIRECT_USED,
        Metric.DIRECT_COUNT,
        Metric.MAPPED_USED,
        Metric.METASPACE_USED,
        Metric.METASPACE_COMMITTED,
        Metric.CODE_CACHE_USED,
        Metric.CODE_CACHE_COMMITTED,
        Metric.THREADS,
        Metric.THREADS_STARTED,
        Metric.CLASSES_LOADED);
    all("JVM", TEN, BEANS, "the pool has no limit", Metric.POOL_MAX);
    all("JVM", TEN, "`Runtime.availableProcessors`", "never", Metric.AVAILABLE_PROCESSORS);
    all(
        "JVM",
        ONE,
        "collection notifications, JDK 8 and later",
        "no collection of that cause yet",
        Metric.GC_CAUSE_COUNT,
        Metric.GC_CAUSE_TIME);
    all(
        "JVM",
        ONE,
        "heap levels around collections",
        "ZGC and Shenandoah free memory while threads allocate",
        Metric.ALLOCATED);
    all(
        "JVM",
        ONE,
        "HotSpot's performance data file (hsperfdata), mapped",
        "`-XX:-UsePerfData`, `-XX:+PerfDisableSharedMem`, or not HotSpot",
        Metric.SAFEPOINT_COUNT,
        Metric.SAFEPOINT_TIME,
        Metric.SAFEPOINT_SYNC_TIME);
    all(
        "JVM",
        ONE,
        "hsperfdata: G1's Remark and Cleanup and their like; JDK 17 has no bean for them",
        "no concurrent collector, or no hsperfdata",
        Metric.GC_CONCURRENT_PAUSES,
        Metric.GC_CONCURRENT_PAUSE_TIME);
    all(
        "JVM",
        ONE,
        "JDK 26: `MemoryMXBean.getTotalGcCpuTime`; JDK 22 with G1 or Parallel: hsperfdata",
        "an older JDK, another collector before 26, or no hsperfdata",
        Metric.CPU_GC_TOLD);
  }

  private static void cgroup() {
    all(
        "cgroup",
        ONE,
        "v1 `memory.limit_in_bytes`, v2 `memory.max`",
        "unlimited, or no memory cgroup",
        Metric.CGROUP_MEMORY_LIMIT);
    all(
        "cgroup",
        ONE,
        "v1 `memory.usage_in_bytes`, v2 `memory.current`",
        NO_CGROUP,
        Metric.CGROUP_MEMORY_USAGE);
    all(
        "cgroup",
        ONE,
        "usage less `inactive_file` of `memory.stat` (v1 `total_inactive_file`)",
        NO_CGROUP,
        Metric.CGROUP_MEMORY_WORKING_SET);
    all(
        "cgroup",
        ONE,
        "v1 `memory.max_usage_in_bytes`, v2 `memory.peak` (Linux 5.19)",
        "an older kernel with v2",
        Metric.CGROUP_MEMORY_PEAK);
    all(
        "cgroup",
        ONE,
        "`memory.stat`: v1 `total_rss`, `total_cache`; v2 `anon`, `file`",
        NO_CGROUP,
        Metric.CGROUP_MEMORY_ANON,
        Metric.CGROUP_MEMORY_FILE);
    all("cgroup", ONE, "v2 `memory.events`", "cgroup v1 does not count it", Metric.CGROUP_OOM);
    all(
        "cgroup",
        ONE,
        "v1 `memory.oom_control` (Linux 4.13), v2 `memory.events`",
        NO_CGROUP,
        Metric.CGROUP_OOM_KILL);
    all(
        "cgroup",
        ONE,
        "v1 `memory.failcnt`, v2 `memory.events`",
        NO_CGROUP,
        Metric.CGROUP_MEMORY_LIMIT_HITS);
    all(
        "cgroup",
        ONE,
        "v1 `cpu.cfs_quota_us` and period, v2 `cpu.max`",
        "unlimited, or no cpu cgroup",
        Metric.CGROUP_CPU_QUOTA_MILLI);
    all(
        "cgroup",
        ONE,
        "`cpu.stat`",
        NO_CGROUP,
        Metric.CGROUP_CPU_PERIODS,
        Metric.CGROUP_CPU_THROTTLED,
        Metric.CGROUP_CPU_THROTTLED_TIME);
    all("cgroup", ONE, "v1 `cpuacct.usage`, v2 `cpu.stat`", NO_CGROUP, Metric.CGROUP_CPU_USAGE);
    all(
        "cgroup",
        ONE,
        "v2 `memory.pressure`; else the machine's `/proc/pressure/memory`",
        "a kernel without pressure stall information (4.20 has it)",
        Metric.MEMORY_PRESSURE_SOME,
        Metric.MEMORY_PRESSURE_FULL);
  }

  private static void all(
      String level, String every, String source, String absent, Metric... metrics) {
    for (Metric metric : metrics) {
      ENTRIES.put(metric, new Entry(level, every, source, absent));
    }
  }

  /** Metrics of other collectors come in families, told by the beginning of their names. */
  private static @Nullable Entry of(Metric metric) {
    Entry entry = ENTRIES.get(metric);
    String name = metric.wireName();
    if (entry != null) {
      return entry;
    }
    if (name.startsWith("plimsoll.agent.")) {
      return new Entry("agent", TEN, "the agent's own account", "an older agent");
    }
    if (name.startsWith("flink.rocksdb.")) {
      return new Entry(
          "Flink", TEN, "Flink's REST API", "the user has not turned the RocksDB metric on");
    }
    if (name.startsWith("flink.")) {
      return new Entry(
          "Flink", TEN, "Flink's REST API", "this version of Flink has no such metric");
    }
    return name.startsWith("component.")
        ? new Entry("component", "poll", "see [components](components.md)", "not told by the peer")
        : null;
  }

  /** Whether the page can say where this metric comes from. */
  static boolean knows(Metric metric) {
    return of(metric) != null;
  }

  /** The page, of all metrics that the wire knows. */
  static String markdown() {
    StringBuilder page = new StringBuilder();
    page.append("# Metrics\n\n")
        .append("<!-- Written by a test: MetricsPageTest with -Dplimsoll.pages.write=true. -->\n\n")
        .append(
            "What a sample can hold. A value that is not told is absent, never zero. Gauges are")
        .append(" levels at the sample's time, counters\ntotals since the process's (or the")
        .append(" cgroup's) start. *Every* is how often a running agent at its interval of 1 s")
        .append(
            "\nreads it. A value that is as it was in the sample before is left out and holds; all are")
        .append(" told again every 10 s and at the end.\nWhere")
        .append(" a process's values really come from, and what it cannot tell and")
        .append(" why, it says itself in its\n`METRIC_SOURCES` event.\n\n")
        .append("CPU adds up: `process.cpu.time` = `jvm.cpu.gc` + `jvm.cpu.jit` +")
        .append(" `plimsoll.agent.cpu` + all of `jvm.cpu.satellite` +\ntask attempts + the rest")
        .append(" that is published as residual. Each is measured by itself. `jvm.cpu.unnamed`,")
        .append("\n`jvm.cpu.task_threads` and `THREADS_UNNAMED` events explain the rest;")
        .append(
            " `jvm.cpu.gc.told` checks `jvm.cpu.gc`.\nTotals of the kernel's clock may be up to")
        .append(" 20 ms behind those of its threads.\n\n")
        .append("| Name | Unit | Kind | Level | Every | Source | Absent means |\n")
        .append("|---|---|---|---|---|---|---|\n");
    for (Metric metric : Metric.values()) {
      Entry entry = of(metric);
      page.append("| `").append(metric.wireName()).append("` | ");
      page.append(lower(metric.unit())).append(" | ").append(lower(metric.kind())).append(" | ");
      if (entry == null) {
        page.append("| | | |\n");
      } else {
        page.append(entry.level).append(" | ").append(entry.every).append(" | ");
        page.append(entry.source).append(" | ").append(entry.absent).append(" |\n");
      }
    }
    return page.toString();
  }

  private static String lower(Enum<?> word) {
    return word.name().toLowerCase(Locale.ROOT);
  }
}
