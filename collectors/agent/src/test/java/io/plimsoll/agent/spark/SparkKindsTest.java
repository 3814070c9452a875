// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.agent.spark.BusListenerTest.Pair;
import io.plimsoll.agent.spark.BusListenerTest.Seq;
import io.plimsoll.agent.spark.BusListenerTest.Some;
import io.plimsoll.wire.Accumulators;
import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.EventKind;
import io.plimsoll.wire.EventNumber;
import io.plimsoll.wire.EventText;
import io.plimsoll.wire.QueryPlan;
import io.plimsoll.wire.secret.Redaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Queries, peaks, the cluster and the bus, on stand-ins with the members of Spark's events. */
class SparkKindsTest {
  private final List<EngineEvent> told = new ArrayList<>();
  private final SparkEvents events = new SparkEvents("4.0.1");

  @Test
  void aQueryTellsItsPlanWithoutSecrets() {
    read("onOtherEvent", query(scan("Scan jdbc password=hunter2", 2)));
    EngineEvent event = only();
    assertThat(event.kind()).isEqualTo(EventKind.SQL_STARTED);
    assertThat(event.number(EventNumber.SQL_EXECUTION, -1)).isEqualTo(7);
    assertThat(event.number(EventNumber.SQL_ROOT_EXECUTION, -1)).isEqualTo(6);
    assertThat(event.text(EventText.JOB_GROUP)).isEqualTo("nightly");
    assertThat(event.properties())
        .containsEntry("spark.my.password", Redaction.REDACTED)
        .containsEntry("spark.sql.shuffle.partitions", "7");
    QueryPlan plan = QueryPlan.parse(event.text(EventText.PLAN));
    assertThat(plan.nodes()).extracting(QueryPlan.Node::depth).containsExactly(0, 1, 1);
    assertThat(plan.nodes().get(1).metrics())
        .containsExactly(QueryPlan.Metric.of(31, "number of rows", "sum"));
    assertThat(event.toString()).doesNotContain("hunter2");
    assertThat(event.has(EventNumber.CUT_COUNT)).isFalse();
  }

  @Test
  void aLongPlanIsCutAndThatIsSaid() {
    read("onOtherEvent", query(scan("x".repeat(5_000), 3_000)));
    EngineEvent event = only();
    assertThat(event.text(EventText.PLAN)).hasSizeLessThan(3 * QueryPlan.MOST_CHARS);
    assertThat(event.number(EventNumber.CUT_COUNT, 0)).isGreaterThan(1_000);
  }

  @Test
  void plansBeyondTheBudgetAreLeftOutAndThatIsSaid() {
    SqlEvents still =
        new SqlEvents(
            new Scala(), new EventTexts(Redaction.standard()), new MissingMembers(), () -> 0);
    for (int i = 0; i < 20; i++) {
      told.add(still.of(query(scan("x".repeat(1_000), 150))));
    }
    long chars =
        told.stream()
            .mapToLong(
                e -> {
                  String plan = e.text(EventText.PLAN);
                  return plan == null ? 0 : plan.length();
                })
            .sum();
    assertThat(chars).isPositive().isLessThan(500_001);
    EngineEvent last = told.get(told.size() - 1);
    assertThat(last.text(EventText.PLAN)).isNull();
    assertThat(last.number(EventNumber.CUT_COUNT, 0)).isPositive();
  }

  @Test
  void aQueryOfSpark24HasFewerFieldsAndWhatIsMissingIsNamed() {
    events.read("onOtherEvent", new Older.SparkListenerSQLExecutionStart(7, "d", 5), told::add);
    read("onApplicationEnd", new BusListenerTest.At(9));
    assertThat(told.get(0).kind()).isEqualTo(EventKind.SQL_STARTED);
    assertThat(told.get(0).has(EventNumber.SQL_ROOT_EXECUTION)).isFalse();
    EngineEvent missing = told.get(told.size() - 2);
    assertThat(missing.kind()).isEqualTo(EventKind.MEMBERS_MISSING);
    assertThat(missing.text(EventText.MISSING_MEMBERS)).contains(".rootExecutionId");
  }

