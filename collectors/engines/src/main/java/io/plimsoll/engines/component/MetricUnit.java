// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.component;

import io.plimsoll.wire.Metric;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The unit of a described metric's whole numbers, and the wire metrics that carry it. */
public enum MetricUnit {
  COUNT(Metric.COMPONENT_LEVEL, Metric.COMPONENT_TOTAL),
  BYTES(Metric.COMPONENT_BYTES, Metric.COMPONENT_BYTES_TOTAL),
  MILLISECONDS(Metric.COMPONENT_MILLIS, Metric.COMPONENT_MILLIS_TOTAL),
  NANOSECONDS(Metric.COMPONENT_NANOS, Metric.COMPONENT_NANOS_TOTAL),
  /** Ratios, rates and averages, times 1000; such a metric's name ends with {@code _milli}. */
  THOUSANDTHS(Metric.COMPONENT_LEVEL_MILLI, null);

  private final Metric gauge;
  private final @Nullable Metric counter;

  MetricUnit(Metric gauge, @Nullable Metric counter) {
    this.gauge = gauge;
    this.counter = counter;
  }

  /** The wire metric of this unit, or null when the unit has no counters. */
  @Nullable Metric wire(Metric.Kind kind) {
    return kind == Metric.Kind.GAUGE ? gauge : counter;
  }

  /** As a description writes it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
