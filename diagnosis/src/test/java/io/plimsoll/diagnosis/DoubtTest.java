// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis;

import static io.plimsoll.diagnosis.WireRun.START;
import static io.plimsoll.diagnosis.WireRun.WALL;
import static io.plimsoll.diagnosis.WireRun.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.diagnosis.finding.Evidence;
import io.plimsoll.diagnosis.finding.Finding;
import io.plimsoll.diagnosis.finding.FindingState;
import io.plimsoll.diagnosis.finding.Severity;
import io.plimsoll.diagnosis.signal.ComponentId;
import io.plimsoll.diagnosis.signal.ComponentType;
import io.plimsoll.diagnosis.signal.SignalHistory;
import io.plimsoll.diagnosis.signal.Signals;
import io.plimsoll.profile.ProcessProfile;
import io.plimsoll.profile.RunProfile;
import io.plimsoll.wire.EventKind;
import io.plimsoll.wire.EventNumber;
import io.plimsoll.wire.EventText;
import io.plimsoll.wire.Metric;
import io.plimsoll.wire.Role;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is not known is held against nobody. */
class DoubtTest {
  private static final List<String> IDLE = List.of("executors.unused-cores", "executor.idle-life");

  /** A run of one job and one stage whose tasks are told one by one. */
  private static final class Log {
    private final WireRun driver = WireRun.process(Role.DRIVER, "driver", "h");
    private int told;

    private Log(int executors, int plannedTasks, String memory) {
      driver
          .event(at(EventKind.APPLICATION_STARTED, 0).put(EventText.ENGINE, "spark"))
          .event(
              at(EventKind.ENVIRONMENT, 0)
                  .property("spark.master", "yarn")
                  .property("spark.executor.memory", memory)
                  .property("spark.executor.cores", "2"));
      for (int i = 1; i <= executors; i++) {
        driver.event(
            at(EventKind.EXECUTOR_ADDED, 0)
                .put(EventText.EXECUTOR_ID, Integer.toString(i))
                .put(EventText.HOST, "h" + i)
                .put(EventNumber.CORES, 2));
      }
      driver.event(
          at(EventKind.STAGE_COMPLETED, WALL)
              .put(EventNumber.STAGE_ID, 0)
              .put(EventNumber.STAGE_ATTEMPT, 0)
              .put(EventNumber.TASK_COUNT, plannedTasks)
              .put(EventNumber.SUBMITTED_MILLIS, START)
              .put(EventNumber.COMPLETED_MILLIS, START + WALL));
    }

    private Log task(int executor, long millis) {
      driver.event(
          at(EventKind.TASK_ENDED, WALL)
              .put(EventNumber.STAGE_ID, 0)
              .put(EventNumber.STAGE_ATTEMPT, 0)
              .put(EventNumber.TASK_ID, told++)
              .put(EventNumber.LAUNCHED_MILLIS, START)
              .put(EventNumber.FINISHED_MILLIS, START + WALL)
              .put(EventNumber.RUN_TIME_MILLIS, millis)
              .put(EventText.EXECUTOR_ID, Integer.toString(executor))
              .put(EventText.OUTCOME, "SUCCEEDED"));
      return this;
    }

    private RunProfile run() {
      driver.event(at(EventKind.APPLICATION_ENDED, WALL));
      return WireRun.run(List.of(driver));
    }

    private List<Finding> findings() {
      return Diagnosis.evaluate(run());
    }
  }

  private static List<Finding> of(List<Finding> findings, String point) {
    return findings.stream().filter(each -> each.point().equals(point)).toList();
  }

  private static void assertUnknown(List<Finding> findings) {
    for (String point : IDLE) {
      assertThat(of(findings, point))
          .singleElement()
          .satisfies(
              each -> assertThat(each.state()).as(point).isEqualTo(FindingState.NOT_EVALUATED));
    }
  }

