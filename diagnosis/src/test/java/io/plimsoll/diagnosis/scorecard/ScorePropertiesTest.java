// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.scorecard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** What holds for any values: bounds, exact sums, and no reward for a worse metric. */
class ScorePropertiesTest {
  private static Map<Part, Double> weights(Score.Kind kind, Random random) {
    Map<Part, Double> weights = new EnumMap<>(Part.class);
    for (Part part : Part.values()) {
      if (part.kind() == kind) {
        weights.put(part, kind == Score.Kind.COST ? random.nextDouble() : part.weight());
      }
    }
    return weights;
  }

  private static Map<Part, Double> some(Map<Part, Double> weights, Random random) {
    Map<Part, Double> known = new EnumMap<>(Part.class);
    for (Part part : weights.keySet()) {
      if (random.nextInt(4) > 0) {
        known.put(part, random.nextDouble() * 1.5 * part.bad());
      }
    }
    return known;
  }

  @RepeatedTest(200)
  void score_isBoundedExactAndMonotone(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    for (Score.Kind kind : Score.Kind.values()) {
      Map<Part, Double> weights = weights(kind, random);
      Map<Part, Double> known = some(weights, random);
      Score score = Score.of(kind, weights, known, Map.of());

      assertThat(score.losses().size() + score.unknown().size()).isEqualTo(weights.size());
      assertThat(score.coverage()).isBetween(0.0, 1.0);
      if (known.isEmpty()) {
        assertThat(score.points()).isEqualTo(-1);
        continue;
      }
      assertThat(score.points()).isBetween(0, Score.FULL);
      assertThat(score.losses().stream().mapToInt(Score.Loss::weight).sum()).isEqualTo(Score.FULL);
      assertThat(score.losses().stream().mapToInt(Score.Loss::lost).sum())
          .isEqualTo(Score.FULL - score.points());
      score.losses().forEach(loss -> assertThat(loss.lost()).isBetween(0, loss.weight()));

      List<Part> parts = new ArrayList<>(known.keySet());
      Part worse = parts.get(random.nextInt(parts.size()));
      Map<Part, Double> changed = new EnumMap<>(known);
      changed.merge(worse, random.nextDouble(), Double::sum);
      assertThat(Score.of(kind, weights, changed, Map.of()).points())
          .as("%s grew", worse.id())
          .isLessThanOrEqualTo(score.points());
    }
  }

  @RepeatedTest(50)
  void partThatIsNotKnown_changesOnlyCoverage(RepetitionInfo repetition) {
    Random random = new Random(1_000 + repetition.getCurrentRepetition());
    Map<Part, Double> weights = weights(Score.Kind.STABILITY, random);
    Map<Part, Double> good = new EnumMap<>(Part.class);
    Map<Part, Double> bad = new EnumMap<>(Part.class);
    for (Part part : weights.keySet()) {
      if (good.isEmpty() || random.nextBoolean()) {
        good.put(part, part.good());
        bad.put(part, part.bad());
      }
    }

    Score best = Score.of(Score.Kind.STABILITY, weights, good, Map.of());
    Score worst = Score.of(Score.Kind.STABILITY, weights, bad, Map.of());

    assertThat(best.points()).isEqualTo(Score.FULL);
    assertThat(worst.points()).isZero();
    assertThat(best.coverage()).isEqualTo(worst.coverage());
  }
}
