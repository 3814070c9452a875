// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.cause;

import io.plimsoll.diagnosis.graph.LinkGraph;
import io.plimsoll.diagnosis.graph.LinkType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The smallest set of suspects that explains what is wrong, greedily: the first suspect, then each
 * next one that explains at least one anomaly, besides its own, that none before it explains.
 */
final class Cover {
  private static final double ENOUGH = 0.5;
  private static final int MOST_CAUSES = 5;
  private static final int MOST_TRIED = 200;

  private final LinkGraph graph;
  private final Observed observed;
  private final Scores scores;

  Cover(LinkGraph graph, Observed observed, Scores scores) {
    this.graph = graph;
    this.observed = observed;
    this.scores = scores;
  }

  /**
   * The anomalous components near the symptoms that follow from this one, nearest first, without
   * itself: each step leads to a dependent at least half of whose severity is explained, or through
   * one that did not report.
   */
  Set<Integer> explainedBy(int cause) {
    Set<Integer> found = new LinkedHashSet<>();
    Set<Integer> seen = new HashSet<>(List.of(cause));
    Deque<Integer> open = new ArrayDeque<>(List.of(cause));
    while (!open.isEmpty()) {
      int c = open.remove();
      for (int i = graph.dependentsFrom(c); i < graph.dependentsTo(c); i++) {
        int d = graph.dependent(i);
        if (scores.gate(d) > 0 && !seen.contains(d)) {
          LinkType type = LinkType.at(graph.dependentLink(i));
          boolean follows = explains(c, d, type, c == cause);
          if (follows || !observed.hasReported(d)) {
            seen.add(d);
            open.add(d);
          }
          if (follows) {
            found.add(d);
          }
        }
      }
    }
    return found;
  }

  private boolean explains(int c, int d, LinkType type, boolean isFirst) {
    double theirs = observed.highest(d, type.explained());
    if (!observed.isAnomalous(d) || theirs <= 0) {
      return false;
    }
    double mine = observed.highest(c, type.explaining());
    if (!observed.hasReported(c) || isFirst) {
      mine = Math.max(mine, Math.max(scores.severity(c), scores.linkSeverity(c)));
    }
    boolean isThrough = !observed.hasReported(c) && mine <= 0;
    return isThrough || type.explainWeight() * mine >= ENOUGH * theirs;
  }

  /** Picks from suspects that are sorted, worst first. */
  List<Integer> pick(List<Integer> suspects, double leastScore) {
    List<Integer> picked = new ArrayList<>();
    Set<Integer> covered = new HashSet<>();
    for (int v : suspects.subList(0, Math.min(MOST_TRIED, suspects.size()))) {
      boolean isFirst = picked.isEmpty();
      if (scores.score(v) < leastScore || picked.size() == MOST_CAUSES) {
        break;
      }
      if (isFirst || !covered.contains(v)) {
        Set<Integer> explained = explainedBy(v);
        if (isFirst || !covered.containsAll(explained)) {
          picked.add(v);
          covered.add(v);
          covered.addAll(explained);
        }
      }
    }
    return picked;
  }
}
