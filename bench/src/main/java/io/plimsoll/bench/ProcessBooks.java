// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.bench;

import io.plimsoll.wire.AttemptKind;
import io.plimsoll.wire.AttemptRecord;
import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.Envelope;
import io.plimsoll.wire.EventKind;
import io.plimsoll.wire.Metric;
import io.plimsoll.wire.MetricKey;
import io.plimsoll.wire.Role;
import io.plimsoll.wire.Sample;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.TreeMap;

/**
 * The CPU books of one process: what it used, and what was attributed to whom. All in nanoseconds,
 * up to the last sample that walked the threads; attempts up to their ends.
 */
final class ProcessBooks {
  private final Role role;
  private final String executor;
  private final Map<MetricKey, Long> last = new HashMap<>();
  private final Map<Long, AttemptRecord> running = new HashMap<>();
  private final Map<String, Long> unnamed = new TreeMap<>();
  private long attempts;
  private long helpers;
  private long processAtWalk;

  ProcessBooks(Envelope first) {
    role = first.identity().role();
    executor = first.identity().executorId();
  }

  void add(Envelope envelope) {
    for (Sample sample : envelope.samples()) {
      Long gc = sample.values().get(MetricKey.of(Metric.CPU_GC));
      Long process = sample.values().get(MetricKey.of(Metric.PROCESS_CPU));
      if (gc != null && process != null) {
        processAtWalk = Math.max(processAtWalk, process);
      }
      sample.values().forEach((key, value) -> last.merge(key, value, Math::max));
    }
    for (AttemptRecord attempt : envelope.attempts()) {
      count(attempt);
    }
    for (EngineEvent event : envelope.events()) {
      if (event.kind() == EventKind.THREADS_UNNAMED) {
        unnamed.clear();
        event.properties().forEach((name, nanos) -> unnamed.put(name, Long.parseLong(nanos)));
      }
    }
  }

  private void count(AttemptRecord attempt) {
    if (attempt.kind() == AttemptKind.HELPER) {
      helpers += attempt.cpuNanos();
    } else if (attempt.kind() == AttemptKind.PROGRESS) {
      running.merge(
          attempt.taskId(),
          attempt,
          (one, other) -> one.cpuNanos() >= other.cpuNanos() ? one : other);
    } else {
      running.remove(attempt.taskId());
      attempts += attempt.cpuNanos();
    }
  }

  Role role() {
    return role;
  }

  /** Such as {@code executor 3}. */
  String name() {
    return role + (executor.isEmpty() ? "" : " " + executor);
  }

  long process() {
    return last.getOrDefault(MetricKey.of(Metric.PROCESS_CPU), 0L);
  }

  /** Parts by name, largest first is not kept; those that are zero are there, too. */
  Map<String, Long> parts() {
    Map<String, Long> parts = new TreeMap<>();
    parts.put(
        "attempts",
        attempts + helpers + running.values().stream().mapToLong(AttemptRecord::cpuNanos).sum());
    parts.put("gc", sum(Metric.CPU_GC));
    parts.put("jit", sum(Metric.CPU_JIT));
    parts.put("agent", sum(Metric.CPU_AGENT));
    parts.put("satellites", sum(Metric.CPU_SATELLITE));
    return parts;
  }

  long attributed() {
    return parts().values().stream().mapToLong(Long::longValue).sum();
  }

  /** What no part explains; negative when more was attributed than used, which is an error. */
  long residual() {
    return process() - attributed();
  }

  /** The largest threads that no group names, by name, at the last time they were told. */
  List<Entry<String, Long>> unnamed() {
    return unnamed.entrySet().stream()
        .sorted(Entry.<String, Long>comparingByValue().reversed())
        .limit(10)
        .toList();
  }

  /** CPU that the process used after the last walk: the books of threads end there. */
  long afterLastWalk() {
    return process() - processAtWalk;
  }

  /** Residual over process CPU by role, over all processes of it. */
  static Map<Role, Double> residualShare(Iterable<ProcessBooks> all) {
    Map<Role, long[]> sums = new EnumMap<>(Role.class);
    for (ProcessBooks books : all) {
      long[] sum = sums.computeIfAbsent(books.role(), unused -> new long[2]);
      sum[0] += books.residual();
      sum[1] += books.process();
    }
    Map<Role, Double> shares = new EnumMap<>(Role.class);
    sums.forEach((role, sum) -> shares.put(role, sum[1] == 0 ? 0 : (double) sum[0] / sum[1]));
    return shares;
  }

  private long sum(Metric metric) {
    return last.entrySet().stream()
        .filter(entry -> entry.getKey().metric() == metric)
        .mapToLong(Entry::getValue)
        .sum();
  }
}
