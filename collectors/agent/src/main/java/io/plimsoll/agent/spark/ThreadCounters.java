// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.spark;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** CPU time and allocated bytes of the calling thread; a JVM that cannot tell says 0 for ever. */
class ThreadCounters {
  private static final class Beans {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final boolean TELLS_CPU =
        THREADS.isCurrentThreadCpuTimeSupported() && THREADS.isThreadCpuTimeEnabled();
    private static final boolean TELLS_ALLOCATION =
        THREADS instanceof com.sun.management.ThreadMXBean
            && ((com.sun.management.ThreadMXBean) THREADS).isThreadAllocatedMemorySupported()
            && ((com.sun.management.ThreadMXBean) THREADS).isThreadAllocatedMemoryEnabled();
  }

  long cpuNanos() {
    return Beans.TELLS_CPU ? Beans.THREADS.getCurrentThreadCpuTime() : 0;
  }

  long allocatedBytes() {
    return Beans.TELLS_ALLOCATION
        ? ((com.sun.management.ThreadMXBean) Beans.THREADS)
            .getThreadAllocatedBytes(Thread.currentThread().getId())
        : 0;
  }
}
