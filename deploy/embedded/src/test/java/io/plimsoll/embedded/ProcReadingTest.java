// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProcReadingTest {
  private static final String TAIL =
      " S 1 42 42 0 -1 4194304 900 0 0 0 120 30 7 9 20 0 31 0 55500 1000000 250 0 0 0";

  @Test
  void addsUserAndSystemTicksButNotThoseOfReapedChildren() {
    ProcReading reading =
        ProcReading.parse("42 (java)" + TAIL, "VmHWM:\t  2048 kB\nVmRSS:\t  1024 kB\n")
            .orElseThrow();

    assertThat(reading).isEqualTo(new ProcReading(55500, false, 1_500_000_000L, 1 << 20, 2 << 20));
  }

  @Test
  void aProgramNameWithBracketsAndBlanksDoesNotShiftTheFields() {
    ProcReading reading = ProcReading.parse("42 (a ) R 9 (b)" + TAIL, "").orElseThrow();

    assertThat(reading.startTicks()).isEqualTo(55500);
    assertThat(reading.cpuNanos()).isEqualTo(1_500_000_000L);
  }

  @Test
  void aProcessThatWaitsToBeReapedHasEndedAndHoldsNoMemory() {
    ProcReading reading =
        ProcReading.parse("42 (java)" + TAIL.replace(" S 1", " Z 1"), "Name:\tjava\n")
            .orElseThrow();

    assertThat(reading.ended()).isTrue();
    assertThat(reading.rssBytes()).isZero();
  }

  @Test
  void filesOfAProcessThatIsGoneGiveNothing() {
    assertThat(ProcReading.parse("", "")).isEmpty();
  }
}
