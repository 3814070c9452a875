// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.bench.causes;

import io.plimsoll.diagnosis.cause.CauseEngine;
import io.plimsoll.diagnosis.cause.CauseOptions;
import io.plimsoll.diagnosis.cause.Symptom;
import io.plimsoll.diagnosis.graph.LinkGraph;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Times the ranking on a graph of a million components, on one thread. */
public final class GraphTimes {
  private static final int PASSES = 25;
  private static final int WARM = 10;
  private static final int BATCH = 20_000;
  private static final long SEED = 20_240_817;

  private final Map<String, List<Double>> times = new TreeMap<>();
  private final Map<String, Double> sizes = new TreeMap<>();

  /** Milliseconds or microseconds of each repetition, by what was timed; the unit ends the name. */
  public Map<String, List<Double>> times() {
    return times;
  }

  /** Mebibytes and counts, by what was counted. */
  public Map<String, Double> sizes() {
    return sizes;
  }

  /** Builds the graph and measures. */
  public GraphTimes measure() {
    double empty = usedMebibytes();
    long before = System.nanoTime();
    LinkGraph graph = ClusterGraph.build(SEED);
    keep("build of the graph, ms", (System.nanoTime() - before) / 1e6);
    double withGraph = usedMebibytes();
    sizes.put("graph, MiB", withGraph - empty);
    sizes.put("components", (double) graph.size());
    sizes.put("links", (double) graph.links());
    for (double share : new double[] {0.1, 1}) {
      CauseEngine engine = new CauseEngine(graph, CauseOptions.DEFAULT);
      Random random = new Random(SEED);
      ClusterGraph.observe(engine, share, random);
      String name = Math.round(100 * share) + " % deviating: ";
      passes(engine, name);
      updates(engine, name, random);
      ranks(engine, name, random);
      sizes.put("engine, MiB", usedMebibytes() - withGraph);
    }
    return this;
  }

  private void passes(CauseEngine engine, String name) {
    for (int i = 0; i < WARM + PASSES; i++) {
      long begin = System.nanoTime();
      engine.refreshAll();
      if (i >= WARM) {
        keep(name + "full pass, ms", (System.nanoTime() - begin) / 1e6);
      }
    }
  }

  /** One change of a component of any kind, and all that depends on it, brought up to date. */
  private void updates(CauseEngine engine, String name, Random random) {
    for (int i = 0; i < WARM + PASSES; i++) {
      int[] changed = random.ints(BATCH, 0, ClusterGraph.SIZE).toArray();
      double[] severities = random.doubles(BATCH, 0, 6).toArray();
      long begin = System.nanoTime();
      for (int k = 0; k < BATCH; k++) {
        engine.observe(changed[k], ClusterGraph.family(changed[k], random), severities[k]);
        engine.refresh();
      }
      if (i >= WARM) {
        keep(name + "one update, us", (System.nanoTime() - begin) / 1e3 / BATCH);
      }
    }
  }

  /** The ranking of one task's symptom. */
  private void ranks(CauseEngine engine, String name, Random random) {
    for (int i = 0; i < WARM + PASSES; i++) {
      long begin = System.nanoTime();
      for (int k = 0; k < 200; k++) {
        int task =
            ClusterGraph.FIRST_TASK + random.nextInt(ClusterGraph.SIZE - ClusterGraph.FIRST_TASK);
        engine.rank(List.of(new Symptom(task, 3, 1)));
      }
      if (i >= WARM) {
        keep(name + "ranking of one task's symptom, us", (System.nanoTime() - begin) / 1e3 / 200);
      }
    }
  }

  private void keep(String name, double value) {
    times.computeIfAbsent(name, unused -> new ArrayList<>()).add(value);
  }

  private static double usedMebibytes() {
    Runtime runtime = Runtime.getRuntime();
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return (runtime.totalMemory() - runtime.freeMemory()) / (double) (1 << 20);
  }
}
