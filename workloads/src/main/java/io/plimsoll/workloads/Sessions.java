// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.workloads;

import org.apache.spark.sql.SparkSession;

/** Opens Spark sessions: on the master that was submitted to, else on two threads of this JVM. */
final class Sessions {
  private Sessions() {}

  static SparkSession open(String name) {
    SparkSession.Builder builder =
        SparkSession.builder()
            .appName(name)
            .config("spark.sql.session.timeZone", "UTC")
            .config("spark.sql.datetime.java8API.enabled", "true");
    if (System.getProperty("spark.master") == null) {
      builder.master("local[2]").config("spark.driver.host", "127.0.0.1");
      builder.config("spark.driver.bindAddress", "127.0.0.1");
    }
    return builder.getOrCreate();
  }
}
