// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.spark;

import io.plimsoll.wire.QueryPlan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a query's plan. Spark writes an operator's children before its metrics, so the tree is held
 * until it ends; operators above the bounds of {@link QueryPlan} are passed over and counted.
 */
final class PlanReader {
  private static final int DEEPEST = 400;

  private final LogMemory memory;
  private int nodes;
  private int cut;

  PlanReader(LogMemory memory) {
    this.memory = memory;
  }

  /** One operator with those below it. */
  private static final class Operator {
    private String name = "";
    private String line = "";
    private List<QueryPlan.Metric> metrics = List.of();
    private final List<Operator> children = new ArrayList<>();
  }

  /** The plan that begins here; without operators when there is none. */
  QueryPlan read(JsonValues json) throws IOException {
    nodes = 0;
    cut = 0;
    QueryPlan.Builder plan = QueryPlan.builder();
    if (json.isObject()) {
      tell(operator(json, 0), 0, plan);
    }
    for (int i = 0; i < cut; i++) {
      plan.cut();
    }
    return plan.build();
  }

  /** The definitions of metrics in the array that begins here. */
  List<QueryPlan.Metric> metrics(JsonValues json) throws IOException {
    List<QueryPlan.Metric> metrics = new ArrayList<>();
    if (!json.isArray()) {
      return metrics;
    }
    while (json.nextElement()) {
      if (!json.isObject()) {
        continue;
      }
      long id = -1;
      String named = "";
      String type = "";
      for (String name = json.nextField(); name != null; name = json.nextField()) {
        switch (name) {
          case "name" -> named = json.text();
          case "accumulatorId" -> id = json.number(-1);
          case "metricType" -> type = json.text();
          default -> json.skip();
        }
      }
      if (id >= 0 && metrics.size() < QueryPlan.MOST_NODES) {
        metrics.add(QueryPlan.Metric.of(id, memory.line(named), memory.line(type)));
      }
    }
    return metrics;
  }

  private Operator operator(JsonValues json, int depth) throws IOException {
    Operator operator = new Operator();
    nodes++;
    for (String name = json.nextField(); name != null; name = json.nextField()) {
      switch (name) {
        case "nodeName" -> operator.name = memory.line(json.text());
        case "simpleString" ->
            operator.line = memory.cut(json.text(), QueryPlan.LONGEST_DESCRIPTION);
        case "metrics" -> operator.metrics = metrics(json);
        case "children" -> children(json, operator, depth);
        default -> json.skip();
      }
    }
    return operator;
  }

  private void children(JsonValues json, Operator operator, int depth) throws IOException {
    if (!json.isArray()) {
      return;
    }
    while (json.nextElement()) {
      if (depth >= DEEPEST || nodes >= QueryPlan.MOST_NODES) {
        cut++;
        json.skip();
      } else if (json.isObject()) {
        operator.children.add(operator(json, depth + 1));
      }
    }
  }

  private static void tell(Operator operator, int depth, QueryPlan.Builder into) {
    into.node(depth, operator.name, operator.line, operator.metrics);
    operator.children.forEach(child -> tell(child, depth + 1, into));
  }
}
