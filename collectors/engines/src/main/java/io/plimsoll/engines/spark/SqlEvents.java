// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.spark;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.plimsoll.wire.Accumulators;
import io.plimsoll.wire.EventNumber;
import io.plimsoll.wire.EventText;
import io.plimsoll.wire.QueryPlan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads events of SQL queries. */
final class SqlEvents {
  private static final int LONGEST_PLAN_TEXT = 16_000;
  private static final int LONGEST_DETAILS = 2_000;
  private static final int LONGEST_VALUE = 1_000;
  private static final int MOST_CONFIGS = 500;

  private final LogMemory memory;
  private final PlanReader plans;

  SqlEvents(LogMemory memory) {
    this.memory = memory;
    this.plans = new PlanReader(memory);
  }

  void started(JsonParser parser, Draft into) throws IOException {
    for (String name = Json.nextField(parser); name != null; name = Json.nextField(parser)) {
      switch (name) {
        case "executionId" -> Json.put(parser, EventNumber.SQL_EXECUTION, into);
        case "rootExecutionId" -> Json.put(parser, EventNumber.SQL_ROOT_EXECUTION, into);
        case "description" -> into.put(EventText.DESCRIPTION, memory.line(Json.text(parser)));
        case "details" ->
            into.put(EventText.DETAILS, memory.cut(Json.text(parser), LONGEST_DETAILS));
        case "physicalPlanDescription" ->
            into.put(EventText.PLAN_DESCRIPTION, memory.cut(Json.text(parser), LONGEST_PLAN_TEXT));
        case "sparkPlanInfo" -> plan(parser, into);
        case "time" -> into.at(Json.number(parser, 0));
        case "jobGroupId" -> {
          if (parser.currentToken() != JsonToken.VALUE_NULL) {
            into.put(EventText.JOB_GROUP, memory.line(Json.text(parser)));
          }
        }
        case "modifiedConfigs" -> configs(parser, into);
        default -> parser.skipChildren();
      }
    }
  }

  void planChanged(JsonParser parser, Draft into) throws IOException {
    for (String name = Json.nextField(parser); name != null; name = Json.nextField(parser)) {
      switch (name) {
        case "executionId" -> Json.put(parser, EventNumber.SQL_EXECUTION, into);
        case "sparkPlanInfo" -> plan(parser, into);
        default -> parser.skipChildren();
      }
    }
  }

  void metricsDefined(JsonParser parser, Draft into) throws IOException {
    for (String name = Json.nextField(parser); name != null; name = Json.nextField(parser)) {
      switch (name) {
        case "executionId" -> Json.put(parser, EventNumber.SQL_EXECUTION, into);
        case "sqlPlanMetrics" ->
            into.put(EventText.METRIC_DEFINITIONS, QueryPlan.encode(plans.metrics(parser)));
        default -> parser.skipChildren();
      }
    }
  }

  void driverMetrics(JsonParser parser, Draft into) throws IOException {
    SortedMap<Long, Long> values = new TreeMap<>();
    for (String name = Json.nextField(parser); name != null; name = Json.nextField(parser)) {
      switch (name) {
        case "executionId" -> Json.put(parser, EventNumber.SQL_EXECUTION, into);
        case "accumUpdates" -> updates(parser, values);
        default -> parser.skipChildren();
      }
    }
    into.put(EventText.ACCUMULATORS, Accumulators.encode(values));
  }

  /** Spark before 3.4 does not tell how a query ended. */
  void ended(JsonParser parser, Draft into) throws IOException {
    for (String name = Json.nextField(parser); name != null; name = Json.nextField(parser)) {
      switch (name) {
        case "executionId" -> Json.put(parser, EventNumber.SQL_EXECUTION, into);
        case "time" -> into.at(Json.number(parser, 0));
        case "errorMessage" -> {
          if (parser.currentToken() == JsonToken.VALUE_NULL) {
            continue;
          }
          String error = Json.text(parser);
          into.put(EventNumber.SUCCEEDED, error.isEmpty() ? 1 : 0);
          if (!error.isEmpty()) {
            into.put(EventText.REASON, memory.line(error));
          }
        }
        default -> parser.skipChildren();
      }
    }
  }

  private void plan(JsonParser parser, Draft into) throws IOException {
    QueryPlan plan = plans.read(parser);
    into.put(EventText.PLAN, plan.encode());
    into.put(EventNumber.CUT_COUNT, plan.cutCount());
  }

  private void configs(JsonParser parser, Draft into) throws IOException {
    if (!Json.isObject(parser)) {
      return;
    }
    int count = 0;
    for (String name = Json.nextField(parser); name != null; name = Json.nextField(parser)) {
      String value = Json.text(parser);
      if (count++ < MOST_CONFIGS) {
        String cut = value.substring(0, Math.min(value.length(), LONGEST_VALUE));
        into.property(name, memory.redaction().value(name, cut));
      }
    }
  }

  /** Pairs of id and value. */
  private static void updates(JsonParser parser, SortedMap<Long, Long> into) throws IOException {
    if (!Json.isArray(parser)) {
      return;
    }
    for (JsonToken update = parser.nextToken();
        update != null && update != JsonToken.END_ARRAY;
        update = parser.nextToken()) {
      if (!Json.isArray(parser)) {
        continue;
      }
      List<Long> pair = new ArrayList<>(2);
      for (JsonToken token = parser.nextToken();
          token != null && token != JsonToken.END_ARRAY;
          token = parser.nextToken()) {
        long value = Json.number(parser, Long.MIN_VALUE);
        if (pair.size() < 2 && value != Long.MIN_VALUE) {
          pair.add(value);
        }
      }
      if (pair.size() == 2) {
        into.put(pair.get(0), pair.get(1));
      }
    }
  }
}
