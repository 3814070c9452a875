// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.wire;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The text form of accumulator values by id: {@code 12=345,13=-4}, ids rising. */
public final class Accumulators {
  /** More values than this are not written in one text. */
  public static final int MOST = 2_000;

  private Accumulators() {}

  /** The first {@link #MOST} values as text; empty for none. */
  public static String encode(SortedMap<Long, Long> values) {
    StringBuilder text = new StringBuilder();
    int written = 0;
    for (Map.Entry<Long, Long> value : values.entrySet()) {
      if (written++ == MOST) {
        break;
      }
      text.append(text.length() == 0 ? "" : ",");
      text.append(value.getKey().longValue()).append('=').append(value.getValue().longValue());
    }
    return text.toString();
  }

  /** Reads them back; a pair that is not of two numbers is passed over. */
  public static SortedMap<Long, Long> parse(String text) {
    SortedMap<Long, Long> values = new TreeMap<>();
    int start = 0;
    while (start < text.length()) {
      int comma = text.indexOf(',', start);
      int end = comma < 0 ? text.length() : comma;
      int equals = text.indexOf('=', start);
      if (equals > start && equals < end) {
        put(values, text.substring(start, equals), text.substring(equals + 1, end));
      }
      start = end + 1;
    }
    return values;
  }

  private static void put(SortedMap<Long, Long> values, String id, String value) {
    try {
      values.put(Long.valueOf(id), Long.valueOf(value));
    } catch (NumberFormatException notOurs) {
      // A later version may write pairs that this one does not know.
      return;
    }
  }
}
