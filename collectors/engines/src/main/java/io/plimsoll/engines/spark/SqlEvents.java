// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.spark;

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

  void started(JsonValues json, Draft into) throws IOException {
    for (String name = json.nextField(); name != null; name = json.nextField()) {
      switch (name) {
        case "executionId" -> json.put(EventNumber.SQL_EXECUTION, into);
        case "rootExecutionId" -> json.put(EventNumber.SQL_ROOT_EXECUTION, into);
        case "description" -> into.put(EventText.DESCRIPTION, memory.line(json.text()));
        case "details" -> into.put(EventText.DETAILS, memory.cut(json.text(), LONGEST_DETAILS));
        case "physicalPlanDescription" ->
            into.put(EventText.PLAN_DESCRIPTION, memory.cut(json.text(), LONGEST_PLAN_TEXT));
        case "sparkPlanInfo" -> plan(json, into);
        case "time" -> into.at(json.number(0));
        case "jobGroupId" -> {
          if (!json.isNull()) {
            into.put(EventText.JOB_GROUP, memory.line(json.text()));
          }
        }
        case "modifiedConfigs" -> configs(json, into);
        default -> json.skip();
      }
    }
  }

  void planChanged(JsonValues json, Draft into) throws IOException {
    for (String name = json.nextField(); name != null; name = json.nextField()) {
      switch (name) {
        case "executionId" -> json.put(EventNumber.SQL_EXECUTION, into);
        case "sparkPlanInfo" -> plan(json, into);
        default -> json.skip();
      }
    }
  }

  void metricsDefined(JsonValues json, Draft into) throws IOException {
    for (String name = json.nextField(); name != null; name = json.nextField()) {
      switch (name) {
        case "executionId" -> json.put(EventNumber.SQL_EXECUTION, into);
        case "sqlPlanMetrics" ->
            into.put(EventText.METRIC_DEFINITIONS, QueryPlan.encode(plans.metrics(json)));
        default -> json.skip();
      }
    }
  }

  void driverMetrics(JsonValues json, Draft into) throws IOException {
    SortedMap<Long, Long> values = new TreeMap<>();
    for (String name = json.nextField(); name != null; name = json.nextField()) {
      switch (name) {
        case "executionId" -> json.put(EventNumber.SQL_EXECUTION, into);
        case "accumUpdates" -> updates(json, values);
        default -> json.skip();
      }
    }
    into.put(EventText.ACCUMULATORS, Accumulators.encode(values));
  }

  /** Spark before 3.4 does not tell how a query ended. */
  void ended(JsonValues json, Draft into) throws IOException {
    for (String name = json.nextField(); name != null; name = json.nextField()) {
      switch (name) {
        case "executionId" -> json.put(EventNumber.SQL_EXECUTION, into);
        case "time" -> into.at(json.number(0));
        case "errorMessage" -> {
          if (json.isNull()) {
            continue;
          }
          String error = json.text();
          into.put(EventNumber.SUCCEEDED, error.isEmpty() ? 1 : 0);
          if (!error.isEmpty()) {
            into.put(EventText.REASON, memory.line(error));
          }
        }
        default -> json.skip();
      }
    }
  }

  private void plan(JsonValues json, Draft into) throws IOException {
    QueryPlan plan = plans.read(json);
    into.put(EventText.PLAN, plan.encode());
    into.put(EventNumber.CUT_COUNT, plan.cutCount());
  }

  private void configs(JsonValues json, Draft into) throws IOException {
    if (!json.isObject()) {
      return;
    }
    int count = 0;
    for (String name = json.nextField(); name != null; name = json.nextField()) {
      String value = json.text();
      if (count++ < MOST_CONFIGS) {
        String cut = value.substring(0, Math.min(value.length(), LONGEST_VALUE));
        into.property(name, memory.redaction().value(name, cut));
      }
    }
  }

  /** Pairs of id and value. */
  private static void updates(JsonValues json, SortedMap<Long, Long> into) throws IOException {
    if (!json.isArray()) {
      return;
    }
    while (json.nextElement()) {
      if (!json.isArray()) {
        continue;
      }
      List<Long> pair = new ArrayList<>(2);
      while (json.nextElement()) {
        long value = json.number(Long.MIN_VALUE);
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
