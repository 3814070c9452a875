// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.bench.planted;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Values by hand from the limits that the heuristics' files name. */
class DrElephantTest {
  private static LogLines log() {
    return new LogLines()
        .conf("spark.executor.memory", "1024m")
        .executor("1", 1)
        .executor("2", 1)
        .job(0, 0, "main", -1);
  }

  private static List<Said> of(LogLines lines, long end) throws IOException {
    return DrElephant.of(lines.end(end));
  }

  @Test
  void healthyLog_nothingIsSaid() throws IOException {
    assertThat(
            of(
                log()
                    .stage(0, 2, 1_000)
                    .task(0, "1", 900, 10, 0, 1_000)
                    .task(0, "2", 950, 10, 0, 1_000)
                    .jobEnd(0, true),
                400_000))
        .isEmpty();
  }

  @Test
  void taskSkew_eightTimesTheMedian_onlyFromTwoAndAHalfMinutesOn() throws IOException {
    LogLines skewed =
        log()
            .stage(0, 3, 165_000)
            .task(0, "1", 20_000, 0, 0, 0)
            .task(0, "1", 20_000, 0, 0, 0)
            .task(0, "2", 160_001, 0, 0, 0);
    LogLines shorter =
        log()
            .stage(0, 3, 145_000)
            .task(0, "1", 10_000, 0, 0, 0)
            .task(0, "1", 10_000, 0, 0, 0)
            .task(0, "2", 140_000, 0, 0, 0);

    assertThat(of(skewed, 170_000)).containsExactly(new Said("Stage: task skew", 3));
    assertThat(of(shorter, 150_000)).isEmpty();
  }

  @Test
  void executorGc_tenPercentOfFiveMinutesOfLife() throws IOException {
    LogLines stages = log().stage(0, 3, 1_000).task(0, "1", 100_000, 1_000, 0, 0);
    stages.task(0, "1", 100_000, 1_000, 0, 0).task(0, "2", 100_000, 31_000, 0, 0);

    // 33 s of 2 x 160 s are 10.3 %.
    assertThat(of(stages, 160_000)).contains(new Said("Executor GC", 3));
  }

  @Test
  void executorGc_isSilentBelowFiveMinutes() throws IOException {
    LogLines stages = log().stage(0, 3, 1_000).task(0, "1", 100_000, 1_000, 0, 0);
    stages.task(0, "1", 100_000, 1_000, 0, 0).task(0, "2", 100_000, 90_000, 0, 0);

    assertThat(of(stages, 149_000)).extracting(Said::rule).doesNotContain("Executor GC");
  }

  @Test
  void spill_aQuarterOfWhatWasReadIsSevere_andEveryExecutorSpills() throws IOException {
    LogLines lines =
        log()
            .stage(0, 2, 1_000)
            .task(0, "1", 900, 0, 13 * LogLines.MIB, 50 * LogLines.MIB)
            .task(0, "2", 900, 0, 13 * LogLines.MIB, 50 * LogLines.MIB);

    // 26 of 100 MiB; 13 MiB a task are below 5 % of a GiB.
    assertThat(of(lines, 10_000))
        .containsExactly(
            new Said("Executor storage spill", 3), new Said("Stage: execution memory spill", 3));
  }

  @Test
  void failures_countAttemptsOverTasks_andMemoryErrorsApart() throws IOException {
    LogLines lines =
        log()
            .stage(0, 10, 1_000)
            .task(0, "1", 900, 0, 0, 0)
            .task(0, "1", 900, 0, 0, 0)
            .task(0, "2", 900, 0, 0, 0)
            .failedTask(0, "1", "java.lang.OutOfMemoryError")
            .failedTask(0, "2", "java.lang.IllegalStateException")
            .jobEnd(0, true);

    assertThat(of(lines, 10_000))
        .containsExactly(
            new Said("Stage: failed tasks", 4), new Said("Stages with failed tasks", 3));
  }

  @Test
  void executors_tenTimesTheMedianIsCritical_from100MegabytesOn() throws IOException {
    LogLines lines =
        log()
            .executor("3", 1)
            .stage(0, 3, 1_000)
            .task(0, "1", 900, 0, 0, 12 * LogLines.MIB)
            .task(0, "2", 900, 0, 0, 12 * LogLines.MIB)
            .task(0, "3", 900, 0, 0, 121 * LogLines.MIB);
    LogLines less =
        log()
            .executor("3", 1)
            .stage(0, 3, 1_000)
            .task(0, "1", 900, 0, 0, LogLines.MIB)
            .task(0, "2", 900, 0, 0, LogLines.MIB)
            .task(0, "3", 900, 0, 0, 99 * LogLines.MIB);

    assertThat(of(lines, 10_000)).containsExactly(new Said("Executors", 4));
    assertThat(of(less, 10_000)).isEmpty();
  }

  @Test
  void memory_twiceThePeakWithReserveIsSevere_aboveTwoGigabytes() throws IOException {
    LogLines over =
        log().conf("spark.executor.memory", "4096m").heapPeak("1", 1_700 * LogLines.MIB);
    LogLines small = log().conf("spark.executor.memory", "2048m").heapPeak("1", 100 * LogLines.MIB);

    // 2 x (1700 + 300) MiB = 4000 MiB.
    assertThat(of(over, 10_000)).containsExactly(new Said("JVM used memory", 3));
    assertThat(of(small, 10_000)).isEmpty();
  }
}
