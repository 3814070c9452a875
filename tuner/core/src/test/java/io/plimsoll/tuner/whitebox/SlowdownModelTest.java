// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.tuner.whitebox;

import static io.plimsoll.tuner.RunFixture.MIB;
import static io.plimsoll.tuner.RunFixture.engine;
import static io.plimsoll.tuner.RunFixture.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.plimsoll.profile.RunProfile;
import io.plimsoll.tuner.RunFixture;
import io.plimsoll.tuner.RunFixture.Jvm;
import io.plimsoll.tuner.spark.SparkSlots;
import io.plimsoll.wire.Metric;
import io.plimsoll.wire.Role;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class SlowdownModelTest {
  /** 100 collections of 200 MiB each leave 100 MiB and cost 2 s of the 100 s in all. */
  private static final Jvm EXECUTOR =
      Jvm.executor("0")
          .collections(100, 100 * MIB, 150 * MIB)
          .counter(Metric.ALLOCATED, 20_000 * MIB)
          .counter(Metric.CPU_GC, 2_000_000_000L)
          .pause(1_500);

  private static SlowdownModel model(RunFixture fixture) {
    RunProfile run = fixture.build();
    return new SlowdownModel(
        run,
        List.of(JvmEvidence.of("executor:0", run.processes(Role.EXECUTOR).get(0))),
        new SparkSlots(1, 1, 1));
  }

  @Test
  void halfTheRoomDoublesTheCollections() {
    SlowdownModel model = model(run().process(EXECUTOR));
    // 0.4 * (600 - 100) = 200 MiB a collection, as observed: nothing more to collect.
    assertThat(model.gcSlowdown(600 * MIB)).isZero();
    // 0.4 * (350 - 100) = 100 MiB: 2 s more of 100 s.
    assertThat(model.gcSlowdown(350 * MIB)).isCloseTo(0.02, within(1e-9));
    assertThat(model.gcSlowdown(100 * MIB)).isInfinite();
  }

  @Test
  void theHardestHitExecutorCounts() {
    RunProfile run =
        run()
            .process(EXECUTOR)
            .process(
                Jvm.executor("1")
                    .collections(100, 200 * MIB, 200 * MIB)
                    .counter(Metric.ALLOCATED, 20_000 * MIB)
                    .counter(Metric.CPU_GC, 2_000_000_000L))
            .build();
    ExecutorEvidence evidence = ExecutorEvidence.of(run, 1);
    SlowdownModel model = new SlowdownModel(run, evidence.executors(), new SparkSlots(2, 1, 1));
    assertThat(model.hardestHit(350 * MIB).component()).isEqualTo("executor:1");
    // 0.4 * (350 - 200) = 60 MiB: 3.33 times as often.
    assertThat(model.gcSlowdown(350 * MIB)).isCloseTo(0.02 * (200 / 60.0 - 1), within(1e-9));
  }

  @Test
  void anUnknownAllocationGivesNoGcCost() {
    SlowdownModel model =
        model(run().process(Jvm.executor("0").collections(100, 100 * MIB, 100 * MIB)));
    assertThat(model.gcSlowdown(150 * MIB)).isZero();
  }

  @Test
  void tasksSpillWhatTheManagedMemoryDoesNotHold() {
    // At 800 MiB Spark manages 300: two tasks of 400 lack 100 each.
    SlowdownModel model =
        model(run().process(EXECUTOR).stage(0, 1, engine(2, 0, 400 * MIB, 1000 * MIB, 0), 1, 1));
    assertThat(model.spilledBytes(800 * MIB)).isEqualTo(200 * MIB);
    // 200 MiB at 150 MiB/s on one slot of a run of 100 s.
    assertThat(model.spillSlowdown(800 * MIB)).isCloseTo(200 / 150.0 / 100, within(1e-6));
    assertThat(model.spilledBytes(1200 * MIB)).isZero();
  }

  @Test
  void aStageSpillsNoMoreThanFiveTimesWhatItRead() {
    SlowdownModel model =
        model(run().process(EXECUTOR).stage(0, 1, engine(50, 0, 400 * MIB, 10 * MIB, 0), 1));
    assertThat(model.spilledBytes(450 * MIB)).isEqualTo(50 * MIB);
  }

  @Test
  void whatSpilledBeforeIsNotCountedAgain() {
    SlowdownModel model =
        model(
            run()
                .process(EXECUTOR)
                .stage(0, 1, engine(2, 0, 400 * MIB, 1000 * MIB, 150 * MIB), 1, 1));
    assertThat(model.spilledBytes(800 * MIB)).isEqualTo(50 * MIB);
  }

  @Property(tries = 300)
  void aLargerHeapIsNeverSlower(
      @ForAll @LongRange(min = 101, max = 3000) long heap,
      @ForAll @LongRange(min = 0, max = 3000) long more) {
    SlowdownModel model =
        model(run().process(EXECUTOR).stage(0, 1, engine(9, 0, 700 * MIB, 300 * MIB, 0), 1, 1));
    assertThat(model.slowdown((heap + more) * MIB)).isLessThanOrEqualTo(model.slowdown(heap * MIB));
  }
}
