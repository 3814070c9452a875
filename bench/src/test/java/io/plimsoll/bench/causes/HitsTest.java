// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.bench.causes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.plimsoll.diagnosis.locate.Answer;
import java.util.List;
import org.junit.jupiter.api.Test;

class HitsTest {
  private static Answer.Entry entry(String node, int rank) {
    return new Answer.Entry(
        node, rank, false, 1, 1, false, false, List.of(), List.of(), List.of(), List.of(),
        List.of());
  }

  @Test
  void ties_countAgainstUs_andWhatIsNotRankedHasNoRank() {
    Answer tied =
        new Answer(
            List.of(entry("a", 1), entry("b", 1), entry("c", 3)),
            true,
            "why",
            List.of(),
            List.of(),
            0,
            0);
    Hits hits = new Hits();
    hits.add(tied, "a");
    hits.add(tied, "c");
    hits.add(tied, "nobody");

    assertThat(hits.within(1)).isZero();
    assertThat(hits.within(2)).isEqualTo(1);
    assertThat(hits.within(5)).isEqualTo(2);
    assertThat(hits.named()).isZero();
  }

  @Test
  void wilson_byHand() {
    // p = 0.8, n = 10, z² = 3.8415: (0.8 + 0.19207)/1.38415 ± 1.95996/1.38415·√(0.016 + 0.0096036)
    double[] interval = Hits.wilson(8, 10);

    assertThat(interval[0]).isEqualTo(0.4902, within(1e-4));
    assertThat(interval[1]).isEqualTo(0.9433, within(1e-4));
    assertThat(Hits.wilson(0, 10)[0]).isZero();
  }
}
