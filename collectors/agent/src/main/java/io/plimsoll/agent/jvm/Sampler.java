// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.jvm;

import io.plimsoll.agent.emit.Outbox;
import io.plimsoll.agent.proc.Cgroup;
import io.plimsoll.agent.proc.KernelFile;
import io.plimsoll.agent.proc.ProcText;
import io.plimsoll.agent.proc.ThreadCpu;
import io.plimsoll.wire.Metric;
import io.plimsoll.wire.MetricKey;
import io.plimsoll.wire.Sample;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads one moment of this process. CPU per kind of thread is in the first sample, in the last, and
 * in one every five seconds between them: it walks all threads. Safe for several threads, one at a
 * time.
 */
public final class Sampler {
  private static final long WALK_NANOS = 4_900_000_000L;

  private final KernelFile status = new KernelFile("/proc/self/status");
  private final KernelFile stat = new KernelFile("/proc/self/stat");
  private final Cgroup cgroup = Cgroup.ofThisProcess();
  private final ThreadCpu threadCpu = new ThreadCpu();
  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final Map<Metric, MetricKey> keys = new HashMap<>();
  private final MemoryBeans memory;
  private final GroupCpu agentCpu;
  private boolean walked;
  private long walkedNanos;

  /** The group is the one that the agent's own threads live in. */
  public Sampler(Outbox outbox, ThreadGroup agentThreads, long jvmStartMillis) {
    CollectionWatch collections = new CollectionWatch(outbox, jvmStartMillis);
    memory = new MemoryBeans(collections);
    agentCpu = new GroupCpu(agentThreads, threads::getThreadCpuTime);
    for (Metric metric : Metric.values()) {
      keys.put(metric, MetricKey.of(metric));
    }
    collections.listen();
  }

  /** The values of now; {@code last} forces a walk over all threads. */
  public synchronized Sample sample(boolean last) {
    Map<MetricKey, Long> values = new HashMap<>(128);
    long epochMillis = System.currentTimeMillis();
    process(values);
    long now = System.nanoTime();
    if (last || !walked || now - walkedNanos >= WALK_NANOS) {
      walked = true;
      walkedNanos = now;
      threadCpu.walk();
      put(values, Metric.CPU_GC, threadCpu.gcNanos());
      put(values, Metric.CPU_JIT, threadCpu.jitNanos());
      put(values, Metric.CPU_AGENT, agentCpu.nanos());
    }
    memory.read(values);
    put(values, Metric.THREADS, threads.getThreadCount());
    put(values, Metric.AVAILABLE_PROCESSORS, Runtime.getRuntime().availableProcessors());
    put(values, Metric.CGROUP_MEMORY_LIMIT, cgroup.memoryLimitBytes());
    put(values, Metric.CGROUP_MEMORY_USAGE, cgroup.memoryUsageBytes());
    put(values, Metric.CGROUP_CPU_QUOTA_MILLI, cgroup.cpuQuotaMilli());
    put(values, Metric.CGROUP_CPU_THROTTLED, cgroup.throttledPeriods());
    return Sample.of(epochMillis, values);
  }

  private void process(Map<MetricKey, Long> values) {
    put(values, Metric.PROCESS_CPU, memory.processCpuNanos());
    String statText = stat.text();
    if (statText != null) {
      put(values, Metric.PROCESS_CPU_USER, ProcText.userNanos(statText));
      put(values, Metric.PROCESS_CPU_SYSTEM, ProcText.systemNanos(statText));
    }
    String statusText = status.text();
    if (statusText != null) {
      put(values, Metric.RSS, ProcText.statusBytes(statusText, "VmRSS"));
      put(values, Metric.RSS_ANON, ProcText.statusBytes(statusText, "RssAnon"));
      put(values, Metric.RSS_PEAK, ProcText.statusBytes(statusText, "VmHWM"));
    }
  }

  private void put(Map<MetricKey, Long> values, Metric metric, long value) {
    MetricKey key = keys.get(metric);
    if (key != null && value >= 0) {
      values.put(key, value);
    }
  }
}
