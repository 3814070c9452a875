// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GovernorTest {
  private static final long SECOND = 1_000_000_000L;

  private final Governor governor = new Governor(0.005);
  private long nanos = 77;
  private long cpu = 5 * SECOND;

  @Test
  void anAgentWithinItsBudgetIsLeftAlone() {
    assertThat(minutes(5, 0.004)).containsExactly(1, 1, 1, 1, 1);
  }

  @Test
  void aboveBudgetItGetsSlowerUpToEightTimesAndComesBack() {
    assertThat(minutes(5, 0.02)).containsExactly(2, 4, 8, 8, 8);
    assertThat(minutes(4, 0.001)).containsExactly(4, 2, 1, 1);
  }

  @Test
  void itComesBackOnlyWhenTwiceTheWorkWouldFit() {
    assertThat(minutes(1, 0.02)).containsExactly(2);
    assertThat(minutes(3, 0.004)).containsExactly(2, 2, 2);
    assertThat(minutes(1, 0.0024)).containsExactly(1);
  }

  @Test
  void oneDearSecondInAMinuteIsNotJudgedByItself() {
    governor.observe(nanos, cpu);
    nanos += SECOND;
    cpu += SECOND / 5;
    governor.observe(nanos, cpu);
    assertThat(governor.factor()).isEqualTo(1);
  }

  /** The factor at each minute's end. */
  private List<Integer> minutes(int count, double share) {
    List<Integer> factors = new ArrayList<>();
    governor.observe(nanos, cpu);
    for (int minute = 0; minute < count; minute++) {
      for (int second = 0; second < 60; second++) {
        nanos += SECOND;
        cpu += (long) (share * SECOND);
        governor.observe(nanos, cpu);
      }
      factors.add(governor.factor());
    }
    return factors;
  }
}
