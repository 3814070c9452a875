// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.bench;

import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** Medians of repetitions, and how far they lie apart. */
final class Numbers {
  private Numbers() {}

  /** NaN when there are none. */
  static double median(Collection<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int half = sorted.size() / 2;
    if (sorted.isEmpty()) {
      return Double.NaN;
    }
    return sorted.size() % 2 == 1
        ? sorted.get(half)
        : (sorted.get(half - 1) + sorted.get(half)) / 2;
  }

  /** Lowest to highest. */
  static String spread(Collection<Double> values) {
    if (values.size() < 2) {
      return "n = " + values.size();
    }
    double low = values.stream().mapToDouble(Double::doubleValue).min().orElse(Double.NaN);
    double high = values.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN);
    return String.format(Locale.ROOT, "%.3f to %.3f, n = %d", low, high, values.size());
  }

  static Figure figure(String name, Collection<Double> values, String unit) {
    return new Figure(name, median(values), unit, spread(values));
  }
}
