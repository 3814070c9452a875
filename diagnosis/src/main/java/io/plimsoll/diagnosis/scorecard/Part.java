// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.scorecard;

/**
 * A metric that can lose points of a score. Its badness grows in a straight line from 0 at the good
 * value to 1 at the bad one; it loses that share of its weight. The metric is always one where more
 * is worse, at least 0.
 */
public enum Part {
  MEMORY_NOT_RESIDENT(
      Score.Kind.COST,
      "cost.memory.not-resident",
      0,
      0,
      1,
      "allocated memory that was never resident, as a share of the allocated"),
  CORES_WITHOUT_TASK(
      Score.Kind.COST,
      "cost.cores.no-task",
      0,
      0,
      1,
      "allocated core time in which no task ran, as a share of the allocated"),

  MEMORY_LIVE(
      Score.Kind.EFFICIENCY,
      "efficiency.memory.live",
      15,
      0.4,
      0.9,
      "allocated memory above live set and non-heap memory, as a share of the allocated"),
  MEMORY_RSS(
      Score.Kind.EFFICIENCY,
      "efficiency.memory.rss",
      10,
      0.2,
      0.8,
      "allocated memory above the resident set, as a share of the allocated"),
  CPU(
      Score.Kind.EFFICIENCY,
      "efficiency.cpu",
      10,
      0.3,
      0.9,
      "task time in which the task's thread was not on a CPU: waiting for disk, network, locks or"
          + " a device"),
  GC(
      Score.Kind.EFFICIENCY,
      "efficiency.gc",
      15,
      0.02,
      0.25,
      "task time during which the JVM collected garbage, by the engine's own count"),
  SPILL(
      Score.Kind.EFFICIENCY,
      "efficiency.spill",
      10,
      0.01,
      1,
      "bytes spilled to disk over bytes read from storage and shuffles and written to shuffles"),
  IDLE(
      Score.Kind.EFFICIENCY,
      "efficiency.idle",
      15,
      0.1,
      0.8,
      "core time held while no stage ran, or lost between tasks: the driver's share and scheduling"),
  SKEW(
      Score.Kind.EFFICIENCY,
      "efficiency.skew",
      15,
      0.02,
      0.4,
      "core time that waited for the last tasks of a stage: at most (longest - median task) for"
          + " every other slot"),
  PARALLELISM(
      Score.Kind.EFFICIENCY,
      "efficiency.parallelism",
      10,
      0.05,
      0.6,
      "core time for which the running stages together had fewer tasks than there were slots"),

  FAILURES(
      Score.Kind.STABILITY,
      "stability.failures",
      25,
      0,
      0.5,
      "jobs that failed, of those that ended"),
  RETRIES(
      Score.Kind.STABILITY,
      "stability.retries",
      20,
      0,
      0.2,
      "task attempts that failed, of those that ended"),
  STAGE_RETRIES(
      Score.Kind.STABILITY,
      "stability.stage-retries",
      10,
      0,
      0.2,
      "stage attempts that failed or were second ones, of all"),
  KILLS(
      Score.Kind.STABILITY,
      "stability.kills",
      20,
      0,
      0.3,
      "executors that were lost: removed before the run's last two seconds, and not because they"
          + " were idle, decommissioned or given back"),
  LIMIT(
      Score.Kind.STABILITY,
      "stability.limit",
      15,
      0.85,
      1,
      "highest resident set of a process over its container: the distance to being killed"),
  VARIATION(
      Score.Kind.STABILITY,
      "stability.variation",
      10,
      0.05,
      0.5,
      "spread of the runs' wall time: 1.4826 × median absolute deviation over median; needs four"
          + " whole runs");

  private final Score.Kind kind;
  private final String id;
  private final int weight;
  private final double good;
  private final double bad;
  private final String meaning;

  Part(Score.Kind kind, String id, int weight, double good, double bad, String meaning) {
    this.kind = kind;
    this.id = id;
    this.weight = weight;
    this.good = good;
    this.bad = bad;
    this.meaning = meaning;
  }

  public Score.Kind kind() {
    return kind;
  }

  /** Stable, for example {@code efficiency.gc}. */
  public String id() {
    return id;
  }

  /**
   * Points of 100 when everything is known; 0 for the parts of cost, whose weight is their price.
   */
  public int weight() {
    return weight;
  }

  /** Up to this value it loses nothing. */
  public double good() {
    return good;
  }

  /** From this value on it loses all its points. */
  public double bad() {
    return bad;
  }

  /** What is measured, in words. */
  public String meaning() {
    return meaning;
  }

  /** From 0 to 1. */
  double badness(double value) {
    return Math.max(0, Math.min(1, (value - good) / (bad - good)));
  }
}
