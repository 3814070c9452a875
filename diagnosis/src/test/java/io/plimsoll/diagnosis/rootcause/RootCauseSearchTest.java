// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.rootcause;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.diagnosis.Diagnosis;
import io.plimsoll.diagnosis.DiagnosisRequest;
import io.plimsoll.diagnosis.finding.Finding;
import io.plimsoll.profile.RunProfile;
import io.plimsoll.wire.QueryPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** Each family of rules: the cause is named, what follows from it is explained away. */
class RootCauseSearchTest {
  private static RootCauses of(RunProfile run) {
    return Diagnosis.diagnose(DiagnosisRequest.of(run)).rootCauses();
  }

  private static List<String> kinds(RootCauses causes) {
    return causes.causes().stream().map(RootCause::kind).toList();
  }

  private static List<String> away(RootCauses causes) {
    return causes.explainedAway().stream().map(RootCauses.ExplainedAway::point).toList();
  }

  private static MadeRun healthyStages(int count) {
    MadeRun run = new MadeRun();
    for (int i = 0; i < count; i++) {
      run.stage().done();
    }
    return run;
  }

  @Test
  void healthyRun_hasNoCause() {
    RootCauses causes = of(healthyStages(6).build());

    assertThat(causes.causes()).isEmpty();
    assertThat(causes.suspects()).isEmpty();
    assertThat(causes.isAbstained()).isFalse();
    assertThat(causes.reason())
        .isEqualTo("Nothing that was found took 5 % of the run's time or made it fail.");
  }

  @Test
  void overAskedMemory_isWasteAndNoCause() {
    RootCauses causes =
        of(
            healthyStages(6)
                .config("spark.executor.memory", "120g")
                .config("spark.executor.memoryOverhead", "16g")
                .build());

    assertThat(causes.causes()).isEmpty();
    assertThat(causes.isAbstained()).isFalse();
  }

  @Test
  void skewedKey_explainsSpillAndIdleExecutors() {
    RootCauses causes =
        of(healthyStages(2).stage().skewed(12).spilled(6_000).gcPercent(20).done().build());

    assertThat(kinds(causes)).containsExactly("skew");
    RootCause skew = causes.causes().get(0);
    assertThat(skew.point()).isEqualTo("stage.data-skew");
    assertThat(skew.component()).isEqualTo("stage:2.0");
    assertThat(skew.impact().wallSeconds()).isBetween(60.0, 115.0);
    assertThat(skew.path()).first().extracting(RootCause.Step::what).isEqualTo("the run lost time");
    assertThat(skew.path()).last().extracting(RootCause.Step::component).isEqualTo("stage:2.0");
    assertThat(away(causes)).contains("stage.disk-spill", "stage.gc", "executors.unused-cores");
  }

  @Test
  void tooLittleHeap_explainsCollectionsOutOfMemoryLostExecutorsAndTheFailure() {
    String words = "Job aborted: ExecutorLostFailure (executor 2 exited) Java heap space";
    RootCauses causes =
        of(
            new MadeRun()
                .config("spark.executor.memory", "1g")
                .stage()
                .gcPercent(45)
                .done()
                .lost(2, 30_000, "Command exited with code 52")
                .stage()
                .gcPercent(50)
                .outOfMemory(4)
                .fetchFailed(3)
                .failed(6, 60_000)
                .fails(words)
                .done()
                .build());

    assertThat(kinds(causes)).first().isEqualTo("heap");
    assertThat(causes.causes().get(0).path())
        .first()
        .extracting(RootCause.Step::what)
        .isEqualTo("the run failed");
    assertThat(away(causes))
        .contains("task.out-of-memory", "executors.lost", "shuffle.fetch-failed", "stage.gc");
  }

  @Test
  void killedExecutor_explainsLostBlocksAndWorkDoneAgain() {
    RootCauses causes =
        of(
            healthyStages(2)
                .lost(3, 40_000, "worker lost")
                .stage()
                .fetchFailed(2)
                .failed(4, 40_000)
                .done()
                .stage()
                .attempt(1)
                .done()
                .build());

    assertThat(kinds(causes)).containsExactly("executors-lost");
    assertThat(away(causes)).contains("shuffle.fetch-failed", "run.stage-retries");
  }

