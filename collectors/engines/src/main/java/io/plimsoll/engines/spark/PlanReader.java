// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.spark;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
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

  /** The plan at which the parser stands; without operators when there is none. */
  QueryPlan read(JsonParser parser) throws IOException {
    nodes = 0;
    cut = 0;
    QueryPlan.Builder plan = QueryPlan.builder();
    if (Json.isObject(parser)) {
      tell(operator(parser, 0), 0, plan);
    }
    for (int i = 0; i < cut; i++) {
      plan.cut();
    }
    return plan.build();
  }

  /** The definitions of metrics in the array at which the parser stands. */
  List<QueryPlan.Metric> metrics(JsonParser parser) throws IOException {
    List<QueryPlan.Metric> metrics = new ArrayList<>();
    if (!Json.isArray(parser)) {
      return metrics;
    }
    for (JsonToken token = parser.nextToken();
        token != null && token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      if (!Json.isObject(parser)) {
        continue;
      }
      long id = -1;
      String named = "";
      String type = "";
      for (String name = Json.nextField(parser); name != null; name = Json.nextField(parser)) {
        switch (name) {
          case "name" -> named = Json.text(parser);
          case "accumulatorId" -> id = Json.number(parser, -1);
          case "metricType" -> type = Json.text(parser);
          default -> parser.skipChildren();
        }
      }
      if (id >= 0 && metrics.size() < QueryPlan.MOST_NODES) {
        metrics.add(QueryPlan.Metric.of(id, memory.line(named), memory.line(type)));
      }
    }
    return metrics;
  }

  private Operator operator(JsonParser parser, int depth) throws IOException {
    Operator operator = new Operator();
    nodes++;
    for (String name = Json.nextField(parser); name != null; name = Json.nextField(parser)) {
      switch (name) {
        case "nodeName" -> operator.name = memory.line(Json.text(parser));
        case "simpleString" ->
            operator.line = memory.cut(Json.text(parser), QueryPlan.LONGEST_DESCRIPTION);
        case "metrics" -> operator.metrics = metrics(parser);
        case "children" -> children(parser, operator, depth);
        default -> parser.skipChildren();
      }
    }
    return operator;
  }

  private void children(JsonParser parser, Operator operator, int depth) throws IOException {
    if (!Json.isArray(parser)) {
      return;
    }
    for (JsonToken token = parser.nextToken();
        token != null && token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      if (depth >= DEEPEST || nodes >= QueryPlan.MOST_NODES) {
        cut++;
        parser.skipChildren();
      } else if (Json.isObject(parser)) {
        operator.children.add(operator(parser, depth + 1));
      }
    }
  }

  private static void tell(Operator operator, int depth, QueryPlan.Builder into) {
    into.node(depth, operator.name, operator.line, operator.metrics);
    operator.children.forEach(child -> tell(child, depth + 1, into));
  }
}
