// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.profile;

import static io.plimsoll.profile.Said.RUN;
import static io.plimsoll.profile.Said.attempt;
import static io.plimsoll.profile.Said.cpu;
import static io.plimsoll.profile.Said.fold;
import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.wire.AttemptKind;
import io.plimsoll.wire.AttemptRecord;
import io.plimsoll.wire.Metric;
import io.plimsoll.wire.MetricKey;
import io.plimsoll.wire.Sample;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RunningAttemptsTest {
  private final Said process = Said.executor();

  @Test
  void anAttemptThatStillRunsIsToldApart() {
    ProcessFold fold = fold(process.attempts(0, progress(2_000, 600), progress(3_000, 900)));

    assertThat(fold.profile().attempts()).isEqualTo(AttemptSums.ZERO);
    assertThat(fold.profile().running())
        .isEqualTo(new AttemptSums(1, 0, 0, 0, 3_000_000_000L, 900, 1_800));
  }

  @Test
  void itsEndTakesItsPlaceInWhateverOrder() {
    AttemptRecord whole = attempt(1, 3, 1_000, 5_000).cpuNanos(1_500).build();
    ProcessFold inOrder =
        fold(process.attempts(0, progress(2_000, 600)), process.attempts(1, whole));
    ProcessFold late = fold(process.attempts(1, whole), process.attempts(0, progress(2_000, 600)));

    assertThat(inOrder.profile().running()).isEqualTo(AttemptSums.ZERO);
    assertThat(inOrder.profile().attempts().cpuNanos()).isEqualTo(1_500);
    assertThat(late.profile()).isEqualTo(inOrder.profile());
    assertThat(late.rollups(RUN, 1)).isEqualTo(inOrder.rollups(RUN, 1));
  }

  @Test
  void whatWasUsedBelongsToTheWindowItWasUsedIn() {
    // 600 ns by second 3 of its life (epoch 4 s), 1,000 more by its end at 24 s.
    ProcessFold fold =
        fold(
            process.attempts(
                0, progress(3_000, 600), attempt(1, 3, 1_000, 23_000).cpuNanos(1_600).build()));

    assertThat(during(fold)).isEqualTo(Map.of(0L, 900L, 10_000L, 500L, 20_000L, 200L));
  }

  @Test
  void aHelperThreadAddsCpuButNoAttempt() {
    ProcessFold fold =
        fold(
            process.attempts(
                0,
                attempt(1, 3, 1_000, 50).cpuNanos(10).build(),
                attempt(1, 3, 1_000, 40)
                    .cpuNanos(30)
                    .kind(AttemptKind.HELPER)
                    .helper("source fetcher")
                    .build(),
                attempt(-1, 3, 1_000, 9_000).cpuNanos(60).kind(AttemptKind.SUM).count(7).build()));

    assertThat(fold.profile().attempts().attempts()).isEqualTo(8);
    assertThat(fold.profile().attempts().cpuNanos()).isEqualTo(100);
    assertThat(fold.profile().attempts().wallNanos()).isEqualTo(9_050_000_000L);
  }

  @Test
  void sumsOfAttemptsThatRanSideBySideBelongToWhenTheyRan() {
    AttemptRecord.Builder sum =
        attempt(-1, 3, 1_000, 45_000).kind(AttemptKind.SUM).count(500).cpuNanos(60);

    for (AttemptRecord told : List.of(sum.spanMillis(2_000).build(), sum.spanMillis(-1).build())) {
      ProcessFold fold = fold(process.attempts(0, told));
      assertThat(during(fold)).isEqualTo(Map.of(0L, 60L));
      assertThat(fold.rollups(RUN, 1))
          .singleElement()
          .satisfies(
              rollup -> assertThat(rollup.values()).containsEntry(RollupValue.ATTEMPTS, 500L));
    }
  }

  @Test
  void theBooksOfAWindowCloseWithItsResidual() {
    ProcessFold fold =
        fold(
            process.samples(
                0,
                cpu(0, 0),
                Sample.of(
                    10_000,
                    Map.of(
                        MetricKey.of(Metric.PROCESS_CPU), 1_000L,
                        MetricKey.of(Metric.CPU_GC), 100L,
                        MetricKey.of(Metric.CPU_SATELLITE, "netty"), 30L,
                        MetricKey.of(Metric.CPU_SATELLITE, "shuffle"), 20L))),
            process.attempts(0, attempt(1, 3, 1_000, 5_000).cpuNanos(700).build()));

    Rollup first =
        fold.rollups(RUN, 1).stream()
            .filter(rollup -> rollup.windowStartMillis() == 0)
            .findFirst()
            .orElseThrow();
    assertThat(first.values()).containsEntry(RollupValue.RESIDUAL_CPU, 150L);
    assertThat(Books.residualNanos(fold.profile())).isEqualTo(150);
  }

  @Test
  void collectionsAreChargedByAllocatedBytes() {
    ProcessFold fold =
        fold(
            process.samples(
                0,
                Sample.of(
                    9_000,
                    Map.of(
                        MetricKey.of(Metric.CPU_GC), 1_000L,
                        MetricKey.of(Metric.ALLOCATED), 400L))),
            process.attempts(
                0,
                attempt(1, 3, 1_000, 50).allocatedBytes(100).build(),
                attempt(2, 4, 1_000, 50).allocatedBytes(200).build()));

    RunProfile run = RunFold.profile(RUN, List.of(fold));
    assertThat(run.stages()).extracting(StageProfile::gcCpuNanos).containsExactly(250L, 500L);
    assertThat(Books.of(run).get(0).gcOfAttemptsCpuNanos()).isEqualTo(750);
  }

  private static AttemptRecord progress(long wallMillis, long cpuNanos) {
    return attempt(1, 3, 1_000, wallMillis)
        .kind(AttemptKind.PROGRESS)
        .cpuNanos(cpuNanos)
        .allocatedBytes(2 * cpuNanos)
        .build();
  }

  private static Map<Long, Long> during(ProcessFold fold) {
    return fold.rollups(RUN, 1).stream()
        .collect(
            Collectors.toMap(
                Rollup::windowStartMillis,
                rollup -> rollup.values().getOrDefault(RollupValue.ATTEMPT_CPU_DURING, 0L),
                (one, other) -> one,
                TreeMap::new));
  }
}
