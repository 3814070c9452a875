// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.profile;

import static io.plimsoll.profile.Said.RUN;
import static io.plimsoll.profile.Said.attempt;
import static io.plimsoll.profile.Said.fold;
import static io.plimsoll.profile.Said.rss;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.plimsoll.wire.AttemptOutcome;
import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.EventKind;
import io.plimsoll.wire.EventNumber;
import io.plimsoll.wire.EventText;
import io.plimsoll.wire.Role;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RunFoldTest {
  private static final UUID DRIVER = new UUID(1, 1);
  private static final UUID FIRST = new UUID(1, 2);
  private static final UUID SECOND = new UUID(1, 3);
  private final Said driver = Said.by(DRIVER, Role.DRIVER, "driver", 500);
  private final Said first = Said.by(FIRST, Role.EXECUTOR, "0", 900);
  private final Said second = Said.by(SECOND, Role.EXECUTOR, "1", 800);

  @Test
  void theDriverTellsWhatTheRunIs() {
    ProcessFold fold =
        fold(
            driver.events(
                0,
                EngineEvent.builder(EventKind.APPLICATION_STARTED, 1_000)
                    .put(EventText.APPLICATION_NAME, "daily_orders")
                    .put(EventText.ENGINE, "spark")
                    .put(EventText.ENGINE_VERSION, "4.0.1")
                    .build(),
                EngineEvent.builder(EventKind.ENVIRONMENT, 1_000)
                    .property("spark.executor.memory", "2g")
                    .build()));
    RunProfile run = RunFold.profile(RUN, List.of(fold));

    assertThat(run.name()).isEqualTo("daily_orders");
    assertThat(run.engine()).isEqualTo("spark");
    assertThat(run.engineVersion()).isEqualTo("4.0.1");
    assertThat(run.config()).containsExactly(java.util.Map.entry("spark.executor.memory", "2g"));
    assertThat(run.startMillis()).isEqualTo(1_000);
    assertThat(run.endMillis()).isEqualTo(-1);
    assertThat(run.complete()).isFalse();
  }

  @Test
  void aRunIsCompleteWhenItEndedAndEveryProcessEndedOrFellSilent() {
    ProcessFold driving = fold(driver.events(0, at(EventKind.APPLICATION_ENDED, 9_000)));
    ProcessFold working = fold(first.samples(0, rss(1_000, 5)));
    assertThat(complete(driving, working)).isFalse();
    assertThat(complete(driving, working, DRIVER)).isFalse();
    assertThat(complete(driving, working, DRIVER, FIRST)).isTrue();

    driving.add(driver.events(1, at(EventKind.JVM_ENDING, 9_100)));
    assertThat(complete(driving, working, FIRST)).isTrue();
    working.add(first.events(0, at(EventKind.JVM_ENDING, 9_200)));
    assertThat(complete(driving, working)).isTrue();
    assertThat(RunFold.profile(RUN, List.of(working), Set.of()).complete()).isFalse();
    assertThat(RunFold.profile(RUN, List.of(driving)).endMillis()).isEqualTo(9_000);
  }

  @Test
  void aStageJoinsTheEnginesFactsWithTheAttemptsOfAllExecutors() {
    ProcessFold driving =
        fold(
            driver.events(
                0,
                stage(EventKind.STAGE_SUBMITTED, 2_000, 3, 0)
                    .put(EventText.PARENT_IDS, "1,2")
                    .build(),
                task(3, 0, AttemptOutcome.SUCCEEDED, 700, 50, 8),
                task(3, 0, AttemptOutcome.FAILED, 100, 5, 0),
                task(3, 0, AttemptOutcome.KILLED, 1, -1, 0)),
            driver.events(
                1,
                stage(EventKind.STAGE_COMPLETED, 5_000, 3, 0)
                    .put(EventText.PARENT_IDS, "1,2")
                    .put(EventNumber.SUBMITTED_MILLIS, 2_001)
                    .put(EventNumber.COMPLETED_MILLIS, 4_999)
                    .put(EventText.REASON, "fetch failed")
                    .build(),
                stage(EventKind.STAGE_SUBMITTED, 6_000, 3, 1).build()));
    ProcessFold one = fold(first.attempts(0, attempt(1, 3, 2_100, 700).cpuNanos(9).build()));
    ProcessFold two = fold(second.attempts(0, attempt(2, 3, 2_200, 900).cpuNanos(2).build()));

    List<StageProfile> stages = RunFold.profile(RUN, List.of(two, driving, one)).stages();
    assertThat(stages).extracting(StageProfile::id).containsExactly("3.0", "3.1");
    StageProfile failed = stages.get(0);
    assertThat(failed.name()).isEqualTo("count at Orders.scala:7");
    assertThat(failed.submittedMillis()).isEqualTo(2_001);
    assertThat(failed.completedMillis()).isEqualTo(4_999);
    assertThat(failed.failure()).isEqualTo("fetch failed");
    assertThat(failed.taskCount()).isEqualTo(200);
    assertThat(failed.parents()).containsExactly(1, 2);
    assertThat(failed.attempts()).isEqualTo(new AttemptSums(2, 0, 0, 0, 1_600_000_000L, 11, 0));
    assertThat(failed.attemptWallMillis().max()).isEqualTo(900);
    assertThat(failed.engine())
        .isEqualTo(new EngineSums(3, 1, 1, 801, 0, 0, 0, 0, 0, 0, 55, 0, 8, 0, 0));
    assertThat(failed.taskRunMillis()).isEqualTo(SketchDistribution.of(700));
    assertThat(failed.taskReadBytes()).isEqualTo(SketchDistribution.of(58));
    StageProfile retried = stages.get(1);
    assertThat(retried.isComplete()).isFalse();
    assertThat(retried.submittedMillis()).isEqualTo(6_000);
    assertThat(retried.failure()).isNull();
  }

  @Test
  void attemptsWithoutAStageCountInTheRunAndNameNoStage() {
    ProcessFold lost = fold(first.attempts(0, attempt(1, -1, 2_100, 700).cpuNanos(9).build()));
    RunProfile run = RunFold.profile(RUN, List.of(lost));

    assertThat(run.stages()).isEmpty();
    assertThat(run.attempts().cpuNanos()).isEqualTo(9);
  }

  @Test
  void stagesAreNamedByTheFirstJobThatAskedForThem() {
    ProcessFold driving =
        fold(
            driver.events(
                0,
                described(2, "3", "a later job").build(),
                described(1, "3,4", "monthly report").build(),
                stage(EventKind.STAGE_SUBMITTED, 2_000, 3, 0).build(),
                stage(EventKind.STAGE_SUBMITTED, 2_500, 5, 0).build()));

    assertThat(RunFold.profile(RUN, List.of(driving)).stages())
        .extracting(StageProfile::name)
        .containsExactly("monthly report (count at Orders.scala:7)", "count at Orders.scala:7");
  }

  private static EngineEvent.Builder described(long job, String stages, String description) {
    return EngineEvent.builder(EventKind.JOB_STARTED, 100)
        .put(EventNumber.JOB_ID, job)
        .put(EventText.STAGE_IDS, stages)
        .put(EventText.DESCRIPTION, description);
  }

  @Test
  void jobsAndExecutorsAreWhatTheDriverSaw() {
    ProcessFold driving =
        fold(
            driver.events(
                0,
                EngineEvent.builder(EventKind.JOB_STARTED, 100)
                    .put(EventNumber.JOB_ID, 1)
                    .put(EventText.STAGE_IDS, "4, 5")
                    .build(),
                EngineEvent.builder(EventKind.JOB_STARTED, 50)
                    .put(EventNumber.JOB_ID, 0)
                    .put(EventNumber.SQL_EXECUTION, 7)
                    .put(EventText.STAGE_IDS, "")
                    .build(),
                EngineEvent.builder(EventKind.JOB_ENDED, 90)
                    .put(EventNumber.JOB_ID, 0)
                    .put(EventNumber.SUCCEEDED, 1)
                    .build(),
                executor(EventKind.EXECUTOR_ADDED, 30, "1").put(EventNumber.CORES, 2).build(),
                executor(EventKind.EXECUTOR_ADDED, 20, "2").put(EventNumber.CORES, 4).build(),
                executor(EventKind.EXECUTOR_REMOVED, 80, "1")
                    .put(EventText.REASON, "worker lost")
                    .build()));
    RunProfile run = RunFold.profile(RUN, List.of(driving));

    assertThat(run.jobs())
        .containsExactly(
            new JobProfile(0, 50, 90, true, List.of(), 7),
            new JobProfile(1, 100, -1, false, List.of(4, 5), -1));
    assertThat(run.executors())
        .containsExactly(
            new ExecutorProfile("2", "node-1", 4, 20, -1, null),
            new ExecutorProfile("1", "node-1", 2, 30, 80, "worker lost"));
  }

  @Test
  void processesAreOrderedByTheirStartWhateverTheOrderOfTheFolds() {
    ProcessFold a = fold(driver.samples(0));
    ProcessFold b = fold(first.samples(0));
    ProcessFold c = fold(second.samples(0));

    assertThat(RunFold.profile(RUN, List.of(b, c, a)).processes())
        .extracting(process -> process.identity().process())
        .containsExactly(DRIVER, SECOND, FIRST);
    assertThat(RunFold.profile(RUN, List.of(c, a, b)))
        .isEqualTo(RunFold.profile(RUN, List.of(a, b, c)));
  }

  @Test
  void windowsOfTheRunAndItsStagesAreSumsOverTheProcesses() {
    ProcessFold one =
        fold(
            first.samples(0, rss(2_000, 100), rss(12_000, 10)),
            first.attempts(0, attempt(1, 3, 2_000, 100).cpuNanos(5).build()));
    ProcessFold two =
        fold(
            second.samples(0, rss(4_000, 1_000), rss(9_000, 500)),
            second.attempts(0, attempt(2, 3, 3_000, 100).cpuNanos(7).build()));

    List<Rollup> rollups = RunFold.runRollups(RUN, List.of(two, one), 4);
    assertThat(rollups)
        .extracting(Rollup::level, Rollup::entity, Rollup::windowStartMillis, Rollup::revision)
        .containsExactly(
            tuple(Rollup.Level.STAGE, "3.0", 0L, 4L),
            tuple(Rollup.Level.RUN, "", 0L, 4L),
            tuple(Rollup.Level.RUN, "", 10_000L, 4L));
    assertThat(rollups.get(0).values())
        .containsEntry(RollupValue.ATTEMPTS, 2L)
        .containsEntry(RollupValue.ATTEMPT_CPU, 12L);
    assertThat(rollups.get(1).values())
        .containsEntry("process.memory.rss.integral", 100L * 8_000 + 1_000L * 5_000)
        .containsEntry("process.memory.rss.max", 1_100L)
        .containsEntry("process.memory.rss.last", 600L)
        .containsEntry(RollupValue.ATTEMPTS, 2L);
    assertThat(rollups.get(2).values()).containsEntry("process.memory.rss.integral", 100L * 2_000);
  }

  @Test
  void onlyPartsOfTheSameRunAreSummed() {
    RunKey other = new RunKey("lab", "app-2", 0);
    List<Rollup> parts = fold(first.samples(0, rss(2_000, 1))).rollups(other, 1);
    List<Rollup> whole = RunFold.sum(other, parts, 1);

    assertThatThrownBy(() -> RunFold.sum(RUN, parts, 1))
        .hasMessage("a rollup of run lab~app-2~0 is no part of run lab~app-1~0");
    assertThatThrownBy(() -> RunFold.sum(other, whole, 1))
        .hasMessage("a rollup of level RUN is no part of a run's window");
  }

  @Test
  void aTaskIsInTheWindowOfItsEnd() {
    Rollup task =
        RunFold.task(
            RUN,
            attempt(17, 3, 9_000, 2_000).cpuNanos(5).outcome(AttemptOutcome.FAILED).build(),
            6);

    assertThat(task.level()).isEqualTo(Rollup.Level.TASK);
    assertThat(task.entity()).isEqualTo("17");
    assertThat(task.windowStartMillis()).isEqualTo(10_000);
    assertThat(task.values())
        .containsEntry(RollupValue.ATTEMPT_CPU, 5L)
        .containsEntry(RollupValue.ATTEMPTS_FAILED, 1L);
  }

  private static boolean complete(ProcessFold one, ProcessFold other, UUID... silent) {
    return RunFold.profile(RUN, List.of(one, other), Set.of(silent)).complete();
  }

  private static EngineEvent at(EventKind kind, long millis) {
    return EngineEvent.builder(kind, millis).build();
  }

  private static EngineEvent.Builder executor(EventKind kind, long millis, String id) {
    return EngineEvent.builder(kind, millis)
        .put(EventText.EXECUTOR_ID, id)
        .put(EventText.HOST, "node-1");
  }

  private static EngineEvent.Builder stage(EventKind kind, long millis, int stage, int attempt) {
    return EngineEvent.builder(kind, millis)
        .put(EventNumber.STAGE_ID, stage)
        .put(EventNumber.STAGE_ATTEMPT, attempt)
        .put(EventNumber.TASK_COUNT, 200)
        .put(EventText.STAGE_NAME, "count at Orders.scala:7");
  }

  private static EngineEvent task(
      int stage, int attempt, AttemptOutcome outcome, long run, long input, long shuffle) {
    return EngineEvent.builder(EventKind.TASK_ENDED, 3_000)
        .put(EventNumber.STAGE_ID, stage)
        .put(EventNumber.STAGE_ATTEMPT, attempt)
        .put(EventText.OUTCOME, outcome.name())
        .put(EventNumber.RUN_TIME_MILLIS, run)
        .put(EventNumber.INPUT_BYTES, input)
        .put(EventNumber.SHUFFLE_READ_BYTES, shuffle)
        .build();
  }
}
