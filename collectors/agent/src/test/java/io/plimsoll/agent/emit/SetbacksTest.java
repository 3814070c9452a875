// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.emit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SetbacksTest {
  private final List<String> said = new ArrayList<>();
  private final Setbacks setbacks = new Setbacks("a step failed", said::add);

  @Test
  void anErrorIsCountedAndSaidOnceAndLeavesNobody() {
    for (int i = 0; i < 3; i++) {
      assertThat(setbacks.survives(SetbacksTest::fail)).isFalse();
    }
    assertThat(setbacks.survives(() -> {})).isTrue();
    assertThat(setbacks.count()).isEqualTo(3);
    assertThat(said)
        .containsExactly(
            "a step failed (java.lang.OutOfMemoryError: planted); it is counted, as later ones are;"
                + " the job runs on");
  }

  @Test
  void roundsWithErrorsThatFollowEachOtherAreFurtherAndFurtherApart() {
    assertThat(setbacks.roundPauseFactor()).isEqualTo(1);
    int last = 1;
    for (int i = 0; i < 10; i++) {
      setbacks.survives(SetbacksTest::fail);
      setbacks.survives(() -> {});
      last = setbacks.roundPauseFactor();
    }
    assertThat(last).isEqualTo(32);
    setbacks.survives(() -> {});
    assertThat(setbacks.roundPauseFactor()).isEqualTo(1);
  }

  @Test
  void whatCannotBeSaidIsSaidAtTheNextFailure() {
    List<String> heard = new ArrayList<>();
    boolean[] isShort = {true};
    Setbacks poor =
        new Setbacks(
            "x",
            line -> {
              if (isShort[0]) {
                fail();
              }
              heard.add(line);
            });
    poor.survives(SetbacksTest::fail);
    isShort[0] = false;
    poor.survives(SetbacksTest::fail);
    assertThat(heard).hasSize(1);
  }

  private static void fail() {
    throw new OutOfMemoryError("planted");
  }
}
