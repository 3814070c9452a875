// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.wire.codec;

import io.plimsoll.wire.Accumulators;
import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.Envelope;
import io.plimsoll.wire.EventKind;
import io.plimsoll.wire.EventNumber;
import io.plimsoll.wire.EventText;
import io.plimsoll.wire.QueryPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a Spark driver tells beside jobs, stages and tasks. */
final class SparkFixtures {
  private static final long START = 1_763_900_000_000L;
  private static final int FIRST_PEAK = 100;
  private static final int LAST_PEAK = 122;
  private static final int LAST_TASK_NUMBER = 139;

  private SparkFixtures() {}

  static Map<String, Envelope> expected() {
    Map<String, Envelope> fixtures = new TreeMap<>();
    fixtures.put("events-spark-sql", WireFixtures.events(sqlEvents()));
    fixtures.put("events-spark-cluster", WireFixtures.events(clusterEvents()));
    fixtures.put("events-spark-metrics", WireFixtures.events(metricEvents()));
    return fixtures;
  }

  private static List<EngineEvent> sqlEvents() {
    QueryPlan.Builder plan = QueryPlan.builder();
    plan.node(0, "AdaptiveSparkPlan", "AdaptiveSparkPlan isFinalPlan=false", List.of());
    plan.node(
        1,
        "Exchange",
        "Exchange hashpartitioning(a|b#1, 200)\ttab \\ line\nend",
        List.of(
            QueryPlan.Metric.of(12, "shuffle bytes written", "size"),
            QueryPlan.Metric.of(13, "a|b", "nsTiming")));
    return List.of(
        EngineEvent.builder(EventKind.LOG_STARTED, START)
            .put(EventText.ENGINE_VERSION, "3.5.6")
            .build(),
        EngineEvent.builder(EventKind.SQL_STARTED, START + 10)
            .put(EventNumber.SQL_EXECUTION, 4)
            .put(EventNumber.SQL_ROOT_EXECUTION, 3)
            .put(EventNumber.CUT_COUNT, 2)
            .put(EventText.DESCRIPTION, "select 'ä'")
            .put(EventText.DETAILS, "org.example.Main.main(Main.java:7)")
            .put(EventText.PLAN, plan.build().encode())
            .put(EventText.PLAN_DESCRIPTION, "== Physical Plan ==\n...")
            .put(EventText.JOB_GROUP, "nightly")
            .property("spark.sql.shuffle.partitions", "7")
            .build(),
        EngineEvent.builder(EventKind.SQL_PLAN_CHANGED, START + 20)
            .put(EventNumber.SQL_EXECUTION, 4)
            .put(EventText.PLAN, plan.build().encode())
            .build(),
        EngineEvent.builder(EventKind.SQL_METRICS_DEFINED, START + 21)
            .put(EventNumber.SQL_EXECUTION, 4)
            .put(
                EventText.METRIC_DEFINITIONS,
                QueryPlan.encode(List.of(QueryPlan.Metric.of(31, "number of rows", "sum"))))
            .build(),
        EngineEvent.builder(EventKind.SQL_METRICS, START + 22)
            .put(EventNumber.SQL_EXECUTION, 4)
            .put(
                EventText.ACCUMULATORS,
                Accumulators.encode(new TreeMap<>(Map.of(12L, 345L, 13L, -4L))))
            .build(),
        EngineEvent.builder(EventKind.SQL_ENDED, START + 30)
            .put(EventNumber.SQL_EXECUTION, 4)
            .put(EventNumber.SUCCEEDED, 0)
            .put(EventText.REASON, "Job aborted")
            .build());
  }

