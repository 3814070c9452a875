// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis;

import static io.plimsoll.diagnosis.WireRun.WALL;
import static io.plimsoll.diagnosis.WireRun.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.diagnosis.finding.CatalogueCoverage;
import io.plimsoll.diagnosis.finding.Finding;
import io.plimsoll.diagnosis.finding.FindingState;
import io.plimsoll.diagnosis.finding.Mute;
import io.plimsoll.diagnosis.finding.Severity;
import io.plimsoll.diagnosis.signal.ComponentId;
import io.plimsoll.diagnosis.signal.RunMetrics;
import io.plimsoll.diagnosis.signal.SignalHistory;
import io.plimsoll.diagnosis.signal.SignalSet;
import io.plimsoll.profile.RunProfile;
import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.EventKind;
import io.plimsoll.wire.EventNumber;
import io.plimsoll.wire.EventText;
import io.plimsoll.wire.Metric;
import io.plimsoll.wire.Role;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What other systems got wrong (the field's list of defects), each as a test where it applies. */
class DefectsTest {
  /** 1, 5: a rule over history must be able to fire, and a constant history is no alarm. */
  @Test
  void aRunThatTakesTwiceAsLongAsItsConstantHistoryFiresAndOneLikeItDoesNot() {
    SignalHistory history = history(WALL / 2, WALL / 2, WALL / 2, WALL / 2, WALL / 2, WALL / 2);
    Finding longer = find(diagnose(plain(), history), "job.duration");
    assertThat(longer.severity()).isEqualTo(Severity.SEVERE);
    assertThat(longer.impact().wallMillis()).isEqualTo(WALL / 2);
    SignalHistory same = history(WALL, WALL, WALL, WALL, WALL);
    assertThat(find(diagnose(plain(), same), "job.duration").state())
        .isEqualTo(FindingState.NOT_APPLICABLE);
    assertThat(find(diagnose(plain(), same), "job.unsteady").state()).isEqualTo(FindingState.CLEAR);
  }

  /** 5: a history of almost nothing makes no ratio of thousands out of noise. */
  @Test
  void aHistoryOfEmptyInputIsNoAlarmBelowTheAmountThatMatters() {
    SignalHistory history = history(WALL, WALL, WALL, WALL, WALL);
    assertThat(find(diagnose(plain(), history), "job.input").state())
        .isIn(FindingState.NOT_APPLICABLE, FindingState.NOT_EVALUATED);
  }

  /** 3: every operator that is hit is told, and the root is marked as such. */
  @Test
  void allBackPressuredOperatorsAreToldAndTheRootIsMarked() {
    WireRun job = flink();
    chain(job, "a", "b", "c", "d");
    pressure(job, "a", 100, 800);
    pressure(job, "b", 150, 700);
    pressure(job, "c", 950, 0);
    pressure(job, "d", 200, 0);
    List<Finding> findings = Diagnosis.evaluate(WireRun.run(List.of(job)));
    assertThat(fired(findings, "flink.back-pressure"))
        .containsExactlyInAnyOrder("vertex:a", "vertex:b");
    assertThat(fired(findings, "flink.back-pressure-root")).containsExactly("vertex:c");
  }

  /** 4: CPU is held against the cores of the process, whatever their number. */
  @Test
  void cpuUseIsAShareOfTheProcessesOwnCores() {
    for (int cores : List.of(1, 8, 64)) {
      WireRun driver = plain();
      driver
          .tell(Metric.AVAILABLE_PROCESSORS, cores)
          .tell(Metric.PROCESS_CPU, WALL * 1_000_000L * cores);
      Finding finding = find(Diagnosis.evaluate(WireRun.run(List.of(driver))), "driver.cpu-high");
      assertThat(finding.severity()).as("%s cores", cores).isEqualTo(Severity.CRITICAL);
    }
  }

  /** 6: a missing metric is told, with what would bring it. */
  @Test
  void withoutTheAgentMemoryIsNotEvaluatedAndNotSilent() {
    Finding finding = find(Diagnosis.evaluate(WireRun.run(List.of(plain()))), "driver.live-set");
    assertThat(finding.state()).isEqualTo(FindingState.NOT_EVALUATED);
    assertThat(finding.reason()).contains("The agent in the process would supply it.");
  }

  /** 7: a short job is judged by what it paid, not by how long it ran. */
  @Test
  void aShortRunIsJudgedLikeALongOne() {
    for (long scale : List.of(1L, 100L)) {
      WireRun driver = WireRun.process(Role.DRIVER, "driver", "h");
      driver
          .event(at(EventKind.APPLICATION_STARTED, 0).put(EventText.ENGINE, "spark"))
          .event(at(EventKind.APPLICATION_ENDED, 20_000 * scale));
      tasks(driver, 100 * scale, 15_000 * scale);
      assertThat(
              find(Diagnosis.evaluate(WireRun.run(List.of(driver))), "stage.long-tail").severity())
          .isEqualTo(Severity.CRITICAL);
    }
  }

  /** 12: failed and unfinished applications are diagnosed from what is there. */
  @Test
  void aRunThatNeverEndedIsDiagnosed() {
    WireRun driver = WireRun.process(Role.DRIVER, "driver", "h");
    driver.event(at(EventKind.APPLICATION_STARTED, 0).put(EventText.ENGINE, "spark"));
    for (int task = 0; task < 10; task++) {
      driver.event(
          task(task, 1_000, 0)
              .put(EventText.OUTCOME, task < 4 ? "FAILED" : "SUCCEEDED")
              .put(EventText.FAILURE_CLASS, "java.lang.OutOfMemoryError"));
    }
    RunProfile run = WireRun.run(List.of(driver));
    assertThat(run.complete()).isFalse();
    Finding finding = find(Diagnosis.evaluate(run), "task.out-of-memory");
    assertThat(finding.severity()).isEqualTo(Severity.MODERATE);
    assertThat(finding.confidence()).isLessThan(0.8);
  }

  /** 13: nothing is divided by nothing. */
  @Test
  void zeroDenominatorsAreAbsentValues() {
    WireRun driver = plain();
    driver
        .tell(Metric.THREADS_STARTED, 0)
        .tell(Metric.THREADS, 4)
        .tell(Metric.HEAP_MAX, 0)
        .tell(Metric.HEAP_USED, 0)
        .tell(Metric.CGROUP_CPU_PERIODS, 0)
        .tell(Metric.CGROUP_CPU_THROTTLED, 0);
    List<Finding> findings = Diagnosis.evaluate(WireRun.run(List.of(driver)));
    assertThat(findings)
        .allSatisfy(
            finding ->
                assertThat(finding.reason()).doesNotContain("NaN").doesNotContain("Infinity"));
    assertThat(find(findings, "driver.throttled").state()).isEqualTo(FindingState.NOT_EVALUATED);
  }

  /** 14: code caches of one section and of three. */
  @Test
  void codeCachesOfEveryJvmVersionAreSeen() {
    for (String pool : List.of("Code Cache", "CodeCache", "CodeHeap 'profiled nmethods'")) {
      WireRun driver = plain();
      driver.tell(Metric.POOL_USED, pool, 96).tell(Metric.POOL_MAX, pool, 100);
      assertThat(
              find(Diagnosis.evaluate(WireRun.run(List.of(driver))), "driver.code-cache").state())
          .as(pool)
          .isEqualTo(FindingState.FIRED);
    }
  }

  /** 19: dropped events are told, since everything counted from them is too low. */
  @Test
  void droppedListenerEventsAreTold() {
    WireRun driver = plain();
    driver.event(
        at(EventKind.LISTENER_EVENTS_DROPPED, 1)
            .put(EventText.QUEUE, "eventLog")
            .put(EventNumber.DROPPED_COUNT, 13_971));
    assertThat(
            find(Diagnosis.evaluate(WireRun.run(List.of(driver))), "driver.events-dropped")
                .severity())
        .isEqualTo(Severity.SEVERE);
  }

  /** 20: more CPU than run time is tolerated. */
  @Test
  void moreCpuThanRunTimeIsNoProblem() {
    WireRun driver = plain();
    for (int task = 0; task < 10; task++) {
      driver.event(task(task, 10_000, 0).put(EventNumber.CPU_TIME_NANOS, 10_400_000_000L));
    }
    assertThat(find(Diagnosis.evaluate(WireRun.run(List.of(driver))), "task.low-cpu").state())
        .isIn(FindingState.CLEAR, FindingState.NOT_EVALUATED);
    assertThat(find(Diagnosis.evaluate(WireRun.run(List.of(driver))), "run.low-cpu").state())
        .isEqualTo(FindingState.CLEAR);
  }

  /** Skew in time with even data is told as slowness, not as data. */
  @Test
  void aSlowTaskWithEvenDataIsNotBlamedOnTheData() {
    WireRun driver = plain();
    tasks(driver, 1_000, 200_000);
    List<Finding> findings = Diagnosis.evaluate(WireRun.run(List.of(driver)));
    assertThat(fired(findings, "stage.long-tail")).containsExactly("stage:0.0");
    assertThat(fired(findings, "stage.data-skew")).isEmpty();
  }

  @Test
  void whatIsMutedIsToldAsMutedUntilItExpires() {
    WireRun driver = plain();
    tasks(driver, 1_000, 200_000);
    RunProfile run = WireRun.run(List.of(driver));
    Mute mute = new Mute("stage.long-tail", "stage:0.0", "known slow disk", 1_000);
    Finding muted =
        find(
            Diagnosis.diagnose(DiagnosisRequest.of(run).withMutes(List.of(mute), 999)).findings(),
            "stage.long-tail");
    assertThat(muted.state()).isEqualTo(FindingState.MUTED);
    assertThat(muted.severity()).isEqualTo(Severity.CRITICAL);
    assertThat(muted.reason()).endsWith("Muted: known slow disk");
    Finding again =
        find(
            Diagnosis.diagnose(DiagnosisRequest.of(run).withMutes(List.of(mute), 1_000)).findings(),
            "stage.long-tail");
    assertThat(again.state()).isEqualTo(FindingState.FIRED);
  }

  @Test
  void theCoverageCountsEveryPointOnceWithItsReason() {
    DiagnosisResult result = Diagnosis.diagnose(DiagnosisRequest.of(WireRun.run(List.of(plain()))));
    CatalogueCoverage coverage = result.coverage();
    long points = result.findings().stream().map(Finding::point).distinct().count();
    assertThat(coverage.evaluated() + coverage.notEvaluated() + coverage.notApplicable())
        .isEqualTo((int) points);
    assertThat(coverage.groups()).hasSize(17);
    assertThat(coverage.groups().stream().mapToInt(CatalogueCoverage.Group::catalogued).sum())
        .isEqualTo(219);
    assertThat(coverage.groups())
        .filteredOn(group -> group.name().equals("garbage collection"))
        .singleElement()
        .satisfies(group -> assertThat(group.notEvaluated()).containsKey("driver.full-gc"));
  }

  @Test
  void theReferenceThatWasUsedIsNamed() {
    WireRun driver = plain();
    for (int task = 0; task < 10; task++) {
      driver.event(task(task, 10_000, 0).put(EventNumber.GC_TIME_MILLIS, 1_000));
    }
    SignalSet.Builder before = SignalSet.builder();
    before.put(ComponentId.RUN, RunMetrics.TASK_GC_SHARE, 0.01, 100);
    SignalHistory history = new SignalHistory(Collections.nCopies(7, before.build()));
    Finding byHistory = find(diagnose(driver, history), "run.gc-share");
    assertThat(byHistory.reference()).isEqualTo("the job's own 7 earlier runs, usually 0.0100");
    Finding byDefault = find(diagnose(driver, SignalHistory.NONE), "run.gc-share");
    assertThat(byDefault.reference()).isEqualTo("static default");
    assertThat(byHistory.severity()).isGreaterThan(byDefault.severity());
  }

  private static void tasks(WireRun driver, long millis, long longest) {
    driver.event(
        at(EventKind.STAGE_COMPLETED, longest)
            .put(EventNumber.STAGE_ID, 0)
            .put(EventNumber.STAGE_ATTEMPT, 0)
            .put(EventNumber.SUBMITTED_MILLIS, WireRun.START)
            .put(EventNumber.COMPLETED_MILLIS, WireRun.START + longest));
    for (int task = 0; task < 10; task++) {
      driver.event(task(task, task == 5 ? longest : millis, 1 << 20));
    }
  }

  private static EngineEvent.Builder task(int task, long millis, long bytes) {
    return at(EventKind.TASK_ENDED, millis)
        .put(EventNumber.STAGE_ID, 0)
        .put(EventNumber.STAGE_ATTEMPT, 0)
        .put(EventNumber.TASK_ID, task)
        .put(EventNumber.LAUNCHED_MILLIS, WireRun.START)
        .put(EventNumber.FINISHED_MILLIS, WireRun.START + millis)
        .put(EventNumber.RUN_TIME_MILLIS, millis)
        .put(EventNumber.INPUT_BYTES, bytes)
        .put(EventText.OUTCOME, "SUCCEEDED");
  }

  private static WireRun plain() {
    return WireRun.process(Role.DRIVER, "driver", "h")
        .event(at(EventKind.APPLICATION_STARTED, 0).put(EventText.ENGINE, "spark"))
        .event(at(EventKind.APPLICATION_ENDED, WALL));
  }

  private static WireRun flink() {
    return WireRun.process(Role.JOB_MANAGER, "", "h")
        .event(at(EventKind.APPLICATION_STARTED, 0).put(EventText.ENGINE, "flink"));
  }

  private static void chain(WireRun job, String... vertices) {
    String before = null;
    for (String vertex : vertices) {
      job.event(
          at(EventKind.FLINK_VERTEX, 0)
              .put(EventText.VERTEX_ID, vertex)
              .put(EventNumber.PARALLELISM, 1));
      if (before != null) {
        job.event(
            at(EventKind.FLINK_EDGE, 0)
                .put(EventText.SOURCE_VERTEX_ID, before)
                .put(EventText.VERTEX_ID, vertex));
      }
      before = vertex;
    }
  }

  private static void pressure(WireRun job, String vertex, long busy, long pressed) {
    job.tell(Metric.FLINK_BUSY, vertex + "/0", busy)
        .tell(Metric.FLINK_BACK_PRESSURED, vertex + "/0", pressed);
  }

  private static SignalHistory history(long... walls) {
    List<SignalSet> runs = new ArrayList<>();
    for (long wall : walls) {
      runs.add(
          SignalSet.builder()
              .put(ComponentId.RUN, RunMetrics.WALL, wall)
              .put(ComponentId.RUN, RunMetrics.INPUT_BYTES, 0)
              .build());
    }
    return new SignalHistory(runs);
  }

  private static List<Finding> diagnose(WireRun driver, SignalHistory history) {
    RunProfile run = WireRun.run(List.of(driver));
    return Diagnosis.diagnose(DiagnosisRequest.of(run).withHistory(history)).findings();
  }

  private static List<String> fired(List<Finding> findings, String point) {
    return findings.stream()
        .filter(each -> each.point().equals(point) && each.state() == FindingState.FIRED)
        .map(Finding::component)
        .toList();
  }

  private static Finding find(List<Finding> findings, String point) {
    return findings.stream()
        .filter(each -> each.point().equals(point))
        .findFirst()
        .orElseThrow(() -> new AssertionError("nothing said by " + point));
  }
}
