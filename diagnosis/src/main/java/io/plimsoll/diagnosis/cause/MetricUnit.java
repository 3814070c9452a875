// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.cause;

import java.util.List;
import java.util.Locale;

/**
 * The unit of a metric, and the smallest change in it that is worth a word.
 *
 * @param name as it was given
 * @param floor smallest change that matters, in this unit; 0 where the unit is not known
 * @param isShare whether it is a share, percents included
 * @param whole the value of the whole in this unit, 1 or 100; 1 where it is no share
 */
public record MetricUnit(String name, double floor, boolean isShare, double whole) {
  /** The usual names of the units that have a floor. */
  public static final List<String> KNOWN =
      List.of(
          "ns",
          "us",
          "ms",
          "s",
          "min",
          "%",
          "ratio",
          "bytes",
          "KiB",
          "MiB",
          "GiB",
          "bytes/s",
          "cores",
          "millicores",
          "count",
          "1/s",
          "ops/s");

  /** Two milliseconds. */
  static final double SECONDS = 0.002;

  /** One percent of the whole. */
  static final double SHARE = 0.01;

  /** One mebibyte. */
  static final double BYTES = 1 << 20;

  /** 64 KiB per second. */
  static final double BYTES_PER_SECOND = 1 << 16;

  /** One twentieth of a core. */
  static final double CORES = 0.05;

  /** The unit of this name; an unknown one has no floor of its own. */
  public static MetricUnit of(String name) {
    return switch (name.trim().toLowerCase(Locale.ROOT)) {
      case "s", "sec", "seconds" -> time(name, 1);
      case "ms", "millis", "milliseconds" -> time(name, 1e3);
      case "us", "µs", "micros", "microseconds" -> time(name, 1e6);
      case "ns", "nanos", "nanoseconds" -> time(name, 1e9);
      case "min", "minutes" -> time(name, 1 / 60.0);
      case "%", "percent" -> new MetricUnit(name, 100 * SHARE, true, 100);
      case "ratio", "share" -> new MetricUnit(name, SHARE, true, 1);
      case "b", "byte", "bytes" -> plain(name, BYTES);
      case "kib" -> plain(name, BYTES / 1024);
      case "mib", "mi" -> plain(name, BYTES / (1 << 20));
      case "gib" -> plain(name, BYTES / (1L << 30));
      case "b/s", "bytes/s" -> plain(name, BYTES_PER_SECOND);
      case "cores" -> plain(name, CORES);
      case "millicores" -> plain(name, 1000 * CORES);
      case "1", "count", "1/s", "ops", "ops/s", "requests", "messages" -> plain(name, 1);
      default -> plain(name, 0);
    };
  }

  private static MetricUnit time(String name, double perSecond) {
    return plain(name, SECONDS * perSecond);
  }

  private static MetricUnit plain(String name, double floor) {
    return new MetricUnit(name, floor, false, 1);
  }
}
