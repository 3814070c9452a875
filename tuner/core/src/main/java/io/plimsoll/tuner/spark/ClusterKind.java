// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.tuner.spark;

import java.util.Map;

/** What decides the number of a Spark application's executors. */
public enum ClusterKind {
  /** spark.cores.max, divided by spark.executor.cores. */
  STANDALONE,
  /** spark.executor.instances. */
  YARN,
  /** spark.executor.instances. */
  KUBERNETES,
  /** Tasks run inside the driver: there is no executor to size. */
  LOCAL,
  /** A master of another kind, or none told. */
  UNKNOWN;

  /** The kind that spark.master names. */
  public static ClusterKind of(Map<String, String> config) {
    String master = config.getOrDefault("spark.master", "").strip();
    if (master.startsWith("spark://") || master.startsWith("local-cluster")) {
      return STANDALONE;
    }
    if (master.startsWith("yarn")) {
      return YARN;
    }
    if (master.startsWith("k8s://")) {
      return KUBERNETES;
    }
    return master.startsWith("local") ? LOCAL : UNKNOWN;
  }

  /** The key that sets how many executors there are. */
  public String executorCountKey() {
    return this == STANDALONE ? "spark.cores.max" : "spark.executor.instances";
  }
}
