// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.bench.causes;

import io.plimsoll.diagnosis.cause.CauseEngine;
import io.plimsoll.diagnosis.graph.ComponentType;
import io.plimsoll.diagnosis.graph.Family;
import io.plimsoll.diagnosis.graph.LinkGraph;
import io.plimsoll.diagnosis.graph.LinkType;
import java.util.Random;

/**
 * A cluster of a million components and three million links, made from a seed: hosts, executors and
 * partitions on them, jobs of stages of tasks, each task on an executor, reading partitions.
 */
final class ClusterGraph {
  static final int HOSTS = 4_000;
  static final int EXECUTORS = 40_000;
  static final int PARTITIONS = 50_000;
  static final int JOBS = 1_000;
  static final int STAGES = 6_000;
  static final int SIZE = 1_000_000;

  private static final int FIRST_PARTITION = HOSTS + EXECUTORS;
  static final int FIRST_JOB = FIRST_PARTITION + PARTITIONS;
  private static final int FIRST_STAGE = FIRST_JOB + JOBS;
  static final int FIRST_TASK = FIRST_STAGE + STAGES;

  private ClusterGraph() {}

  static LinkGraph build(long seed) {
    Random random = new Random(seed);
    LinkGraph.Builder graph = LinkGraph.builder(SIZE);
    for (int v = 0; v < SIZE; v++) {
      graph.type(v, type(v));
      if (v >= HOSTS && v < FIRST_JOB) {
        graph.link(v, random.nextInt(HOSTS), LinkType.RUNS_ON);
      } else if (v >= FIRST_STAGE && v < FIRST_TASK) {
        graph.link(FIRST_JOB + random.nextInt(JOBS), v, LinkType.CONTAINS);
      } else if (v >= FIRST_TASK) {
        graph.link(FIRST_STAGE + random.nextInt(STAGES), v, LinkType.CONTAINS);
        graph.link(v, HOSTS + random.nextInt(EXECUTORS), LinkType.RUNS_ON);
        graph.link(v, FIRST_PARTITION + random.nextInt(PARTITIONS), LinkType.READS_FROM);
        if (random.nextInt(4) == 0) {
          graph.link(v, FIRST_PARTITION + random.nextInt(PARTITIONS), LinkType.WRITES_TO);
        }
      }
    }
    return graph.build();
  }

  private static ComponentType type(int v) {
    if (v < HOSTS) {
      return ComponentType.HOST;
    }
    if (v < FIRST_PARTITION) {
      return ComponentType.EXECUTOR;
    }
    if (v < FIRST_JOB) {
      return ComponentType.PARTITION;
    }
    if (v < FIRST_STAGE) {
      return ComponentType.JOB;
    }
    return v < FIRST_TASK ? ComponentType.STAGE : ComponentType.TASK;
  }

  /** The family that shows first on a component of this kind. */
  static Family family(int v, Random random) {
    if (v < FIRST_PARTITION) {
      return random.nextBoolean() ? Family.CPU : Family.MEMORY;
    }
    return v < FIRST_JOB ? Family.BACKLOG : Family.TIME;
  }

  /** Makes this share of the components deviate, the rest report and be healthy. */
  static void observe(CauseEngine engine, double share, Random random) {
    for (int v = 0; v < SIZE; v++) {
      boolean deviates = random.nextDouble() < share;
      engine.observe(v, family(v, random), deviates ? 0.2 + 6 * random.nextDouble() : 0);
    }
  }
}
