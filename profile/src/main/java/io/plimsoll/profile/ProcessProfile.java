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
    GcProfile gc,
    AttemptSums attempts,
    AttemptSums running,
    Coverage coverage) {
  public ProcessProfile {
    gauges = Collections.unmodifiableSortedMap(new TreeMap<>(gauges));
    counters = Collections.unmodifiableSortedMap(new TreeMap<>(counters));
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
