// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.bench.planted;

import java.util.HashMap;
import java.util.Map;

/**
 * On what a planted application runs.
 *
 * @param executors how many, each on a Worker of its own
 * @param cores of each executor
 * @param executorMiB heap of each executor
 * @param driverMiB heap of the driver
 * @param conf settings beside those
 */
record Layout(int executors, int cores, int executorMiB, int driverMiB, Map<String, String> conf) {
  Layout {
    conf = Map.copyOf(conf);
  }

  static Layout of(int executors, int cores, int executorMiB) {
    return new Layout(executors, cores, executorMiB, 1024, Map.of());
  }

  Layout driver(int mebibytes) {
    return new Layout(executors, cores, executorMiB, mebibytes, conf);
  }

  Layout with(String key, String value) {
    Map<String, String> more = new HashMap<>(conf);
    more.put(key, value);
    return new Layout(executors, cores, executorMiB, driverMiB, more);
  }

  Map<String, String> settings() {
    Map<String, String> all = new HashMap<>(conf);
    all.put("spark.executor.memory", executorMiB + "m");
    all.put("spark.executor.cores", Integer.toString(cores));
    all.put("spark.cores.max", Integer.toString(executors * cores));
    return all;
  }
}
