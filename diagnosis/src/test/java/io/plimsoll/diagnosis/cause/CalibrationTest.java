// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.cause;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class CalibrationTest {
  @Test
  void fit_byHand_poolsWhatFalls() {
    // 0.1 wrong | 0.2 right, 0.3 wrong (falls: pooled, 1 of 2 at 0.25) | 0.4 right
    Calibration fitted =
        Calibration.fit(
            List.of(
                new Calibration.Sample(0.1, false),
                new Calibration.Sample(0.2, true),
                new Calibration.Sample(0.3, false),
                new Calibration.Sample(0.4, true)),
            1);

    assertThat(fitted.raw()).containsExactly(0.1, 0.25, 0.4);
    assertThat(fitted.share()).containsExactly(0.0, 0.5, 1.0);
    assertThat(fitted.of(0.175)).isEqualTo(0.25, within(1e-12));
    assertThat(fitted.of(9)).isEqualTo(1);
    assertThat(fitted.of(0)).isZero();
  }

  @Test
  void aFallingTable_isRefused() {
    assertThatThrownBy(() -> new Calibration(List.of(0.1, 0.2), List.of(0.5, 0.4)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Property(tries = 100)
  void confidence_neverFalls_andTheOrderOfSamplesDoesNotMatter(@ForAll Random random) {
    List<Calibration.Sample> samples = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      samples.add(new Calibration.Sample(random.nextInt(20) / 20.0, random.nextBoolean()));
    }
    Calibration fitted = Calibration.fit(samples, 3);
    Collections.shuffle(samples, random);

    double before = 0;
    for (double raw = 0; raw <= 1; raw += 0.01) {
      assertThat(fitted.of(raw)).isBetween(before, 1.0);
      before = fitted.of(raw);
    }
    Calibration again = Calibration.fit(samples, 3);
    assertThat(again.share()).isEqualTo(fitted.share());
  }
}
