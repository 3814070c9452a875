// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.proc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProcTextTest {
  private static final String STATUS =
      "Name:\tjava\nUmask:\t0022\nState:\tS (sleeping)\nTgid:\t32253\nVmPeak:\t 5226496 kB\n"
          + "VmSize:\t 5160956 kB\nVmHWM:\t  129636 kB\nVmRSS:\t  107088 kB\nRssAnon:\t   84400 kB\n"
          + "RssFile:\t   22688 kB\nRssShmem:\t       0 kB\nThreads:\t19\n";

  @Test
  void statusLinesAreReadInBytes() {
    assertThat(ProcText.statusBytes(STATUS, "VmRSS")).isEqualTo(107088L * 1024);
    assertThat(ProcText.statusBytes(STATUS, "RssAnon")).isEqualTo(84400L * 1024);
    assertThat(ProcText.statusBytes(STATUS, "VmHWM")).isEqualTo(129636L * 1024);
    assertThat(ProcText.statusBytes(STATUS, "RssShmem")).isZero();
  }

  @Test
  void aKeyThatIsOnlyTheBeginningOfAnotherIsNotTold() {
    assertThat(ProcText.statusBytes(STATUS, "Vm")).isEqualTo(-1);
    assertThat(ProcText.statusBytes(STATUS, "Rss")).isEqualTo(-1);
    assertThat(ProcText.statusBytes("", "VmRSS")).isEqualTo(-1);
  }

  @Test
  void schedstatBeginsWithTheTimeOnTheCpu() {
    assertThat(ProcText.schedNanos("2271543210 91827364 1843\n")).isEqualTo(2_271_543_210L);
    assertThat(ProcText.schedNanos("")).isEqualTo(-1);
    assertThat(ProcText.schedWaitNanos("2271543210 91827364 1843\n")).isEqualTo(91_827_364L);
    assertThat(ProcText.schedWaitNanos("2271543210")).isEqualTo(-1);
  }

  @Test
  void keyedLinesMatchTheWholeKey() {
    String stat = "nr_periods 120\nnr_throttled 7\nthrottled_time 4400\n";
    assertThat(ProcText.keyed(stat, "nr_throttled")).isEqualTo(7);
    assertThat(ProcText.keyed(stat, "throttled")).isEqualTo(-1);
  }

  @Test
  void aNumberTooLargeForALongIsTheLargest() {
    assertThat(ProcText.number("18446744073709551615", 0)).isEqualTo(Long.MAX_VALUE);
    assertThat(ProcText.number("9223372036854771712", 0)).isEqualTo(9_223_372_036_854_771_712L);
  }
}
