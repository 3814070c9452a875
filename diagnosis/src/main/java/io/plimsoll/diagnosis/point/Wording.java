// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.point;

import java.util.Locale;

/** Numbers in sentences. */
final class Wording {
  private Wording() {}

  static String percent(double share) {
    return String.format(Locale.ROOT, share < 0.1 ? "%.1f %%" : "%.0f %%", share * 100);
  }

  static String size(double bytes) {
    if (bytes >= 1L << 30) {
      return String.format(Locale.ROOT, "%.1f GiB", bytes / (1L << 30));
    }
    return bytes >= 1L << 20
        ? String.format(Locale.ROOT, "%.0f MiB", bytes / (1L << 20))
        : String.format(Locale.ROOT, "%.0f bytes", bytes);
  }

  static String seconds(long millis) {
    return String.format(Locale.ROOT, "%.1f s", millis / 1e3);
  }

  static String factor(double ratio) {
    return String.format(Locale.ROOT, ratio < 1 ? "%.2g times" : "%.1f times", ratio);
  }

  /** An amount with its unit, as a person would write it. */
  static String amount(double value, String unit) {
    if (value == Double.MAX_VALUE) {
      return "none";
    }
    return switch (unit) {
      case "share" -> percent(value);
      case "ratio" -> factor(value);
      case "bytes" -> size(value);
      case "ms" -> seconds((long) value);
      case "count" -> number(value);
      default -> number(value) + " " + unit;
    };
  }

  /** With a capital letter at the beginning. */
  static String sentence(String words) {
    return words.isEmpty()
        ? words
        : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? String.format(Locale.ROOT, "%.0f", value)
        : String.format(Locale.ROOT, "%.3g", value);
  }
}
