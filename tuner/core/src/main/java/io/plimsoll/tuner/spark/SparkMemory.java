// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.tuner.spark;

import java.util.Map;

/**
 * How Spark divides a heap (UnifiedMemoryManager, Spark 3.5 and 4.x). Sizes in bytes.
 *
 * <p>300 MiB are reserved; of the rest spark.memory.fraction is managed memory, shared by cached
 * blocks and by execution, which spills when it gets no more. Below one and a half times the
 * reserve neither a driver nor an executor starts.
 */
public final class SparkMemory {
  /** What Spark sets aside of every heap. */
  public static final long RESERVED_BYTES = 300L << 20;

  /** The smallest heap with which a driver or an executor starts. */
  public static final long LEAST_HEAP_BYTES = 450L << 20;

  private static final double DEFAULT_FRACTION = 0.6;

  private SparkMemory() {}

  /**
   * What this configuration lets Spark manage of a heap of this size; 0 when the heap is too small.
   */
  public static long managedBytes(long heapBytes, Map<String, String> config) {
    return (long) (Math.max(0, heapBytes - RESERVED_BYTES) * fraction(config));
  }

  private static double fraction(Map<String, String> config) {
    String text = config.getOrDefault("spark.memory.fraction", "").strip();
    if (!text.matches("0?\\.\\d{1,9}")) {
      return DEFAULT_FRACTION;
    }
    double fraction = Double.parseDouble(text);
    return fraction > 0 ? fraction : DEFAULT_FRACTION;
  }
}
