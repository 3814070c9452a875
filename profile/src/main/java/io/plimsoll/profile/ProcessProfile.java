// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.profile;

import io.plimsoll.wire.Metric;
import io.plimsoll.wire.MetricKey;
import io.plimsoll.wire.ProcessIdentity;
import io.plimsoll.wire.Role;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What one JVM used from its start to its end.
 *
 * @param identity the fullest identity the process has told
 * @param firstSampleMillis epoch milliseconds of the first sample, 0 without samples
 * @param lastSampleMillis epoch milliseconds of the last sample, 0 without samples
 * @param ended whether the process said that it ends
 * @param gauges levels, by metric; absent = never told
 * @param counters latest totals since the process's start, by metric; absent = never told
 * @param firstCounters the first totals that were told, by metric: before them nobody looked
 * @param gc what its collections said
 * @param attempts task attempts that ended in it
 * @param running task attempts that were last told to run: what they have used so far
 * @param coverage what has arrived
 */
public record ProcessProfile(
    ProcessIdentity identity,
    long firstSampleMillis,
    long lastSampleMillis,
    boolean ended,
    SortedMap<MetricKey, GaugeProfile> gauges,
    SortedMap<MetricKey, Long> counters,
    SortedMap<MetricKey, Long> firstCounters,
    GcProfile gc,
    AttemptSums attempts,
    AttemptSums running,
    Coverage coverage) {
  public ProcessProfile {
    gauges = Collections.unmodifiableSortedMap(new TreeMap<>(gauges));
    counters = Collections.unmodifiableSortedMap(new TreeMap<>(counters));
    firstCounters = Collections.unmodifiableSortedMap(new TreeMap<>(firstCounters));
  }

  /** A process that was observed from its start on: its totals have grown from zero. */
  public ProcessProfile(
      ProcessIdentity identity,
      long firstSampleMillis,
      long lastSampleMillis,
      boolean ended,
      SortedMap<MetricKey, GaugeProfile> gauges,
      SortedMap<MetricKey, Long> counters,
      GcProfile gc,
      AttemptSums attempts,
      AttemptSums running,
      Coverage coverage) {
    this(
        identity,
        firstSampleMillis,
        lastSampleMillis,
        ended,
        gauges,
        counters,
        Collections.emptySortedMap(),
        gc,
        attempts,
        running,
        coverage);
  }

  /**
   * How much a total grew from its first to its latest telling; one that fell began anew at zero. 0
   * when it was told once or never.
   */
  public long growth(MetricKey key) {
    long last = counters.getOrDefault(key, 0L);
    long first = firstCounters.getOrDefault(key, 0L);
    return last >= first ? last - first : last;
  }

  /** The span of time in which it was sampled, ms. */
  public long observedMillis() {
    return Math.max(0, lastSampleMillis - firstSampleMillis);
  }

  public Role role() {
    return identity.role();
  }

  /** The gauge's profile, or null when it was never told. */
  public @Nullable GaugeProfile gauge(Metric metric) {
    return gauges.get(MetricKey.of(metric));
  }

  /** The counter's latest total, or {@code absent} when it was never told. */
  public long counter(Metric metric, long absent) {
    Long value = counters.get(MetricKey.of(metric));
    return value == null ? absent : value;
  }

  /** All gauges of one metric by instance, for example each pool. */
  public Map<String, GaugeProfile> instances(Metric metric) {
    Map<String, GaugeProfile> found = new TreeMap<>();
    gauges.forEach(
        (key, value) -> {
          if (key.metric() == metric) {
            found.put(key.instance(), value);
          }
        });
    return found;
  }

  /** The span of time in which the process is known to have lived, from its start. */
  public long lifetimeMillis() {
    return Math.max(0, lastSampleMillis - identity.startEpochMillis());
  }
}
