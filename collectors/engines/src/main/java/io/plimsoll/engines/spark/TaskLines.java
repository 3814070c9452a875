// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.spark;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Thins the lines of tasks, which are nearly all of a log: their accumulables and the peaks of
 * their executor are checked to be well-formed and left out before the parser sees the rest. Used
 * again for each line. Not thread-safe.
 */
final class TaskLines {
  private static final byte[] ENDED = ascii("{\"Event\":\"SparkListenerTaskEnd\",");
  private static final byte[] STARTED = ascii("{\"Event\":\"SparkListenerTaskStart\",");
  private static final byte[] ACCUMULABLES = ascii(",\"Accumulables\":[");
  private static final byte[] PEAKS = ascii("},\"Task Executor Metrics\":{");

  private byte[] thinned = new byte[8_192];
  private int length;

  /** Whether this is a well-formed line of a task's start, which nothing is wanted of. */
  static boolean isStarted(byte[] buffer, int start, int end) {
    return PlainJson.isAt(buffer, start, end, STARTED)
        && PlainJson.skipValue(buffer, start, end) == end;
  }

  /** Takes a line that can be thinned; false for any other. */
  boolean thin(byte[] buffer, int start, int end) {
    if (!PlainJson.isAt(buffer, start, end, ENDED)) {
      return false;
    }
    // In a text a quote has a backslash before it: these bytes are a name wherever they stand.
    int at = find(buffer, start + ENDED.length, end);
    int after = at < 0 ? -1 : PlainJson.skipValue(buffer, at + ACCUMULABLES.length - 1, end);
    if (after < 0) {
      return false;
    }
    length = 0;
    keep(buffer, start, at);
    if (PlainJson.isAt(buffer, after, end, PEAKS)) {
      int afterPeaks = PlainJson.skipValue(buffer, after + PEAKS.length - 1, end);
      if (afterPeaks < 0) {
        return false;
      }
      keep(buffer, after, after + 1);
      after = afterPeaks;
    }
    keep(buffer, after, end);
    return true;
  }

  /** Holds the thinned line from its first byte on. */
  byte[] thinned() {
    return thinned;
  }

  int length() {
    return length;
  }

  private void keep(byte[] buffer, int from, int to) {
    int needed = length + to - from;
    if (thinned.length < needed) {
      thinned = Arrays.copyOf(thinned, Math.max(needed, 2 * thinned.length));
    }
    System.arraycopy(buffer, from, thinned, length, to - from);
    length = needed;
  }

  private static int find(byte[] buffer, int from, int end) {
    int last = end - ACCUMULABLES.length;
    for (int at = from; at <= last; at++) {
      if (buffer[at + 2] == 'A' && PlainJson.isAt(buffer, at, end, ACCUMULABLES)) {
        return endsValue(buffer[at - 1]) ? at : -1;
      }
    }
    return -1;
  }

  private static boolean endsValue(byte last) {
    return last != ',' && last != ':' && last != '{' && last != '[';
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
