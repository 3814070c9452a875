// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent;

/** Reads durations, sizes, counts and shares out of agent options. */
final class OptionValue {
  private static final long SHORTEST_MILLIS = 100;
  private static final long LONGEST_MILLIS = 3_600_000;
  private static final long SMALLEST_BYTES = 64 << 10;
  private static final long LARGEST_BYTES = 1L << 40;
  private static final int MOST_DIGITS = 9;

  private OptionValue() {}

  static long millis(String key, String text) throws OptionException {
    String unit = unit(text);
    long scale;
    switch (unit) {
      case "ms":
        scale = 1;
        break;
      case "s":
        scale = 1_000;
        break;
      case "m":
        scale = 60_000;
        break;
      default:
        scale = -1;
        break;
    }
    String digits = text.substring(0, text.length() - unit.length());
    if (scale < 0 || digits.isEmpty() || digits.length() > MOST_DIGITS) {
      throw wrong(key, text, "is not a duration such as 1s or 500ms");
    }
    long millis = Long.parseLong(digits) * scale;
    if (millis < SHORTEST_MILLIS || millis > LONGEST_MILLIS) {
      throw wrong(key, text, "is not between 100ms and 60m");
    }
    return millis;
  }

  static long bytes(String key, String text) throws OptionException {
    String unit = unit(text);
    int shift = "bkmg".indexOf(unit.isEmpty() ? "b" : unit) * 10;
    String digits = text.substring(0, text.length() - unit.length());
    if (shift < 0 || unit.length() > 1 || digits.isEmpty() || digits.length() > MOST_DIGITS) {
      throw wrong(key, text, "is not a size such as 64m");
    }
    long bytes = Long.parseLong(digits) << shift;
    if (bytes < SMALLEST_BYTES || bytes > LARGEST_BYTES) {
      throw wrong(key, text, "is not between 64k and 1024g");
    }
    return bytes;
  }

  static int count(String key, String text, int least, int most) throws OptionException {
    boolean isNumber = !text.isEmpty() && text.length() <= MOST_DIGITS && isDigits(text);
    int number = isNumber ? Integer.parseInt(text) : -1;
    if (!isNumber || number < least || number > most) {
      throw wrong(key, text, "is not a number from " + least + " to " + most);
    }
    return number;
  }

  /** The share that stands behind a percentage such as 0.5%. */
  static double share(String key, String text) throws OptionException {
    String number = text.endsWith("%") ? text.substring(0, text.length() - 1) : "";
    boolean isNumber = number.matches("[0-9]{1,3}([.][0-9]{1,6})?");
    double percent = isNumber ? Double.parseDouble(number) : 0;
    if (percent <= 0 || percent > 100) {
      throw wrong(key, text, "is not a share of one core such as 0.5%");
    }
    return percent / 100;
  }

  /** Without a regular expression, which would take the host's time at its start. */
  static boolean isDigits(String text) {
    return unit(text).isEmpty();
  }

  private static String unit(String text) {
    int at = 0;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    return text.substring(at);
  }

  private static OptionException wrong(String key, String text, String what) {
    return new OptionException("agent option " + key + "=" + text + " " + what + AgentOptions.IDLE);
  }
}
