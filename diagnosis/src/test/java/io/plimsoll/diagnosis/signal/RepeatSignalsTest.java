// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.signal;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.profile.AttemptSums;
import io.plimsoll.profile.EngineSums;
import io.plimsoll.profile.RunKey;
import io.plimsoll.profile.RunProfile;
import io.plimsoll.profile.SketchDistribution;
import io.plimsoll.profile.StageProfile;
import io.plimsoll.profile.TaskDetails;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RepeatSignalsTest {
  private static StageProfile stage(int id, String name, long records, long bytes) {
    return new StageProfile(
        id,
        0,
        name,
        id * 10_000L,
        id * 10_000L + 10_000,
        4,
        List.of(),
        null,
        AttemptSums.ZERO,
        0,
        new EngineSums(4, 0, 0, 40_000, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, bytes),
        SketchDistribution.of(),
        SketchDistribution.of(10_000),
        SketchDistribution.of(),
        new TaskDetails(
            0,
            0,
            0,
            0,
            40_000,
            0,
            0,
            records,
            1_000,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            Collections.emptySortedMap(),
            Collections.emptySortedMap()));
  }

  private static double share(StageProfile... stages) {
    RunProfile run =
        new RunProfile(
            new RunKey("c", "a", 0),
            "a",
            "spark",
            "4.0.1",
            0,
            100_000,
            true,
            new TreeMap<>(),
            List.of(),
            List.of(stages),
            List.of(),
            List.of());
    Signal told = SparkSignals.of(run).get(ComponentId.RUN, RunMetrics.REPEATED_SHARE);
    return told == null ? -1 : told.value();
  }

  @Test
  void sameStageAgain_counts() {
    assertThat(share(stage(1, "map", 500, 9_000), stage(2, "map", 500, 9_000))).isEqualTo(0.1);
  }

  @Test
  void otherRecordsNamesOrBytes_doNotCount() {
    assertThat(share(stage(1, "map", 500, 9_000), stage(2, "map", 501, 9_000))).isZero();
    assertThat(share(stage(1, "map", 500, 9_000), stage(2, "join", 500, 9_000))).isZero();
    assertThat(share(stage(1, "map", 500, 9_000), stage(2, "map", 500, 9_900))).isZero();
  }

  @Test
  void stagesThatShuffleNothing_areNotCompared() {
    assertThat(share(stage(1, "count", 0, 0), stage(2, "count", 0, 0))).isZero();
  }
}
