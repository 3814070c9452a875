// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.point;

import static io.plimsoll.diagnosis.point.Runs.MIB;
import static io.plimsoll.diagnosis.point.Runs.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.plimsoll.diagnosis.finding.Evidence;
import io.plimsoll.diagnosis.finding.Finding;
import io.plimsoll.diagnosis.finding.FindingState;
import io.plimsoll.diagnosis.finding.Severity;
import io.plimsoll.diagnosis.point.Runs.Jvm;
import io.plimsoll.profile.RunCosts;
import io.plimsoll.profile.RunProfile;
import io.plimsoll.wire.Metric;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class MemoryPointsTest {
  private static Runs asked(String heap, String overhead) {
    return run()
        .config("spark.executor.memory", heap)
        .config("spark.executor.memoryOverhead", overhead);
  }

  private static Finding only(RunPoint point, RunProfile run) {
    List<Finding> findings = point.evaluate(run);
    assertThat(findings).hasSize(1);
    return findings.get(0);
  }

  @Test
  void executorsThatHeldAQuarterOfTheirContainerHaveOverAsked() {
    // 1024 MiB container; live 156 + non-heap (356 - 256) = 256 MiB held: three quarters unused.
    RunProfile run =
        asked("640m", "384m")
            .executor("1", 1)
            .process(
                Jvm.executor("1")
                    .gauge(Metric.RSS_PEAK, 356 * MIB)
                    .gauge(Metric.HEAP_COMMITTED, 256 * MIB)
                    .gc(5, 1, 10, 156 * MIB))
            .build();
    Finding finding = only(new ExecutorMemoryOverAsked(), run);
    assertThat(finding.state()).isEqualTo(FindingState.FIRED);
    assertThat(finding.severity()).isEqualTo(Severity.SEVERE);
    assertThat(finding.impact().mebibyteMillis()).isEqualTo(768 * 100_000);
    assertThat(finding.reason())
        .isEqualTo(
            "The executor that needed most held 256 MiB of 1.0 GiB: 75 % were never needed.");
    assertThat(finding.counterEvidence())
        .extracting(Evidence::name)
        .containsExactly("touched beyond what was held");
  }

  @Test
  void executorsThatTouchAndHoldTheirContainerAreClear() {
    RunProfile run =
        asked("640m", "384m")
            .process(
                Jvm.executor("1")
                    .gauge(Metric.RSS_PEAK, 900 * MIB)
                    .gauge(Metric.HEAP_COMMITTED, 640 * MIB)
                    .gc(5, 0, 10, 600 * MIB))
            .build();
    Finding finding = only(new ExecutorMemoryOverAsked(), run);
    assertThat(finding.state()).isEqualTo(FindingState.CLEAR);
    assertThat(finding.impact().mebibyteMillis()).isZero();
  }

  @Test
  void withoutCollectionsTheResidentSetSpeaksWithLessConfidence() {
    RunProfile run =
        asked("640m", "384m").process(Jvm.executor("1").gauge(Metric.RSS_PEAK, 512 * MIB)).build();
    Finding finding = only(new ExecutorMemoryOverAsked(), run);
    assertThat(finding.severity()).isEqualTo(Severity.MODERATE);
    assertThat(finding.confidence()).isCloseTo(0.6, within(1e-9));
  }

  @Test
  void whatIsMissingIsNamed() {
    assertThat(only(new ExecutorMemoryOverAsked(), run().noConfig().build()).reason())
        .startsWith("Missing: the run's configuration.");
    assertThat(only(new ExecutorMemoryOverAsked(), run().build()).reason())
        .startsWith("Missing: the executors' resident set.");
    assertThat(only(new DriverMemoryOverAsked(), run().build()).reason())
        .startsWith("Missing: the driver's resident set.");
    assertThat(only(new NearMemoryLimit(), run().build()).state())
        .isEqualTo(FindingState.NOT_EVALUATED);
  }

  @Test
  void localModeHasNoExecutors() {
    RunProfile run = run().config("spark.master", "local[4]").build();
    assertThat(only(new ExecutorMemoryOverAsked(), run).state())
        .isEqualTo(FindingState.NOT_APPLICABLE);
  }

  @Test
  void lossAndARunThatGoesOnLowerTheConfidence() {
    Jvm jvm = Jvm.executor("1").gauge(Metric.RSS_PEAK, 512 * MIB).lossy();
    Finding finding =
        only(new ExecutorMemoryOverAsked(), asked("640m", "384m").going().process(jvm).build());
    assertThat(finding.confidence()).isCloseTo(0.6 * 0.7 * 0.8, within(1e-9));
  }

  @Test
  void theDriverIsJudgedByItsOwnContainer() {
    // 1 GiB and 384 MiB by default; 300 MiB resident: 79 % unused.
    RunProfile run = run().process(Jvm.driver().gauge(Metric.RSS_PEAK, 300 * MIB)).build();
    Finding finding = only(new DriverMemoryOverAsked(), run);
    assertThat(finding.severity()).isEqualTo(Severity.SEVERE);
    assertThat(finding.impact().mebibyteMillis()).isEqualTo(1108 * 100_000);
    assertThat(finding.impact().mebibyteMillis())
        .isLessThanOrEqualTo(RunCosts.of(run).driver().allocatedMebibyteMillis());
  }

  @Test
  void aResidentSetAboveTheContainerIsCritical() {
    RunProfile run =
        asked("640m", "384m")
            .process(Jvm.executor("1").gauge(Metric.RSS_PEAK, 1025 * MIB))
            .process(Jvm.executor("2").gauge(Metric.RSS_PEAK, 100 * MIB))
            .build();
    List<Finding> findings = new NearMemoryLimit().evaluate(run);
    assertThat(findings)
        .extracting(Finding::component, Finding::severity)
        .containsExactly(
            tuple("executor:1", Severity.CRITICAL), tuple("executor:2", Severity.NONE));
  }

  @Test
  void theTighterOfContainerAndCgroupCounts() {
    RunProfile run =
        asked("640m", "384m")
            .process(
                Jvm.executor("1")
                    .gauge(Metric.RSS_PEAK, 480 * MIB)
                    .gauge(Metric.CGROUP_MEMORY_LIMIT, 500 * MIB))
            .build();
    Finding finding = only(new NearMemoryLimit(), run);
    assertThat(finding.severity()).isEqualTo(Severity.MODERATE);
    assertThat(finding.reason())
        .isEqualTo("The resident set reached 96 % of the cgroup limit (480 MiB of 500 MiB).");
  }

  @Property(tries = 200)
  void lessNeedIsNeverLessSevereAndNeverCostsMoreThanWasAllocated(
      @ForAll @LongRange(min = 1, max = 2000) long needMebibytes,
      @ForAll @LongRange(min = 0, max = 2000) long more) {
    Finding less = need(needMebibytes);
    Finding higher = need(needMebibytes + more);
    assertThat(less.severity()).isGreaterThanOrEqualTo(higher.severity());
    assertThat(less.impact().mebibyteMillis()).isBetween(0L, 1024 * Runs.WALL);
  }

  private static Finding need(long mebibytes) {
    return only(
        new ExecutorMemoryOverAsked(),
        asked("640m", "384m")
            .process(Jvm.executor("1").gauge(Metric.RSS_PEAK, mebibytes * MIB))
            .build());
  }
}