  @Test
  void theEndOfAQueryTellsWhetherItSucceeded() {
    read("onOtherEvent", new SparkListenerSQLExecutionEnd(7, 20, new None(), new None()));
    read(
        "onOtherEvent",
        new SparkListenerSQLExecutionEnd(8, 21, new Some("no token=hunter2 x"), new None()));
    read("onOtherEvent", new SparkListenerSQLExecutionEnd(9, 22, new Some(""), new None()));
    assertThat(told)
        .extracting(e -> e.number(EventNumber.SUCCEEDED, -1))
        .containsExactly(1L, 0L, 1L);
    assertThat(told.get(1).text(EventText.REASON))
        .isEqualTo("no token=" + Redaction.REDACTED + " x");
  }

  @Test
  void metricsOfTheDriverAndLaterOnesAreTold() {
    read(
        "onOtherEvent",
        new SparkListenerDriverAccumUpdates(7, new Seq(new Pair(3L, 30L), new Pair(2L, 20L))));
    read(
        "onOtherEvent",
        new SparkListenerSQLAdaptiveSQLMetricUpdates(7, new Seq(new Metric("rows", 5, "sum"))));
    read("onOtherEvent", new SparkListenerSQLAdaptiveExecutionUpdate(7, scan("Scan", 1)));
    assertThat(told.get(0).text(EventText.ACCUMULATORS)).isEqualTo("2=20,3=30");
    assertThat(told.get(1).text(EventText.METRIC_DEFINITIONS)).isEqualTo("5:sum:rows");
    assertThat(told.get(2).kind()).isEqualTo(EventKind.SQL_PLAN_CHANGED);
  }

  @Test
  void peaksAreToldWhenTheirStageEnds() {
    Seq first = new Seq(new Pair(new Pair(4, 1), new Peaks(Map.of("JVMHeapMemory", 90L))));
    Seq second =
        new Seq(
            new Pair(new Pair(4, 1), new Peaks(Map.of("JVMHeapMemory", 70L, "TotalGCTime", 8L))),
            new Pair(new Pair(-1, -1), new Peaks(Map.of("DirectPoolMemory", 5L))));
    read("onExecutorMetricsUpdate", new Heartbeat("3", first));
    read("onExecutorMetricsUpdate", new Heartbeat("3", second));
    assertThat(told).isEmpty();
    read("onStageCompleted", new BusListenerTest.StageEnd(stage()));
    EngineEvent peaks = told.get(1);
    assertThat(peaks.kind()).isEqualTo(EventKind.EXECUTOR_METRICS);
    assertThat(peaks.text(EventText.EXECUTOR_ID)).isEqualTo("3");
    assertThat(peaks.number(EventNumber.STAGE_ID, -1)).isEqualTo(4);
    assertThat(peaks.number(EventNumber.PEAK_HEAP_BYTES, -1)).isEqualTo(90);
    assertThat(peaks.number(EventNumber.TOTAL_GC_MILLIS, -1)).isEqualTo(8);
    assertThat(peaks.has(EventNumber.PEAK_DIRECT_BYTES)).isFalse();
    read("onApplicationEnd", new BusListenerTest.At(9));
    assertThat(told.get(2).number(EventNumber.PEAK_DIRECT_BYTES, -1)).isEqualTo(5);
    assertThat(told.get(2).has(EventNumber.STAGE_ID)).isFalse();
  }

