// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.cause;

import io.plimsoll.diagnosis.graph.CyclicPairs;
import io.plimsoll.diagnosis.graph.Family;
import io.plimsoll.diagnosis.graph.LinkGraph;
import io.plimsoll.diagnosis.graph.LinkType;
import java.util.Arrays;

/**
 * Explains symptoms away: {@code r(v,f) = max(0, s(v,f) − max w·s(c,f')) + own·s(v,f)} over all
 * causes c of v and the families f' by which the link's type lets c explain f; a component's
 * residual is its worst family's. Kept up to date change by change: {@link #touch} marks what
 * depends on a component, {@link #refresh} computes that again and nothing else; the result is the
 * same, bit by bit, as that of {@link #refreshAll}.
 *
 * <p>Pairs that explain each other in a circle are explained as one, from outside only. Where half
 * of the parts of a whole that do the same work are anomalous, none of them explains it, it
 * explains them, and what explains them from elsewhere explains it.
 */
final class Explaining {
  private static final int F = Family.COUNT;
  private static final int CONTAINS = LinkType.CONTAINS.ordinal();
  private static final int[] EXPLAINED = new int[LinkType.values().length];
  private static final int[] EXPLAINING = new int[LinkType.values().length];
  private static final float[] WEIGHT = new float[LinkType.values().length];

  static {
    for (LinkType type : LinkType.values()) {
      EXPLAINED[type.ordinal()] = type.explained();
      EXPLAINING[type.ordinal()] = type.explaining();
      WEIGHT[type.ordinal()] = (float) type.explainWeight();
    }
  }

  private final LinkGraph graph;
  private final Observed observed;
  private final CyclicPairs circles;
  private final float ownShare;
  private final float[] residuals;
  private final float[] groupExplained;
  private final boolean[] isPart;
  private final float[] explained = new float[F];
  private final int[] marks;
  private int[] touched = new int[16];
  private int touchedCount;
  private int round = 1;

  Explaining(LinkGraph graph, Observed observed, double ownShare) {
    this.graph = graph;
    this.observed = observed;
    this.ownShare = (float) ownShare;
    circles = new CyclicPairs(graph);
    residuals = new float[graph.size()];
    groupExplained = new float[circles.size()];
    marks = new int[graph.size()];
    observed.onSpreadChange(this::spreadChanged);
    isPart = new boolean[graph.size()];
    for (int v = 0; v < graph.size(); v++) {
      for (int i = graph.causesFrom(v); i < graph.causesTo(v); i++) {
        if (graph.causeLink(i) == CONTAINS) {
          isPart[graph.cause(i)] = true;
        }
      }
    }
  }

  CyclicPairs circles() {
    return circles;
  }

  /** As of the last refresh. */
  float residual(int v) {
    return residuals[v];
  }

  /** Computes every residual from scratch. */
  void refreshAll() {
    for (int g = 0; g < groupExplained.length; g++) {
      groupExplained[g] = explainedFromOutside(g);
    }
    for (int v = 0; v < residuals.length; v++) {
      residuals[v] = residualOf(v);
    }
    startRound();
  }

  /**
   * Marks what a change of this component's severities may change; before or after the change. That
   * its whole becomes spread by it, or is it no longer, is told by {@link Observed}.
   */
  void touch(int v) {
    mark(v);
    for (int i = graph.dependentsFrom(v); i < graph.dependentsTo(v); i++) {
      int d = graph.dependent(i);
      mark(d);
      if (isPart[d]) {
        markSpreadWholes(d);
      }
    }
    if (observed.isSpread(v)) {
      markParts(v);
    }
  }

  /** Wholes that are spread look at what explains their parts. */
  private void markSpreadWholes(int part) {
    for (int i = graph.dependentsFrom(part); i < graph.dependentsTo(part); i++) {
      if (graph.dependentLink(i) == CONTAINS && observed.isSpread(graph.dependent(i))) {
        mark(graph.dependent(i));
      }
    }
  }

  private void spreadChanged(int whole) {
    mark(whole);
    markParts(whole);
  }

  private void markParts(int whole) {
    for (int i = graph.causesFrom(whole); i < graph.causesTo(whole); i++) {
      if (graph.causeLink(i) == CONTAINS) {
        mark(graph.cause(i));
      }
    }
  }

  private void mark(int v) {
    if (marks[v] == round) {
      return;
    }
    marks[v] = round;
    if (touchedCount == touched.length) {
      touched = Arrays.copyOf(touched, 2 * touched.length);
    }
    touched[touchedCount++] = v;
  }

  /** Computes again what was touched since the last refresh. */
  void refresh() {
    if (groupExplained.length > 0) {
      refreshGroups();
    }
    for (int i = 0; i < touchedCount; i++) {
      residuals[touched[i]] = residualOf(touched[i]);
    }
    startRound();
  }

