// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.EventKind;
import io.plimsoll.wire.EventNumber;
import io.plimsoll.wire.EventText;
import io.plimsoll.wire.QueryPlan;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class QueryFoldTest {
  private static final RunKey RUN = new RunKey("lab", "app-1", 0);

  @Test
  void aQueryHasItsLatestPlanWithTheHighestValuesTold() {
    ProcessFold fold =
        Said.fold(
            Said.executor()
                .events(
                    0,
                    started(4, "Sort", 1),
                    event(EventKind.SQL_PLAN_CHANGED, 4)
                        .put(EventText.PLAN, plan("Exchange", 2))
                        .build(),
                    values(4, "2=10,9=5"),
                    values(4, "2=7"),
                    event(EventKind.SQL_ENDED, 4).put(EventText.REASON, "no such table").build()));

    QueryProfile query = queries(fold).queries().get(0);

    assertThat(query.plan().nodes()).extracting(QueryPlan.Node::name).containsExactly("Exchange");
    assertThat(query.values()).isEqualTo(Map.of(2L, 10L));
    assertThat(query.adapted()).isTrue();
    assertThat(query.failure()).isEqualTo("no such table");
    assertThat(query.endMillis()).isEqualTo(1_000);
  }

  @Test
  void theFirstQueriesAreKeptInWhateverOrderTheyComeAndTheRestIsCounted() {
    List<EngineEvent> events = new ArrayList<>();
    for (int id = 0; id < QueryFold.MOST_QUERIES + 30; id++) {
      events.add(started(id, "Scan", id));
    }
    ProcessFold inOrder = Said.fold(Said.executor().events(0, events.toArray(EngineEvent[]::new)));
    ProcessFold shuffled = ProcessFold.of(Said.PROCESS);
    Collections.shuffle(events, new Random(7));
    for (int i = 0; i < events.size(); i++) {
      shuffled.add(Said.executor().events(i, events.get(i)));
      shuffled.add(Said.executor().events(i, events.get(i)));
    }

    assertThat(queries(shuffled).queries()).isEqualTo(queries(inOrder).queries());
    assertThat(queries(shuffled).queries()).hasSize(QueryFold.MOST_QUERIES);
    assertThat(queries(shuffled).cutQueries()).isEqualTo(30);
    assertThat(queries(inOrder).cutQueries()).isEqualTo(30);
  }

  @Test
  void theLatestCheckpointsAreKept() {
    List<EngineEvent> events = new ArrayList<>();
    for (int id = 1; id <= 200; id++) {
      events.add(
          EngineEvent.builder(EventKind.FLINK_CHECKPOINT, 1_000)
              .put(EventNumber.CHECKPOINT_ID, id)
              .build());
    }
    ProcessFold fold = Said.fold(Said.executor().events(0, events.toArray(EngineEvent[]::new)));

    assertThat(queries(fold).facts(EventKind.FLINK_CHECKPOINT))
        .hasSize(128)
        .extracting(event -> event.number(EventNumber.CHECKPOINT_ID, -1))
        .contains(200L, 73L)
        .doesNotContain(72L);
  }

  @Test
  void theLatestExceptionsAreKept() {
    List<EngineEvent> events = new ArrayList<>();
    for (int second = 1; second <= 100; second++) {
      events.add(
          EngineEvent.builder(EventKind.FLINK_EXCEPTION, second * 1_000L)
              .put(EventText.EXCEPTION_NAME, "it.Failed")
              .build());
    }
    ProcessFold fold = Said.fold(Said.executor().events(0, events.toArray(EngineEvent[]::new)));

    assertThat(queries(fold).facts(EventKind.FLINK_EXCEPTION))
        .hasSize(64)
        .extracting(EngineEvent::epochMillis)
        .contains(100_000L, 37_000L)
        .doesNotContain(36_000L);
  }

  private static RunDetails queries(ProcessFold fold) {
    RunDetails details = RunFold.profile(RUN, List.of(fold)).details();
    ProcessFold stored = ProcessFold.fromBytes(fold.toBytes());
    assertThat(RunFold.profile(RUN, List.of(stored)).details()).isEqualTo(details);
    return details;
  }

  private static EngineEvent started(long id, String node, long metric) {
    return event(EventKind.SQL_STARTED, id).put(EventText.PLAN, plan(node, metric)).build();
  }

  private static EngineEvent values(long id, String text) {
    return event(EventKind.SQL_METRICS, id).put(EventText.ACCUMULATORS, text).build();
  }

  private static EngineEvent.Builder event(EventKind kind, long id) {
    return EngineEvent.builder(kind, 1_000).put(EventNumber.SQL_EXECUTION, id);
  }

  private static String plan(String node, long metric) {
    QueryPlan.Builder plan = QueryPlan.builder();
    plan.node(0, node, "", List.of(QueryPlan.Metric.of(metric, "number of output rows", "sum")));
    return plan.build().encode();
  }
}
