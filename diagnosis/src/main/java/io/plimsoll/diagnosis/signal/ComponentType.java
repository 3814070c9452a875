// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.signal;

/** What kinds of components the link has. */
public enum ComponentType {
  RUN("run", "run"),
  DRIVER("driver", "driver"),
  /** All executors of a run together. */
  EXECUTORS("executors", "executors"),
  EXECUTOR("executor", "executors"),
  JOB("job", "jobs"),
  STAGE("stage", "stages"),
  QUERY("query", "queries"),
  /** One operator of a query's plan. */
  PLAN_NODE("plan", "plan nodes"),
  JOB_MANAGER("jobmanager", "JobManager"),
  TASK_MANAGER("taskmanager", "TaskManagers"),
  /** An operator, or a chain of them, of a Flink job. */
  VERTEX("vertex", "operators"),
  SUBTASK("subtask", "subtasks"),
  KAFKA_BROKER("kafka-broker", "Kafka brokers"),
  KAFKA_TOPIC("kafka-topic", "Kafka topics"),
  NAMENODE("namenode", "NameNodes"),
  DATANODE("datanode", "DataNodes"),
  RESOURCE_MANAGER("resourcemanager", "ResourceManagers"),
  NODE_MANAGER("nodemanager", "NodeManagers"),
  QUEUE("queue", "queues"),
  METASTORE("metastore", "metastores"),
  POD("pod", "pods"),
  HOST("host", "hosts"),
  /** The recurring thing that a run is one of. */
  WORKFLOW("workflow", "workflow");

  private final String word;
  private final String plural;

  ComponentType(String word, String plural) {
    this.word = word;
    this.plural = plural;
  }

  /** The word before the colon of a component's text. */
  public String word() {
    return word;
  }

  /** All of them together, in words. */
  public String plural() {
    return plural;
  }

  /** Whether there is one of them in a run, which needs no name. */
  public boolean single() {
    return this == RUN
        || this == DRIVER
        || this == EXECUTORS
        || this == JOB_MANAGER
        || this == WORKFLOW;
  }
}
