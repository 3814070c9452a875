// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis;

import static io.plimsoll.diagnosis.WireRun.WALL;
import static io.plimsoll.diagnosis.WireRun.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.diagnosis.finding.Finding;
import io.plimsoll.diagnosis.finding.FindingState;
import io.plimsoll.wire.EventKind;
import io.plimsoll.wire.EventNumber;
import io.plimsoll.wire.EventText;
import io.plimsoll.wire.QueryPlan;
import io.plimsoll.wire.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import org.junit.jupiter.api.Test;

/** Plans with one planted problem each, and the same plans when they are well. */
class SqlClassesTest {
  private static final long MIB = 1L << 20;
  private static final long GIB = 1L << 30;
  private static final String JOIN = "SortMergeJoin [a#1], [b#2], Inner";

  /** One query that takes half of the run. */
  private static final class Query {
    private final QueryPlan.Builder plan = QueryPlan.builder();
    private final StringJoiner values = new StringJoiner(",");
    private long nextMetric = 1;

    /** {@code metrics}: pairs of a metric's name and its value. */
    Query node(int depth, String name, String description, Object... metrics) {
      List<QueryPlan.Metric> told = new ArrayList<>();
      for (int i = 0; i < metrics.length; i += 2) {
        told.add(QueryPlan.Metric.of(nextMetric, (String) metrics[i], "sum"));
        values.add(nextMetric + "=" + metrics[i + 1]);
        nextMetric++;
      }
      plan.node(depth, name, description, told);
      return this;
    }

    private void tell(WireRun driver, long id) {
      long from = id * WALL / 2;
      driver
          .event(
              at(EventKind.SQL_STARTED, from)
                  .put(EventNumber.SQL_EXECUTION, id)
                  .put(EventText.PLAN, plan.build().encode()))
          .event(
              at(EventKind.SQL_METRICS, from)
                  .put(EventNumber.SQL_EXECUTION, id)
                  .put(EventText.ACCUMULATORS, values.toString()))
          .event(at(EventKind.SQL_ENDED, from + WALL / 2).put(EventNumber.SQL_EXECUTION, id));
    }

    Query counting(long first) {
      nextMetric = first;
      return this;
    }
  }

  @Test
  void aJoinThatMakesTenRowsOfOneIsNamedAndOneThatDoesNotIsNot() {
    assertThat(fired(join(JOIN, 50_000_000, 4 * GIB, 4 * GIB))).contains("sql.exploding-join");
    assertThat(fired(join(JOIN, 5_000_000, 4 * GIB, 4 * GIB))).isEmpty();
  }

  @Test
  void aSmallSideThatMayBeBroadcastIsMissed() {
    assertThat(fired(join(JOIN, 5_000_000, 4 * GIB, 5 * MIB)))
        .containsExactly("sql.missed-broadcast");
    String outer = "SortMergeJoin [a#1], [b#2], LeftOuter";
    assertThat(fired(join(outer, 5_000_000, 4 * GIB, 5 * MIB)))
        .containsExactly("sql.missed-broadcast");
  }

  @Test
  void aSideWhoseRowsMustAllComeOutIsNotBroadcast() {
    String outer = "SortMergeJoin [a#1], [b#2], LeftOuter";
    assertThat(fired(join(outer, 5_000_000, 5 * MIB, 4 * GIB))).isEmpty();
    String full = "SortMergeJoin [a#1], [b#2], FullOuter";
    assertThat(fired(join(full, 5_000_000, 4 * GIB, 5 * MIB))).isEmpty();
  }

  @Test
  void theFindingNamesTheOperatorAndTheQuery() {
    Finding finding =
        findings(join(JOIN, 50_000_000, 4 * GIB, 4 * GIB)).stream()
            .filter(each -> each.state() == FindingState.FIRED)
            .findFirst()
            .orElseThrow();
    assertThat(finding.component()).isEqualTo("plan:0.0");
    assertThat(finding.reason()).startsWith(JOIN + " in query 0: rows that the join made");
    assertThat(finding.advice()).contains("unique");
  }

  @Test
  void aLargeBroadcastIsNamed() {
    assertThat(fired(broadcast(3 * GIB))).containsExactly("sql.large-broadcast");
    assertThat(fired(broadcast(20 * MIB))).isEmpty();
  }

  @Test
  void aScanWithoutAnyFilterIsFullAndOneOfAllPartitionsIsUnpruned() {
    assertThat(fired(scan("PartitionFilters: [], PushedFilters: []", 200 * GIB, 1_000, 0)))
        .containsExactly("sql.full-scan");
    assertThat(fired(scan("PartitionFilters: [], PushedFilters: [x]", 20 * GIB, 100, 365)))
        .containsExactly("sql.missing-partition-filter");
    assertThat(fired(scan("PartitionFilters: [d = 1], PushedFilters: []", 200 * GIB, 1_000, 1)))
        .isEmpty();
  }

