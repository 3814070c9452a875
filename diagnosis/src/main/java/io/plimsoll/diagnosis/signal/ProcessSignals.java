// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.signal;

import io.plimsoll.profile.ContainerSize;
import io.plimsoll.profile.GaugeProfile;
import io.plimsoll.profile.ProcessProfile;
import io.plimsoll.profile.RunProfile;
import io.plimsoll.wire.Metric;
import io.plimsoll.wire.MetricKey;
import io.plimsoll.wire.Role;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Signals of single JVMs, by their agents. */
final class ProcessSignals {
  private static final double NANOS_PER_MILLI = 1e6;
  private static final double MILLIS_PER_HOUR = 3.6e6;

  private final ComponentId id;
  private final ProcessProfile process;
  private final SignalSet.Builder signals;
  private final long life;

  private ProcessSignals(ComponentId id, ProcessProfile process, SignalSet.Builder signals) {
    this.id = id;
    this.process = process;
    this.signals = signals;
    this.life = process.lifetimeMillis();
  }

  static void add(RunProfile run, RunFacts facts, SignalSet.Builder signals) {
    for (ProcessProfile process : run.processes()) {
      ComponentId id = component(process);
      if (id != null) {
        Optional<ContainerSize> size = ConfigSignals.container(facts, process.role());
        add(id, process, size.map(ContainerSize::overheadBytes).orElse(0L), signals);
      }
    }
  }

  /** The signals of one JVM under this name. */
  static void add(
      ComponentId id, ProcessProfile process, long overheadBytes, SignalSet.Builder signals) {
    new ProcessSignals(id, process, signals).all(overheadBytes);
  }

  private static @Nullable ComponentId component(ProcessProfile process) {
    if (process.role() == Role.DRIVER) {
      return ComponentId.DRIVER;
    }
    String executor = process.identity().executorId();
    return process.role() == Role.EXECUTOR && !executor.isEmpty()
        ? ComponentId.of(ComponentType.EXECUTOR, executor)
        : null;
  }

  private void all(long overheadBytes) {
    if (life <= 0) {
      return;
    }
    signals.put(id, ProcessMetrics.LIFE, life);
    heap();
    collections();
    outsideHeap(overheadBytes);
    stops();
    cpu();
    kernel();
  }

  private void heap() {
    GaugeProfile max = process.gauge(Metric.HEAP_MAX);
    if (max == null || max.max() <= 0) {
      return;
    }
    GaugeProfile used = process.gauge(Metric.HEAP_USED);
    if (used != null) {
      signals.put(id, ProcessMetrics.HEAP_PEAK_SHARE, (double) used.max() / max.max());
    }
    long collections = process.gc().collections();
    if (collections > 0) {
      double live = process.gc().liveSetBytes();
      signals.put(id, ProcessMetrics.LIVE_SHARE, live / max.max(), collections);
    }
    GaugeProfile direct = process.gauge(Metric.DIRECT_USED);
    if (direct != null) {
      signals.put(id, ProcessMetrics.DIRECT_HEAP_SHARE, (double) direct.max() / max.max());
    }
  }

  private void collections() {
    if (process.counter(Metric.PROCESS_CPU, -1) > 0 && process.counter(Metric.CPU_GC, -1) >= 0) {
      signals.share(
          id,
          ProcessMetrics.GC_CPU_SHARE,
          process.counter(Metric.CPU_GC, 0),
          process.counter(Metric.PROCESS_CPU, 0),
          1);
    }
    if (process.gauges().isEmpty()) {
      return;
    }
    long full = process.gc().fullCollections();
    signals
        .put(id, ProcessMetrics.FULL_GC_COUNT, full)
        .put(id, ProcessMetrics.FULL_GC_PER_HOUR, full * MILLIS_PER_HOUR / life)
        .put(id, ProcessMetrics.LONGEST_PAUSE, process.gc().maxPauseMillis())
        .put(id, ProcessMetrics.PAUSE_SHARE, (double) process.gc().pauseMillis() / life)
        .put(id, ProcessMetrics.METADATA_GCS, causes("metadata"))
        .put(id, ProcessMetrics.HUMONGOUS_GCS, causes("humongous", "to-space", "evacuation"))
        .put(id, ProcessMetrics.EXPLICIT_GCS, causes("system.gc"));
  }

  private long causes(String... words) {
    long count = 0;
    for (var entry : process.counters().entrySet()) {
      MetricKey key = entry.getKey();
      String cause = key.instance().toLowerCase(Locale.ROOT);
      if (key.metric() == Metric.GC_CAUSE_COUNT) {
        for (String word : words) {
          count += cause.contains(word) ? entry.getValue() : 0;
        }
      }
    }
    return count;
  }

  private void outsideHeap(long overheadBytes) {
    pool("metaspace", ProcessMetrics.METASPACE_SHARE);
    codeCache();
    GaugeProfile files = process.gauge(Metric.OPEN_FILES);
    GaugeProfile fileLimit = process.gauge(Metric.OPEN_FILES_LIMIT);
    if (files != null && fileLimit != null) {
      signals.share(id, ProcessMetrics.OPEN_FILES_SHARE, files.max(), fileLimit.max(), 1);
    }
    long children = 0;
    for (GaugeProfile each : process.instances(Metric.CHILDREN_RSS).values()) {
      children += each.max();
    }
    if (!process.instances(Metric.CHILDREN_RSS).isEmpty()) {
      signals.share(id, ProcessMetrics.CHILD_MEMORY_SHARE, children, overheadBytes, 1);
    }
  }

