// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.wire;

import java.util.Objects;

/** A metric and, where it has several, the instance (pool, collector or cause) it speaks of. */
public final class MetricKey implements Comparable<MetricKey> {
  private final Metric metric;
  private final String instance;

  private MetricKey(Metric metric, String instance) {
    this.metric = Objects.requireNonNull(metric, "metric is null");
    this.instance = Objects.requireNonNull(instance, "instance is null");
  }

  public static MetricKey of(Metric metric) {
    return new MetricKey(metric, "");
  }

  public static MetricKey of(Metric metric, String instance) {
    return new MetricKey(metric, instance);
  }

  public Metric metric() {
    return metric;
  }

  /** Empty where the metric has a single instance. */
  public String instance() {
    return instance;
  }

  @Override
  public int compareTo(MetricKey other) {
    int byId = Integer.compare(metric.id(), other.metric.id());
    return byId != 0 ? byId : instance.compareTo(other.instance);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MetricKey
        && ((MetricKey) other).metric == metric
        && ((MetricKey) other).instance.equals(instance);
  }

  @Override
  public int hashCode() {
    return 31 * metric.id() + instance.hashCode();
  }

  @Override
  public String toString() {
    return instance.isEmpty() ? metric.wireName() : metric.wireName() + "{" + instance + "}";
  }
}
