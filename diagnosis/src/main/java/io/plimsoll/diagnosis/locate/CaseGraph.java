// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.locate;

import io.plimsoll.diagnosis.graph.ComponentType;
import io.plimsoll.diagnosis.graph.LinkGraph;
import io.plimsoll.diagnosis.graph.LinkType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** The nodes and edges of a case under the names that it gives them. */
public final class CaseGraph {
  private final String[] ids;
  private final Map<String, Integer> numbers;
  private final LinkGraph links;
  private final List<String> notes;

  private CaseGraph(
      String[] ids, Map<String, Integer> numbers, LinkGraph links, List<String> notes) {
    this.ids = ids;
    this.numbers = numbers;
    this.links = links;
    this.notes = notes;
  }

  public static Builder builder() {
    return new Builder();
  }

  /** How many nodes there are, those included that only edges name. */
  public int size() {
    return ids.length;
  }

  public LinkGraph links() {
    return links;
  }

  /** What could not be taken as it was given. */
  public List<String> notes() {
    return notes;
  }

  /** The node's number, nothing where there is no such node. */
  OptionalInt number(String id) {
    Integer number = numbers.get(id);
    return number == null ? OptionalInt.empty() : OptionalInt.of(number);
  }

  String id(int number) {
    return ids[number];
  }

  /** Collects nodes and edges in any order; not for several threads. */
  public static final class Builder {
    private final Map<String, Integer> numbers = new HashMap<>();
    private final Notes notes = new Notes();
    private String[] ids = new String[16];
    private byte[] types = new byte[16];
    private boolean[] isDeclared = new boolean[16];
    private int[] from = new int[16];
    private int[] to = new int[16];
    private byte[] kinds = new byte[16];
    private int edges;

    /**
     * Declares a node.
     *
     * @param type any name; empty or unknown ones count as a plain component
     */
    public Builder node(String id, String type) {
      int number = number(id);
      if (isDeclared[number]) {
        throw new BadCaseException(
            "node '" + id + "' is declared twice; give each node an id of its own");
      }
      isDeclared[number] = true;
      if (!type.isEmpty()) {
        ComponentType known = ComponentType.of(type).orElse(ComponentType.COMPONENT);
        types[number] = (byte) known.ordinal();
        if (known == ComponentType.COMPONENT && ComponentType.of(type).isEmpty()) {
          notes.add("unknown node type, read as component", type);
        }
      }
      return this;
    }

    /** Adds an edge from the one that depends to the one it depends on. */
    public Builder edge(String dependent, String cause, String type) {
      if (edges == from.length) {
        int wider = Math.addExact(edges, edges / 2);
        from = Arrays.copyOf(from, wider);
        to = Arrays.copyOf(to, wider);
        kinds = Arrays.copyOf(kinds, wider);
      }
      LinkType known = LinkType.of(type).orElse(LinkType.DEPENDS_ON);
      if (!type.isEmpty() && LinkType.of(type).isEmpty()) {
        notes.add("unknown edge type, read as depends_on", type);
      }
      from[edges] = number(dependent);
      to[edges] = number(cause);
      kinds[edges++] = (byte) known.ordinal();
      return this;
    }

    private int number(String id) {
      Integer known = numbers.get(id);
      if (known != null) {
        return known;
      }
      int number = numbers.size();
      if (number == ids.length) {
        int wider = Math.addExact(number, number / 2);
        ids = Arrays.copyOf(ids, wider);
        types = Arrays.copyOf(types, wider);
        isDeclared = Arrays.copyOf(isDeclared, wider);
      }
      ids[number] = id;
      numbers.put(id, number);
      return number;
    }

    /** The graph, its nodes numbered in the order of their ids. */
    public CaseGraph build() {
      int size = numbers.size();
      String[] sorted = Arrays.copyOf(ids, size);
      Arrays.sort(sorted);
      int[] renumbered = new int[size];
      LinkGraph.Builder links = LinkGraph.builder(size);
      for (int i = 0; i < size; i++) {
        int old = numbers.getOrDefault(sorted[i], 0);
        renumbered[old] = i;
        links.type(i, ComponentType.at(types[old]));
        if (!isDeclared[old]) {
          notes.add("only an edge names it, taken as a node that did not report", sorted[i]);
        }
      }
      for (int i = 0; i < edges; i++) {
        links.link(renumbered[from[i]], renumbered[to[i]], LinkType.at(kinds[i]));
      }
      Map<String, Integer> byId = new HashMap<>(size * 2);
      for (int i = 0; i < size; i++) {
        byId.put(sorted[i], i);
      }
      LinkGraph graph = links.build();
      if (graph.selfLinks() > 0) {
        notes.add("edges from a node to itself, left out", Long.toString(graph.selfLinks()));
      }
      return new CaseGraph(sorted, byId, graph, notes.lines());
    }
  }
}
