// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.point;

import static io.plimsoll.diagnosis.point.Runs.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.diagnosis.finding.Finding;
import io.plimsoll.diagnosis.finding.FindingState;
import io.plimsoll.diagnosis.finding.Severity;
import io.plimsoll.diagnosis.point.Runs.Jvm;
import io.plimsoll.profile.RunCosts;
import io.plimsoll.profile.RunProfile;
import io.plimsoll.wire.Metric;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimePointsTest {
  private static Finding only(RunPoint point, RunProfile run) {
    List<Finding> findings = point.evaluate(run);
    assertThat(findings).hasSize(1);
    return findings.get(0);
  }

  @Test
  void twoCoresOfWhichAQuarterIsUsedAreOverAsked() {
    RunProfile run =
        run()
            .executor("1", 2)
            .process(Jvm.executor("1").counter(Metric.PROCESS_CPU, 50_000_000_000L))
            .build();
    Finding finding = only(new CpuOverAsked(), run);
    assertThat(finding.severity()).isEqualTo(Severity.SEVERE);
    assertThat(finding.impact().coreMillis()).isEqualTo(150_000);
    assertThat(finding.impact().coreMillis())
        .isLessThanOrEqualTo(RunCosts.of(run).executors().allocatedCoreMillis());
    assertThat(finding.reason())
        .isEqualTo("The executors used 50.0 s of CPU in 200.0 s of core time: 75 % went unused.");
  }

  @Test
  void moreCpuThanCoresIsNoOverAsking() {
    RunProfile run =
        run()
            .executor("1", 1)
            .process(Jvm.executor("1").counter(Metric.PROCESS_CPU, 120_000_000_000L))
            .build();
    Finding finding = only(new CpuOverAsked(), run);
    assertThat(finding.state()).isEqualTo(FindingState.CLEAR);
    assertThat(finding.impact().coreMillis()).isZero();
  }

  @Test
  void executorsThatNeverTellTheirCpuAreNotEvaluated() {
    RunProfile run = run().executor("1", 1).process(Jvm.executor("1")).build();
    assertThat(only(new CpuOverAsked(), run).state()).isEqualTo(FindingState.NOT_EVALUATED);
  }

  @Test
  void anExecutorWithoutALifetimeIsNotEvaluated() {
    RunProfile run =
        run()
            .process(Jvm.executor("1").lifetime(0).counter(Metric.PROCESS_CPU, 1_000_000).busy(1))
            .build();
    assertThat(only(new CpuOverAsked(), run).state()).isEqualTo(FindingState.NOT_EVALUATED);
  }

  @Test
  void jobsThatOverlapCountOnce() {
    // Jobs cover 0-30 and 20-50 s: half of the run belongs to the driver.
    RunProfile run = run().executor("1", 1).job(0, 30_000).job(20_000, 50_000).build();
    Finding finding = only(new DriverBound(), run);
    assertThat(finding.severity()).isEqualTo(Severity.SEVERE);
    assertThat(finding.impact().coreMillis()).isEqualTo(50_000);
    assertThat(finding.reason()).isEqualTo("No job ran in 50 % of the run (50.0 s of 100.0 s).");
  }

  @Test
  void aRunOfSecondsIsOnlyARemark() {
    assertThat(only(new DriverBound(), run().wall(29_999).job(0, 3_000).build()).severity())
        .isEqualTo(Severity.LOW);
    assertThat(only(new DriverBound(), run().wall(30_000).job(0, 3_000).build()).severity())
        .isEqualTo(Severity.CRITICAL);
    assertThat(only(new DriverBound(), run().wall(20_000).job(0, 19_000).build()).state())
        .isEqualTo(FindingState.CLEAR);
  }

  @Test
  void aJobThatStillRunsCoversTheTimeUntilNow() {
    RunProfile run = run().going().process(Jvm.driver()).job(10_000, -1).build();
    assertThat(only(new DriverBound(), run).state()).isEqualTo(FindingState.CLEAR);
  }

  @Test
  void aRunWithoutJobsIsNotJudgedDriverBound() {
    assertThat(only(new DriverBound(), run().build()).state())
        .isEqualTo(FindingState.NOT_EVALUATED);
    assertThat(only(new DriverBound(), run().wall(0).job(0, 0).build()).state())
        .isEqualTo(FindingState.NOT_EVALUATED);
  }

  @Test
  void collectorsThatTakeAFifthOfTheCpuAreCritical() {
    RunProfile run =
        run()
            .executor("1", 1)
            .process(
                Jvm.executor("1")
                    .counter(Metric.PROCESS_CPU, 50_000_000_000L)
                    .counter(Metric.CPU_GC, 10_000_000_000L)
                    .gc(100, 0, 2_000, 1))
            .process(
                Jvm.driver()
                    .counter(Metric.PROCESS_CPU, 50_000_000_000L)
                    .counter(Metric.CPU_GC, 100_000_000L))
            .build();
    List<Finding> findings = new GcPressure().evaluate(run);
    assertThat(findings)
        .extracting(Finding::severity)
        .containsExactly(Severity.CRITICAL, Severity.NONE);
    assertThat(findings.get(0).impact().coreMillis()).isEqualTo(10_000);
    assertThat(findings.get(0).reason()).isEqualTo("Collecting garbage takes 20 % of executor:1.");
  }

  @Test
  void pausesCountWhereTheCollectorsThreadsAreNotKnown() {
    RunProfile run = run().process(Jvm.executor("1").gc(100, 0, 12_000, 1)).build();
    assertThat(new GcPressure().evaluate(run).get(0).severity()).isEqualTo(Severity.MODERATE);
  }

  @Test
  void aProcessThatToldNothingOfItsCollectionsIsNotEvaluated() {
    RunProfile run = run().process(Jvm.executor("1").lifetime(0)).build();
    assertThat(new GcPressure().evaluate(run))
        .extracting(Finding::state)
        .containsOnly(FindingState.NOT_EVALUATED);
  }
}
