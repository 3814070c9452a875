// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.proc;

/** Reads the text of {@code /proc} files; every method is a pure function, -1 means not told. */
public final class ProcText {
  /** User space sees clock ticks of 10 ms on every Linux architecture. */
  private static final long NANOS_PER_TICK = 10_000_000L;

  private static final int STAT_USER = 11;
  private static final int STAT_SYSTEM = 12;

  private ProcText() {}

  /** A line such as {@code VmRSS: 1234 kB} of {@code /proc/self/status}, in bytes. */
  public static long statusBytes(String status, String key) {
    int at = lineStart(status, key);
    if (at < 0) {
      return -1;
    }
    long kilobytes = number(status, at + key.length() + 1);
    return kilobytes < 0 ? -1 : kilobytes * 1024;
  }

  /** User CPU time of a {@code stat} file, in nanoseconds. */
  public static long userNanos(String stat) {
    return ticks(stat, STAT_USER);
  }

  /** System CPU time of a {@code stat} file, in nanoseconds. */
  public static long systemNanos(String stat) {
    return ticks(stat, STAT_SYSTEM);
  }

  /** CPU time of a thread from its {@code schedstat}, in nanoseconds. */
  public static long schedNanos(String schedstat) {
    return number(schedstat, 0);
  }

  /** The value behind {@code key} in a file of {@code key value} lines. */
  public static long keyed(String text, String key) {
    int at = lineStart(text, key);
    return at < 0 ? -1 : number(text, at + key.length());
  }

  /** The first whole number at or after {@code from} on the same line. */
  public static long number(String text, int from) {
    int at = from;
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at++;
    }
    long value = 0;
    int first = at;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      if (at - first >= 19) {
        return Long.MAX_VALUE;
      }
      long next = value * 10 + (text.charAt(at) - '0');
      if (next < value) {
        return Long.MAX_VALUE;
      }
      value = next;
      at++;
    }
    return at == first ? -1 : value;
  }

  private static long ticks(String stat, int fieldAfterName) {
    // The name may hold blanks and parentheses: fields are counted behind the last one.
    int at = stat.lastIndexOf(')');
    if (at < 0) {
      return -1;
    }
    at += 2;
    for (int field = 0; field < fieldAfterName; field++) {
      at = stat.indexOf(' ', at);
      if (at < 0) {
        return -1;
      }
      at++;
    }
    long ticks = number(stat, at);
    return ticks < 0 ? -1 : ticks * NANOS_PER_TICK;
  }

  private static int lineStart(String text, String key) {
    int at = 0;
    while (true) {
      if (text.startsWith(key, at)
          && at + key.length() < text.length()
          && !Character.isLetterOrDigit(text.charAt(at + key.length()))
          && text.charAt(at + key.length()) != '_') {
        return at;
      }
      at = text.indexOf('\n', at);
      if (at < 0) {
        return -1;
      }
      at++;
    }
  }
}