  @Test
  void smallFilesAreNamedWhereTheyAreReadAndWritten() {
    String filters = "PartitionFilters: [d], PushedFilters: []";
    assertThat(fired(scan(filters, GIB, 10_000, 1))).containsExactly("sql.small-files-read");
    assertThat(fired(scan(filters, 10 * GIB, 80, 1))).isEmpty();
    assertThat(fired(write(GIB, 5_000))).containsExactly("sql.small-files-written");
    assertThat(fired(write(GIB, 8))).isEmpty();
  }

  @Test
  void operatorsThatSpillAreNamed() {
    assertThat(fired(new Query().node(0, "Sort", "Sort [a]", "spill size", 2 * GIB)))
        .containsExactly("sql.operator-spill");
    assertThat(fired(new Query().node(0, "Sort", "Sort [a]", "spill size", 0))).isEmpty();
  }

  @Test
  void anExchangeIntoOnePartitionIsNamed() {
    assertThat(fired(exchange("Exchange SinglePartition", 2 * GIB)))
        .containsExactly("sql.single-partition");
    assertThat(fired(exchange("Exchange hashpartitioning(a#7, 200)", 2 * GIB))).isEmpty();
  }

  @Test
  void theSamePartOfTwoQueriesIsComputedAgainUnlessItIsCached() {
    Query one = exchange("Exchange hashpartitioning(a#7, 200)", 2 * GIB);
    Query two = exchange("Exchange hashpartitioning(a#99, 200)", 2 * GIB).counting(50);
    assertThat(fired(one, two)).containsExactly("sql.recomputation");
    Query other = exchange("Exchange hashpartitioning(b#99, 200)", 2 * GIB);
    assertThat(fired(exchange("Exchange hashpartitioning(a#7, 200)", 2 * GIB), other)).isEmpty();
    Query cached = exchange("Exchange hashpartitioning(a#7, 200)", 2 * GIB);
    cached.node(1, "InMemoryTableScan", "");
    Query again = exchange("Exchange hashpartitioning(a#7, 200)", 2 * GIB);
    again.node(1, "InMemoryTableScan", "");
    assertThat(fired(cached, again)).isEmpty();
  }

  @Test
  void rowsThatGoThroughPythonAreNamed() {
    assertThat(fired(rows("BatchEvalPython", "BatchEvalPython [f(a)]", 50_000_000)))
        .containsExactly("sql.udf-barrier");
    assertThat(fired(rows("Project", "Project [UDF(a#1)]", 50_000_000)))
        .containsExactly("sql.udf-barrier");
    assertThat(fired(rows("Project", "Project [a#1]", 50_000_000))).isEmpty();
    assertThat(fired(rows("BatchEvalPython", "BatchEvalPython [f(a)]", 10))).isEmpty();
  }

  @Test
  void aCartesianProductIsNamedByItsRows() {
    assertThat(fired(rows("CartesianProduct", "CartesianProduct", 5_000_000_000L)))
        .containsExactly("sql.cartesian");
    assertThat(fired(rows("BroadcastNestedLoopJoin", "x", 100))).isEmpty();
  }

  @Test
  void aTableThatOneQueryReadsTwiceIsNamed() {
    Query query = new Query().node(0, "Union", "");
    for (int i = 0; i < 2; i++) {
      query.node(
          1,
          "Scan parquet db.t",
          "FileScan Location: X[db/t], PartitionFilters: [d], PushedFilters: []",
          "size of files read",
          20 * GIB,
          "number of files read",
          80);
    }
    assertThat(fired(query)).containsExactly("sql.repeated-scan");
  }

  @Test
  void aLongFilterIsNamed() {
    assertThat(fired(new Query().node(0, "Filter", "Filter a IN (" + "1,".repeat(300) + ")")))
        .containsExactly("sql.long-filter");
    assertThat(fired(new Query().node(0, "Filter", "Filter a IN (1,2)"))).isEmpty();
  }

  @Test
  void aSkewedJoinIsNamedUnlessTheDataAreEven() {
    assertThat(fired(skewed(2 * GIB, false))).contains("sql.skewed-join");
    assertThat(fired(skewed(40 * MIB, false))).doesNotContain("sql.skewed-join");
  }

