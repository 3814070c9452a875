// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.spark;

import io.plimsoll.wire.EventNumber;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The values of one line in the order in which they stand. After a field's name or the step to an
 * element there is a value: it is entered, taken or passed over by one call. A value of another
 * kind than asked for is absent. Every method throws where the line is not JSON. Not thread-safe.
 */
abstract class JsonValues {
  /** Longer texts are no whole numbers. */
  private static final int LONGEST_NUMBER = 19;

  /** The next field's name, or null at the object's end. */
  abstract @Nullable String nextField() throws IOException;

  /** Goes to the array's next element; false at its end. */
  abstract boolean nextElement() throws IOException;

  /** Enters the object here; anything else is passed over. */
  abstract boolean isObject() throws IOException;

  /** Enters the array here; anything else is passed over. */
  abstract boolean isArray() throws IOException;

  /** Whether a null stands here, which need not be passed over. */
  abstract boolean isNull() throws IOException;

  abstract boolean isTrue() throws IOException;

  /** The whole number here, also one that stands in quotes. */
  abstract long number(long absent) throws IOException;

  /** The text of the scalar here; empty for anything else. */
  abstract String text() throws IOException;

  /** Passes over the value here. */
  abstract void skip() throws IOException;

  /** Makes sure that the outermost object has ended and nothing follows it. */
  abstract void end() throws IOException;

  /** Puts the number here, if it is one. */
  final void put(EventNumber field, Draft into) throws IOException {
    long value = number(Long.MIN_VALUE);
    if (value != Long.MIN_VALUE) {
      into.put(field, value);
    }
  }

  /** Puts the numbers of the object here that the table names. */
  final void putAll(Map<String, EventNumber> fields, Draft into) throws IOException {
    if (!isObject()) {
      return;
    }
    for (String name = nextField(); name != null; name = nextField()) {
      EventNumber field = fields.get(name);
      if (field == null) {
        skip();
      } else {
        put(field, into);
      }
    }
  }

  /** The whole numbers of the array here, comma separated. */
  final String joinedNumbers() throws IOException {
    StringBuilder joined = new StringBuilder();
    if (isArray()) {
      while (nextElement()) {
        long value = number(Long.MIN_VALUE);
        if (value != Long.MIN_VALUE) {
          joined.append(joined.length() == 0 ? "" : ",").append(value);
        }
      }
    }
    return joined.toString();
  }

  /** Whether a text of this length may be a whole number. */
  static boolean mayBeNumber(int length) {
    return length > 0 && length <= LONGEST_NUMBER;
  }

  /** The whole number that the text is. */
  static long quotedNumber(String text, long absent) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException other) {
      return absent;
    }
  }
}
