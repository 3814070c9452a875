// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.tuner.proof;

import static io.plimsoll.tuner.RunFixture.MIB;
import static io.plimsoll.tuner.RunFixture.engine;
import static io.plimsoll.tuner.RunFixture.run;
import static io.plimsoll.tuner.RunFixture.vendorRule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.plimsoll.profile.RunProfile;
import io.plimsoll.tuner.RunFixture;
import io.plimsoll.tuner.RunFixture.Jvm;
import io.plimsoll.wire.Metric;
import org.junit.jupiter.api.Test;

class ProofTest {
  private static final RunProfile BASELINE = used(vendorRule(), 1600).build();

  private static RunFixture used(RunFixture fixture, long rssMebibytes) {
    return fixture
        .process(executor("0", rssMebibytes))
        .process(executor("1", rssMebibytes))
        .process(Jvm.driver().gauge(Metric.RSS_PEAK, 700 * MIB).gauge(Metric.RSS, 700 * MIB));
  }

  private static Jvm executor(String id, long rssMebibytes) {
    return Jvm.executor(id)
        .gauge(Metric.RSS_PEAK, rssMebibytes * MIB)
        .gauge(Metric.RSS, rssMebibytes * MIB)
        .counter(Metric.PROCESS_CPU, 50_000_000_000L);
  }

  private static RunFixture advised() {
    return run()
        .config("spark.executor.memory", "700m")
        .config("spark.executor.memoryOverhead", "384m")
        .executor("0", 1)
        .executor("1", 1);
  }

  @Test
  void aRunInASmallerContainerPassesAndSaves() {
    Verdict verdict = Proof.compare(BASELINE, used(advised(), 960).build(), ResultCheck.SAME);
    assertThat(verdict.reasons()).isEmpty();
    assertThat(verdict.passes()).isTrue();
    assertThat(verdict.executors().allocatedMemory()).isCloseTo(1 - 1084.0 / 7372, within(1e-9));
    assertThat(verdict.executors().allocatedCores()).isZero();
    assertThat(verdict.executors().usedMemory()).isCloseTo(0.4, within(1e-9));
    assertThat(verdict.executors().usedCpu()).isZero();
    assertThat(verdict.total().allocatedMemory())
        .isCloseTo(1 - (2 * 1084.0 + 1408) / (2 * 7372 + 1408), within(1e-9));
    assertThat(verdict.driver().allocatedMemory()).isZero();
    assertThat(verdict.total().wall()).isZero();
  }

  @Test
  void aProcessAboveItsContainerFailsAlthoughItLived() {
    Verdict verdict = Proof.compare(BASELINE, used(advised(), 1085).build(), ResultCheck.SAME);
    assertThat(verdict.passes()).isFalse();
    assertThat(verdict.reasons())
        .containsExactly(
            "executor 0 reached 1085 MiB, above its container of 1084 MiB",
            "executor 1 reached 1085 MiB, above its container of 1084 MiB");
  }

  @Test
  void wallTimeMayGrowByATenth() {
    assertThat(
            Proof.compare(BASELINE, used(advised(), 900).wall(110_000).build(), ResultCheck.SAME)
                .passes())
        .isTrue();
    assertThat(
            Proof.compare(BASELINE, used(advised(), 900).wall(110_100).build(), ResultCheck.SAME)
                .reasons())
        .containsExactly("wall time 110.1 s is 1.10 of the baseline's 100.0 s, above 1.10");
  }

  @Test
  void resultsMustBeComparedAndTheSame() {
    RunProfile advised = used(advised(), 900).build();
    assertThat(Proof.compare(BASELINE, advised, ResultCheck.DIFFERENT).reasons())
        .containsExactly("the results differ from the baseline's");
    assertThat(Proof.compare(BASELINE, advised, ResultCheck.NOT_COMPARED).reasons())
        .containsExactly("the results were not compared with the baseline's");
  }

  @Test
  void failuresAndWhatCannotBeSeenDoNotPass() {
    RunProfile failed =
        used(advised(), 900)
            .stage(0, 1, engine(10, 1, 0, 0, 0), 1)
            .failedJob()
            .executor("2", 1)
            .going()
            .build();
    assertThat(Proof.faults(failed))
        .containsExactly(
            "the run is not complete",
            "1 task failed",
            "job 0 failed",
            "executor 2 was not observed");
    assertThat(Proof.faults(run().noConfig().build()))
        .containsExactly("the configuration, and with it the container, is not known");
    assertThat(Proof.faults(run().process(Jvm.executor("0")).build()))
        .containsExactly("the resident set of executor 0 is not known");
  }

  @Test
  void savingsOfARunThatToldNothingAreNotZero() {
    Verdict verdict = Proof.compare(run().noConfig().build(), advised().build(), ResultCheck.SAME);
    assertThat(verdict.executors().allocatedMemory()).isNaN();
    assertThat(verdict.executors().usedCpu()).isNaN();
  }
}
