// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.proc;

/** Reads the text of {@code /proc} files; every method is a pure function, -1 means not told. */
public final class ProcText {
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

  /** CPU time of a thread from its {@code schedstat}, in nanoseconds. */
  public static long schedNanos(String schedstat) {
    return number(schedstat, 0);
  }

  /** Time that a thread waited for a CPU, from its {@code schedstat}, in nanoseconds. */
  public static long schedWaitNanos(String schedstat) {
    int blank = schedstat.indexOf(' ');
    return blank < 0 ? -1 : number(schedstat, blank + 1);
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
