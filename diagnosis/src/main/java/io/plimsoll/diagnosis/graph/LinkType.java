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
import static io.plimsoll.diagnosis.graph.Family.OTHER;
import static io.plimsoll.diagnosis.graph.Family.SKEW;
import static io.plimsoll.diagnosis.graph.Family.THROUGHPUT;
import static io.plimsoll.diagnosis.graph.Family.TIME;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The kind of a link, always from the one that depends to the one it depends on. It says how much
 * of a dependent's symptom a cause takes away, how far suspicion passes, and by which families.
 *
 * <p>A dependent's symptom of one of the {@link #explained} families is explained by a symptom of
 * the cause of one of the {@link #explaining} families. {@link Family#OTHER} belongs to both sides
 * of every type.
 */
public enum LinkType {
  DEPENDS_ON(
      "anything",
      "what it needs",
      0.85,
      0.9,
      EnumSet.of(TIME, ERROR, AVAILABILITY, BACKLOG, THROUGHPUT),
      EnumSet.of(TIME, ERROR, AVAILABILITY, BACKLOG, THROUGHPUT, CPU, MEMORY, DISK, NETWORK, SKEW),
      "the default: unknown link types are read as this"),
  VIEW_OF(
      "client metric, load balancer, JMX proxy",
      "what it shows",
      1,
      1,
      EnumSet.allOf(Family.class),
      EnumSet.allOf(Family.class),
      "merged: the view's evidence and links are its owner's; a view is never a candidate"),
  CONTAINS(
      "job, stage, operator",
      "stage, task, subtask",
      0.95,
      0.95,
      EnumSet.of(TIME, ERROR, AVAILABILITY, BACKLOG, THROUGHPUT, SKEW, MEMORY, DISK),
      EnumSet.allOf(Family.class),
      "where half of four or more like parts are anomalous, the whole is blamed, or what they"
          + " share"),
  RUNS_ON(
      "task, executor, broker, DataNode, driver",
      "executor, TaskManager, host",
      0.9,
      0.9,
      EnumSet.of(TIME, ERROR, AVAILABILITY, BACKLOG, THROUGHPUT),
      EnumSet.of(CPU, MEMORY, DISK, NETWORK, AVAILABILITY),
      "a carrier's resources explain what is slow or fails on it"),
  LOADED_BY(
      "executor, TaskManager",
      "task, subtask",
      0.8,
      0.8,
      EnumSet.of(CPU, MEMORY, DISK),
      EnumSet.of(SKEW),
      "one hot task explains its carrier's resources, never its time"),
  READS_FROM(
      "task, source, partition, block",
      "partition, broker, DataNode, metastore",
      0.85,
      0.9,
      EnumSet.of(TIME, ERROR, BACKLOG, THROUGHPUT),
      EnumSet.of(TIME, ERROR, AVAILABILITY, BACKLOG, DISK, NETWORK, CPU, MEMORY),
      "a slow store explains its reader's time"),
  WRITES_TO(
      "task, sink",
      "partition, broker, DataNode, database",
      0.85,
      0.9,
      EnumSet.of(TIME, ERROR, BACKLOG, THROUGHPUT),
      EnumSet.of(TIME, ERROR, AVAILABILITY, BACKLOG, DISK, NETWORK, CPU, MEMORY),
      "a slow store explains its writer's time"),
  SHUFFLES_FROM(
      "reduce stage, executor",
      "map executor, shuffle service",
      0.85,
      0.9,
      EnumSet.of(TIME, ERROR),
      EnumSet.of(NETWORK, DISK, AVAILABILITY, MEMORY, ERROR),
      "network, disk or loss of the map side explains the wait for fetches"),
  BACKPRESSURED_BY(
      "upstream operator",
      "downstream operator",
      0.95,
      0.95,
      EnumSet.of(BACKLOG, TIME),
      EnumSet.of(BACKLOG, CPU, TIME, MEMORY, DISK, SKEW),
      "leads to the last operator that is busy and not held up itself"),
  STARVED_BY(
      "downstream operator",
      "upstream operator, source",
      0.9,
      0.9,
      EnumSet.of(THROUGHPUT),
      EnumSet.of(THROUGHPUT, AVAILABILITY, ERROR, BACKLOG, TIME),
      "idleness goes with the flow"),
  COORDINATED_BY(
      "executor, job, application",
      "driver, JobManager, queue",
      0.8,
      0.8,
      EnumSet.of(TIME, AVAILABILITY, THROUGHPUT),
      EnumSet.of(CPU, MEMORY, BACKLOG, AVAILABILITY),
      "a busy coordinator explains scheduling delay and lost heartbeats"),
  CHECKPOINTS_TO(
      "operator, job",
      "state store, HDFS",
      0.85,
      0.9,
      EnumSet.of(TIME, ERROR),
      EnumSet.of(TIME, ERROR, DISK, NETWORK, AVAILABILITY, BACKLOG),
      "a slow store explains long and failed checkpoints");

  private static final LinkType[] ALL = values();

  private final String dependent;
  private final String cause;
  private final double explainWeight;
  private final double gateWeight;
  private final int explained;
  private final int explaining;
  private final String rule;

  LinkType(
      String dependent,
      String cause,
      double explainWeight,
      double gateWeight,
      Set<Family> explained,
      Set<Family> explaining,
      String rule) {
    this.dependent = dependent;
    this.cause = cause;
    this.explainWeight = explainWeight;
    this.gateWeight = gateWeight;
    this.explained = Family.mask(explained) | OTHER.bit();
    this.explaining = Family.mask(explaining) | OTHER.bit();
    this.rule = rule;
  }

  /** Who stands on the depending side, for people. */
  public String dependent() {
    return dependent;
  }

  /** Who stands on the side of the cause, for people. */
  public String cause() {
    return cause;
  }

  /** The share of a cause's severity that is taken off the dependent's, 0 to 1. */
  public double explainWeight() {
    return explainWeight;
  }

  /** The share of suspicion that passes from the dependent to the cause, 0 to 1. */
  public double gateWeight() {
    return gateWeight;
  }

  /** Families of the dependent that a cause can explain, one bit per ordinal. */
  public int explained() {
    return explained;
  }

  /** Families of the cause that explain, one bit per ordinal. */
  public int explaining() {
    return explaining;
  }

  /** The explained families as text. */
  public String explainedFamilies() {
    return Family.ids(explained & ~OTHER.bit());
  }

  /** The explaining families as text. */
  public String explainingFamilies() {
    return Family.ids(explaining & ~OTHER.bit());
  }

  /** What is peculiar to the type, one sentence. */
  public String rule() {
    return rule;
  }

  /** Lower case with underscores, as in a case file. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The type with this ordinal. */
  public static LinkType at(int ordinal) {
    return ALL[ordinal];
  }

  /** The type of this name, whatever its case, with {@code -} or {@code _}. */
  public static Optional<LinkType> of(String name) {
    String wanted = name.toUpperCase(Locale.ROOT).replace('-', '_');
    for (LinkType type : ALL) {
      if (type.name().equals(wanted)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }
}