  @Test
  void slowExecutor_explainsTheTailsOfItsStages() {
    MadeRun run = new MadeRun();
    for (int i = 0; i < 5; i++) {
      run.stage().slowExecutor(4).done();
    }
    RootCauses causes = of(run.build());

    assertThat(kinds(causes)).containsExactly("executor-slow");
    assertThat(causes.causes().get(0).component()).isEqualTo("executor:4");
  }

  @Test
  void driverThatWorksAlone_explainsIdleExecutors() {
    RootCauses causes =
        of(healthyStages(1).driverAlone(60_000).stage().done().driverAlone(60_000).build());

    assertThat(kinds(causes)).containsExactly("driver-bound");
    assertThat(causes.causes().get(0).explains())
        .contains(new RootCause.Related("executors.unused-cores", "executors"));
  }

  @Test
  void startingUp_isNotDriverBound() {
    RunProfile run = new MadeRun().driverAlone(12_000).stage().done().build();

    assertThat(of(run).causes()).isEmpty();
  }

  @Test
  void missedBroadcast_explainsWhatTheShuffleSpills() {
    QueryPlan.Builder plan = QueryPlan.builder();
    plan.node(0, "SortMergeJoin", "SortMergeJoin [k], [k], Inner", rows(1));
    plan.node(1, "Sort", "Sort", List.of());
    plan.node(2, "Exchange", "hashpartitioning(k, 200)", size(2));
    plan.node(1, "Sort", "Sort", List.of());
    plan.node(2, "Exchange", "hashpartitioning(k, 200)", size(3));
    SortedMap<Long, Long> values = new TreeMap<>();
    values.put(1L, 20_000_000L);
    values.put(2L, 30_000L * MadeRun.MIB);
    values.put(3L, 2L * MadeRun.MIB);
    RootCauses causes =
        of(
            new MadeRun()
                .stage()
                .of(7)
                .times(3)
                .done()
                .stage()
                .of(7)
                .times(4)
                .spilled(40_000)
                .done()
                .query(7, plan.build(), values)
                .build());

    assertThat(kinds(causes)).containsExactly("missed-broadcast");
    assertThat(causes.causes().get(0).component()).isEqualTo("plan:7.0");
    assertThat(away(causes)).contains("stage.spill");
  }

  private static List<QueryPlan.Metric> rows(long id) {
    return List.of(QueryPlan.Metric.of(id, "number of output rows", "sum"));
  }

  private static List<QueryPlan.Metric> size(long id) {
    return List.of(QueryPlan.Metric.of(id, "data size", "size"));
  }

  @Test
  void cartesianProduct_explainsItsLongStage() {
    QueryPlan.Builder plan = QueryPlan.builder();
    plan.node(0, "CartesianProduct", "CartesianProduct (a < b)", rows(1));
    SortedMap<Long, Long> values = new TreeMap<>();
    values.put(1L, 4_000_000_000L);
    RootCauses causes =
        of(
            healthyStages(1)
                .stage()
                .of(3)
                .times(10)
                .gcPercent(20)
                .done()
                .query(3, plan.build(), values)
                .build());

    assertThat(kinds(causes)).containsExactly("cartesian");
    assertThat(away(causes)).contains("stage.gc");
  }

  @Test
  void twoIndependentCauses_areBothNamed() {
    RootCauses causes =
        of(healthyStages(2).stage().skewed(10).done().driverAlone(90_000).stage().done().build());

    assertThat(kinds(causes)).containsExactlyInAnyOrder("skew", "driver-bound");
  }

  @Test
  void twoSkewedStages_areBothNamed() {
    RootCauses causes =
        of(healthyStages(1).stage().skewed(9).done().stage().skewed(8).done().build());

    assertThat(causes.causes())
        .extracting(RootCause::component)
        .containsExactlyInAnyOrder("stage:1.0", "stage:2.0");
  }

