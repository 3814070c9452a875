// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.terminal;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Numbers with their units, short enough for a line. */
public final class Amount {
  private static final double KIB = 1024;
  private static final String[] UNITS = {"bytes", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** Where a year has four digits. */
  private static final long LATEST_MILLIS = 253_402_300_800_000L;

  private Amount() {}

  /** Bytes in the unit that keeps them short. */
  public static String bytes(double bytes) {
    double value = bytes;
    int unit = 0;
    while (Math.abs(value) >= KIB && unit < UNITS.length - 1) {
      value /= KIB;
      unit++;
    }
    return (unit == 0 ? String.format(Locale.ROOT, "%.0f", value) : number(value))
        + " "
        + UNITS[unit];
  }

  /** A duration in milliseconds: 820 ms, 12.3 s, 4 min 05 s, 3 h 12 min, 2 d 3 h. */
  public static String time(double millis) {
    double absolute = Math.abs(millis);
    String sign = millis < 0 ? "-" : "";
    if (absolute < 1_000) {
      return sign + Math.round(absolute) + " ms";
    }
    if (absolute < 60_000) {
      return String.format(Locale.ROOT, "%s%.1f s", sign, absolute / 1e3);
    }
    long seconds = Math.round(absolute / 1e3);
    if (seconds < 3_600) {
      return String.format(Locale.ROOT, "%s%d min %02d s", sign, seconds / 60, seconds % 60);
    }
    long minutes = seconds / 60;
    if (minutes < 48 * 60) {
      return String.format(Locale.ROOT, "%s%d h %02d min", sign, minutes / 60, minutes % 60);
    }
    return String.format(Locale.ROOT, "%s%d d %d h", sign, minutes / 1_440, minutes % 1_440 / 60);
  }

  /** A share as percent. */
  public static String percent(double share) {
    double percent = share * 100;
    return String.format(
        Locale.ROOT, Math.abs(percent) < 9.95 && percent != 0 ? "%.1f %%" : "%.0f %%", percent);
  }

  /** Three significant digits, never in scientific notation. */
  public static String number(double value) {
    double absolute = Math.abs(value);
    if (absolute >= 99.95 || value == Math.rint(value)) {
      return String.format(Locale.ROOT, "%,.0f", value);
    }
    if (absolute < 0.00005) {
      return value < 0 ? ">-0.0001" : "<0.0001";
    }
    return String.format(
        Locale.ROOT, absolute >= 9.995 ? "%.1f" : absolute >= 0.9995 ? "%.2f" : "%.4f", value);
  }

  /** A whole number with thousands parted. */
  public static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** {@code 1 task}, {@code 2 tasks}. */
  public static String counted(long value, String singular) {
    return count(value) + " " + singular + (value == 1 ? "" : "s");
  }

  /** Date and minute in UTC. */
  public static String moment(long epochMillis) {
    return epochMillis < 0 || epochMillis >= LATEST_MILLIS
        ? "at an unknown time"
        : MINUTE.format(Instant.ofEpochMilli(epochMillis));
  }

  /** The value of an evidence in its own unit, as a person writes it. */
  public static String of(double value, String unit) {
    return switch (unit) {
      case "bytes" -> bytes(value);
      case "ms" -> time(value);
      case "ns" -> time(value / 1e6);
      case "core·ms" -> number(value / 3.6e6) + " core·h";
      case "byte·ms" -> number(value / 3.6e6 / (1L << 30)) + " GiB·h";
      case "MiB·ms" -> number(value / 3.6e6 / 1024) + " GiB·h";
      case "share" -> percent(value);
      case "ratio" -> value <= 1 ? percent(value) : number(value) + " times";
      case "count", "" -> number(value);
      default -> number(value) + " " + unit;
    };
  }
}