  private static List<EngineEvent> clusterEvents() {
    List<EngineEvent> events = new ArrayList<>();
    for (EventKind excluded : List.of(EventKind.EXECUTOR_EXCLUDED, EventKind.NODE_EXCLUDED)) {
      events.add(
          EngineEvent.builder(excluded, START + 40)
              .put(EventNumber.FAILURE_COUNT, 2)
              .put(EventNumber.STAGE_ID, 5)
              .put(EventNumber.STAGE_ATTEMPT, 1)
              .put(EventText.EXECUTOR_ID, "7")
              .put(EventText.HOST, "node-2")
              .build());
    }
    events.add(executor(EventKind.EXECUTOR_UNEXCLUDED).build());
    events.add(executor(EventKind.NODE_UNEXCLUDED).build());
    events.add(
        executor(EventKind.BLOCK_MANAGER_ADDED)
            .put(EventNumber.STORAGE_CAPACITY_BYTES, 600)
            .put(EventNumber.STORAGE_ON_HEAP_CAPACITY_BYTES, 400)
            .put(EventNumber.STORAGE_OFF_HEAP_CAPACITY_BYTES, 200)
            .build());
    events.add(executor(EventKind.BLOCK_MANAGER_REMOVED).build());
    events.add(
        EngineEvent.builder(EventKind.RDD_UNPERSISTED, START + 50)
            .put(EventNumber.RDD_ID, 9)
            .build());
    events.add(
        EngineEvent.builder(EventKind.RESOURCE_PROFILE_ADDED, START + 51)
            .put(EventNumber.RESOURCE_PROFILE, 1)
            .property("executor.memory", "4096")
            .property("task.cpus", "1.0")
            .build());
    events.add(
        EngineEvent.builder(EventKind.SPECULATIVE_TASK_SUBMITTED, START + 52)
            .put(EventNumber.STAGE_ID, 5)
            .put(EventNumber.STAGE_ATTEMPT, 1)
            .put(EventNumber.PARTITION, 3)
            .build());
    events.add(
        EngineEvent.builder(EventKind.LISTENER_EVENTS_DROPPED, START + 53)
            .put(EventNumber.DROPPED_COUNT, 13_971)
            .put(EventText.QUEUE, "appStatus")
            .build());
    events.add(
        EngineEvent.builder(EventKind.MEMBERS_MISSING, START + 54)
            .put(EventText.MISSING_MEMBERS, "TaskMetrics.peakOnHeapExecutionMemory")
            .build());
    return events;
  }

  private static EngineEvent.Builder executor(EventKind kind) {
    return EngineEvent.builder(kind, START + 45)
        .put(EventText.EXECUTOR_ID, "7")
        .put(EventText.HOST, "node-2");
  }

  /** Every number of peaks and task ends, each with a value of its own. */
  private static List<EngineEvent> metricEvents() {
    EngineEvent.Builder peaks =
        EngineEvent.builder(EventKind.EXECUTOR_METRICS, START + 60)
            .put(EventText.EXECUTOR_ID, "7")
            .put(EventNumber.STAGE_ID, 5)
            .put(EventNumber.STAGE_ATTEMPT, 1);
    EngineEvent.Builder task =
        EngineEvent.builder(EventKind.TASK_ENDED, START + 61)
            .put(EventText.LOCALITY, "NODE_LOCAL")
            .put(EventText.FAILURE_KIND, "FetchFailed")
            .put(EventText.FAILURE_CLASS, "java.io.IOException")
            .put(EventText.FETCH_FAILED_HOST, "node-3")
            .put(EventText.FETCH_FAILED_EXECUTOR, "8");
    for (int id = FIRST_PEAK; id <= LAST_TASK_NUMBER; id++) {
      EventNumber number = EventNumber.byId(id);
      if (number == null) {
        throw new IllegalStateException("event number " + id + " is gone");
      }
      (id <= LAST_PEAK ? peaks : task).put(number, 1000L * id);
    }
    EngineEvent stage =
        EngineEvent.builder(EventKind.STAGE_COMPLETED, START + 62)
            .put(EventNumber.STAGE_ID, 5)
            .put(EventNumber.RESOURCE_PROFILE, 1)
            .put(EventText.PERSISTED_RDDS, "3 Memory Deserialized 1x Replicated cached")
            .put(EventText.ACCUMULATORS, "12=345")
            .build();
    return List.of(peaks.build(), task.build(), stage);
  }
}
