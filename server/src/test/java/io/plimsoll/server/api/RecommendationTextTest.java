// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.profile.EvidenceGrade;
import io.plimsoll.profile.RunKey;
import io.plimsoll.tuner.recommendation.Change;
import io.plimsoll.tuner.recommendation.Interval;
import io.plimsoll.tuner.recommendation.Recommendation;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RecommendationTextTest {
  private static Recommendation of(Change... changes) {
    return new Recommendation(new RunKey("local", "app-1", 0), List.of(changes), List.of(), 0.5, 1);
  }

  private static Change change(String key, String from, String to) {
    return new Change(
        key,
        from,
        to,
        "formula",
        new TreeMap<>(),
        EvidenceGrade.ESTIMATED,
        new Interval(1, 2, "bytes", 0.9, "basis"),
        "risk",
        "revert");
  }

  @Test
  void sparkDefaultsKeepTheOldValueAsAComment() {
    assertThat(
            RecommendationText.sparkDefaults(
                of(
                    change("spark.executor.memory", "14g", "1536m"),
                    change("spark.cores.max", "", "2")),
                "orders"))
        .isEqualTo(
            """
            # Plimsoll: job orders, from run local~app-1~0
            # - spark.executor.memory 14g
            spark.executor.memory 1536m
            spark.cores.max 2
            """);
  }

  @Test
  void nothingToChangeIsSaidInDefaultsAndEmptyForTheShell() {
    assertThat(RecommendationText.sparkDefaults(of(), "orders")).endsWith("# nothing to change\n");
    assertThat(RecommendationText.sparkSubmit(of())).isEmpty();
  }

  @Test
  void shellSeesNoMoreThanOneArgumentPerSetting() {
    assertThat(
            RecommendationText.sparkSubmit(
                of(
                    change("spark.executor.memory", "14g", "1536m"),
                    change("spark.x", "", "a b'; rm -rf /\n#"))))
        .isEqualTo(
            """
            --conf spark.executor.memory=1536m
            --conf 'spark.x=a b'\\''; rm -rf / #'
            """);
  }

  @Test
  void lineBreaksInAJobNameDoNotBecomeSettings() {
    assertThat(RecommendationText.sparkDefaults(of(), "a\nspark.executor.memory 1t").lines())
        .hasSize(2)
        .allMatch(line -> line.startsWith("#"));
  }
}