  @Test
  void everyPeakHasItsNumber() {
    assertThat(ExecutorPeaks.fieldCount()).isEqualTo(23);
    assertThat(ExecutorPeaks.numberOf(0)).isEqualTo(EventNumber.PEAK_HEAP_BYTES);
    assertThat(ExecutorPeaks.nameOf(10)).isEqualTo("ProcessTreeJVMVMemory");
    assertThat(ExecutorPeaks.numberOf(10)).isEqualTo(EventNumber.PEAK_JVM_VIRTUAL_BYTES);
    assertThat(ExecutorPeaks.nameOf(22)).isEqualTo("TotalGCTime");
    assertThat(ExecutorPeaks.numberOf(22)).isEqualTo(EventNumber.TOTAL_GC_MILLIS);
  }

  @Test
  void excludedAndItsOlderWordAreToldOnce() {
    Excluded event = new Excluded(5, "3", "h", 2, 3, 4, 1);
    for (String callback :
        List.of(
            "onExecutorBlacklisted",
            "onExecutorExcluded",
            "onNodeBlacklistedForStage",
            "onNodeExcludedForStage",
            "onExecutorUnblacklisted",
            "onExecutorUnexcluded",
            "onNodeUnexcluded")) {
      read(callback, event);
    }
    assertThat(told)
        .extracting(EngineEvent::kind)
        .containsExactly(
            EventKind.EXECUTOR_EXCLUDED,
            EventKind.NODE_EXCLUDED,
            EventKind.EXECUTOR_UNEXCLUDED,
            EventKind.NODE_UNEXCLUDED);
    assertThat(told.get(0).number(EventNumber.FAILURE_COUNT, -1)).isEqualTo(2);
    assertThat(told.get(1).number(EventNumber.FAILURE_COUNT, -1)).isEqualTo(3);
    assertThat(told.get(1).number(EventNumber.STAGE_ID, -1)).isEqualTo(4);

    SparkEvents older = new SparkEvents("2.4.8", Redaction.standard(), false, null);
    told.clear();
    older.read("onExecutorBlacklistedForStage", event, told::add);
    older.read("onExecutorUnblacklisted", event, told::add);
    assertThat(told)
        .extracting(EngineEvent::kind)
        .containsExactly(EventKind.EXECUTOR_EXCLUDED, EventKind.EXECUTOR_UNEXCLUDED);
  }

  @Test
  void whatHappensInTheClusterIsTold() {
    BlockManagerId place = new BlockManagerId("3", "h");
    read("onBlockManagerAdded", new BlockManager(5, place, 60, new Some(40L), new None()));
    read("onBlockManagerRemoved", new BlockManager(6, place, 0, new None(), new None()));
    read("onUnpersistRDD", new Unpersist(9));
    read("onSpeculativeTaskSubmitted", new Speculative(4, 1, 3));
    read(
        "onResourceProfileAdded",
        new ProfileAdded(
            new Profile(
                1,
                new Seq(new Pair("memory", new Request(4096))),
                new Seq(new Pair("cpus", new Request(1))))));
    assertThat(told)
        .extracting(EngineEvent::kind)
        .containsExactly(
            EventKind.BLOCK_MANAGER_ADDED,
            EventKind.BLOCK_MANAGER_REMOVED,
            EventKind.RDD_UNPERSISTED,
            EventKind.SPECULATIVE_TASK_SUBMITTED,
            EventKind.RESOURCE_PROFILE_ADDED);
    assertThat(told.get(0).number(EventNumber.STORAGE_CAPACITY_BYTES, -1)).isEqualTo(60);
    assertThat(told.get(0).number(EventNumber.STORAGE_ON_HEAP_CAPACITY_BYTES, -1)).isEqualTo(40);
    assertThat(told.get(0).has(EventNumber.STORAGE_OFF_HEAP_CAPACITY_BYTES)).isFalse();
    assertThat(told.get(4).properties())
        .containsExactly(Map.entry("executor.memory", "4096"), Map.entry("task.cpus", "1"));
  }