  /** A touched member of a circle means that all of the circle is explained anew. */
  private void refreshGroups() {
    int direct = touchedCount;
    boolean[] done = new boolean[groupExplained.length];
    for (int i = 0; i < direct; i++) {
      for (int f = 0; f < F; f++) {
        int group = circles.group(touched[i], f);
        if (group >= 0 && !done[group]) {
          done[group] = true;
          groupExplained[group] = explainedFromOutside(group);
          for (int member : circles.components(group)) {
            mark(member);
          }
        }
      }
    }
  }

  private void startRound() {
    touchedCount = 0;
    if (++round == 0) {
      Arrays.fill(marks, -1);
      round = 1;
    }
  }

  private float residualOf(int v) {
    int mine = observed.present(v);
    if (mine == 0) {
      return 0;
    }
    explain(v, mine);
    float worst = 0;
    for (int left = mine; left != 0; left &= left - 1) {
      int f = Integer.numberOfTrailingZeros(left);
      float s = observed.severity(v, f);
      worst = Math.max(worst, Math.max(0, s - explained[f]) + ownShare * s);
    }
    return worst;
  }

  /** Puts into {@link #explained} what of each of these families is explained. */
  private void explain(int v, int mine) {
    Arrays.fill(explained, 0);
    boolean spread = observed.isSpread(v);
    boolean circular = circles.contains(v);
    for (int i = graph.causesFrom(v); i < graph.causesTo(v); i++) {
      int c = graph.cause(i);
      int type = graph.causeLink(i);
      int theirs = observed.present(c) & EXPLAINING[type];
      if (theirs != 0 && (mine & EXPLAINED[type]) != 0) {
        if (spread && type == CONTAINS && observed.isAlike(c)) {
          float outside = Math.min(observed.highest(c, theirs), explainedBesides(c));
          raise(mine & EXPLAINED[type], WEIGHT[type] * outside);
        } else if (circular && circles.contains(c)) {
          explainInCircle(v, mine & EXPLAINED[type], c, theirs, WEIGHT[type]);
        } else {
          raise(mine & EXPLAINED[type], WEIGHT[type] * observed.highest(c, theirs));
        }
      }
    }
    if (isPart[v]) {
      explainByWhole(v, mine);
    }
    if (circular) {
      for (int left = mine; left != 0; left &= left - 1) {
        int f = Integer.numberOfTrailingZeros(left);
        int group = circles.group(v, f);
        if (group >= 0) {
          explained[f] = Math.max(explained[f], groupExplained[group]);
        }
      }
    }
  }

  /** What of a part is explained by others than what contains it and what it contains. */
  private float explainedBesides(int part) {
    int mine = observed.present(part);
    float best = 0;
    for (int i = graph.causesFrom(part); i < graph.causesTo(part); i++) {
      int type = graph.causeLink(i);
      if (type != CONTAINS && (mine & EXPLAINED[type]) != 0) {
        best = Math.max(best, WEIGHT[type] * observed.highest(graph.cause(i), EXPLAINING[type]));
      }
    }
    return best;
  }

  private void raise(int families, float by) {
    for (int left = families; left != 0; left &= left - 1) {
      int f = Integer.numberOfTrailingZeros(left);
      explained[f] = Math.max(explained[f], by);
    }
  }

  private void explainByWhole(int v, int mine) {
    for (int i = graph.dependentsFrom(v); i < graph.dependentsTo(v); i++) {
      int whole = graph.dependent(i);
      boolean isBlamed = graph.dependentLink(i) == CONTAINS && observed.isAlike(v);
      if (isBlamed && observed.isSpread(whole)) {
        int families = mine & EXPLAINED[CONTAINS];
        raise(families, WEIGHT[CONTAINS] * observed.highest(whole, EXPLAINED[CONTAINS]));
      }
    }
  }

  private void explainInCircle(int v, int families, int c, int theirs, float weight) {
    for (int left = families; left != 0; left &= left - 1) {
      int f = Integer.numberOfTrailingZeros(left);
      explained[f] = Math.max(explained[f], weight * outside(circles.group(v, f), c, theirs));
    }
  }

  /** The highest of these severities whose pair is not of the group. */
  private float outside(int group, int c, int families) {
    float best = 0;
    for (int left = families; left != 0; left &= left - 1) {
      int f = Integer.numberOfTrailingZeros(left);
      if (group < 0 || circles.group(c, f) != group) {
        best = Math.max(best, observed.severity(c, f));
      }
    }
    return best;
  }

  private float explainedFromOutside(int group) {
    float best = 0;
    for (int pair : circles.pairs(group)) {
      int v = pair / F;
      int bit = 1 << (pair % F);
      for (int i = graph.causesFrom(v); i < graph.causesTo(v); i++) {
        int type = graph.causeLink(i);
        int theirs = observed.present(graph.cause(i)) & EXPLAINING[type];
        if (theirs != 0 && (EXPLAINED[type] & bit) != 0) {
          best = Math.max(best, WEIGHT[type] * outside(group, graph.cause(i), theirs));
        }
      }
    }
    return best;
  }
}
