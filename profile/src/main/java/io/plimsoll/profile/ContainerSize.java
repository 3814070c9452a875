// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.profile;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a resource manager charges for one Spark process, by Spark's own arithmetic (ResourceProfile
 * and YARN's container formula).
 *
 * @param heapBytes spark.{executor,driver}.memory
 * @param overheadBytes explicit overhead, else max(factor × heap, minimum)
 * @param offHeapBytes spark.memory.offHeap.size when enabled
 * @param pysparkBytes spark.executor.pyspark.memory when set
 */
public record ContainerSize(
    long heapBytes, long overheadBytes, long offHeapBytes, long pysparkBytes) {
  private static final double DEFAULT_FACTOR = 0.1;
  private static final String OFF_HEAP_SIZE = "spark.memory.offHeap.size";
  private static final String PYSPARK_MEMORY = "spark.executor.pyspark.memory";

  /** Heap + overhead + off-heap + Python. */
  public long totalBytes() {
    return heapBytes + overheadBytes + offHeapBytes + pysparkBytes;
  }

  /**
   * An executor's container under this configuration; what is not set is Spark's default.
   *
   * @throws IllegalArgumentException naming the key and the text when a value is no size or factor
   */
  public static ContainerSize executor(Map<String, String> config) {
    boolean offHeap =
        Boolean.parseBoolean(config.getOrDefault("spark.memory.offHeap.enabled", "false").strip());
    long offHeapBytes =
        offHeap ? SparkSize.bytes(OFF_HEAP_SIZE, config.getOrDefault(OFF_HEAP_SIZE, "0")) : 0;
    String python = config.get(PYSPARK_MEMORY);
    return new ContainerSize(
        heapMebibytes(config, "executor") << 20,
        overheadMebibytes(config, "executor") << 20,
        offHeapBytes >> 20 << 20,
        python == null ? 0 : SparkSize.mebibytes(PYSPARK_MEMORY, python) << 20);
  }

  /**
   * The driver's container under this configuration, as in cluster mode; Spark charges no off-heap
   * or Python memory for it.
   *
   * @throws IllegalArgumentException naming the key and the text when a value is no size or factor
   */
  public static ContainerSize driver(Map<String, String> config) {
    return new ContainerSize(
        heapMebibytes(config, "driver") << 20, overheadMebibytes(config, "driver") << 20, 0, 0);
  }

  private static long heapMebibytes(Map<String, String> config, String role) {
    String key = "spark." + role + ".memory";
    return SparkSize.mebibytes(key, config.getOrDefault(key, "1g"));
  }

  private static long overheadMebibytes(Map<String, String> config, String role) {
    String key = "spark." + role + ".memoryOverhead";
    String explicit = config.get(key);
    if (explicit != null) {
      return SparkSize.mebibytes(key, explicit);
    }
    String minimumKey = "spark." + role + ".minMemoryOverhead";
    long minimum = SparkSize.mebibytes(minimumKey, config.getOrDefault(minimumKey, "384m"));
    double factor = factor(key + "Factor", config);
    return Math.max((long) (factor * heapMebibytes(config, role)), minimum);
  }

  private static double factor(String key, Map<String, String> config) {
    String text = config.get(key);
    if (text == null) {
      return DEFAULT_FACTOR;
    }
    try {
      double factor = Double.parseDouble(text.strip());
      if (factor > 0 && factor < Double.POSITIVE_INFINITY) {
        return factor;
      }
    } catch (NumberFormatException e) {
      throw noFactor(key, text, e);
    }
    throw noFactor(key, text, null);
  }

  private static IllegalArgumentException noFactor(
      String key, String text, @Nullable Throwable cause) {
    return new IllegalArgumentException(
        key + " = '" + text + "' is no factor; write a number above 0, for example 0.1", cause);
  }
}
