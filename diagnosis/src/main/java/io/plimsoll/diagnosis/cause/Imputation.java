// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.cause;

import io.plimsoll.diagnosis.graph.LinkGraph;
import io.plimsoll.diagnosis.graph.LinkType;
import java.util.Arrays;

/**
 * What can be concluded of a component that did not report, from those that depend on it: a risk
 * group's likelihood ratio, {@code LLR = Σ u·ln(p1/p0) + (1−e)·ln((1−p1)/(1−p0))}, over the
 * dependents d that reported; e is how anomalous d is, u that part of e which no visible cause
 * explains, p0 the share of anomalous ones among d's like, p1 the likelihood that a dependent of a
 * broken component shows it. Above 1 the component is taken to be as bad as the median of its
 * anomalous dependents, times {@code 1 − exp(−LLR/2)}.
 */
final class Imputation {
  private static final double LEAST_SHARE = 0.02;
  private static final double MOST_SHARE = 0.5;

  /** One bad dependent says more of itself than of what it shares with nobody. */
  private static final int LEAST_ANOMALOUS = 2;

  private final LinkGraph graph;
  private final Observed observed;
  private final CauseOptions options;

  Imputation(LinkGraph graph, Observed observed, CauseOptions options) {
    this.graph = graph;
    this.observed = observed;
    this.options = options;
  }

  /** The severity concluded for a component; 0 where it reported itself or nothing follows. */
  double severity(int v) {
    if (observed.hasReported(v)) {
      return 0;
    }
    double ratio = 0;
    double[] bad = new double[4];
    int badCount = 0;
    for (int i = graph.dependentsFrom(v); i < graph.dependentsTo(v); i++) {
      int d = graph.dependent(i);
      if (observed.hasReported(d)) {
        double s = observed.highest(d, LinkType.at(graph.dependentLink(i)).explained());
        double e = Severity.anomaly(s, options.halfwaySteps());
        ratio += evidence(d, v, e, s);
        if (e >= 0.5) {
          bad = badCount == bad.length ? Arrays.copyOf(bad, 2 * badCount) : bad;
          bad[badCount++] = s;
        }
      }
    }
    if (badCount < LEAST_ANOMALOUS || ratio <= 1) {
      return 0;
    }
    return Severity.median(Arrays.copyOf(bad, badCount)) * (1 - Math.exp(-ratio / 2));
  }

  private double evidence(int d, int v, double e, double s) {
    double share = observed.anomalousShare(graph.type(d));
    return likelihood(e, e * (1 - explainedByOthers(d, v, s)), share, options.hiddenLink());
  }

  /** One dependent's term of the likelihood ratio. */
  static double likelihood(double anomaly, double unexplained, double share, double whenBroken) {
    double usual = Math.max(LEAST_SHARE, Math.min(MOST_SHARE, share));
    return unexplained * Math.log(whenBroken / usual)
        + (1 - anomaly) * Math.log((1 - whenBroken) / (1 - usual));
  }

  private double explainedByOthers(int d, int v, double s) {
    if (s <= 0) {
      return 0;
    }
    double best = 0;
    for (int i = graph.causesFrom(d); i < graph.causesTo(d); i++) {
      if (graph.cause(i) != v) {
        LinkType type = LinkType.at(graph.causeLink(i));
        double theirs = observed.highest(graph.cause(i), type.explaining());
        best = Math.max(best, type.explainWeight() * theirs);
      }
    }
    return Math.min(1, best / s);
  }
}
