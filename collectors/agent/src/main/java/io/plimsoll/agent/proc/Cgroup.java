// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.proc;

import org.jspecify.annotations.Nullable;

/**
 * Limits and use of the cgroup this process runs in, v1 or v2. The folder is the nearest one that
 * has a limit; without any limit it is the process's own. Found once: a process that is moved later
 * keeps reporting its first place.
 */
public final class Cgroup {
  /** No machine has this much memory: cgroup v1 says "unlimited" with a huge number. */
  private static final long UNLIMITED_BYTES = 1L << 50;

  /** Reads a file that may not be there; a seam for tests. */
  interface Files {
    @Nullable String text(String path);
  }

  private final boolean memoryUnified;
  private final boolean cpuUnified;
  private final @Nullable KernelFile memoryLimit;
  private final @Nullable KernelFile memoryUsage;
  private final @Nullable KernelFile cpuQuota;
  private final @Nullable KernelFile cpuPeriod;
  private final @Nullable KernelFile cpuStat;

  private Cgroup(@Nullable CgroupPlace memory, @Nullable CgroupPlace cpu, Files files) {
    memoryUnified = memory != null && memory.unified();
    cpuUnified = cpu != null && cpu.unified();
    if (memory == null) {
      memoryLimit = null;
      memoryUsage = null;
    } else {
      String limit = memoryUnified ? "/memory.max" : "/memory.limit_in_bytes";
      String folder = memory.folders().get(0);
      for (String candidate : memory.folders()) {
        if (limitBytes(files.text(candidate + limit)) >= 0) {
          folder = candidate;
          break;
        }
      }
      memoryLimit = new KernelFile(folder + limit);
      memoryUsage =
          new KernelFile(folder + (memoryUnified ? "/memory.current" : "/memory.usage_in_bytes"));
    }
    if (cpu == null) {
      cpuQuota = null;
      cpuPeriod = null;
      cpuStat = null;
    } else {
      String folder = cpu.folders().get(0);
      for (String candidate : cpu.folders()) {
        if (quota(candidate, files) >= 0) {
          folder = candidate;
          break;
        }
      }
      cpuQuota = new KernelFile(folder + (cpuUnified ? "/cpu.max" : "/cpu.cfs_quota_us"));
      cpuPeriod = cpuUnified ? null : new KernelFile(folder + "/cpu.cfs_period_us");
      cpuStat = new KernelFile(folder + "/cpu.stat");
    }
  }

  /** This process's cgroup as {@code /proc/self} tells it. */
  public static Cgroup ofThisProcess() {
    Files files = KernelFile::textOf;
    return find(files.text("/proc/self/cgroup"), files.text("/proc/self/mountinfo"), files);
  }

  static Cgroup find(@Nullable String cgroup, @Nullable String mountinfo, Files files) {
    if (cgroup == null || mountinfo == null) {
      return new Cgroup(null, null, files);
    }
    return new Cgroup(
        CgroupPlace.find("memory", cgroup, mountinfo),
        CgroupPlace.find("cpu", cgroup, mountinfo),
        files);
  }

  /** Bytes; -1 when unlimited or unknown. */
  public long memoryLimitBytes() {
    return limitBytes(read(memoryLimit));
  }

  /** Bytes charged, page cache included; -1 when unknown. */
  public long memoryUsageBytes() {
    String text = read(memoryUsage);
    return text == null ? -1 : ProcText.number(text, 0);
  }

  /** Thousandths of a CPU; -1 when unlimited or unknown. */
  public long cpuQuotaMilli() {
    String quota = read(cpuQuota);
    if (quota == null) {
      return -1;
    }
    return cpuUnified ? quotaOfMax(quota) : quotaOf(quota, read(cpuPeriod));
  }

  /** Periods in which the cgroup was throttled since it was made; -1 when unknown. */
  public long throttledPeriods() {
    String stat = read(cpuStat);
    return stat == null ? -1 : ProcText.keyed(stat, "nr_throttled");
  }

  static long limitBytes(@Nullable String text) {
    if (text == null) {
      return -1;
    }
    long bytes = ProcText.number(text, 0);
    return bytes >= UNLIMITED_BYTES ? -1 : bytes;
  }

  /** The text of v2's {@code cpu.max}, such as "150000 100000" or "max 100000". */
  static long quotaOfMax(String text) {
    int blank = text.indexOf(' ');
    return blank < 0 ? -1 : quotaOf(text.substring(0, blank), text.substring(blank + 1));
  }

  /** The texts of v1's quota and period; quota -1 is unlimited. */
  static long quotaOf(String quota, @Nullable String period) {
    long quotaMicros = ProcText.number(quota, 0);
    long periodMicros = period == null ? -1 : ProcText.number(period, 0);
    return quotaMicros <= 0 || periodMicros <= 0 ? -1 : 1000 * quotaMicros / periodMicros;
  }

  private long quota(String folder, Files files) {
    if (cpuUnified) {
      String max = files.text(folder + "/cpu.max");
      return max == null ? -1 : quotaOfMax(max);
    }
    String quota = files.text(folder + "/cpu.cfs_quota_us");
    return quota == null ? -1 : quotaOf(quota, files.text(folder + "/cpu.cfs_period_us"));
  }

  private static @Nullable String read(@Nullable KernelFile file) {
    return file == null ? null : file.text();
  }
}
