// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.point;

/** The groups of the merged catalogue of 219 points, and how many points each has there. */
public enum Group {
  SQL("SQL", "SQL and plan", 22),
  WORKFLOW("WF", "workflow", 15),
  QUEUE("Q", "queue and cluster manager", 17),
  DRIVER("DR", "driver, JobManager", 15),
  EXECUTOR("EX", "executor, TaskManager", 17),
  MEMORY("MEM", "JVM memory", 17),
  GC("GC", "garbage collection", 8),
  CPU("CPU", "CPU", 10),
  STAGE("ST", "job, stage, operator", 19),
  TASK("TK", "task", 13),
  SHUFFLE("SH", "shuffle and spill", 10),
  SOURCE_SINK("IO", "source, sink, Kafka", 9),
  STORAGE("FS", "storage, HDFS, files", 12),
  CHECKPOINT("CK", "state and checkpoint", 10),
  HOST("HO", "host", 10),
  NETWORK("NE", "network", 6),
  SCORE("SC", "cost, efficiency, stability", 9);

  private final String prefix;
  private final String words;
  private final int points;

  Group(String prefix, String words, int points) {
    this.prefix = prefix;
    this.words = words;
    this.points = points;
  }

  /** What the group is about. */
  public String words() {
    return words;
  }

  /** How many points the catalogue has in this group. */
  public int points() {
    return points;
  }

  /**
   * The group of a catalogue id such as {@code SH-03}.
   *
   * @throws IllegalArgumentException when the catalogue has no such id
   */
  public static Group of(String catalogueId) {
    int dash = catalogueId.indexOf('-');
    for (Group group : values()) {
      if (dash > 0 && group.prefix.equals(catalogueId.substring(0, dash))) {
        String number = catalogueId.substring(dash + 1);
        if (number.matches("\\d{2}") && Integer.parseInt(number) <= group.points) {
          return group;
        }
      }
    }
    throw new IllegalArgumentException("the catalogue has no point " + catalogueId);
  }
}
