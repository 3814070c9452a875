// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One reading of a log in a JVM of its own.
 *
 * @param nanos wall time from the first byte to the last, JVM start left out, cold compiler in
 * @param cpuNanos of the whole process, its start included
 * @param rawBytes of the log
 * @param tasks how many the reader knows at the end
 * @param peakHeapBytes sum of the highest use of each heap pool: an upper bound of the peak
 */
record LogRun(long nanos, long cpuNanos, long rawBytes, long tasks, long peakHeapBytes) {
  private static final String MARK = "log-run";

  /** A run of this JVM that has just ended. */
  static LogRun measured(long nanos, long rawBytes, long tasks) {
    long peak = 0;
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      if (pool.getType() == MemoryType.HEAP) {
        peak += pool.getPeakUsage().getUsed();
      }
    }
    long cpu =
        ManagementFactory.getOperatingSystemMXBean()
                instanceof com.sun.management.OperatingSystemMXBean system
            ? system.getProcessCpuTime()
            : -1;
    return new LogRun(nanos, cpu, rawBytes, tasks, peak);
  }

  double megabytesPerSecond() {
    return rawBytes * 1e3 / nanos;
  }

  /** How a child JVM tells it. */
  String line() {
    return String.format(
        Locale.ROOT, "%s %d %d %d %d %d", MARK, nanos, cpuNanos, rawBytes, tasks, peakHeapBytes);
  }

  /** Reads a child's line; null for any other. */
  static @Nullable LogRun parse(String line) {
    String[] parts = line.split(" ");
    if (parts.length != 6 || !parts[0].equals(MARK)) {
      return null;
    }
    return new LogRun(
        Long.parseLong(parts[1]),
        Long.parseLong(parts[2]),
        Long.parseLong(parts[3]),
        Long.parseLong(parts[4]),
        Long.parseLong(parts[5]));
  }
}
