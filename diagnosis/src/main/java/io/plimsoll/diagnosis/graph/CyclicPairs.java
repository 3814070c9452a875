// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.graph;

import java.util.Arrays;

/**
 * The pairs of component and family that explain each other in a circle.
 *
 * <p>Two components may depend on each other without harm: a slow executor makes its tasks slow,
 * and a hot task loads its executor, but by different families. Only where a family comes back to
 * itself nobody can say which member explains which; such pairs form one group, which is explained
 * from outside or not at all. Circles of more than {@value #FINE} components are not looked into:
 * all their families are one group.
 */
public final class CyclicPairs {
  private static final int FINE = 20_000;
  private static final int[] NO_MEMBERS = {};

  private final LinkGraph graph;
  private final int[] slots;
  private final int[] groups;
  private final int[][] members;

  /** Finds the groups of a graph. */
  public CyclicPairs(LinkGraph graph) {
    this.graph = graph;
    int[] sizes = cycleSizes();
    slots = new int[sizes.length == 0 ? 0 : graph.size()];
    Arrays.fill(slots, -1);
    int[] vertices = new int[Arrays.stream(sizes).sum()];
    int count = 0;
    for (int v = 0; v < slots.length; v++) {
      if (graph.cycle(v) >= 0) {
        vertices[count] = v;
        slots[v] = count++;
      }
    }
    groups = count == 0 ? NO_MEMBERS : grouped(vertices, sizes);
    members = membersOf(vertices);
  }

  /** How many groups there are. */
  public int size() {
    return members.length;
  }

  /** Whether any pair of the component is in a group. */
  public boolean contains(int component) {
    return slots.length > 0 && slots[component] >= 0;
  }

  /** The group of a pair, -1 where it is in none. */
  public int group(int component, int family) {
    return contains(component) ? groups[slots[component] * Family.COUNT + family] : -1;
  }

  /** The components of a group, ascending, each once. */
  public int[] components(int group) {
    return Arrays.stream(members[group]).map(pair -> pair / Family.COUNT).distinct().toArray();
  }

  /** The pairs of a group, ascending, each as component × {@link Family#COUNT} + family. */
  public int[] pairs(int group) {
    return members[group].clone();
  }

  private int[] cycleSizes() {
    int cycles = 0;
    for (int v = 0; v < graph.size(); v++) {
      cycles = Math.max(cycles, graph.cycle(v) + 1);
    }
    int[] sizes = new int[cycles];
    for (int v = 0; v < graph.size(); v++) {
      if (graph.cycle(v) >= 0) {
        sizes[graph.cycle(v)]++;
      }
    }
    return sizes;
  }

  private int[] grouped(int[] vertices, int[] sizes) {
    int[] component = new Cycles(pairLinks(vertices, sizes)).componentOf();
    int[] numbers = new int[component.length + sizes.length];
    Arrays.fill(numbers, -1);
    int next = 0;
    int[] found = new int[vertices.length * Family.COUNT];
    for (int slot = 0; slot < vertices.length; slot++) {
      int cycle = graph.cycle(vertices[slot]);
      for (int f = 0; f < Family.COUNT; f++) {
        int pair = slot * Family.COUNT + f;
        int key = sizes[cycle] > FINE ? component.length + cycle : component[pair];
        if (key >= 0 && numbers[key] < 0) {
          numbers[key] = next++;
        }
        found[pair] = key < 0 ? -1 : numbers[key];
      }
    }
    return found;
  }

  /** The rows of the pairs, and one hub per link so that rows stay short. */
  private LinkGraph.Rows pairLinks(int[] vertices, int[] sizes) {
    int pairs = vertices.length * Family.COUNT;
    int hubs = 0;
    for (int v : vertices) {
      hubs += sizes[graph.cycle(v)] > FINE ? 0 : innerLinks(v);
    }
    int[] start = new int[pairs + hubs + 1];
    IntBuffer other = new IntBuffer();
    int hub = pairs;
    for (int slot = 0; slot < vertices.length; slot++) {
      int v = vertices[slot];
      int first = hub;
      for (int f = 0; f < Family.COUNT; f++) {
        start[slot * Family.COUNT + f] = other.size;
        hub = first;
        for (int i = graph.causesFrom(v); i < graph.causesTo(v); i++) {
          if (isInner(v, i, sizes)) {
            if ((LinkType.at(graph.causeLink(i)).explained() >> f & 1) != 0) {
              other.add(hub);
            }
            hub++;
          }
        }
      }
    }
    hub = pairs;
    for (int v : vertices) {
      for (int i = graph.causesFrom(v); i < graph.causesTo(v); i++) {
        if (isInner(v, i, sizes)) {
          start[hub++] = other.size;
          for (int f = 0; f < Family.COUNT; f++) {
            if ((LinkType.at(graph.causeLink(i)).explaining() >> f & 1) != 0) {
              other.add(slots[graph.cause(i)] * Family.COUNT + f);
            }
          }
        }
      }
    }
    start[pairs + hubs] = other.size;
    return new LinkGraph.Rows(start, other.toArray(), new byte[other.size]);
  }

  private int innerLinks(int v) {
    int inner = 0;
    for (int i = graph.causesFrom(v); i < graph.causesTo(v); i++) {
      inner += graph.cycle(graph.cause(i)) == graph.cycle(v) ? 1 : 0;
    }
    return inner;
  }

  private boolean isInner(int v, int entry, int[] sizes) {
    int cycle = graph.cycle(v);
    return sizes[cycle] <= FINE && graph.cycle(graph.cause(entry)) == cycle;
  }

  private int[][] membersOf(int[] vertices) {
    int count = Arrays.stream(groups).max().orElse(-1) + 1;
    int[] sizes = new int[count];
    for (int group : groups) {
      if (group >= 0) {
        sizes[group]++;
      }
    }
    int[][] found = new int[count][];
    for (int g = 0; g < count; g++) {
      found[g] = new int[sizes[g]];
    }
    int[] next = new int[count];
    for (int pair = 0; pair < groups.length; pair++) {
      int group = groups[pair];
      if (group >= 0) {
        found[group][next[group]++] =
            vertices[pair / Family.COUNT] * Family.COUNT + pair % Family.COUNT;
      }
    }
    return found;
  }

  /** A list of ints that grows. */
  private static final class IntBuffer {
    private int[] values = new int[64];
    private int size;

    private void add(int value) {
      if (size == values.length) {
        values = Arrays.copyOf(values, Math.addExact(size, size));
      }
      values[size++] = value;
    }

    private int[] toArray() {
      return Arrays.copyOf(values, size);
    }
  }
}
