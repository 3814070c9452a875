// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.jvm;

import io.plimsoll.wire.Metric;
import io.plimsoll.wire.MetricKey;
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
import java.util.Map;

/** Reads the platform's beans of memory, collectors, buffers and classes. */
final class MemoryBeans {
  private static final MetricKey HEAP_USED = MetricKey.of(Metric.HEAP_USED);
  private static final MetricKey HEAP_COMMITTED = MetricKey.of(Metric.HEAP_COMMITTED);
  private static final MetricKey HEAP_MAX = MetricKey.of(Metric.HEAP_MAX);
  private static final MetricKey ALLOCATED = MetricKey.of(Metric.ALLOCATED);
  private static final MetricKey METASPACE_USED = MetricKey.of(Metric.METASPACE_USED);
  private static final MetricKey METASPACE_COMMITTED = MetricKey.of(Metric.METASPACE_COMMITTED);
  private static final MetricKey CODE_USED = MetricKey.of(Metric.CODE_CACHE_USED);
  private static final MetricKey CODE_COMMITTED = MetricKey.of(Metric.CODE_CACHE_COMMITTED);
  private static final MetricKey DIRECT_USED = MetricKey.of(Metric.DIRECT_USED);
  private static final MetricKey DIRECT_COUNT = MetricKey.of(Metric.DIRECT_COUNT);
  private static final MetricKey MAPPED_USED = MetricKey.of(Metric.MAPPED_USED);
  private static final MetricKey CLASSES = MetricKey.of(Metric.CLASSES_LOADED);

  private static final class Pool {
    private final MemoryPoolMXBean bean;
    private final MetricKey used;
    private final MetricKey committed;
    private final MetricKey max;
    private final boolean code;
    private final boolean metaspace;

    private Pool(MemoryPoolMXBean bean) {
      this.bean = bean;
      String name = bean.getName();
      used = MetricKey.of(Metric.POOL_USED, name);
      committed = MetricKey.of(Metric.POOL_COMMITTED, name);
      max = MetricKey.of(Metric.POOL_MAX, name);
      code = isCode(name);
      metaspace = name.equals("Metaspace");
    }
  }

  private static final class Collector {
    private final GarbageCollectorMXBean bean;
    private final MetricKey count;
    private final MetricKey time;

    private Collector(GarbageCollectorMXBean bean) {
      this.bean = bean;
      count = MetricKey.of(Metric.GC_COUNT, bean.getName());
      time = MetricKey.of(Metric.GC_TIME, bean.getName());
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

  void read(Map<MetricKey, Long> values) {
    MemoryUsage heap = memory.getHeapMemoryUsage();
    values.put(HEAP_USED, heap.getUsed());
    values.put(HEAP_COMMITTED, heap.getCommitted());
    if (heap.getMax() >= 0) {
      values.put(HEAP_MAX, heap.getMax());
    }
    collections.read(values, ALLOCATED, heap.getUsed());
    values.put(CLASSES, (long) classes.getLoadedClassCount());
    readPools(values);
    for (Collector collector : collectors) {
      if (collector.bean.getCollectionCount() >= 0) {
        values.put(collector.count, collector.bean.getCollectionCount());
        values.put(collector.time, collector.bean.getCollectionTime());
      }
    }
    for (BufferPoolMXBean buffer : buffers) {
      if (buffer.getName().equals("direct")) {
        values.put(DIRECT_USED, buffer.getMemoryUsed());
        values.put(DIRECT_COUNT, buffer.getCount());
      } else if (buffer.getName().equals("mapped")) {
        values.put(MAPPED_USED, buffer.getMemoryUsed());
      }
    }
  }

  private void readPools(Map<MetricKey, Long> values) {
    long codeUsed = 0;
    long codeCommitted = 0;
    for (Pool pool : pools) {
      MemoryUsage usage = pool.bean.getUsage();
      if (usage == null) {
        continue;
      }
      values.put(pool.used, usage.getUsed());
      values.put(pool.committed, usage.getCommitted());
      if (usage.getMax() >= 0) {
        values.put(pool.max, usage.getMax());
      }
      if (pool.code) {
        codeUsed += usage.getUsed();
        codeCommitted += usage.getCommitted();
      } else if (pool.metaspace) {
        values.put(METASPACE_USED, usage.getUsed());
        values.put(METASPACE_COMMITTED, usage.getCommitted());
      }
    }
    if (codeCommitted > 0) {
      values.put(CODE_USED, codeUsed);
      values.put(CODE_COMMITTED, codeCommitted);
    }
  }
}
