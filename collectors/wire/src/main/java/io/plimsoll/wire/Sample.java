// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.wire;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What one JVM says about one moment. A metric that is not in {@link #values()} was not known. */
public final class Sample {
  private final long epochMillis;
  private final SortedMap<MetricKey, Long> values;

  private Sample(long epochMillis, SortedMap<MetricKey, Long> values) {
    this.epochMillis = epochMillis;
    this.values = values;
  }

  public static Sample of(long epochMillis, Map<MetricKey, Long> values) {
    return new Sample(epochMillis, Collections.unmodifiableSortedMap(new TreeMap<>(values)));
  }

  public long epochMillis() {
    return epochMillis;
  }

  public SortedMap<MetricKey, Long> values() {
    return values;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Sample
        && ((Sample) other).epochMillis == epochMillis
        && ((Sample) other).values.equals(values);
  }

  @Override
  public int hashCode() {
    return 31 * Long.hashCode(epochMillis) + values.hashCode();
  }

  @Override
  public String toString() {
    return "Sample[" + epochMillis + " " + values + "]";
  }
}
