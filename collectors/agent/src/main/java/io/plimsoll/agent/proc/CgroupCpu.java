// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.proc;

import io.plimsoll.wire.Metric;
import org.jspecify.annotations.Nullable;

/**
 * CPU quota, throttling and use of the cgroup this process runs in, v1 or v2. Quota and throttling
 * are those of the nearest cgroup that has a quota; CPU time is that of the process's own.
 */
public final class CgroupCpu {
  private static final String NONE = "no cpu cgroup is mounted";

  private final KernelTexts kernel;
  private final @Nullable CgroupPlace place;
  private final @Nullable CgroupPlace account;
  private final String version;
  private String folder = "";

  private CgroupCpu(
      KernelTexts kernel, @Nullable CgroupPlace place, @Nullable CgroupPlace account) {
    this.kernel = kernel;
    this.place = place;
    this.account = account;
    version = place != null && place.unified() ? "cgroup v2 " : "cgroup v1 ";
    findQuota();
  }

  /** That of this process, as {@code /proc/self} tells it. */
  public static CgroupCpu find(KernelTexts kernel) {
    return new CgroupCpu(
        kernel, CgroupPlace.find("cpu", kernel), CgroupPlace.find("cpuacct", kernel));
  }

  /** Looks for a quota anew: it may be changed while a process runs. */
  public void findQuota() {
    if (place == null) {
      return;
    }
    folder = place.folders().get(0);
    for (String candidate : place.folders()) {
      if (quotaMilli(candidate) >= 0) {
        folder = candidate;
        return;
      }
    }
  }

  /** Reads the quota, the throttling and the CPU time. */
  public void read(Readings out) {
    if (place == null) {
      out.absent(
          NONE,
          Metric.CGROUP_CPU_QUOTA_MILLI,
          Metric.CGROUP_CPU_THROTTLED,
          Metric.CGROUP_CPU_PERIODS,
          Metric.CGROUP_CPU_THROTTLED_TIME);
    } else {
      boolean unified = place.unified();
      out.put(Metric.CGROUP_CPU_QUOTA_MILLI, quotaMilli(folder), version + quotaFile(unified));
      String stat = kernel.text(folder + "/cpu.stat");
      if (stat != null) {
        String source = version + "cpu.stat";
        out.put(Metric.CGROUP_CPU_PERIODS, ProcText.keyed(stat, "nr_periods"), source);
        out.put(Metric.CGROUP_CPU_THROTTLED, ProcText.keyed(stat, "nr_throttled"), source);
        long throttled =
            unified
                ? CgroupMemory.times(ProcText.keyed(stat, "throttled_usec"), 1_000)
                : ProcText.keyed(stat, "throttled_time");
        out.put(Metric.CGROUP_CPU_THROTTLED_TIME, throttled, source);
      }
    }
    readUsage(out);
  }

  private void readUsage(Readings out) {
    if (account == null) {
      out.absent(NONE, Metric.CGROUP_CPU_USAGE);
      return;
    }
    String own = account.folders().get(0);
    if (account.unified()) {
      String stat = kernel.text(own + "/cpu.stat");
      if (stat != null) {
        out.put(
            Metric.CGROUP_CPU_USAGE,
            CgroupMemory.times(ProcText.keyed(stat, "usage_usec"), 1_000),
            "cgroup v2 cpu.stat");
      }
    } else {
      String usage = kernel.text(own + "/cpuacct.usage");
      if (usage != null) {
        out.put(Metric.CGROUP_CPU_USAGE, ProcText.number(usage, 0), "cgroup v1 cpuacct.usage");
      }
    }
  }

  private static String quotaFile(boolean unified) {
    return unified ? "cpu.max" : "cpu.cfs_quota_us";
  }

  private long quotaMilli(String of) {
    if (place != null && place.unified()) {
      String max = kernel.text(of + "/cpu.max");
      return max == null ? -1 : quotaOfMax(max);
    }
    String quota = kernel.text(of + "/cpu.cfs_quota_us");
    return quota == null ? -1 : quotaOf(quota, kernel.text(of + "/cpu.cfs_period_us"));
  }

  /** The text of v2's {@code cpu.max}, such as "150000 100000" or "max 100000". */
  static long quotaOfMax(String text) {
    int blank = text.indexOf(' ');
    return blank < 0 ? -1 : quotaOf(text.substring(0, blank), text.substring(blank + 1));
  }

  /** The texts of v1's quota and period; quota -1 is unlimited. */
  static long quotaOf(String quota, @Nullable String period) {
    long quotaMicros = CgroupMemory.times(ProcText.number(quota, 0), 1_000);
    long periodMicros = period == null ? -1 : ProcText.number(period, 0);
    return quotaMicros <= 0 || periodMicros <= 0 ? -1 : quotaMicros / periodMicros;
  }
}
