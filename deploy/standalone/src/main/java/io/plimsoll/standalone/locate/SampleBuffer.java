// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.locate;

import io.plimsoll.diagnosis.locate.Samples;
import java.util.Arrays;

/** Samples while they are read. */
final class SampleBuffer {
  /** As many as one series may have, so that memory stays bounded. */
  static final int MOST = 1_000_000;

  private long[] millis = new long[64];
  private double[] values = new double[64];
  private int count;

  /** Whether there was room. */
  boolean add(long time, double value) {
    if (count == MOST) {
      return false;
    }
    if (count == values.length) {
      millis = Arrays.copyOf(millis, Math.min(MOST, 2 * count));
      values = Arrays.copyOf(values, Math.min(MOST, 2 * count));
    }
    millis[count] = time;
    values[count++] = value;
    return true;
  }

  Samples samples() {
    return Samples.of(Arrays.copyOf(millis, count), Arrays.copyOf(values, count));
  }
}
