// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.cause;

import io.plimsoll.diagnosis.graph.LinkGraph;
import io.plimsoll.diagnosis.graph.LinkType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The components that suspicion reaches from one symptom, best first: the symptom's gate is 1, a
 * cause's is the highest {@code gate(dependent)·g·e(dependent)} over the ways to it. {@code e} is
 * how anomalous the dependent is by the families that the link can explain: 1 for the symptom
 * itself, little where it is healthy, some where nothing is known. What falls below the limit is
 * not followed, so the work is that of the neighbourhood, not of the graph.
 */
final class Region {
  private final LinkGraph graph;
  private final Observed observed;
  private final CauseOptions options;
  private int[] slots = new int[64];
  private int[] components = new int[16];
  private double[] gates = new double[16];
  private int[] parents = new int[16];
  private byte[] via = new byte[16];
  private boolean[] isSettled = new boolean[16];
  private int count;

  /** A component with the gate it had when it was queued. */
  private record Waiting(double gate, int index, int component) implements Comparable<Waiting> {
    @Override
    public int compareTo(Waiting other) {
      int byGate = Double.compare(other.gate, gate);
      return byGate != 0 ? byGate : Integer.compare(component, other.component);
    }
  }

  private Region(LinkGraph graph, Observed observed, CauseOptions options) {
    this.graph = graph;
    this.observed = observed;
    this.options = options;
    Arrays.fill(slots, -1);
  }

  static Region around(int symptom, LinkGraph graph, Observed observed, CauseOptions options) {
    Region region = new Region(graph, observed, options);
    region.spread(symptom);
    return region;
  }

  int size() {
    return count;
  }

  int component(int index) {
    return components[index];
  }

  double gate(int index) {
    return gates[index];
  }

  /** The index of a component, -1 where suspicion does not reach it. */
  int indexOf(int component) {
    int at = slot(component);
    return slots[at];
  }

  /** The way from the symptom to the component at this index. */
  List<Hop> path(int index) {
    List<Hop> path = new ArrayList<>();
    for (int i = index; i >= 0; i = parents[i]) {
      int v = components[i];
      LinkType by = parents[i] < 0 ? null : LinkType.at(via[i]);
      path.add(hop(v, by));
    }
    Collections.reverse(path);
    return path;
  }

  private Hop hop(int v, @Nullable LinkType by) {
    return new Hop(v, observed.highest(v), by);
  }

  private void spread(int symptom) {
    PriorityQueue<Waiting> waiting = new PriorityQueue<>();
    reach(symptom, 1, -1, 0, waiting);
    while (!waiting.isEmpty()) {
      Waiting next = waiting.remove();
      if (!isSettled[next.index()]) {
        isSettled[next.index()] = true;
        follow(next.index(), waiting);
      }
    }
  }

  private void follow(int index, PriorityQueue<Waiting> waiting) {
    int v = components[index];
    for (int i = graph.causesFrom(v); i < graph.causesTo(v); i++) {
      LinkType type = LinkType.at(graph.causeLink(i));
      double gate = gates[index] * type.gateWeight() * pass(index, v, type);
      if (gate >= options.prune()) {
        reach(graph.cause(i), gate, index, type.ordinal(), waiting);
      }
    }
  }

  private double pass(int index, int v, LinkType type) {
    if (index == 0) {
      return 1;
    }
    if (!observed.hasReported(v)) {
      return options.blind();
    }
    double severity = observed.highest(v, type.explained());
    return Math.max(options.leastPass(), Severity.anomaly(severity, options.halfwaySteps()));
  }

  private void reach(int v, double gate, int from, int type, PriorityQueue<Waiting> waiting) {
    int at = slot(v);
    int index = slots[at];
    if (index < 0) {
      index = add(v, at);
    } else if (isSettled[index] || gate <= gates[index]) {
      return;
    }
    gates[index] = gate;
    parents[index] = from;
    via[index] = (byte) type;
    waiting.add(new Waiting(gate, index, v));
  }

  private int add(int v, int at) {
    if (count == components.length) {
      int wider = 2 * count;
      components = Arrays.copyOf(components, wider);
      gates = Arrays.copyOf(gates, wider);
      parents = Arrays.copyOf(parents, wider);
      via = Arrays.copyOf(via, wider);
      isSettled = Arrays.copyOf(isSettled, wider);
    }
    components[count] = v;
    slots[at] = count++;
    if (2 * count > slots.length) {
      slots = new int[2 * slots.length];
      Arrays.fill(slots, -1);
      for (int i = 0; i < count; i++) {
        slots[slot(components[i])] = i;
      }
    }
    return count - 1;
  }

  /** Open addressing: where the component is, or where it would go. */
  private int slot(int component) {
    int mask = slots.length - 1;
    int at = (component * 0x9E3779B9 >>> 7) & mask;
    while (slots[at] >= 0 && components[slots[at]] != component) {
      at = (at + 1) & mask;
    }
    return at;
  }
}
