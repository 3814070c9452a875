// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.jvm;

import com.sun.management.GarbageCollectionNotificationInfo;
import com.sun.management.GcInfo;
import io.plimsoll.agent.emit.Outbox;
import io.plimsoll.agent.proc.Readings;
import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.EventKind;
import io.plimsoll.wire.EventNumber;
import io.plimsoll.wire.EventText;
import io.plimsoll.wire.Metric;
import io.plimsoll.wire.Stream;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.management.ListenerNotFoundException;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import javax.management.openmbean.CompositeData;
import org.jspecify.annotations.Nullable;

/**
 * Hears every collection the JVM announces: one event each, counts per cause, and the allocation
 * meter. Levels come from the announcement's own map, since the pools may already be in the next
 * collection: then a mixed collection is graded as a young one, never the other way round. The
 * listener runs on the JVM's notification thread and neither waits nor throws.
 */
final class CollectionWatch implements NotificationListener {
  private static final String SOURCE = "collection notifications";

  private static final class CauseTotals {
    private long count;
    private long millis;
  }

  private final Outbox outbox;
  private final long jvmStartMillis;
  private final AllocationMeter allocation = new AllocationMeter();
  private final Map<String, CauseTotals> causes = new TreeMap<>();
  private final Set<String> heapPools = new HashSet<>();
  private final @Nullable MemoryPoolMXBean oldPool;
  private final boolean levelsTellAllocation;

  CollectionWatch(Outbox outbox, long jvmStartMillis) {
    this.outbox = outbox;
    this.jvmStartMillis = jvmStartMillis;
    MemoryPoolMXBean old = null;
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      if (pool.getType() == MemoryType.HEAP) {
        heapPools.add(pool.getName());
        if (isOld(pool.getName())) {
          old = pool;
        }
      }
    }
    oldPool = old;
    boolean stops = true;
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      stops &= !collector.getName().startsWith("ZGC");
      stops &= !collector.getName().startsWith("Shenandoah");
    }
    levelsTellAllocation = stops;
  }

  /** Begins to listen to every collector. */
  void listen() {
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      if (collector instanceof NotificationEmitter) {
        ((NotificationEmitter) collector).addNotificationListener(this, null, null);
      }
    }
  }

  /** Listens no more. */
  void close() {
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      if (collector instanceof NotificationEmitter) {
        try {
          ((NotificationEmitter) collector).removeNotificationListener(this);
        } catch (ListenerNotFoundException already) {
          // It does not listen to this one: that is what is wanted.
          continue;
        }
      }
    }
  }

  static boolean isOld(String pool) {
    return pool.endsWith("Old Gen")
        || pool.endsWith("Tenured Gen")
        || pool.endsWith("Old Generation");
  }

  @Override
  public void handleNotification(Notification notification, @Nullable Object handback) {
    try {
      if (GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION.equals(
          notification.getType())) {
        collected(
            GarbageCollectionNotificationInfo.from((CompositeData) notification.getUserData()));
      }
    } catch (Throwable unreadable) {
      outbox.lost(Stream.EVENTS);
    }
  }

  private void collected(GarbageCollectionNotificationInfo said) {
    GcInfo info = said.getGcInfo();
    long before = heap(info.getMemoryUsageBeforeGc());
    long after = heap(info.getMemoryUsageAfterGc());
    long oldBefore = old(info.getMemoryUsageBeforeGc());
    long oldAfter = old(info.getMemoryUsageAfterGc());
    allocation.collected(before, after);
    count(said.getGcCause(), info.getDuration());
    EngineEvent.Builder event =
        EngineEvent.builder(EventKind.GARBAGE_COLLECTION, jvmStartMillis + info.getEndTime())
            .put(EventText.COLLECTOR, said.getGcName())
            .put(EventText.CAUSE, said.getGcCause())
            .put(EventNumber.GC_DURATION_MILLIS, info.getDuration())
            .put(EventNumber.GC_ID, info.getId())
            .put(EventNumber.HEAP_BEFORE_BYTES, before)
            .put(EventNumber.HEAP_AFTER_BYTES, after)
            .put(
                EventNumber.GC_GRADE,
                GcGrade.of(said.getGcName(), said.getGcAction(), oldAfter, oldCollectionUsage()));
    if (oldBefore >= 0 && oldAfter >= 0) {
      event.put(EventNumber.OLD_BEFORE_BYTES, oldBefore);
      event.put(EventNumber.OLD_AFTER_BYTES, oldAfter);
    }
    outbox.event(event.build());
  }

  /** Adds the counters that only announcements tell. */
  void read(Readings out, long heapUsed) {
    if (levelsTellAllocation) {
      out.put(Metric.ALLOCATED, allocation.total(heapUsed), "heap levels around collections");
    } else {
      out.absent("this collector frees memory while threads allocate", Metric.ALLOCATED);
    }
    synchronized (causes) {
      for (Map.Entry<String, CauseTotals> cause : causes.entrySet()) {
        out.put(Metric.GC_CAUSE_COUNT, cause.getKey(), cause.getValue().count, SOURCE);
        out.put(Metric.GC_CAUSE_TIME, cause.getKey(), cause.getValue().millis, SOURCE);
      }
    }
  }

  private void count(String cause, long millis) {
    synchronized (causes) {
      CauseTotals totals = causes.computeIfAbsent(cause, any -> new CauseTotals());
      totals.count++;
      totals.millis += millis;
    }
  }

  private long heap(Map<String, MemoryUsage> pools) {
    long used = 0;
    for (Map.Entry<String, MemoryUsage> pool : pools.entrySet()) {
      if (heapPools.contains(pool.getKey())) {
        used += pool.getValue().getUsed();
      }
    }
    return used;
  }

  private long old(Map<String, MemoryUsage> pools) {
    MemoryUsage usage = oldPool == null ? null : pools.get(oldPool.getName());
    return usage == null ? -1 : usage.getUsed();
  }

  /** What the old pool held after the last collection that collected it; -1 when not told. */
  private long oldCollectionUsage() {
    MemoryUsage usage = oldPool == null ? null : oldPool.getCollectionUsage();
    return usage == null ? -1 : usage.getUsed();
  }
}
