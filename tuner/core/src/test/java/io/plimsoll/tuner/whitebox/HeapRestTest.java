// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.tuner.whitebox;

import static io.plimsoll.tuner.RunFixture.MIB;
import static io.plimsoll.tuner.RunFixture.engine;
import static io.plimsoll.tuner.RunFixture.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.profile.EvidenceGrade;
import io.plimsoll.profile.ProcessProfile;
import io.plimsoll.profile.RunProfile;
import io.plimsoll.tuner.RunFixture;
import io.plimsoll.tuner.RunFixture.Jvm;
import io.plimsoll.wire.Metric;
import io.plimsoll.wire.Role;
import org.junit.jupiter.api.Test;

class HeapRestTest {
  private static HeapRest.Rest rest(RunFixture fixture, int slots) {
    RunProfile run = fixture.build();
    ProcessProfile process = run.processes(Role.EXECUTOR).get(0);
    return new HeapRest(run.stages(), slots).of(JvmEvidence.of("executor:0", process));
  }

  @Test
  void aLevelThatNoStageExplainsCountsInFull() {
    RunFixture run =
        run().process(Jvm.executor("0").window(0, 5, 100 * MIB, 300 * MIB)).stage(0, 50_000, 1);
    assertThat(rest(run, 1)).isEqualTo(new HeapRest.Rest(300 * MIB, EvidenceGrade.BOUND));
  }

  @Test
  void executionMemoryOfARunningStageYields() {
    RunFixture run =
        run()
            .process(
                Jvm.executor("0")
                    .window(0, 5, 100 * MIB, 110 * MIB)
                    .window(10_000, 5, 1, 400 * MIB, 620 * MIB))
            .stage(10_000, 20_000, engine(2, 0, 500 * MIB, 0, 0), 1);
    assertThat(rest(run, 1)).isEqualTo(new HeapRest.Rest(120 * MIB, EvidenceGrade.ESTIMATED));
  }

  @Test
  void aStageExplainsNoMoreThanTheLevelRose() {
    // 500 MiB of execution memory, but the level rose from 300 to 350 only.
    RunFixture run =
        run()
            .process(
                Jvm.executor("0")
                    .window(0, 1, 300 * MIB, 300 * MIB)
                    .window(10_000, 1, 350 * MIB, 350 * MIB))
            .stage(10_000, 20_000, engine(2, 0, 500 * MIB, 0, 0), 1);
    assertThat(rest(run, 1).bytes()).isEqualTo(300 * MIB);
  }

  @Test
  void pagesOfAFinishedStageMayLingerUntilACollectionTakesThem() {
    RunFixture run =
        run()
            .process(
                Jvm.executor("0")
                    .window(0, 1, 100 * MIB, 100 * MIB)
                    .window(10_000, 5, 600 * MIB, 600 * MIB)
                    .window(50_000, 1, 600 * MIB, 600 * MIB))
            .stage(10_000, 20_000, engine(2, 0, 500 * MIB, 0, 0), 1);
    assertThat(rest(run, 1).bytes()).isEqualTo(100 * MIB);
  }

  @Test
  void afterADropANewRiseIsNotTakenForOldPages() {
    RunFixture run =
        run()
            .process(
                Jvm.executor("0")
                    .window(0, 1, 100 * MIB, 100 * MIB)
                    .window(10_000, 5, 600 * MIB, 600 * MIB)
                    .window(30_000, 1, 110 * MIB, 110 * MIB)
                    .window(50_000, 1, 600 * MIB, 600 * MIB))
            .stage(10_000, 20_000, engine(2, 0, 500 * MIB, 0, 0), 1);
    assertThat(rest(run, 1).bytes()).isEqualTo(590 * MIB);
  }

  @Test
  void everySlotHasItsExecutionMemory() {
    RunFixture run =
        run()
            .process(Jvm.executor("0").window(10_000, 5, 900 * MIB, 900 * MIB))
            .stage(10_000, 20_000, engine(2, 0, 200 * MIB, 0, 0), 1);
    assertThat(rest(run, 1).bytes()).isEqualTo(700 * MIB);
    assertThat(rest(run, 4).bytes()).isEqualTo(100 * MIB);
  }

  @Test
  void withoutLevelsByTimeTheHighestLevelCounts() {
    RunFixture run =
        run()
            .process(Jvm.executor("0").collections(3, 100 * MIB, 250 * MIB))
            .stage(0, 20_000, engine(2, 0, 200 * MIB, 0, 0), 1);
    assertThat(rest(run, 1)).isEqualTo(new HeapRest.Rest(250 * MIB, EvidenceGrade.BOUND));
  }

  @Test
  void withoutACollectionWhatWasUsedCounts() {
    RunFixture run = run().process(Jvm.executor("0").gauge(Metric.HEAP_USED, 77 * MIB));
    assertThat(rest(run, 1).bytes()).isEqualTo(77 * MIB);
  }
}
