// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.profile;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sizes as Spark's configuration writes them: a whole number with an optional unit, b, k, m, g, t
 * or p, each also with a b behind it, in powers of 1024, in either case.
 */
public final class SparkSize {
  private static final Pattern SIZE = Pattern.compile("(\\d{1,19})([a-z]{1,2})?");
  private static final Map<String, Integer> SHIFTS =
      Map.ofEntries(
          Map.entry("b", 0),
          Map.entry("k", 10),
          Map.entry("kb", 10),
          Map.entry("m", 20),
          Map.entry("mb", 20),
          Map.entry("g", 30),
          Map.entry("gb", 30),
          Map.entry("t", 40),
          Map.entry("tb", 40),
          Map.entry("p", 50),
          Map.entry("pb", 50));

  private SparkSize() {}

  /**
   * Whole MiB of a setting whose bare number means MiB, such as spark.executor.memory; parts of a
   * MiB are cut off, as Spark does.
   *
   * @param key named in the error
   * @throws IllegalArgumentException when the text is no size
   */
  public static long mebibytes(String key, String text) {
    return parse(key, text, 20) >> 20;
  }

  /**
   * Bytes of a setting whose bare number means bytes, such as spark.memory.offHeap.size.
   *
   * @param key named in the error
   * @throws IllegalArgumentException when the text is no size
   */
  public static long bytes(String key, String text) {
    return parse(key, text, 0);
  }

  /**
   * The shortest way to write this many bytes, rounded up to whole MiB: 6g, 6656m.
   *
   * @throws IllegalArgumentException when the size is negative
   */
  public static String format(long bytes) {
    if (bytes < 0) {
      throw new IllegalArgumentException("a size of " + bytes + " bytes is negative");
    }
    long mebibytes = (bytes >> 20) + ((bytes & 0xFFFFF) == 0 ? 0 : 1);
    return mebibytes > 0 && mebibytes % 1024 == 0 ? mebibytes / 1024 + "g" : mebibytes + "m";
  }

  private static long parse(String key, String text, int bareShift) {
    Matcher matcher = SIZE.matcher(text.strip().toLowerCase(Locale.ROOT));
    Integer shift = null;
    if (matcher.matches()) {
      String unit = matcher.group(2);
      shift = unit == null ? Integer.valueOf(bareShift) : SHIFTS.get(unit);
    }
    if (shift == null) {
      throw new IllegalArgumentException(
          key
              + " = '"
              + text
              + "' is no size; write a whole number with a unit, for example 6656m");
    }
    try {
      return Math.multiplyExact(Long.parseLong(matcher.group(1)), 1L << shift);
    } catch (ArithmeticException | NumberFormatException e) {
      throw new IllegalArgumentException(
          key + " = '" + text + "' is more than a process can have; write it smaller", e);
    }
  }
}