  private void pool(String name, SignalMetric metric) {
    process
        .instances(Metric.POOL_MAX)
        .forEach(
            (pool, max) -> {
              GaugeProfile used = process.instances(Metric.POOL_USED).get(pool);
              if (used != null && pool.toLowerCase(Locale.ROOT).contains(name)) {
                signals.share(id, metric, used.max(), max.max(), 1);
              }
            });
  }

  /** One code cache, or segments since JDK 9; the fullest of them turns the compiler off. */
  private void codeCache() {
    double fullest = -1;
    for (var entry : process.instances(Metric.POOL_MAX).entrySet()) {
      String pool = entry.getKey().toLowerCase(Locale.ROOT);
      GaugeProfile used = process.instances(Metric.POOL_USED).get(entry.getKey());
      boolean code = pool.matches("code ?cache.*|codeheap.*");
      if (code && used != null && entry.getValue().max() > 0) {
        fullest = Math.max(fullest, (double) used.max() / entry.getValue().max());
      }
    }
    if (fullest >= 0) {
      signals.put(id, ProcessMetrics.CODE_CACHE_SHARE, fullest);
    }
  }

  private void stops() {
    long count = process.counter(Metric.SAFEPOINT_COUNT, -1);
    long nanos = process.counter(Metric.SAFEPOINT_TIME, -1);
    if (count >= 0) {
      signals.put(id, ProcessMetrics.SAFEPOINT_RATE, count * 1e3 / life, Math.max(1, count));
    }
    if (nanos >= 0) {
      double stopped = nanos / NANOS_PER_MILLI;
      signals
          .put(id, ProcessMetrics.SAFEPOINT_SHARE, stopped / life)
          .put(
              id,
              ProcessMetrics.NON_GC_STOP_SHARE,
              Math.max(0, stopped - process.gc().pauseMillis()) / life);
    }
    long started = process.counter(Metric.THREADS_STARTED, -1);
    GaugeProfile threads = process.gauge(Metric.THREADS);
    if (started > 0 && threads != null) {
      signals
          .put(id, ProcessMetrics.THREADS_STARTED_RATE, started * 1e3 / life, started)
          .share(id, ProcessMetrics.THREAD_REUSE, threads.max(), started, started);
    }
  }

  private void cpu() {
    long cpu = process.counter(Metric.PROCESS_CPU, -1);
    if (cpu <= 0) {
      return;
    }
    GaugeProfile processors = process.gauge(Metric.AVAILABLE_PROCESSORS);
    if (processors != null) {
      signals.share(id, ProcessMetrics.CPU_USE, cpu / NANOS_PER_MILLI / life, processors.max(), 1);
    }
    long wait = process.counter(Metric.RUN_QUEUE_WAIT, -1);
    if (wait >= 0) {
      signals.share(id, ProcessMetrics.RUN_QUEUE_SHARE, wait, (double) wait + cpu, 1);
      if (processors != null) {
        double lived = life * (double) processors.max();
        signals.share(
            id, ProcessMetrics.RUN_QUEUE_LIFE, Math.min(lived, wait / NANOS_PER_MILLI), lived, 1);
      }
    }
    counterShare(Metric.CPU_UNNAMED, ProcessMetrics.UNNAMED_CPU_SHARE, cpu);
    counterShare(Metric.CPU_JIT, ProcessMetrics.JIT_CPU_SHARE, cpu);
    long periods = process.counter(Metric.CGROUP_CPU_PERIODS, -1);
    long throttled = process.counter(Metric.CGROUP_CPU_THROTTLED, -1);
    if (throttled >= 0) {
      signals.share(id, ProcessMetrics.THROTTLED_SHARE, throttled, periods, Math.max(1, periods));
    }
  }

  private void counterShare(Metric part, SignalMetric metric, double whole) {
    long value = process.counter(part, -1);
    if (value >= 0) {
      signals.share(id, metric, value, whole, 1);
    }
  }

  private void kernel() {
    GaugeProfile swap = process.gauge(Metric.SWAP);
    if (swap != null) {
      signals.put(id, ProcessMetrics.SWAP, swap.max());
    }
    rate(Metric.MAJOR_FAULTS, ProcessMetrics.MAJOR_FAULT_RATE, 1e3);
    rate(Metric.MEMORY_PRESSURE_SOME, ProcessMetrics.MEMORY_PRESSURE_SHARE, 1 / NANOS_PER_MILLI);
    total(Metric.CGROUP_OOM_KILL, ProcessMetrics.OOM_KILLS);
    total(Metric.CGROUP_MEMORY_LIMIT_HITS, ProcessMetrics.LIMIT_HITS);
    GaugeProfile limit = process.gauge(Metric.MEMORY_KILL_LIMIT);
    GaugeProfile distance = process.gauge(Metric.MEMORY_KILL_DISTANCE);
    if (limit != null && distance != null) {
      signals.share(
          id, ProcessMetrics.KILL_DISTANCE_SHARE, Math.max(0, distance.min()), limit.max(), 1);
    }
  }

  /** A counter's growth in each millisecond of life, times the factor. */
  private void rate(Metric counter, SignalMetric metric, double factor) {
    long value = process.counter(counter, -1);
    if (value >= 0) {
      signals.put(id, metric, value * factor / life);
    }
  }

  private void total(Metric counter, SignalMetric metric) {
    long value = process.counter(counter, -1);
    if (value >= 0) {
      signals.put(id, metric, value);
    }
  }
}