  @Test
  void coresWithoutTasks_areToldWhereEveryTaskWas() {
    Log log = new Log(2, 4, "4g");
    for (int task = 0; task < 4; task++) {
      log.task(1, WALL / 4);
    }
    List<Finding> findings = log.findings();

    assertThat(of(findings, "executors.unused-cores").get(0).severity()).isEqualTo(Severity.SEVERE);
    assertThat(of(findings, "executor.idle-life"))
        .extracting(Finding::component)
        .containsExactly("executor:2");
  }

  @Test
  void tasksWhoseEndsWereLost_leaveNoCoreIdle() {
    Log log = new Log(2, 40, "4g");
    for (int task = 0; task < 5; task++) {
      log.task(1, WALL / 20);
    }
    List<Finding> findings = log.findings();

    assertUnknown(findings);
    assertThat(of(findings, "stage.low-parallelism").get(0).state())
        .isEqualTo(FindingState.NOT_EVALUATED);
  }

  @Test
  void tasksWithoutMetrics_leaveNoCoreIdle() {
    assertUnknown(new Log(2, 2, "4g").task(1, 0).task(2, 0).findings());
  }

  @Test
  void executorsThatAreNotKeptApart_areNotIdle() {
    Log log = new Log(300, 600, "4g");
    for (int task = 0; task < 600; task++) {
      log.task(1 + task % 300, WALL);
    }
    List<Finding> findings = log.findings();

    assertThat(of(findings, "executor.idle-life"))
        .extracting(Finding::state)
        .containsExactly(FindingState.NOT_EVALUATED);
    assertThat(of(findings, "executors.imbalanced").get(0).state())
        .isEqualTo(FindingState.NOT_EVALUATED);
    assertThat(of(findings, "executors.unused-cores").get(0).state()).isEqualTo(FindingState.CLEAR);
  }

  @Test
  void littleMemoryByItself_isARemark() {
    List<Finding> findings = new Log(1, 1, "1g").task(1, WALL).findings();

    assertThat(of(findings, "config.memory-per-core").get(0).severity()).isEqualTo(Severity.LOW);
  }

  @Test
  void oneWaveOfEvenTasks_isNoCriticalPath_andASingleLongOneIsARemark() {
    Log even = new Log(2, 4, "4g");
    Log uneven = new Log(2, 4, "4g");
    for (int task = 0; task < 4; task++) {
      even.task(1 + task % 2, WALL - 1_000 * task);
      uneven.task(1 + task % 2, task == 3 ? WALL : WALL / 10);
    }

    assertThat(of(even.findings(), "run.critical-path").get(0).state())
        .isEqualTo(FindingState.CLEAR);
    assertThat(of(uneven.findings(), "run.critical-path").get(0).severity())
        .isEqualTo(Severity.LOW);
  }

  @Test
  void noMetricIsShownTwice() {
    Log log = new Log(2, 2, "1g");
    List<Finding> findings = log.task(1, WALL).task(1, WALL / 10).findings();

    assertThat(findings)
        .filteredOn(each -> each.state() == FindingState.FIRED)
        .isNotEmpty()
        .allSatisfy(
            each -> assertThat(each.evidence()).extracting(Evidence::name).doesNotHaveDuplicates());
  }

  @Test
  void twoBrokersOnOneHost_areTwo() {
    List<ProcessProfile> brokers = List.of(broker("1", 100).profile(), broker("2", 900).profile());
    List<ComponentId> told =
        Signals.of(new Log(1, 1, "1g").run(), brokers, SignalHistory.NONE)
            .components(ComponentType.KAFKA_BROKER);

    assertThat(told).hasSize(2);
    assertThat(told.get(0).name()).isEqualTo("kafka-1");
    assertThat(told.get(1).name()).matches("kafka-1-[0-9a-f]{8}");
  }

  private static WireRun broker(String id, long idle) {
    return WireRun.process(Role.KAFKA_BROKER, id, "kafka-1")
        .tell(Metric.COMPONENT_LEVEL_MILLI, "kafka.request_handler.idle_milli", idle);
  }
}
