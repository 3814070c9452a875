// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.signal;

import io.plimsoll.profile.GaugeProfile;
import io.plimsoll.profile.ProcessProfile;
import io.plimsoll.wire.Metric;
import io.plimsoll.wire.MetricKey;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one component told, by described metric and labels. An instance is {@code name{label=value,
 * ...}}. Times are in milliseconds; what was not told is not a number.
 */
final class ComponentValues {
  private static final double NANOS_PER_MILLI = 1e6;

  private final ProcessProfile process;
  private final double seconds;

  ComponentValues(ProcessProfile process) {
    this.process = process;
    this.seconds = process.observedMillis() / 1e3;
  }

  /** The mean over time, of the instance that has the highest. */
  double mean(String name) {
    return most(name, (gauge, scale) -> gauge.mean() * scale);
  }

  double max(String name) {
    return most(name, (gauge, scale) -> gauge.max() * scale);
  }

  double min(String name) {
    double lowest = Double.NaN;
    for (Map.Entry<MetricKey, GaugeProfile> entry : process.gauges().entrySet()) {
      if (name(entry.getKey()).equals(name)) {
        double value = entry.getValue().min() * scale(entry.getKey());
        lowest = Double.isNaN(lowest) ? value : Math.min(lowest, value);
      }
    }
    return lowest;
  }

  /** The highest mean of the instances that have this label. */
  double labelled(String name, String label, String value) {
    double most = Double.NaN;
    for (Map.Entry<String, Double> each : all(name).entrySet()) {
      if (label(each.getKey(), label).equals(value)) {
        most = Double.isNaN(most) ? each.getValue() : Math.max(most, each.getValue());
      }
    }
    return most;
  }

  /** Means over time of levels, growth of totals while they were observed, by labels. */
  Map<String, Double> all(String name) {
    Map<String, Double> found = new TreeMap<>();
    process
        .gauges()
        .forEach(
            (key, gauge) -> {
              if (name(key).equals(name)) {
                found.put(labels(key), gauge.mean() * scale(key));
              }
            });
    process
        .counters()
        .forEach(
            (key, any) -> {
              if (name(key).equals(name)) {
                found.put(labels(key), process.growth(key) * scale(key));
              }
            });
    return found;
  }

  /** Of exactly these labels. */
  double exact(String name, String labels) {
    return all(name).getOrDefault(labels, Double.NaN);
  }

  /** The growth of exactly these labels; -1 when it was not told. */
  double growth(String name, String labels) {
    return all(name).getOrDefault(labels, -1.0);
  }

  /** Growth of all instances together while they were observed. */
  double growth(String name) {
    double sum = Double.NaN;
    for (double each : all(name).values()) {
      sum = Double.isNaN(sum) ? each : sum + each;
    }
    return sum;
  }

  /** Growth of all instances together in a second. */
  double rate(String name) {
    return seconds > 0 ? growth(name) / seconds : Double.NaN;
  }

  /** The value of a label; empty when it is not there. */
  static String label(String labels, String label) {
    for (String pair : labels.split(",", -1)) {
      if (pair.startsWith(label + "=")) {
        return pair.substring(label.length() + 1);
      }
    }
    return "";
  }

  private interface Read {
    double of(GaugeProfile gauge, double scale);
  }

  private double most(String name, Read read) {
    double most = Double.NaN;
    for (Map.Entry<MetricKey, GaugeProfile> entry : process.gauges().entrySet()) {
      if (name(entry.getKey()).equals(name)) {
        double value = read.of(entry.getValue(), scale(entry.getKey()));
        most = Double.isNaN(most) ? value : Math.max(most, value);
      }
    }
    return most;
  }

  private static String name(MetricKey key) {
    int open = key.instance().indexOf('{');
    return open < 0 ? key.instance() : key.instance().substring(0, open);
  }

  private static String labels(MetricKey key) {
    String instance = key.instance();
    int open = instance.indexOf('{');
    return open < 0 || !instance.endsWith("}")
        ? ""
        : instance.substring(open + 1, instance.length() - 1);
  }

  private static double scale(MetricKey key) {
    Metric metric = key.metric();
    return metric == Metric.COMPONENT_NANOS || metric == Metric.COMPONENT_NANOS_TOTAL
        ? 1 / NANOS_PER_MILLI
        : 1;
  }
}