  @Test
  void thatAdaptiveExecutionSplitTheSkewSpeaksAgainstIt() {
    Finding plain = skewFinding(skewed(2 * GIB, false));
    Finding split = skewFinding(skewed(2 * GIB, true));
    assertThat(plain.counterEvidence()).isEmpty();
    assertThat(split.counterEvidence())
        .extracting(each -> each.name())
        .containsExactly("adaptive execution split skewed partitions");
    assertThat(split.confidence()).isLessThan(plain.confidence());
  }

  @Test
  void aRunWithoutQueriesIsNotJudgedByThem() {
    WireRun driver = driver();
    driver.event(at(EventKind.JOB_STARTED, 0).put(EventNumber.JOB_ID, 0));
    assertThat(Diagnosis.evaluate(WireRun.run(List.of(driver))))
        .filteredOn(finding -> finding.point().equals("sql.exploding-join"))
        .singleElement()
        .satisfies(finding -> assertThat(finding.state()).isEqualTo(FindingState.NOT_APPLICABLE));
  }

  private static Query join(String text, long rows, long left, long right) {
    return new Query()
        .node(0, "SortMergeJoin", text, "number of output rows", rows)
        .node(1, "Exchange", "Exchange hashpartitioning(a)", "data size", left)
        .node(2, "Scan", "x", "number of output rows", 5_000_000)
        .node(1, "Exchange", "Exchange hashpartitioning(b)", "data size", right)
        .node(2, "Scan", "y", "number of output rows", 1_000_000);
  }

  private static Query broadcast(long bytes) {
    return new Query().node(0, "BroadcastExchange", "x", "data size", bytes);
  }

  private static Query exchange(String text, long bytes) {
    return new Query().node(0, "Exchange", text, "data size", bytes);
  }

  private static Query rows(String name, String text, long rows) {
    return new Query().node(0, name, text, "number of output rows", rows);
  }

  private static Query scan(String filters, long bytes, long files, long partitions) {
    return new Query()
        .node(
            0,
            "Scan parquet db.t",
            "FileScan parquet " + filters,
            "size of files read",
            bytes,
            "number of files read",
            files,
            "number of partitions read",
            partitions);
  }

  private static Query write(long bytes, long files) {
    return new Query()
        .node(0, "Insert", "x", "number of written files", files, "written output", bytes);
  }

  private static WireRun skewed(long most, boolean split) {
    WireRun driver = driver();
    Query query = join(JOIN, 5_000_000, 4 * GIB, 4 * GIB);
    query.node(3, "AQEShuffleRead", "", "number of skewed partitions", split ? 3 : 0);
    query.tell(driver, 0);
    driver.event(
        at(EventKind.JOB_STARTED, 0)
            .put(EventNumber.JOB_ID, 0)
            .put(EventNumber.SQL_EXECUTION, 0)
            .put(EventText.STAGE_IDS, "4"));
    for (int task = 0; task < 10; task++) {
      driver.event(
          at(EventKind.TASK_ENDED, 5_000)
              .put(EventNumber.STAGE_ID, 4)
              .put(EventNumber.STAGE_ATTEMPT, 0)
              .put(EventNumber.RUN_TIME_MILLIS, task == 3 ? 100_000 : 5_000)
              .put(EventNumber.SHUFFLE_READ_BYTES, task == 3 ? most : 40 * MIB)
              .put(EventText.OUTCOME, "SUCCEEDED"));
    }
    return driver;
  }

  private static Finding skewFinding(WireRun driver) {
    return Diagnosis.evaluate(WireRun.run(List.of(driver))).stream()
        .filter(finding -> finding.point().equals("sql.skewed-join"))
        .findFirst()
        .orElseThrow();
  }

  private static WireRun driver() {
    return WireRun.process(Role.DRIVER, "driver", "host-0")
        .event(at(EventKind.APPLICATION_STARTED, 0).put(EventText.ENGINE, "spark"))
        .event(at(EventKind.APPLICATION_ENDED, WALL));
  }

  private static List<Finding> findings(Query... queries) {
    WireRun driver = driver();
    for (int id = 0; id < queries.length; id++) {
      queries[id].tell(driver, id);
    }
    return Diagnosis.evaluate(WireRun.run(List.of(driver)));
  }

  /** Points about SQL that fire. */
  private static List<String> fired(Query... queries) {
    return fired(findings(queries));
  }

  private static List<String> fired(WireRun driver) {
    return fired(Diagnosis.evaluate(WireRun.run(List.of(driver))));
  }

  private static List<String> fired(List<Finding> findings) {
    return findings.stream()
        .filter(finding -> finding.state() == FindingState.FIRED)
        .map(Finding::point)
        .filter(point -> point.startsWith("sql."))
        .toList();
  }
}
