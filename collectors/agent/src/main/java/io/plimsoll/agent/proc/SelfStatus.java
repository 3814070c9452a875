// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.proc;

import io.plimsoll.wire.Metric;
import java.io.File;
import org.jspecify.annotations.Nullable;

/** What {@code /proc/self} says of this process every second. */
public final class SelfStatus {
  private static final String STATUS = "/proc/self/status";
  private static final String STAT = "/proc/self/stat";
  private static final String NO_PROC = "no /proc on this system";

  private final KernelTexts kernel;
  private final File descriptors;
  private final Auxv auxv;

  public SelfStatus(KernelTexts kernel) {
    this(kernel, "/proc/self/fd");
  }

  SelfStatus(KernelTexts kernel, String descriptors) {
    this.kernel = kernel;
    this.descriptors = new File(descriptors);
    auxv = Auxv.ofThisProcess(kernel);
  }

  /** CPU by user and system, faults, and the resident set by kind. */
  public void read(Readings out) {
    ProcStat stat = ProcStat.of(kernel.text(STAT));
    if (stat == null) {
      out.absent(NO_PROC, Metric.PROCESS_CPU_USER, Metric.PROCESS_CPU_SYSTEM, Metric.MAJOR_FAULTS);
    } else {
      out.put(Metric.PROCESS_CPU_USER, stat.userTicks() * auxv.tickNanos(), STAT);
      out.put(Metric.PROCESS_CPU_SYSTEM, stat.systemTicks() * auxv.tickNanos(), STAT);
      out.put(Metric.MAJOR_FAULTS, stat.majorFaults(), STAT);
    }
    String status = kernel.text(STATUS);
    if (status == null) {
      out.absent(
          NO_PROC,
          Metric.RSS,
          Metric.RSS_ANON,
          Metric.RSS_FILE,
          Metric.RSS_SHMEM,
          Metric.RSS_PEAK,
          Metric.SWAP);
      return;
    }
    out.put(Metric.RSS, ProcText.statusBytes(status, "VmRSS"), STATUS);
    out.put(Metric.RSS_PEAK, ProcText.statusBytes(status, "VmHWM"), STATUS);
    out.put(Metric.SWAP, ProcText.statusBytes(status, "VmSwap"), STATUS);
    out.put(Metric.RSS_ANON, ProcText.statusBytes(status, "RssAnon"), STATUS);
    out.put(Metric.RSS_FILE, ProcText.statusBytes(status, "RssFile"), STATUS);
    out.put(Metric.RSS_SHMEM, ProcText.statusBytes(status, "RssShmem"), STATUS);
    out.absent(
        "this kernel's status does not split the resident set (Linux 4.5 does)",
        Metric.RSS_ANON,
        Metric.RSS_FILE,
        Metric.RSS_SHMEM);
  }

  /** Open descriptors as newer kernels tell them at once; -1 where they have to be counted. */
  public long openFiles() {
    long told = descriptors.length();
    return told > 0 ? told : -1;
  }

  /** The soft limit of open files from {@code limits}; -1 when unlimited or not told. */
  static long openFilesLimit(@Nullable String limits) {
    if (limits == null) {
      return -1;
    }
    String name = "Max open files";
    int at = limits.indexOf(name);
    return at < 0 ? -1 : ProcText.number(limits, at + name.length());
  }

  /** Reads the limit of open files, which seldom changes. */
  public void readLimits(Readings out) {
    out.put(
        Metric.OPEN_FILES_LIMIT,
        openFilesLimit(kernel.once("/proc/self/limits")),
        "/proc/self/limits");
    out.absent(NO_PROC, Metric.OPEN_FILES_LIMIT);
  }
}
