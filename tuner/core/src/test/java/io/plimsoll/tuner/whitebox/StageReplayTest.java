// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.tuner.whitebox;

import static io.plimsoll.tuner.RunFixture.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.plimsoll.tuner.whitebox.StageReplay.Prediction;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class StageReplayTest {
  @Test
  void workThatSplitsEvenlyTakesTwiceAsLongOnHalfTheSlots() {
    // Four tasks of 10 s on two slots: 20 s of the 100; 80 s are the driver's and stay.
    StageReplay replay =
        StageReplay.of(run().stage(0, 20_000, 10_000, 10_000, 10_000, 10_000).build(), 2);
    assertThat(replay.calibration()).isCloseTo(1, within(0.001));
    assertThat(replay.predict(2).expectedMillis()).isEqualTo(100_000);
    assertThat(replay.predict(1).expectedMillis()).isEqualTo(120_000);
    assertThat(replay.predict(4).expectedMillis()).isEqualTo(90_000);
  }

  @Test
  void oneLongTaskTakesNoLongerOnFewerSlots() {
    StageReplay replay = StageReplay.of(run().stage(0, 50_000, 50_000).build(), 8);
    Prediction prediction = replay.predict(1);
    assertThat(prediction.expectedMillis()).isEqualTo(100_000);
    assertThat(prediction.highMillis()).isEqualTo(100_000);
  }

  @Test
  void stagesThatOverlapShareTheSlots() {
    // Side by side on two slots they took 10 s; on one slot they take 20.
    StageReplay replay =
        StageReplay.of(run().stage(0, 10_000, 10_000).stage(1, 10_000, 10_000).build(), 2);
    assertThat(replay.stageMillis()).isEqualTo(10_000);
    assertThat(replay.predict(1).expectedMillis()).isEqualTo(110_000);
  }

  @Test
  void whatTheTasksDoNotExplainScalesAlong() {
    // 20 s of work on two slots, yet the stage took 20 s: half is launch and waiting.
    StageReplay replay = StageReplay.of(run().stage(0, 20_000, 10_000, 10_000).build(), 2);
    assertThat(replay.calibration()).isCloseTo(0.5, within(0.001));
    assertThat(replay.predict(1).expectedMillis()).isEqualTo(120_000);
  }

  @Test
  void aRunWithoutStagesIsAllDriver() {
    StageReplay replay = StageReplay.of(run().build(), 2);
    assertThat(replay.hasStages()).isFalse();
    assertThat(replay.calibration()).isZero();
    assertThat(replay.predict(1).expectedMillis()).isEqualTo(100_000);
  }

  @Test
  void slotsAreAtLeastOne() {
    assertThatThrownBy(() -> StageReplay.of(run().build(), 0)).hasMessage("a run on 0 slots");
    assertThatThrownBy(() -> StageReplay.of(run().build(), 1).predict(0))
        .hasMessage("a prediction for 0 slots");
  }

  @Property(tries = 200)
  void thePredictionLiesWithinGrahamsBounds(
      @ForAll @Size(min = 1, max = 40) @IntRange(min = 1, max = 9_000) int[] tasks,
      @ForAll @IntRange(min = 1, max = 8) int observed,
      @ForAll @IntRange(min = 1, max = 8) int slots) {
    long[] millis = new long[tasks.length];
    for (int i = 0; i < tasks.length; i++) {
      millis[i] = tasks[i];
    }
    Prediction prediction =
        StageReplay.of(run().stage(0, 30_000, millis).build(), observed).predict(slots);
    assertThat(prediction.expectedMillis())
        .isBetween(prediction.lowMillis(), prediction.highMillis());
    assertThat(prediction.lowMillis()).isGreaterThanOrEqualTo(70_000);
  }
}
