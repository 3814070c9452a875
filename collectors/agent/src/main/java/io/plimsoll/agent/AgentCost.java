// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent;

import io.plimsoll.wire.Metric;
import io.plimsoll.wire.MetricKey;
import io.plimsoll.wire.Sample;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the agent uses itself: CPU and allocation of its own threads, and apart from them CPU of the
 * threads that its sinks started. The latter ones come and go: what they used between the last look
 * and their end is missing. One thread only.
 */
final class AgentCost {
  private final ThreadGroup group;
  private final Thread[] own;
  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final Map<Long, Long> sinkNanos = new HashMap<>();
  private final Map<Metric, MetricKey> keys = new HashMap<>();
  private long toldNanos;

  /** The group holds the agent's own threads and, by inheritance, those of its sinks. */
  AgentCost(ThreadGroup group, Thread... own) {
    this.group = group;
    this.own = own;
  }

  /** What {@link #ownCpuNanos} was when a sample was last told. */
  long toldOwnCpuNanos() {
    return toldNanos;
  }

  /** CPU of the agent's own threads since they began. */
  long ownCpuNanos() {
    long nanos = 0;
    for (Thread thread : own) {
      nanos += Math.max(0, threads.getThreadCpuTime(thread.getId()));
    }
    return nanos;
  }

  /** The sample with what the agent costs. */
  Sample with(Sample sample, long intervalMillis, int coarseness, long backlogBytes) {
    // A sorted copy of what is sorted takes no comparison.
    Map<MetricKey, Long> values = new TreeMap<>(sample.values());
    toldNanos = ownCpuNanos();
    values.put(key(Metric.AGENT_CPU_OWN), toldNanos);
    values.put(key(Metric.AGENT_CPU_SINK), sinkCpuNanos());
    long allocated = ownAllocatedBytes();
    if (allocated >= 0) {
      values.put(key(Metric.AGENT_ALLOCATED), allocated);
    }
    values.put(key(Metric.AGENT_INTERVAL), intervalMillis);
    values.put(key(Metric.AGENT_COARSENESS), (long) coarseness);
    values.put(key(Metric.AGENT_BACKLOG), backlogBytes);
    return Sample.of(sample.epochMillis(), values);
  }

  private long sinkCpuNanos() {
    Thread[] all = new Thread[group.activeCount() + 8];
    int count = group.enumerate(all, true);
    for (int i = 0; i < count; i++) {
      long id = all[i].getId();
      long nanos = isOwn(all[i]) ? -1 : threads.getThreadCpuTime(id);
      if (nanos >= 0) {
        Long before = sinkNanos.get(id);
        sinkNanos.put(id, before == null ? nanos : Math.max(before, nanos));
      }
    }
    long total = 0;
    for (long nanos : sinkNanos.values()) {
      total += nanos;
    }
    return total;
  }

  /** -1 where the JVM does not count it. */
  private long ownAllocatedBytes() {
    if (!(threads instanceof com.sun.management.ThreadMXBean)) {
      return -1;
    }
    com.sun.management.ThreadMXBean counting = (com.sun.management.ThreadMXBean) threads;
    if (!counting.isThreadAllocatedMemorySupported()
        || !counting.isThreadAllocatedMemoryEnabled()) {
      return -1;
    }
    long bytes = 0;
    for (Thread thread : own) {
      bytes += Math.max(0, counting.getThreadAllocatedBytes(thread.getId()));
    }
    return bytes;
  }

  private boolean isOwn(Thread thread) {
    for (Thread mine : own) {
      if (mine == thread) {
        return true;
      }
    }
    return false;
  }

  private MetricKey key(Metric metric) {
    MetricKey known = keys.get(metric);
    if (known == null) {
      known = MetricKey.of(metric);
      keys.put(metric, known);
    }
    return known;
  }
}
