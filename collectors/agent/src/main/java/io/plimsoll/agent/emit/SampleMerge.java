// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.emit;

import io.plimsoll.wire.Metric;
import io.plimsoll.wire.MetricKey;
import io.plimsoll.wire.Sample;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Makes one sample of several that follow each other. It stands at the time of the last one, and of
 * each metric it holds
 *
 * <ul>
 *   <li>counters: the last value, so that growth is exact over any two samples;
 *   <li>levels such as resident set, heap, pools, cgroup usage, threads, open files, backlog: the
 *       highest, for a peak is what decides a limit;
 *   <li>the distance to the limit that would kill the process: the lowest;
 *   <li>limits, quotas, CPUs and the sampling interval: the last.
 * </ul>
 *
 * <p>A metric that only some of the samples tell is told.
 */
final class SampleMerge {
  private static final Set<Metric> LOWEST = EnumSet.of(Metric.MEMORY_KILL_DISTANCE);
  private static final Set<Metric> LAST =
      EnumSet.of(
          Metric.HEAP_MAX,
          Metric.POOL_MAX,
          Metric.CGROUP_MEMORY_LIMIT,
          Metric.CGROUP_CPU_QUOTA_MILLI,
          Metric.AVAILABLE_PROCESSORS,
          Metric.OPEN_FILES_LIMIT,
          Metric.MEMORY_KILL_LIMIT,
          Metric.AGENT_INTERVAL);

  private SampleMerge() {}

  /** Samples, ascending in time, with at least the given time between those that are kept. */
  static List<Sample> every(long millis, List<Sample> samples) {
    List<Sample> merged = new ArrayList<>();
    List<Sample> run = new ArrayList<>();
    for (Sample sample : samples) {
      // A run may be a little short: samples do not come to the millisecond.
      if (!run.isEmpty()
          && sample.epochMillis() - run.get(0).epochMillis() >= millis - millis / 8) {
        merged.add(one(run));
        run.clear();
      }
      run.add(sample);
    }
    if (!run.isEmpty()) {
      merged.add(one(run));
    }
    return merged;
  }

  private static Sample one(List<Sample> run) {
    Sample last = Collections.max(run, (a, b) -> Long.compare(a.epochMillis(), b.epochMillis()));
    if (run.size() == 1) {
      return last;
    }
    Map<MetricKey, Long> values = new TreeMap<>();
    for (Sample sample : run) {
      for (Map.Entry<MetricKey, Long> value : sample.values().entrySet()) {
        values.merge(
            value.getKey(),
            value.getValue(),
            (before, after) -> merged(value.getKey().metric(), before, after));
      }
    }
    return Sample.of(last.epochMillis(), values);
  }

  private static Long merged(Metric metric, Long before, Long after) {
    if (metric.kind() == Metric.Kind.COUNTER || LAST.contains(metric)) {
      return after;
    }
    return LOWEST.contains(metric) ? Math.min(before, after) : Math.max(before, after);
  }
}
