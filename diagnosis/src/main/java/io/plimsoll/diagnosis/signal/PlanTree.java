// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.signal;

import io.plimsoll.profile.QueryProfile;
import io.plimsoll.wire.QueryPlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** A query's plan with what its metrics say; operators are named by their place in pre-order. */
final class PlanTree {
  private static final String ROWS = "number of output rows";

  /** FNV-1a, 64 bit (Fowler, Noll, Vo). */
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;

  private static final long FNV_PRIME = 0x100000001b3L;

  private static final Pattern STAGE_ID = Pattern.compile(" ?\\(\\d+\\)");
  private static final Pattern IDS = Pattern.compile("#\\d+L?|plan_id=\\d+|id=#?\\d+|\\(\\d+\\)");

  private final Map<Integer, String> plain = new HashMap<>();
  private final QueryProfile query;
  private final List<QueryPlan.Node> nodes;
  private final List<List<Integer>> children = new ArrayList<>();

  PlanTree(QueryProfile query) {
    this.query = query;
    this.nodes = query.plan().nodes();
    List<Integer> path = new ArrayList<>();
    for (int place = 0; place < nodes.size(); place++) {
      children.add(new ArrayList<>());
      int depth = nodes.get(place).depth();
      while (!path.isEmpty() && nodes.get(path.get(path.size() - 1)).depth() >= depth) {
        path.remove(path.size() - 1);
      }
      if (!path.isEmpty()) {
        children.get(path.get(path.size() - 1)).add(place);
      }
      path.add(place);
    }
  }

  int size() {
    return nodes.size();
  }

  QueryPlan.Node node(int place) {
    return nodes.get(place);
  }

  List<Integer> children(int place) {
    return children.get(place);
  }

  /** The first operator behind the subtree of this one. */
  int end(int place) {
    int end = place + 1;
    while (end < nodes.size() && nodes.get(end).depth() > nodes.get(place).depth()) {
      end++;
    }
    return end;
  }

  boolean named(int place, String... words) {
    for (String word : words) {
      if (nodes.get(place).name().contains(word)) {
        return true;
      }
    }
    return false;
  }

  /** The value of the first of these metrics that was told; -1 when none was. */
  long value(int place, String... names) {
    for (String name : names) {
      for (QueryPlan.Metric metric : nodes.get(place).metrics()) {
        Long value = query.values().get(metric.id());
        if (value != null && metric.name().equals(name)) {
          return Math.max(0, value);
        }
      }
    }
    return -1;
  }

  /** Rows that come out of this operator, or else out of the nearest below it; -1 unknown. */
  long rows(int place) {
    int at = place;
    while (true) {
      long rows = value(at, ROWS, "shuffle records written", "records read");
      if (rows >= 0) {
        return rows;
      }
      if (children(at).size() != 1) {
        return -1;
      }
      at = children(at).get(0);
    }
  }

  /** Bytes that the nearest exchange at or below this operator moved; -1 where there is none. */
  long exchanged(int place) {
    int at = place;
    while (true) {
      if (named(at, "Exchange") && !named(at, "Broadcast")) {
        return value(at, "data size", "shuffle bytes written");
      }
      if (children(at).size() != 1) {
        return -1;
      }
      at = children(at).get(0);
    }
  }

  /** The same for subtrees that compute the same: ids of expressions and plans do not count. */
  long fingerprint(int place) {
    long hash = FNV_OFFSET;
    int end = end(place);
    for (int at = place; at < end; at++) {
      String text = (nodes.get(at).depth() - nodes.get(place).depth()) + " " + plain(at);
      for (int i = 0; i < text.length(); i++) {
        hash = (hash ^ text.charAt(i)) * FNV_PRIME;
      }
    }
    return hash;
  }

  boolean containsBelow(int place, String word) {
    int end = end(place);
    for (int at = place; at < end; at++) {
      if (named(at, word)) {
        return true;
      }
    }
    return false;
  }

  /** Name and description without ids. */
  private String plain(int place) {
    return plain.computeIfAbsent(
        place,
        any ->
            STAGE_ID.matcher(nodes.get(place).name()).replaceAll("")
                + " "
                + IDS.matcher(nodes.get(place).description()).replaceAll(""));
  }
}
