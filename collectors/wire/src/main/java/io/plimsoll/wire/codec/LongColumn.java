// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.wire.codec;

import java.util.Arrays;

/** A growing column of longs: grows only with the values that really came. */
final class LongColumn {
  private static final long[] NONE = {};

  private long[] values = NONE;
  private int size;

  void add(long value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, size < 4 ? 8 : size * 2);
    }
    values[size++] = value;
  }

  int size() {
    return size;
  }

  long at(int index) {
    return values[index];
  }

  /** Whether every value is this one; true of an empty column. */
  boolean isOnly(long value) {
    for (int i = 0; i < size; i++) {
      if (values[i] != value) {
        return false;
      }
    }
    return true;
  }

  /** A column of the one value that stands in all rows; this one where they differ. */
  LongColumn shortened() {
    if (size < 2 || !isOnly(values[0])) {
      return this;
    }
    LongColumn once = new LongColumn();
    once.add(values[0]);
    return once;
  }
}