  @Test
  void failureThatNothingExplains_isNotBlamedOnWhatIsSlow() {
    RootCauses causes =
        of(
            healthyStages(1)
                .stage()
                .skewed(10)
                .failed(8, 1_000)
                .fails("Job aborted: java.lang.IllegalStateException: no such thing")
                .done()
                .build());

    assertThat(causes.isAbstained()).isTrue();
    assertThat(causes.causes()).isEmpty();
    assertThat(causes.reason())
        .isEqualTo(
            "The run failed, and nothing that was looked at explains it; the engine says: Job"
                + " aborted: java.lang.IllegalStateException: no such thing");
    assertThat(causes.suspects()).extracting(RootCause::kind).contains("skew");
  }

  @Test
  void slowTaskOfWhichTheDataAreNotKnown_isOnlyAHint() {
    MadeRun run = healthyStages(1);
    MadeRun.Stage stage = run.stage().slowTask(10);
    RootCauses causes = of(withoutBytes(stage.done().build()));

    assertThat(causes.causes()).isEmpty();
    assertThat(causes.isAbstained()).isTrue();
    assertThat(causes.suspects()).extracting(RootCause::kind).contains("tail");
  }

  private static RunProfile withoutBytes(RunProfile run) {
    return new RunProfile(
        run.key(),
        run.name(),
        run.engine(),
        run.engineVersion(),
        run.startMillis(),
        run.endMillis(),
        run.complete(),
        run.config(),
        run.processes(),
        run.stages().stream().map(RootCauseSearchTest::withoutBytes).toList(),
        run.jobs(),
        run.executors(),
        run.details());
  }

  private static io.plimsoll.profile.StageProfile withoutBytes(
      io.plimsoll.profile.StageProfile stage) {
    return new io.plimsoll.profile.StageProfile(
        stage.stageId(),
        stage.stageAttempt(),
        stage.name(),
        stage.submittedMillis(),
        stage.completedMillis(),
        stage.taskCount(),
        stage.parents(),
        stage.failure(),
        stage.attempts(),
        stage.gcCpuNanos(),
        stage.engine(),
        stage.attemptWallMillis(),
        stage.taskRunMillis(),
        io.plimsoll.profile.SketchDistribution.of(),
        stage.details());
  }

  @Test
  void nothingTold_isNoCause() {
    assertThat(of(untold()).causes()).isEmpty();
    assertThat(of(untold()).isAbstained()).isFalse();
    assertThat(of(untold()).reason()).isEqualTo("How long the run took is not known.");
  }

  @Test
  void troubleInARunOfUnknownLength_isAnAbstention() {
    RunProfile failed = healthyStages(1).stage().failed(3, 30_000).done().build();

    RootCauses causes = RootCauseSearch.of(untold(), Diagnosis.evaluate(failed));

    assertThat(causes.causes()).isEmpty();
    assertThat(causes.isAbstained()).isTrue();
  }

  private static RunProfile untold() {
    return new RunProfile(
        new io.plimsoll.profile.RunKey("c", "a", 0),
        "",
        "",
        "",
        -1,
        -1,
        false,
        new TreeMap<>(),
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  @Property(tries = 60)
  void orderOfTheFindings_changesNothing(@ForAll @LongRange long seed) {
    RunProfile run =
        healthyStages(1)
            .stage()
            .skewed(10)
            .spilled(9_000)
            .gcPercent(30)
            .done()
            .driverAlone(50_000)
            .lost(2, 30_000, "worker lost")
            .stage()
            .failed(3, 30_000)
            .done()
            .build();
    List<Finding> findings = new ArrayList<>(Diagnosis.evaluate(run));
    RootCauses told = RootCauseSearch.of(run, findings);
    java.util.Collections.shuffle(findings, new java.util.Random(seed));

    assertThat(RootCauseSearch.of(run, findings)).isEqualTo(told);
    assertThat(told.causes()).isNotEmpty();
  }
}
