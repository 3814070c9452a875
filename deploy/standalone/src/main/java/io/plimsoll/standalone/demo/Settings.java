// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.demo;

import io.plimsoll.tuner.recommendation.Change;
import io.plimsoll.tuner.recommendation.Recommendation;
import java.util.Map;
import java.util.TreeMap;

/** Spark settings of the demo's runs. */
public final class Settings {
  /** Memory of one Worker, which is one node of the demo's cluster. */
  public static final long NODE_MIB = 8192;

  /** Workers of the demo's cluster, each with one core. */
  public static final int WORKERS = 2;

  /** The JVM option that pins the collector in every run. */
  static final String COLLECTOR = "-XX:+UseG1GC";

  private static final double VENDOR_SHARE = 0.9;
  private static final double OVERHEAD_FACTOR = 0.1;

  private Settings() {}

  /**
   * The sizing of the first run: one executor per node that takes 90 % of the node's memory, the
   * rest left to the system, as Amazon EMR's guide to Spark memory sizes executors; split into heap
   * and Spark's own 10 % overhead.
   */
  public static Map<String, String> vendorRule() {
    long container = (long) (NODE_MIB * VENDOR_SHARE);
    long heap = (long) (container / (1 + OVERHEAD_FACTOR));
    return sized(heap, container - heap, 1, WORKERS);
  }

  /** Executors of this size; {@code coresMax} decides how many standalone Spark starts. */
  public static Map<String, String> sized(
      long heapMib, long overheadMib, int coresPerExecutor, int coresMax) {
    Map<String, String> settings = new TreeMap<>();
    settings.put("spark.executor.memory", heapMib + "m");
    settings.put("spark.executor.memoryOverhead", overheadMib + "m");
    settings.put("spark.executor.cores", Integer.toString(coresPerExecutor));
    settings.put("spark.cores.max", Integer.toString(coresMax));
    return settings;
  }

  /** The settings with the recommendation's changes in place of the old values. */
  public static Map<String, String> advised(
      Map<String, String> settings, Recommendation recommendation) {
    Map<String, String> advised = new TreeMap<>(settings);
    for (Change change : recommendation.changes()) {
      advised.put(change.key(), change.to());
    }
    return advised;
  }
}
