// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.signal;

/** Who fills a metric. */
public enum Origin {
  DRIVER_EVENTS("The agent in the driver, or Spark's event log,"),
  SQL_EVENTS("The SQL events of the agent in the driver, or of Spark's event log,"),
  EXECUTOR_METRICS("Spark's executor metrics (spark.eventLog.logStageExecutorMetrics)"),
  AGENT("The agent in the process"),
  FLINK_REST("Polling Flink's REST API"),
  KAFKA_READER("The reader of Kafka brokers"),
  HDFS_READER("The reader of HDFS daemons"),
  YARN_READER("The readers of YARN"),
  KUBERNETES_READER("The reader of the Kubernetes API"),
  METASTORE_READER("The reader of Hive metastores"),
  HISTORY("Earlier runs of the same job (at least five)"),
  /** No source of Plimsoll's fills it yet. */
  NOBODY("A source that Plimsoll does not have yet");

  private final String words;

  Origin(String words) {
    this.words = words;
  }

  /** The beginning of a sentence that ends in "would supply it". */
  public String words() {
    return words;
  }

  /** Whether a source exists. */
  public boolean isLive() {
    return this != NOBODY;
  }
}
