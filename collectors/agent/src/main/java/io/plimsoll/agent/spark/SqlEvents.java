// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.spark;

import io.plimsoll.wire.Accumulators;
import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.EventKind;
import io.plimsoll.wire.EventNumber;
import io.plimsoll.wire.EventText;
import io.plimsoll.wire.QueryPlan;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Reads what Spark SQL posts on the listener bus: queries, their plans and their metrics. */
final class SqlEvents {
  private static final int LONGEST_PLAN_DESCRIPTION = 16 * 1024;
  private static final int LONGEST_DETAILS = 2_000;
  private static final int LONGEST_DESCRIPTION = 2_000;
  private static final int LONGEST_VALUE = 1_000;
  private static final int MOST_PROPERTIES = 100;
  private static final int MOST_METRICS = 500;
  private static final int DEEPEST = 1_000;
  private static final long PLANS_AT_ONCE_BYTES = 1_500_000;
  private static final long PLANS_BYTES_PER_SECOND = 500_000;

  private final Accessor time = new Accessor("time");
  private final Accessor executionId;
  private final Accessor rootExecutionId;
  private final Accessor description;
  private final Accessor details;
  private final Accessor physicalPlanDescription;
  private final Accessor sparkPlanInfo;
  private final Accessor modifiedConfigs;
  private final Accessor jobGroupId;
  private final Accessor errorMessage;
  private final Accessor executionFailure = new Accessor("executionFailure");
  private final Accessor nodeName;
  private final Accessor simpleString;
  private final Accessor children;
  private final Accessor metrics;
  private final Accessor name = new Accessor("name");
  private final Accessor accumulatorId = new Accessor("accumulatorId");
  private final Accessor metricType = new Accessor("metricType");
  private final Accessor sqlPlanMetrics;
  private final Accessor accumUpdates;
  private final Scala scala;
  private final EventTexts texts;
  private final TextBudget budget;

  SqlEvents(Scala scala, EventTexts texts, MissingMembers missing, LongSupplier nanoClock) {
    this.scala = scala;
    this.texts = texts;
    budget = new TextBudget(PLANS_AT_ONCE_BYTES, PLANS_BYTES_PER_SECOND, nanoClock);
    executionId = new Accessor("executionId", missing);
    rootExecutionId = new Accessor("rootExecutionId", missing);
    description = new Accessor("description", missing);
    details = new Accessor("details", missing);
    physicalPlanDescription = new Accessor("physicalPlanDescription", missing);
    sparkPlanInfo = new Accessor("sparkPlanInfo", missing);
    modifiedConfigs = new Accessor("modifiedConfigs", missing);
    jobGroupId = new Accessor("jobGroupId", missing);
    errorMessage = new Accessor("errorMessage", missing);
    nodeName = new Accessor("nodeName", missing);
    simpleString = new Accessor("simpleString", missing);
    children = new Accessor("children", missing);
    metrics = new Accessor("metrics", missing);
    sqlPlanMetrics = new Accessor("sqlPlanMetrics", missing);
    accumUpdates = new Accessor("accumUpdates", missing);
  }

  /** The event, or null for one that is not of a query. */
  @Nullable EngineEvent of(Object event) {
    switch (event.getClass().getSimpleName()) {
      case "SparkListenerSQLExecutionStart":
        return started(event);
      case "SparkListenerSQLExecutionEnd":
        return ended(event);
      case "SparkListenerSQLAdaptiveExecutionUpdate":
        return planChanged(event);
      case "SparkListenerSQLAdaptiveSQLMetricUpdates":
        return metricsDefined(event);
      case "SparkListenerDriverAccumUpdates":
        return driverMetrics(event);
      default:
        return null;
    }
  }

  private EngineEvent started(Object event) {
    EngineEvent.Builder built = of(EventKind.SQL_STARTED, event);
    Object root = scala.content(rootExecutionId.read(event));
    if (root instanceof Number) {
      built.put(EventNumber.SQL_ROOT_EXECUTION, ((Number) root).longValue());
    }
    int cut = put(built, EventText.DESCRIPTION, description.text(event), LONGEST_DESCRIPTION);
    cut += put(built, EventText.DETAILS, details.text(event), LONGEST_DETAILS);
    Object group = scala.content(jobGroupId.read(event));
    if (group != null) {
      built.put(EventText.JOB_GROUP, texts.line(group.toString()));
    }
    cut += plan(built, event);
    String printed = physicalPlanDescription.text(event);
    String shown = texts.within(printed, LONGEST_PLAN_DESCRIPTION);
    if (budget.take(shown)) {
      cut += put(built, EventText.PLAN_DESCRIPTION, printed.length(), shown);
    } else {
      cut++;
    }
    cut += configuration(built, event);
    return cut(built, cut);
  }

