// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.graph;

import static io.plimsoll.diagnosis.graph.Family.AVAILABILITY;
import static io.plimsoll.diagnosis.graph.Family.BACKLOG;
import static io.plimsoll.diagnosis.graph.Family.CPU;
import static io.plimsoll.diagnosis.graph.Family.DISK;
import static io.plimsoll.diagnosis.graph.Family.ERROR;
import static io.plimsoll.diagnosis.graph.Family.MEMORY;
import static io.plimsoll.diagnosis.graph.Family.NETWORK;
import static io.plimsoll.diagnosis.graph.Family.SKEW;
import static io.plimsoll.diagnosis.graph.Family.THROUGHPUT;
import static io.plimsoll.diagnosis.graph.Family.TIME;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The kind of a component: whether its like can be compared with each other, and which families of
 * symptoms should have reported for a full picture.
 */
public enum ComponentType {
  COMPONENT("any", false, EnumSet.noneOf(Family.class), "links of DEPENDS_ON"),
  SERVICE("any", false, EnumSet.of(TIME, CPU), "DEPENDS_ON its callees, RUNS_ON its host"),
  DATABASE("any", false, EnumSet.of(TIME, CPU, DISK), "RUNS_ON its host"),
  CLIENT("any", false, EnumSet.of(TIME), "DEPENDS_ON what it calls"),
  VIEW("any", false, EnumSet.noneOf(Family.class), "VIEW_OF its owner"),
  APPLICATION(
      "Spark",
      false,
      EnumSet.of(TIME, ERROR),
      "CONTAINS its jobs, COORDINATED_BY driver and queue"),
  JOB("Spark, Flink", false, EnumSet.of(TIME, ERROR), "CONTAINS its stages or operators"),
  SQL_NODE("Spark", false, EnumSet.of(TIME), "CONTAINS its stages"),
  STAGE("Spark", false, EnumSet.of(TIME, ERROR), "CONTAINS its tasks, SHUFFLES_FROM executors"),
  TASK(
      "Spark",
      true,
      EnumSet.of(TIME, SKEW),
      "RUNS_ON its executor, READS_FROM partitions and blocks, WRITES_TO its sink"),
  EXECUTOR(
      "Spark",
      true,
      EnumSet.of(CPU, MEMORY),
      "RUNS_ON its host, LOADED_BY its tasks, COORDINATED_BY the driver"),
  DRIVER("Spark", false, EnumSet.of(CPU, MEMORY), "RUNS_ON its host"),
  SHUFFLE_SERVICE("Spark, YARN", true, EnumSet.of(TIME, DISK), "RUNS_ON its host"),
  OPERATOR(
      "Flink",
      false,
      EnumSet.of(BACKLOG, THROUGHPUT),
      "CONTAINS its subtasks, BACKPRESSURED_BY downstream, STARVED_BY upstream"),
  SUBTASK("Flink", true, EnumSet.of(BACKLOG, THROUGHPUT), "RUNS_ON its TaskManager"),
  TASK_MANAGER(
      "Flink",
      true,
      EnumSet.of(CPU, MEMORY),
      "RUNS_ON its host, LOADED_BY its subtasks, COORDINATED_BY the JobManager"),
  JOB_MANAGER("Flink", false, EnumSet.of(CPU, MEMORY), "RUNS_ON its host"),
  STATE_STORE("Flink", false, EnumSet.of(TIME, ERROR), "what operators CHECKPOINT_TO"),
  BROKER("Kafka", true, EnumSet.of(TIME, CPU, DISK), "RUNS_ON its host"),
  TOPIC("Kafka", false, EnumSet.of(THROUGHPUT), "CONTAINS its partitions"),
  PARTITION("Kafka", true, EnumSet.of(BACKLOG, THROUGHPUT), "RUNS_ON its leader"),
  PRODUCER("Kafka", false, EnumSet.of(TIME), "WRITES_TO partitions"),
  CONSUMER_GROUP("Kafka", false, EnumSet.of(BACKLOG), "READS_FROM partitions"),
  NAME_NODE("HDFS", false, EnumSet.of(TIME, MEMORY), "RUNS_ON its host"),
  DATA_NODE("HDFS", true, EnumSet.of(TIME, DISK), "RUNS_ON its host"),
  BLOCK("HDFS", false, EnumSet.of(TIME), "RUNS_ON its DataNodes"),
  METASTORE("Hive", false, EnumSet.of(TIME, ERROR), "RUNS_ON its host, DEPENDS_ON its database"),
  RESOURCE_MANAGER("YARN", false, EnumSet.of(BACKLOG, MEMORY), "RUNS_ON its host"),
  NODE_MANAGER("YARN", true, EnumSet.of(AVAILABILITY), "RUNS_ON its host"),
  QUEUE("YARN", false, EnumSet.of(BACKLOG), "COORDINATED_BY the ResourceManager"),
  HOST("host", true, EnumSet.of(CPU, MEMORY, DISK, NETWORK), "nothing, or a RUNS_ON of its own"),
  DISK_DEVICE("host", true, EnumSet.of(DISK), "what hosts DEPEND_ON"),
  NETWORK_DEVICE("host", true, EnumSet.of(NETWORK), "what hosts DEPEND_ON");

  private static final ComponentType[] ALL = values();

  private final String system;
  private final boolean hasPeers;
  private final int expected;
  private final String links;

  ComponentType(String system, boolean hasPeers, Set<Family> expected, String links) {
    this.system = system;
    this.hasPeers = hasPeers;
    this.expected = Family.mask(expected);
    this.links = links;
  }

  /** Whose component it is. */
  public String system() {
    return system;
  }

  /** Whether its like do the same work, so that one can be judged beside the others. */
  public boolean hasPeers() {
    return hasPeers;
  }

  /** The families that should report, one bit per ordinal; none where nothing is known. */
  public int expected() {
    return expected;
  }

  /** The expected families as text. */
  public String expectedFamilies() {
    return Family.ids(expected);
  }

  /** The links it usually has, for people. */
  public String links() {
    return links;
  }

  /** Lower case with underscores, as in a case file. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The type with this ordinal. */
  public static ComponentType at(int ordinal) {
    return ALL[ordinal];
  }

  /** The type of this name, whatever its case and with or without {@code -} and {@code _}. */
  public static Optional<ComponentType> of(String name) {
    String wanted = plain(name);
    for (ComponentType type : ALL) {
      if (plain(type.name()).equals(wanted)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  private static String plain(String name) {
    return name.toUpperCase(Locale.ROOT).replace("-", "").replace("_", "");
  }
}
