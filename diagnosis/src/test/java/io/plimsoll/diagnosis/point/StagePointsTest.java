// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.point;

import static io.plimsoll.diagnosis.point.Runs.MIB;
import static io.plimsoll.diagnosis.point.Runs.engine;
import static io.plimsoll.diagnosis.point.Runs.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.diagnosis.finding.Finding;
import io.plimsoll.diagnosis.finding.FindingState;
import io.plimsoll.diagnosis.finding.Severity;
import io.plimsoll.profile.RunProfile;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class StagePointsTest {
  private static final long[] NOTHING = {0, 0, 0, 0};

  private static Finding only(RunPoint point, RunProfile run) {
    List<Finding> findings = point.evaluate(run);
    assertThat(findings).hasSize(1);
    return findings.get(0);
  }

  private static long[] of(long... values) {
    return values;
  }

  @Test
  void aTaskThatReadsAndTakesTenTimesTheMedianIsSkew() {
    RunProfile run =
        run()
            .executor("1", 2)
            .stage(of(1000, 1000, 1000, 1000, 10_000), of(MIB, MIB, MIB, MIB, 10 * MIB))
            .build();
    Finding finding = only(new DataSkew(), run);
    assertThat(finding.component()).isEqualTo("stage:0.0");
    // Ten times is severe, but its tail of 9 s is 9 % of the run: moderate.
    assertThat(finding.severity()).isEqualTo(Severity.MODERATE);
    // One of two slots waits for the tail.
    assertThat(finding.impact().coreMillis()).isBetween(8_900L, 9_100L);
    assertThat(only(new LongTail(), run).state()).isEqualTo(FindingState.CLEAR);
  }

  @Test
  void aTaskThatTakesTenTimesTheMedianWithEvenDataIsALongTail() {
    RunProfile run =
        run()
            .executor("1", 2)
            .stage(of(1000, 1000, 1000, 1000, 10_000), of(MIB, MIB, MIB, MIB, MIB))
            .build();
    assertThat(only(new DataSkew(), run).state()).isEqualTo(FindingState.CLEAR);
    Finding finding = only(new LongTail(), run);
    assertThat(finding.state()).isEqualTo(FindingState.FIRED);
    assertThat(finding.severity()).isEqualTo(Severity.MODERATE);
  }

  @Test
  void aMedianOfNothingIsNoDivisionByZero() {
    RunProfile run = run().stage(of(1000, 1000, 1000, 10_000), of(0, 0, 0, 8 * MIB)).build();
    Finding finding = only(new DataSkew(), run);
    assertThat(finding.state()).isEqualTo(FindingState.FIRED);
    assertThat(finding.evidence()).allSatisfy(each -> assertThat(each.value()).isFinite());
    assertThat(finding.reason())
        .startsWith("A task read 4.0 times the mean (at least half read nothing) and took");
  }

  @Test
  void bytesThatAreNotKnownLeaveSkewUnjudgedAndTheTailDoubtful() {
    RunProfile run = run().stage(of(1000, 1000, 1000, 10_000), NOTHING).build();
    assertThat(only(new DataSkew(), run).state()).isEqualTo(FindingState.NOT_EVALUATED);
    Finding finding = only(new LongTail(), run);
    assertThat(finding.confidence()).isLessThanOrEqualTo(0.5);
    assertThat(finding.severity()).isEqualTo(Severity.LOW);
    assertThat(finding.reason())
        .contains("the median; what it read is not known")
        .doesNotContain("even data");
  }

  @Test
  void twoTasksHaveNoMedianWorthTheName() {
    RunProfile run = run().stage(of(1, 10_000), of(1, MIB)).build();
    assertThat(only(new DataSkew(), run).state()).isEqualTo(FindingState.NOT_APPLICABLE);
    assertThat(only(new LongTail(), run).state()).isEqualTo(FindingState.NOT_APPLICABLE);
  }

  @Test
  void aTailThatCostsTheRunNothingIsClear() {
    RunProfile run = run().stage(of(10, 10, 10, 10, 300), of(MIB, MIB, MIB, MIB, 30 * MIB)).build();
    assertThat(only(new DataSkew(), run).state()).isEqualTo(FindingState.CLEAR);
  }

  @Test
  void allAffectedStagesAreTold() {
    RunProfile run =
        run()
            .stage(of(1000, 1000, 1000, 10_000), of(MIB, MIB, MIB, 10 * MIB))
            .stage(of(1000, 1000, 1000, 10_000), of(MIB, MIB, MIB, 10 * MIB))
            .build();
    assertThat(new DataSkew().evaluate(run))
        .extracting(Finding::component)
        .containsExactly("stage:0.0", "stage:1.0");
  }

  @Test
  void aStageThatSpillsMuchIsAsSevereAsTheRunPaidForIt() {
    // Half of what it read would be critical; 400 MiB cost 4 of 100 s: moderate.
    RunProfile run = run().stage(of(1, 1, 1), NOTHING, engine(3, 0, 800 * MIB, 400 * MIB)).build();
    Finding finding = only(new Spill(), run);
    assertThat(finding.severity()).isEqualTo(Severity.MODERATE);
    assertThat(finding.impact().coreMillis()).isEqualTo(4000);
    assertThat(finding.reason())
        .isEqualTo("Tasks spilled 400 MiB of memory (100 MiB on disk) while they read 800 MiB.");
  }

  @Test
  void spillOfAStageThatReadNothingIsNoDivisionByZero() {
    RunProfile run = run().stage(of(1, 1, 1), NOTHING, engine(3, 0, 0, 100 * MIB)).build();
    assertThat(only(new Spill(), run).severity()).isEqualTo(Severity.LOW);
  }

  @Test
  void spillThatCostsNothingIsClear() {
    RunProfile run = run().stage(of(1, 1, 1), NOTHING, engine(3, 0, MIB, MIB)).build();
    assertThat(only(new Spill(), run).state()).isEqualTo(FindingState.CLEAR);
  }

  @Test
  void tasksWithoutSpillAreClearAndNoTasksAreNotEvaluated() {
    RunProfile clear = run().stage(of(1, 1, 1), NOTHING, engine(3, 0, MIB, 0)).build();
    assertThat(only(new Spill(), clear).state()).isEqualTo(FindingState.CLEAR);
    assertThat(only(new Spill(), run().build()).state()).isEqualTo(FindingState.NOT_EVALUATED);
  }

  @Test
  void aFailedRunIsDiagnosedToo() {
    RunProfile run =
        run().executor("1", 1).stage(of(1, 1, 1), NOTHING, engine(20, 2, MIB, 0)).build();
    Finding finding = only(new FailedTasks(), run);
    assertThat(finding.severity()).isEqualTo(Severity.MODERATE);
    assertThat(finding.reason()).isEqualTo("2 of 20 task attempts failed.");
    assertThat(finding.impact().coreMillis()).isEqualTo(1000);
  }

  @Test
  void tasksThatAllSucceededAreClear() {
    RunProfile run = run().stage(of(1, 1, 1), NOTHING, engine(20, 0, MIB, 0)).build();
    assertThat(only(new FailedTasks(), run).state()).isEqualTo(FindingState.CLEAR);
    assertThat(only(new FailedTasks(), run().build()).state())
        .isEqualTo(FindingState.NOT_EVALUATED);
  }

  @Test
  void anExecutorThatWasKilledIsLostAndOneThatIdledIsNot() {
    RunProfile run =
        run()
            .removed("1", 50_000, "Command exited with code 137")
            .removed("2", 50_000, "Executor 2 was removed because it was idle")
            .removed("3", 99_000, "stopping")
            .removed("5", 50_000, "Executor killed by driver.")
            .removed(
                "6",
                50_000,
                "Container container_e87_1_01_000002 exited from explicit termination request.")
            .removed("7", 50_000, "Executor decommission.")
            .executor("4", 1)
            .build();
    Finding finding = only(new LostExecutors(), run);
    assertThat(finding.severity()).isEqualTo(Severity.SEVERE);
    assertThat(finding.reason())
        .isEqualTo("1 of 7 executors were lost; the first said: Command exited with code 137");
  }

  @Test
  void executorsThatStayAreClearAndUnknownOnesNotEvaluated() {
    assertThat(only(new LostExecutors(), run().executor("1", 1).build()).state())
        .isEqualTo(FindingState.CLEAR);
    assertThat(only(new LostExecutors(), run().build()).state())
        .isEqualTo(FindingState.NOT_EVALUATED);
  }

  @Property(tries = 200)
  void moreDataInOneTaskIsNeverLessSevere(
      @ForAll @LongRange(min = 1, max = 1000) long most,
      @ForAll @LongRange(min = 0, max = 1000) long more) {
    assertThat(skew(most + more)).isGreaterThanOrEqualTo(skew(most));
  }

  private static Severity skew(long most) {
    long longest = Math.max(100, 100 * most);
    return only(
            new DataSkew(),
            run().stage(of(100, 100, 100, longest), of(MIB, MIB, MIB, most * MIB)).build())
        .severity();
  }
}
