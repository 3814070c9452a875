// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.attempt;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;

/**
 * CPU time and allocated bytes of the calling thread or of others by their ids. A JVM that cannot
 * tell says 0 for ever; a thread that ended says -1.
 */
public class ThreadCounters {
  private static final class Beans {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final boolean MANY = THREADS instanceof com.sun.management.ThreadMXBean;
    private static final boolean TELLS_CPU =
        THREADS.isCurrentThreadCpuTimeSupported() && THREADS.isThreadCpuTimeEnabled();
    private static final boolean TELLS_ALLOCATION =
        MANY
            && ((com.sun.management.ThreadMXBean) THREADS).isThreadAllocatedMemorySupported()
            && ((com.sun.management.ThreadMXBean) THREADS).isThreadAllocatedMemoryEnabled();
  }

  public long cpuNanos() {
    return Beans.TELLS_CPU ? Beans.THREADS.getCurrentThreadCpuTime() : 0;
  }

  public long allocatedBytes() {
    return Beans.TELLS_ALLOCATION
        ? ((com.sun.management.ThreadMXBean) Beans.THREADS)
            .getThreadAllocatedBytes(Thread.currentThread().getId())
        : 0;
  }

  /** One call into the JVM for all where it has such a call. */
  public long[] cpuNanos(long[] threadIds) {
    if (!Beans.TELLS_CPU) {
      return new long[threadIds.length];
    }
    if (Beans.MANY) {
      return ((com.sun.management.ThreadMXBean) Beans.THREADS).getThreadCpuTime(threadIds);
    }
    return Arrays.stream(threadIds).map(Beans.THREADS::getThreadCpuTime).toArray();
  }

  /** As {@link #cpuNanos(long[])}; up to 96 bytes more than the thread itself would say. */
  public long[] allocatedBytes(long[] threadIds) {
    return Beans.TELLS_ALLOCATION
        ? ((com.sun.management.ThreadMXBean) Beans.THREADS).getThreadAllocatedBytes(threadIds)
        : new long[threadIds.length];
  }
}
