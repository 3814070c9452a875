// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.point;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.plimsoll.diagnosis.finding.Severity;
import io.plimsoll.diagnosis.signal.Direction;
import io.plimsoll.diagnosis.signal.Spread;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReferenceTest {
  private static final Thresholds COUNT = new Thresholds("count", 10, 20, 40, 80);
  private static final Thresholds SHARE = new Thresholds("share", 0.2, 0.4, 0.6, 0.8);
  private static final Thresholds LOW = new Thresholds("share", Direction.LOW, 0.3, 0.2, 0.1, 0);

  @Test
  void theMiddleOfAnEvenNumberOfValuesIsBetweenThem() {
    Spread spread = Spread.of(List.of(1.0, 9.0, 3.0, 5.0));
    assertThat(spread.median()).isEqualTo(4);
    assertThat(spread.scale()).isCloseTo(1.4826 * 2, within(1e-9));
  }

  @Test
  void aConstantHistoryMakesNoAlarmOfNoise() {
    Reference reference = Reference.history(COUNT, false, List.of(12.0, 12.0, 12.0, 12.0, 12.0));
    assertThat(reference.limits().severity(12.1)).isEqualTo(Severity.NONE);
    assertThat(reference.limits().severity(15)).isEqualTo(Severity.LOW);
  }

  @Test
  void aHistoryOfNothingStillNeedsHalfTheDefault() {
    Reference reference = Reference.history(COUNT, false, List.of(0.0, 0.0, 0.0, 0.0, 0.0));
    assertThat(reference.limits().severity(4.9)).isEqualTo(Severity.NONE);
    assertThat(reference.limits().severity(5)).isEqualTo(Severity.LOW);
    assertThat(reference.words()).isEqualTo("the job's own 5 earlier runs, usually 0.00");
  }

  @Test
  void aJobThatWasAlwaysIllIsStillIll() {
    Reference reference = Reference.history(COUNT, false, List.of(70.0, 75.0, 70.0, 72.0, 71.0));
    assertThat(reference.limits().severity(71)).isEqualTo(Severity.MODERATE);
  }

  @Test
  void aShareCanReachEveryLearnedLimit() {
    Reference reference = Reference.peers(SHARE, true, Spread.of(List.of(0.7, 0.7, 0.7, 0.7)));
    assertThat(reference.limits().low()).isCloseTo(0.6, within(1e-9));
    assertThat(reference.limits().severity(1)).isEqualTo(Severity.CRITICAL);
  }

  @Test
  void whereLowIsBadTheBandLiesBelow() {
    Reference reference = Reference.peers(LOW, false, Spread.of(List.of(0.9, 0.9, 0.9, 0.9)));
    assertThat(reference.limits().low()).isCloseTo(0.6, within(1e-9));
    assertThat(reference.limits().severity(0.5)).isEqualTo(Severity.LOW);
    assertThat(reference.limits().severity(0.7)).isEqualTo(Severity.NONE);
  }
}