  @Test
  void eventsThatTheBusGaveUpAreTold() {
    Counter ours = new Counter(0);
    Bus bus = new Bus(Map.of("queue.plimsoll.numDroppedEvents", ours, "other", new Counter(5)));
    SparkEvents watching = new SparkEvents("4.0.1", Redaction.standard(), true, bus);
    watching.read("onUnpersistRDD", new Unpersist(1), told::add);
    assertThat(told).hasSize(1);
    ours.count = 13;
    watching.read("onApplicationEnd", new BusListenerTest.At(9), told::add);
    EngineEvent dropped = told.get(1);
    assertThat(dropped.kind()).isEqualTo(EventKind.LISTENER_EVENTS_DROPPED);
    assertThat(dropped.text(EventText.QUEUE)).isEqualTo("plimsoll");
    assertThat(dropped.number(EventNumber.DROPPED_COUNT, -1)).isEqualTo(13);
  }

  @Test
  void aFetchFailureTellsWhatCouldNotBeFetched() {
    read(
        "onTaskEnd",
        new BusListenerTest.TaskEnd(
            4,
            1,
            new FetchFailed(new BlockManagerId("8", "node-3"), 2, 77, 5, 6),
            new BusListenerTest.TaskInfo(42, 6, 2, 10, 99, "3", "h", false),
            null));
    EngineEvent event = only();
    assertThat(event.number(EventNumber.FETCH_FAILED_SHUFFLE, -1)).isEqualTo(2);
    assertThat(event.number(EventNumber.FETCH_FAILED_MAP, -1)).isEqualTo(77);
    assertThat(event.number(EventNumber.FETCH_FAILED_MAP_PARTITION, -1)).isEqualTo(5);
    assertThat(event.number(EventNumber.FETCH_FAILED_REDUCE_PARTITION, -1)).isEqualTo(6);
    assertThat(event.text(EventText.FETCH_FAILED_HOST)).isEqualTo("node-3");
    assertThat(event.text(EventText.FETCH_FAILED_EXECUTOR)).isEqualTo("8");
  }

  @Test
  void aStageTellsSumsAndQueryMetricsOfItsTasks() {
    read(
        "onStageCompleted",
        new StageEnd2(
            new Stage2(
                4,
                new TaskMetrics2(11),
                new Seq(
                    new Pair(31L, new Accumulable(new Some(5L), new Some("sql"))),
                    new Pair(32L, new Accumulable(new Some(6L), new None()))),
                new Seq(
                    new Rdd(3, "kept", new Level(true, "Memory 1x")),
                    new Rdd(4, "not", new Level(false, ""))))));
    EngineEvent event = only();
    assertThat(event.number(EventNumber.RUN_TIME_MILLIS, -1)).isEqualTo(11);
    assertThat(event.has(EventNumber.PEAK_EXECUTION_BYTES)).isFalse();
    assertThat(Accumulators.parse(event.text(EventText.ACCUMULATORS))).isEqualTo(Map.of(31L, 5L));
    told.clear();
    read(
        "onStageSubmitted",
        new StageEnd2(
            new Stage2(
                4,
                new TaskMetrics2(0),
                new Seq(),
                new Seq(new Rdd(3, "kept", new Level(true, "Memory 1x"))))));
    assertThat(only().text(EventText.PERSISTED_RDDS)).isEqualTo("3 Memory 1x kept");
  }

  private void read(String callback, Object event) {
    events.read(callback, event, told::add);
  }

  private EngineEvent only() {
    assertThat(told).hasSize(1);
    return told.get(0);
  }

  private static BusListenerTest.StageInfo stage() {
    return new BusListenerTest.StageInfo(
        4, 1, 2, "n", new Seq(), new Some(1L), new Some(2L), new Some("x"));
  }