  /** Returns how many were left out; they share the plans' budget. */
  private int configuration(EngineEvent.Builder built, Object event) {
    int cut = 0;
    int properties = 0;
    for (Object pair : scala.elements(modifiedConfigs.read(event))) {
      String key = String.valueOf(scala.first(pair));
      String value = texts.value(key, String.valueOf(scala.second(pair)));
      boolean isLong = key.length() + value.length() > LONGEST_VALUE;
      if (isLong || ++properties > MOST_PROPERTIES || !budget.take(key + value)) {
        cut++;
      } else {
        built.property(key, value);
      }
    }
    return cut;
  }

  private EngineEvent planChanged(Object event) {
    EngineEvent.Builder built = of(EventKind.SQL_PLAN_CHANGED, event);
    return cut(built, plan(built, event));
  }

  private EngineEvent ended(Object event) {
    EngineEvent.Builder built = of(EventKind.SQL_ENDED, event);
    Object failure = scala.content(executionFailure.read(event));
    Object told = scala.content(errorMessage.read(event));
    String message = told == null ? "" : told.toString();
    if (message.isEmpty() && failure != null) {
      message = failure.toString();
    }
    if (!message.isEmpty()) {
      built.put(EventText.REASON, texts.line(message));
    }
    if (failure != null || told != null) {
      // An empty message is how Spark logs that there was no error.
      built.put(EventNumber.SUCCEEDED, message.isEmpty() ? 1 : 0);
    } else if (executionFailure.read(event) != null) {
      built.put(EventNumber.SUCCEEDED, 1);
    }
    return built.build();
  }

  private EngineEvent metricsDefined(Object event) {
    List<QueryPlan.Metric> defined = metricsOf(sqlPlanMetrics.read(event));
    boolean isLong = defined.size() > MOST_METRICS;
    EngineEvent.Builder built =
        of(EventKind.SQL_METRICS_DEFINED, event)
            .put(
                EventText.METRIC_DEFINITIONS,
                QueryPlan.encode(isLong ? defined.subList(0, MOST_METRICS) : defined));
    return cut(built, isLong ? defined.size() - MOST_METRICS : 0);
  }

  private EngineEvent driverMetrics(Object event) {
    TreeMap<Long, Long> values = new TreeMap<>();
    for (Object pair : scala.elements(accumUpdates.read(event))) {
      Object id = scala.first(pair);
      Object value = scala.second(pair);
      if (id instanceof Number && value instanceof Number) {
        values.put(((Number) id).longValue(), ((Number) value).longValue());
      }
    }
    return of(EventKind.SQL_METRICS, event)
        .put(EventText.ACCUMULATORS, Accumulators.encode(values))
        .build();
  }

  private EngineEvent.Builder of(EventKind kind, Object event) {
    return EngineEvent.builder(kind, time.number(event, System.currentTimeMillis()))
        .put(EventNumber.SQL_EXECUTION, executionId.number(event, -1));
  }

  private static EngineEvent cut(EngineEvent.Builder built, int cut) {
    return (cut > 0 ? built.put(EventNumber.CUT_COUNT, cut) : built).build();
  }

  private int put(EngineEvent.Builder built, EventText field, String text, int most) {
    return put(built, field, text.length(), texts.within(text, most));
  }

  private static int put(EngineEvent.Builder built, EventText field, int length, String text) {
    if (!text.isEmpty()) {
      built.put(field, text);
    }
    return text.length() < length ? 1 : 0;
  }

  /** Puts the tree in; returns how much of it was left out. */
  private int plan(EngineEvent.Builder built, Object event) {
    Object root = sparkPlanInfo.read(event);
    if (root == null) {
      return 0;
    }
    QueryPlan plan = tree(root);
    String text = plan.encode();
    if (!budget.take(text)) {
      return Math.max(1, plan.nodes().size() + plan.cutCount());
    }
    built.put(EventText.PLAN, text);
    return plan.cutCount();
  }

  private QueryPlan tree(Object root) {
    QueryPlan.Builder plan = QueryPlan.builder();
    Deque<Object> nodes = new ArrayDeque<>();
    Deque<Integer> depths = new ArrayDeque<>();
    nodes.push(root);
    depths.push(0);
    boolean open = true;
    while (open && !nodes.isEmpty()) {
      Object node = nodes.pop();
      int depth = depths.pop();
      open =
          plan.node(
              depth,
              texts.line(nodeName.text(node)),
              texts.within(simpleString.text(node), 2 * QueryPlan.LONGEST_DESCRIPTION),
              metricsOf(metrics.read(node)));
      List<Object> below =
          depth < DEEPEST ? scala.elements(children.read(node)) : new ArrayList<>();
      for (int i = below.size() - 1; i >= 0; i--) {
        nodes.push(below.get(i));
        depths.push(depth + 1);
      }
    }
    for (int i = nodes.size(); i > 0; i--) {
      plan.cut();
    }
    return plan.build();
  }

  private List<QueryPlan.Metric> metricsOf(@Nullable Object given) {
    List<QueryPlan.Metric> defined = new ArrayList<>();
    for (Object metric : scala.elements(given)) {
      long id = accumulatorId.number(metric, -1);
      defined.add(QueryPlan.Metric.of(id, texts.line(name.text(metric)), metricType.text(metric)));
    }
    return defined;
  }
}
