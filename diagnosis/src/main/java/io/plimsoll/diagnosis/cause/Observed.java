// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.cause;

import io.plimsoll.diagnosis.graph.ComponentType;
import io.plimsoll.diagnosis.graph.Family;
import io.plimsoll.diagnosis.graph.LinkGraph;
import io.plimsoll.diagnosis.graph.LinkType;
import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * What was seen of each component: a severity per family, and the counts that follow from them.
 * Mutable; one thread. A component is a row of {@link Family#COUNT} floats.
 */
final class Observed {
  private static final int F = Family.COUNT;
  private static final int CONTAINS = LinkType.CONTAINS.ordinal();

  /** As many parts as it takes before their share says anything. */
  private static final int LEAST_PARTS = 4;

  private final LinkGraph graph;
  private final float anomalous;
  private final float[] severities;
  private final float[] worst;
  private final short[] present;
  private final short[] reported;
  private final int[] parts;
  private final int[] anomalousParts;
  private final int[] reportedOfType = new int[ComponentType.values().length];
  private final int[] anomalousOfType = new int[ComponentType.values().length];
  private IntConsumer spreadListener = whole -> {};

  Observed(LinkGraph graph, double anomalous) {
    this.graph = graph;
    this.anomalous = (float) anomalous;
    int size = graph.size();
    severities = new float[Math.multiplyExact(size, F)];
    worst = new float[size];
    present = new short[size];
    reported = new short[size];
    parts = new int[size];
    anomalousParts = new int[size];
    for (int v = 0; v < size; v++) {
      for (int i = graph.causesFrom(v); i < graph.causesTo(v); i++) {
        parts[v] += graph.causeLink(i) == CONTAINS && isAlike(graph.cause(i)) ? 1 : 0;
      }
    }
  }

  /** Whom to tell of a whole for which {@link #isSpread} has changed. */
  void onSpreadChange(IntConsumer listener) {
    spreadListener = listener;
  }

  /** Sets one severity, 0 where the family reported and nothing was wrong. */
  void set(int v, int family, float severity) {
    boolean before = isAnomalous(v);
    if (reported[v] == 0) {
      reportedOfType[graph.type(v).ordinal()]++;
    }
    reported[v] |= (short) (1 << family);
    severities[v * F + family] = severity;
    if (severity > 0) {
      present[v] |= (short) (1 << family);
    } else {
      present[v] &= (short) ~(1 << family);
    }
    worst[v] = highestOfRow(v, present[v]);
    count(v, before);
  }

  /** Forgets everything of a component, as if it had never reported. */
  void forget(int v) {
    boolean before = isAnomalous(v);
    if (reported[v] != 0) {
      reportedOfType[graph.type(v).ordinal()]--;
    }
    Arrays.fill(severities, v * F, v * F + F, 0);
    worst[v] = 0;
    present[v] = 0;
    reported[v] = 0;
    count(v, before);
  }

  private void count(int v, boolean before) {
    boolean after = isAnomalous(v);
    if (before == after) {
      return;
    }
    int step = after ? 1 : -1;
    anomalousOfType[graph.type(v).ordinal()] += step;
    for (int i = graph.dependentsFrom(v); i < graph.dependentsTo(v) && isAlike(v); i++) {
      if (graph.dependentLink(i) == CONTAINS) {
        int whole = graph.dependent(i);
        boolean wasSpread = isSpread(whole);
        anomalousParts[whole] += step;
        if (wasSpread != isSpread(whole)) {
          spreadListener.accept(whole);
        }
      }
    }
  }

  float severity(int v, int family) {
    return severities[v * F + family];
  }

  /** Families with a severity above 0, one bit each. */
  int present(int v) {
    return present[v];
  }

  /** Families that reported, one bit each. */
  int reported(int v) {
    return reported[v];
  }

  boolean hasReported(int v) {
    return reported[v] != 0;
  }

  /** The highest severity among these families. */
  float highest(int v, int families) {
    int asked = present[v] & families;
    return asked == present[v] ? worst[v] : highestOfRow(v, asked);
  }

  private float highestOfRow(int v, int families) {
    float best = 0;
    for (int left = families; left != 0; left &= left - 1) {
      best = Math.max(best, severities[v * F + Integer.numberOfTrailingZeros(left)]);
    }
    return best;
  }

  float highest(int v) {
    return worst[v];
  }

  boolean isAnomalous(int v) {
    return worst[v] >= anomalous;
  }

  /** Whether a part does the same work as its siblings, so that their number says something. */
  boolean isAlike(int part) {
    ComponentType type = graph.type(part);
    return type.hasPeers() || type == ComponentType.COMPONENT;
  }

  /** Whether so many of its parts that do the same work are anomalous that none is to blame. */
  boolean isSpread(int whole) {
    return parts[whole] >= LEAST_PARTS && 2 * anomalousParts[whole] >= parts[whole];
  }

  /** The share of anomalous ones among those of its type that reported; NaN where none did. */
  double anomalousShare(ComponentType type) {
    return anomalousOfType[type.ordinal()] / (double) reportedOfType[type.ordinal()];
  }
}
