// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.graph;

import java.util.Arrays;

/**
 * The strongly connected components of more than one member, by Tarjan's algorithm (Depth-first
 * search and linear graph algorithms, 1972), with a stack of its own: a chain may be a million
 * long.
 */
final class Cycles {
  private final LinkGraph.Rows rows;
  private final int[] order;
  private final int[] low;
  private final int[] component;
  private final int[] stack;
  private final int[] path;
  private final int[] cursor;
  private int stacked;
  private int visited;
  private int found;

  Cycles(LinkGraph.Rows rows) {
    this.rows = rows;
    int size = rows.size();
    order = new int[size];
    low = new int[size];
    component = new int[size];
    stack = new int[size];
    path = new int[size];
    cursor = Arrays.copyOf(rows.start, size);
    Arrays.fill(component, -1);
  }

  /** For each vertex the number of its circle, -1 where it is in none. */
  int[] componentOf() {
    for (int v = 0; v < rows.size(); v++) {
      if (order[v] == 0) {
        visit(v);
      }
    }
    for (int v = 0; v < component.length; v++) {
      component[v] = component[v] == ALONE ? -1 : component[v];
    }
    return component;
  }

  private static final int ALONE = Integer.MAX_VALUE;

  private void visit(int root) {
    int depth = 0;
    path[0] = root;
    enter(root);
    while (depth >= 0) {
      int v = path[depth];
      if (cursor[v] < rows.start[v + 1]) {
        int w = rows.other[cursor[v]++];
        if (order[w] == 0) {
          path[++depth] = w;
          enter(w);
        } else if (component[w] == -1) {
          low[v] = Math.min(low[v], order[w]);
        }
      } else {
        leave(v);
        depth--;
        if (depth >= 0) {
          low[path[depth]] = Math.min(low[path[depth]], low[v]);
        }
      }
    }
  }

  private void enter(int v) {
    order[v] = ++visited;
    low[v] = visited;
    stack[stacked++] = v;
  }

  private void leave(int v) {
    if (low[v] != order[v]) {
      return;
    }
    if (stack[stacked - 1] == v) {
      stacked--;
      component[v] = ALONE;
      return;
    }
    int w;
    do {
      w = stack[--stacked];
      component[w] = found;
    } while (w != v);
    found++;
  }
}
