// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.cause;

import io.plimsoll.diagnosis.graph.LinkGraph;
import io.plimsoll.diagnosis.graph.LinkType;
import java.util.HashMap;
import java.util.Map;

/**
 * The score of each component near the symptoms: {@code R = r·e·Σ weight·gate / Σ weight}; where
 * the component's links have evidence of their own, the higher of R and that times the gate.
 * Components that did not report stand with what was concluded of them, which also explains others
 * away.
 */
final class Scores {
  private final LinkGraph graph;
  private final Observed observed;
  private final Explaining explaining;
  private final LinkEvidence links;
  private final CauseOptions options;
  private final Map<Integer, Double> concluded = new HashMap<>();
  private final Map<Integer, Double> gates = new HashMap<>();

  Scores(
      LinkGraph graph,
      Observed observed,
      Explaining explaining,
      LinkEvidence links,
      CauseOptions options) {
    this.graph = graph;
    this.observed = observed;
    this.explaining = explaining;
    this.links = links;
    this.options = options;
  }

  /** Adds what suspicion reaches from one symptom, by its share of all symptoms' weights. */
  void add(Region region, double share) {
    Imputation imputation = new Imputation(graph, observed, options);
    for (int i = 0; i < region.size(); i++) {
      int v = region.component(i);
      if (gates.merge(v, share * region.gate(i), Double::sum) == share * region.gate(i)) {
        double severity = imputation.severity(v);
        if (severity > 0) {
          concluded.put(v, severity);
        }
      }
    }
  }

  Iterable<Integer> components() {
    return gates.keySet();
  }

  int size() {
    return gates.size();
  }

  double gate(int v) {
    return gates.getOrDefault(v, 0.0);
  }

  boolean isInferred(int v) {
    return concluded.containsKey(v);
  }

  /** Measured, or concluded where nothing was. */
  double severity(int v) {
    return Math.max(observed.highest(v), concluded.getOrDefault(v, 0.0));
  }

  /** How sure it is that something is wrong with it. */
  double anomaly(int v) {
    return Severity.anomaly(severity(v), options.halfwaySteps());
  }

  /** What no cause of its own explains, concluded causes included. */
  double residual(int v) {
    double s = severity(v);
    if (s <= 0) {
      return 0;
    }
    double own = options.ownShare() * s;
    double left = isInferred(v) ? s - explainedConcluded(v) : explaining.residual(v) - own;
    double otherwise = Math.max(explainedByConcluded(v), explainedByLinks(v));
    return Math.max(0, Math.min(left, s - otherwise)) + own;
  }

  /** A bad link explains the one that waits on it, whatever the other end says of itself. */
  private double explainedByLinks(int v) {
    Map<Integer, Double> severities = options.linkEvidence() ? links.toCauses(v) : Map.of();
    double best = 0;
    for (int i = graph.causesFrom(v); !severities.isEmpty() && i < graph.causesTo(v); i++) {
      LinkType type = LinkType.at(graph.causeLink(i));
      if (observed.highest(v, type.explained()) >= severity(v)) {
        double link = severities.getOrDefault(graph.cause(i), 0.0);
        best = Math.max(best, type.explainWeight() * link);
      }
    }
    return best;
  }

  /** What measured causes explain of a severity that was itself concluded. */
  private double explainedConcluded(int v) {
    double best = 0;
    for (int i = graph.causesFrom(v); i < graph.causesTo(v); i++) {
      LinkType type = LinkType.at(graph.causeLink(i));
      double theirs = observed.highest(graph.cause(i), type.explaining());
      best = Math.max(best, type.explainWeight() * theirs);
    }
    return best;
  }

  /** By what was concluded of its causes or, where its parts are not to blame, of theirs. */
  private double explainedByConcluded(int v) {
    if (concluded.isEmpty()) {
      return 0;
    }
    double best = 0;
    boolean isSpread = observed.isSpread(v);
    for (int i = graph.causesFrom(v); i < graph.causesTo(v); i++) {
      LinkType type = LinkType.at(graph.causeLink(i));
      double theirs = concluded.getOrDefault(graph.cause(i), 0.0);
      if (isSpread && type == LinkType.CONTAINS) {
        theirs = Math.max(theirs, concludedBehind(graph.cause(i)));
      }
      if (isInferred(v) || observed.highest(v, type.explained()) >= severity(v)) {
        best = Math.max(best, type.explainWeight() * theirs);
      }
    }
    return best;
  }

  private double concludedBehind(int part) {
    double best = 0;
    for (int i = graph.causesFrom(part); i < graph.causesTo(part); i++) {
      double weight = LinkType.at(graph.causeLink(i)).explainWeight();
      best = Math.max(best, weight * concluded.getOrDefault(graph.cause(i), 0.0));
    }
    return best;
  }

  double linkSeverity(int v) {
    return options.linkEvidence() ? links.score(v) : 0;
  }

  double score(int v) {
    return Math.max(residual(v) * anomaly(v), linkSeverity(v)) * gate(v);
  }
}
