// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.profile.EvidenceGrade;
import io.plimsoll.profile.RunKey;
import io.plimsoll.tuner.recommendation.Change;
import io.plimsoll.tuner.recommendation.Interval;
import io.plimsoll.tuner.recommendation.Recommendation;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SettingsTest {
  @Test
  void vendorRule_takesNineTenthsOfTheNode() {
    // 8192 * 0.9 = 7372; 7372 / 1.1 = 6701
    assertThat(Settings.vendorRule())
        .containsEntry("spark.executor.memory", "6701m")
        .containsEntry("spark.executor.memoryOverhead", "671m")
        .containsEntry("spark.executor.cores", "1")
        .containsEntry("spark.cores.max", "2");
  }

  @Test
  void advice_replacesOnlyWhatItNames() {
    Change change =
        new Change(
            "spark.executor.memory",
            "6701m",
            "800m",
            "f",
            new TreeMap<>(),
            EvidenceGrade.BOUND,
            new Interval(1, 2, "bytes", 0.9, "test"),
            "r",
            "v");
    Recommendation recommendation =
        new Recommendation(new RunKey("c", "a", 0), List.of(change), List.of(), 0.5, 1);

    assertThat(Settings.advised(Settings.vendorRule(), recommendation))
        .containsEntry("spark.executor.memory", "800m")
        .containsEntry("spark.executor.memoryOverhead", "671m");
  }
}