  private static SparkListenerSQLExecutionStart query(PlanInfo plan) {
    return new SparkListenerSQLExecutionStart(
        7,
        new Some(6L),
        "select 'jdbc:x://me:hunter2@h/db'",
        "at Main.java:7",
        "== Plan == options('password'='hunter2')",
        plan,
        5,
        new Seq(
            new Pair("spark.my.password", "hunter2"),
            new Pair("spark.sql.shuffle.partitions", "7")),
        Set.of(),
        new Some("nightly"));
  }

  private static PlanInfo scan(String text, int children) {
    Object[] below = new Object[children];
    for (int i = 0; i < children; i++) {
      below[i] =
          new PlanInfo("Scan", text, new Seq(), new Seq(new Metric("number of rows", 31, "sum")));
    }
    return new PlanInfo("Join", "Join", new Seq(below), new Seq());
  }

  record SparkListenerSQLExecutionStart(
      long executionId,
      Some rootExecutionId,
      String description,
      String details,
      String physicalPlanDescription,
      PlanInfo sparkPlanInfo,
      long time,
      Seq modifiedConfigs,
      Set<String> jobTags,
      Some jobGroupId) {}

  /** The event of an older Spark. */
  static final class Older {
    private Older() {}

    record SparkListenerSQLExecutionStart(long executionId, String description, long time) {}
  }

  record PlanInfo(String nodeName, String simpleString, Seq children, Seq metrics) {}

  record Metric(String name, long accumulatorId, String metricType) {}

  record SparkListenerSQLExecutionEnd(
      long executionId, long time, Object errorMessage, Object executionFailure) {}

  record SparkListenerDriverAccumUpdates(long executionId, Seq accumUpdates) {}

  record SparkListenerSQLAdaptiveSQLMetricUpdates(long executionId, Seq sqlPlanMetrics) {}

  record SparkListenerSQLAdaptiveExecutionUpdate(long executionId, PlanInfo sparkPlanInfo) {}

  record None() {
    boolean isDefined() {
      return false;
    }
  }

  record Heartbeat(String execId, Seq executorUpdates) {}

  /** Public as Spark's is: its method is asked for by name. */
  public record Peaks(Map<String, Long> values) {
    public long getMetricValue(String name) {
      return values.getOrDefault(name, 0L);
    }
  }

  record Excluded(
      long time,
      String executorId,
      String hostId,
      int taskFailures,
      int executorFailures,
      int stageId,
      int stageAttemptId) {}

  record BlockManagerId(String executorId, String host) {}

  record BlockManager(
      long time,
      BlockManagerId blockManagerId,
      long maxMem,
      Object maxOnHeapMem,
      Object maxOffHeapMem) {}

  record Unpersist(int rddId) {}

  record Speculative(int stageId, int stageAttemptId, int partitionId) {}

  record ProfileAdded(Profile resourceProfile) {}

  record Profile(int id, Seq executorResources, Seq taskResources) {}

  record Request(long amount) {}

  record Bus(Map<String, Counter> counters) {
    Bus metrics() {
      return this;
    }

    Bus metricRegistry() {
      return this;
    }

    Map<String, Counter> getCounters() {
      return counters;
    }
  }

  static final class Counter {
    private long count;

    Counter(long count) {
      this.count = count;
    }

    long getCount() {
      return count;
    }
  }

  record StageEnd2(Stage2 stageInfo) {}

  record Stage2(int stageId, TaskMetrics2 taskMetrics, Seq accumulables, Seq rddInfos) {}

  record TaskMetrics2(long executorRunTime, long peakExecutionMemory) {
    TaskMetrics2(long executorRunTime) {
      this(executorRunTime, 5);
    }
  }

  record Accumulable(Some value, Object metadata) {}

  record Rdd(int id, String name, Level storageLevel) {}

  record Level(boolean useMemory, String description) {}
}

/** Named like Spark's own reason. */
record FetchFailed(
    SparkKindsTest.BlockManagerId bmAddress,
    int shuffleId,
    long mapId,
    int mapIndex,
    int reduceId) {
  String toErrorString() {
    return "FetchFailed(...)";
  }
}
