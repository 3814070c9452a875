// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.jvm;

import com.sun.management.UnixOperatingSystemMXBean;
import io.plimsoll.agent.proc.Readings;
import io.plimsoll.wire.Metric;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ClassLoadingMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryUsage;
import java.lang.management.OperatingSystemMXBean;
import java.util.ArrayList;
import java.util.List;

/** Reads the platform's beans of memory, collectors, buffers and classes. */
final class MemoryBeans {
  private static final String SOURCE = "mxbean";

  private static final class Pool {
    private final MemoryPoolMXBean bean;
    private final String name;
    private final boolean code;
    private final boolean metaspace;

    private Pool(MemoryPoolMXBean bean) {
      this.bean = bean;
      name = bean.getName();
      code = isCode(name);
      metaspace = name.equals("Metaspace");
    }
  }

  private static final class Collector {
    private final GarbageCollectorMXBean bean;
    private final String name;

    private Collector(GarbageCollectorMXBean bean) {
      this.bean = bean;
      name = bean.getName();
    }
  }

  private final CollectionWatch collections;
  private final OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
  private final MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
  private final ClassLoadingMXBean classes = ManagementFactory.getClassLoadingMXBean();
  private final List<BufferPoolMXBean> buffers =
      ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class);
  private final List<Pool> pools = new ArrayList<>();
  private final List<Collector> collectors = new ArrayList<>();

  MemoryBeans(CollectionWatch collections) {
    this.collections = collections;
    for (MemoryPoolMXBean bean : ManagementFactory.getMemoryPoolMXBeans()) {
      pools.add(new Pool(bean));
    }
    for (GarbageCollectorMXBean bean : ManagementFactory.getGarbageCollectorMXBeans()) {
      collectors.add(new Collector(bean));
    }
  }

  /** "CodeCache", "Code Cache", or the segments "CodeHeap '...'" of newer JVMs. */
  static boolean isCode(String pool) {
    return pool.startsWith("CodeHeap") || pool.equals("CodeCache") || pool.equals("Code Cache");
  }

  /** -1 when the platform does not tell. */
  long processCpuNanos() {
    return system instanceof com.sun.management.OperatingSystemMXBean
        ? ((com.sun.management.OperatingSystemMXBean) system).getProcessCpuTime()
        : -1;
  }

  /** Levels and counters of now; {@code limits} adds the pools' limits, which hardly change. */
  void read(Readings out, boolean limits) {
    MemoryUsage heap = memory.getHeapMemoryUsage();
    out.put(Metric.HEAP_USED, heap.getUsed(), SOURCE);
    out.put(Metric.HEAP_COMMITTED, heap.getCommitted(), SOURCE);
    out.put(Metric.HEAP_MAX, heap.getMax(), SOURCE);
    collections.read(out, heap.getUsed());
    out.put(Metric.CLASSES_LOADED, classes.getLoadedClassCount(), SOURCE);
    readPools(out, limits);
    for (Collector collector : collectors) {
      out.put(Metric.GC_COUNT, collector.name, collector.bean.getCollectionCount(), SOURCE);
      out.put(Metric.GC_TIME, collector.name, collector.bean.getCollectionTime(), SOURCE);
    }
    for (BufferPoolMXBean buffer : buffers) {
      if (buffer.getName().equals("direct")) {
        out.put(Metric.DIRECT_USED, buffer.getMemoryUsed(), SOURCE);
        out.put(Metric.DIRECT_COUNT, buffer.getCount(), SOURCE);
      } else if (buffer.getName().equals("mapped")) {
        out.put(Metric.MAPPED_USED, buffer.getMemoryUsed(), SOURCE);
      }
    }
  }

  /** Open descriptors, counted one by one; -1 when the platform does not tell. */
  long openFiles() {
    return system instanceof UnixOperatingSystemMXBean
        ? ((UnixOperatingSystemMXBean) system).getOpenFileDescriptorCount()
        : -1;
  }

  private void readPools(Readings out, boolean limits) {
    long codeUsed = 0;
    long codeCommitted = 0;
    for (Pool pool : pools) {
      MemoryUsage usage = pool.bean.getUsage();
      if (usage == null) {
        continue;
      }
      out.put(Metric.POOL_USED, pool.name, usage.getUsed(), SOURCE);
      out.put(Metric.POOL_COMMITTED, pool.name, usage.getCommitted(), SOURCE);
      if (limits) {
        out.put(Metric.POOL_MAX, pool.name, usage.getMax(), SOURCE);
      }
      if (pool.code) {
        codeUsed += usage.getUsed();
        codeCommitted += usage.getCommitted();
      } else if (pool.metaspace) {
        out.put(Metric.METASPACE_USED, usage.getUsed(), SOURCE);
        out.put(Metric.METASPACE_COMMITTED, usage.getCommitted(), SOURCE);
      }
    }
    if (codeCommitted > 0) {
      out.put(Metric.CODE_CACHE_USED, codeUsed, SOURCE);
      out.put(Metric.CODE_CACHE_COMMITTED, codeCommitted, SOURCE);
    }
  }
}
