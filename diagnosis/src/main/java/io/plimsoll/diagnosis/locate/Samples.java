// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.locate;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Values of one metric with their times, sorted by time; what is absent is left out. */
public final class Samples {
  /** None. */
  public static final Samples NONE = new Samples(new long[0], new double[0]);

  private final long[] millis;
  private final double[] values;

  private Samples(long[] millis, double[] values) {
    this.millis = millis;
    this.values = values;
  }

  /**
   * Of times in epoch milliseconds and their values, in any order; both arrays are copied. NaN and
   * infinite values are absent.
   */
  public static Samples of(long[] millis, double[] values) {
    if (millis.length != values.length) {
      throw new IllegalArgumentException("as many times as values");
    }
    if (isClean(millis, values)) {
      return new Samples(millis.clone(), values.clone());
    }
    int[] order =
        IntStream.range(0, values.length)
            .filter(i -> Double.isFinite(values[i]))
            .boxed()
            .sorted(
                (a, b) ->
                    millis[a] != millis[b]
                        ? Long.compare(millis[a], millis[b])
                        : Double.compare(values[a], values[b]))
            .mapToInt(Integer::intValue)
            .toArray();
    return new Samples(
        Arrays.stream(order).mapToLong(i -> millis[i]).toArray(),
        Arrays.stream(order).mapToDouble(i -> values[i]).toArray());
  }

  private static boolean isClean(long[] millis, double[] values) {
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i]) || (i > 0 && millis[i - 1] >= millis[i])) {
        return false;
      }
    }
    return true;
  }

  /** How many there are. */
  public int size() {
    return values.length;
  }

  double[] values() {
    return values.clone();
  }

  /** Those before a time. */
  Samples before(long end) {
    return range(0, firstAtOrAfter(end));
  }

  /** Those at or after a time. */
  Samples since(long begin) {
    return range(firstAtOrAfter(begin), values.length);
  }

  /**
   * The last few before a time, as many as lie within {@code most + 1} of their usual steps of it;
   * of a history that ended long before, none.
   */
  double[] lastBefore(long time, int most) {
    Samples earlier = before(time);
    Samples last = earlier.range(Math.max(0, earlier.size() - 2 * most), earlier.size());
    double[] steps = new double[Math.max(0, last.size() - 1)];
    for (int i = 0; i < steps.length; i++) {
      steps[i] = last.millis[i + 1] - last.millis[i];
    }
    Arrays.sort(steps);
    double step = steps.length == 0 ? 0 : steps[steps.length / 2];
    Samples near = last.since(time - Math.round(step * (most + 1)));
    return near.range(Math.max(0, near.size() - most), near.size()).values;
  }

  private Samples range(int from, int to) {
    return new Samples(Arrays.copyOfRange(millis, from, to), Arrays.copyOfRange(values, from, to));
  }

  private int firstAtOrAfter(long time) {
    int low = 0;
    int high = millis.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (millis[middle] < time) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
