// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UsageTallyTest {
  private static final long BOOT = 1_000_000;

  @Test
  void memoryIsHeldUntilTheNextLook() {
    UsageTally tally = tally(reading(10, 100, 100), 5000);
    tally.add("java A", reading(20, 300, 400), 5200);
    tally.add("java A", reading(30, 200, 400), 5500);

    assertThat(tally.usage())
        .isEqualTo(
            new ProcessUsage(
                7, "java A", BOOT + 1000, 5000, 5500, 30, 200, 400, 100 * 200 + 300 * 300, true));
  }

  @Test
  void aProcessThatEndsKeepsItsLastValuesAndTheCpuOfItsLastLook() {
    UsageTally tally = tally(reading(10, 100, 150), 5000);
    tally.add("", new ProcReading(100, true, 25, 0, 0), 5100);

    ProcessUsage usage = tally.usage();
    assertThat(usage.alive()).isFalse();
    assertThat(usage.cpuNanos()).isEqualTo(25);
    assertThat(usage.rssBytes()).isEqualTo(100);
    assertThat(usage.peakRssBytes()).isEqualTo(150);
    assertThat(usage.commandLine()).isEqualTo("java A");
    assertThat(usage.rssByteMillis()).isEqualTo(100 * 100);
  }

  @Test
  void theMemoryOfAForksParentIsForgottenWhenTheProgramReplacesIt() {
    UsageTally tally = tally(reading(0, 9_000, 9_000), 5000);
    tally.add("java A", reading(1, 40, 50), 5200);

    assertThat(tally.usage().peakRssBytes()).isEqualTo(50);
  }

  @Test
  void anotherProcessOfTheSameNumberIsNotTheSame() {
    UsageTally tally = tally(reading(10, 100, 100), 5000);

    assertThat(tally.isSameProcess(new ProcReading(101, false, 0, 0, 0))).isFalse();
    assertThat(tally.isSameProcess(reading(99, 1, 1))).isTrue();
  }

  private static UsageTally tally(ProcReading first, long nowMillis) {
    return new UsageTally(7, BOOT, "java A", first, nowMillis);
  }

  private static ProcReading reading(long cpuNanos, long rssBytes, long peakBytes) {
    return new ProcReading(100, false, cpuNanos, rssBytes, peakBytes);
  }
}
