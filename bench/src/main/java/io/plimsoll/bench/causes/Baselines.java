// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.bench.causes;

import io.plimsoll.diagnosis.graph.Family;
import io.plimsoll.diagnosis.graph.LinkGraph;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/** Simple rankings of others, as scores per component; what has no evidence scores 0. */
final class Baselines {
  private static final double ANOMALOUS_STEPS = 5;
  private static final double BACK = 0.1;
  private static final double RESTART = 0.15;
  private static final int ROUNDS = 60;

  private Baselines() {}

  /** ln(1 + steps) of each component's worst family. */
  static double[] maxSeverity(LinkGraph graph, PlantedFault fault) {
    double[] scores = new double[graph.size()];
    for (int v = 0; v < scores.length; v++) {
      for (int f = 0; f < Family.COUNT; f++) {
        double steps = fault.steps(v, f);
        scores[v] = Double.isNaN(steps) ? scores[v] : Math.max(scores[v], Math.log1p(steps));
      }
    }
    return scores;
  }

  /**
   * Anomalous, reached from the symptom over anomalous ones, and none of its causes is anomalous.
   */
  static double[] hardTraversal(LinkGraph graph, PlantedFault fault) {
    double[] severity = maxSeverity(graph, fault);
    double limit = Math.log1p(ANOMALOUS_STEPS);
    double[] scores = new double[graph.size()];
    boolean[] seen = new boolean[graph.size()];
    Deque<Integer> open = new ArrayDeque<>();
    open.add(fault.symptom());
    seen[fault.symptom()] = true;
    while (!open.isEmpty()) {
      int v = open.remove();
      boolean isLast = true;
      for (int i = graph.causesFrom(v); i < graph.causesTo(v); i++) {
        int c = graph.cause(i);
        if (severity[c] > limit) {
          isLast = false;
          if (!seen[c]) {
            seen[c] = true;
            open.add(c);
          }
        }
      }
      scores[v] = isLast ? severity[v] : 0;
    }
    return scores;
  }

  /**
   * A random walk that starts anew at the symptom: to causes by severity, back by a tenth of it.
   */
  static double[] pageRank(LinkGraph graph, PlantedFault fault) {
    double[] severity = maxSeverity(graph, fault);
    double[] rank = new double[graph.size()];
    rank[fault.symptom()] = 1;
    for (int round = 0; round < ROUNDS; round++) {
      double[] next = new double[rank.length];
      next[fault.symptom()] = RESTART;
      for (int v = 0; v < rank.length; v++) {
        if (rank[v] > 0) {
          walk(graph, severity, v, (1 - RESTART) * rank[v], next);
        }
      }
      rank = next;
    }
    return rank;
  }

  private static void walk(LinkGraph graph, double[] severity, int v, double share, double[] next) {
    double most = 0;
    double sum = 0;
    for (int i = graph.causesFrom(v); i < graph.causesTo(v); i++) {
      most = Math.max(most, severity[graph.cause(i)]);
      sum += severity[graph.cause(i)];
    }
    for (int i = graph.dependentsFrom(v); i < graph.dependentsTo(v); i++) {
      sum += BACK * severity[graph.dependent(i)];
    }
    double stay = Math.max(0, severity[v] - most);
    sum += stay;
    if (sum <= 0) {
      next[v] += share;
      return;
    }
    next[v] += share * stay / sum;
    for (int i = graph.causesFrom(v); i < graph.causesTo(v); i++) {
      next[graph.cause(i)] += share * severity[graph.cause(i)] / sum;
    }
    for (int i = graph.dependentsFrom(v); i < graph.dependentsTo(v); i++) {
      next[graph.dependent(i)] += share * BACK * severity[graph.dependent(i)] / sum;
    }
  }

  /** The rank of a component, ties against it; without a score it comes last. */
  static int rank(double[] scores, int component) {
    if (scores[component] <= 0) {
      return scores.length;
    }
    return (int) Arrays.stream(scores).filter(score -> score >= scores[component]).count();
  }
}
