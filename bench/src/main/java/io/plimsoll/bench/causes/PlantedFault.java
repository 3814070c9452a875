// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.bench.causes;

import io.plimsoll.diagnosis.graph.ComponentType;
import io.plimsoll.diagnosis.graph.Family;
import io.plimsoll.diagnosis.graph.LinkGraph;
import io.plimsoll.diagnosis.graph.LinkType;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/**
 * What is seen of a cluster with one fault in it: steps away per component and family. The fault
 * spreads to dependents by the rules of the links, weaker or a little stronger from hop to hop, and
 * sometimes not at all; unrelated components deviate too; the root may have reported nothing.
 */
final class PlantedFault {
  /** The roots that are planted: the component's type, and the family in which it begins. */
  private record Kind(ComponentType type, Family family) {}

  private static final List<Kind> KINDS =
      List.of(
          new Kind(ComponentType.HOST, Family.CPU),
          new Kind(ComponentType.EXECUTOR, Family.MEMORY),
          new Kind(ComponentType.TASK, Family.SKEW),
          new Kind(ComponentType.BROKER, Family.DISK),
          new Kind(ComponentType.PARTITION, Family.BACKLOG),
          new Kind(ComponentType.DATA_NODE, Family.DISK),
          new Kind(ComponentType.DRIVER, Family.CPU),
          new Kind(ComponentType.STAGE, Family.TIME));

  private final LinkGraph graph;
  private final Random random;
  private final double[][] steps;
  private int root = -1;
  private int symptom;

  private PlantedFault(SmallCluster cluster, Random random) {
    this.graph = cluster.graph();
    this.random = random;
    this.steps = new double[graph.size()][Family.COUNT];
  }

  /** A fault, planted anew until a job shows it; without one only the noise is there. */
  static PlantedFault plant(
      SmallCluster cluster, boolean hasFault, double hidden, double noise, Random random) {
    for (int attempt = 0; attempt < 1000; attempt++) {
      PlantedFault fault = new PlantedFault(cluster, random);
      fault.addNoise(noise);
      if (hasFault) {
        fault.addFault(cluster);
      }
      fault.symptom = fault.worst(cluster.all(ComponentType.JOB));
      if (!hasFault || fault.steps[fault.symptom][Family.TIME.ordinal()] > 5) {
        fault.hide(hidden);
        return fault;
      }
    }
    throw new IllegalStateException("no fault reaches a job");
  }

  /** The component at fault, -1 where there is none. */
  int root() {
    return root;
  }

  /** The job that shows it most. */
  int symptom() {
    return symptom;
  }

  /** Steps away of a component's family; NaN where it did not report. */
  double steps(int component, int family) {
    return steps[component][family];
  }

  private void addNoise(double share) {
    for (double[] families : steps) {
      int own = random.nextInt(Family.COUNT);
      boolean isOdd = random.nextDouble() < share;
      families[own] = isOdd ? 5 * Math.pow(10, random.nextDouble()) : 0;
      families[Family.TIME.ordinal()] =
          Math.max(families[Family.TIME.ordinal()], Math.abs(random.nextGaussian()));
    }
  }

  private void addFault(SmallCluster cluster) {
    Kind kind = KINDS.get(random.nextInt(KINDS.size()));
    List<Integer> candidates = cluster.all(kind.type());
    root = candidates.get(random.nextInt(candidates.size()));
    raise(root, kind.family(), 20 * Math.pow(10, random.nextDouble()));
    Deque<int[]> open = new ArrayDeque<>();
    open.add(new int[] {root, kind.family().ordinal()});
    if (kind.type() == ComponentType.STAGE) {
      for (int i = graph.causesFrom(root); i < graph.causesTo(root); i++) {
        if (LinkType.at(graph.causeLink(i)) == LinkType.CONTAINS) {
          raise(graph.cause(i), Family.TIME, steps[root][Family.TIME.ordinal()]);
        }
      }
    }
    boolean[] reached = new boolean[graph.size()];
    reached[root] = true;
    while (!open.isEmpty()) {
      spread(open.remove(), reached, open);
    }
  }

  private void spread(int[] from, boolean[] reached, Deque<int[]> open) {
    for (int i = graph.dependentsFrom(from[0]); i < graph.dependentsTo(from[0]); i++) {
      LinkType type = LinkType.at(graph.dependentLink(i));
      int d = graph.dependent(i);
      boolean fits = (type.explaining() >> from[1] & 1) != 0;
      if (fits && !reached[d] && random.nextDouble() < 0.9) {
        Family shown = type == LinkType.LOADED_BY ? Family.MEMORY : Family.TIME;
        raise(d, shown, steps[from[0]][from[1]] * (0.4 + 0.7 * random.nextDouble()));
        if (steps[d][shown.ordinal()] > 5) {
          reached[d] = true;
          open.add(new int[] {d, shown.ordinal()});
        }
      }
    }
  }

  private void raise(int v, Family family, double to) {
    steps[v][family.ordinal()] = Math.max(steps[v][family.ordinal()], to);
  }

  private int worst(List<Integer> of) {
    int worst = of.get(0);
    for (int v : of) {
      worst = steps[v][Family.TIME.ordinal()] > steps[worst][Family.TIME.ordinal()] ? v : worst;
    }
    return worst;
  }

  private void hide(double share) {
    if (root >= 0 && random.nextDouble() < share) {
      java.util.Arrays.fill(steps[root], Double.NaN);
    }
  }
}
