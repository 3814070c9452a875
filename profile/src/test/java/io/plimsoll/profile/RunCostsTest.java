// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.profile;

import static io.plimsoll.profile.Said.RUN;
import static io.plimsoll.profile.Said.attempt;
import static io.plimsoll.profile.Said.fold;
import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.EventKind;
import io.plimsoll.wire.EventNumber;
import io.plimsoll.wire.EventText;
import io.plimsoll.wire.Metric;
import io.plimsoll.wire.MetricKey;
import io.plimsoll.wire.Role;
import io.plimsoll.wire.Sample;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RunCostsTest {
  private static final long MEBI = 1L << 20;
  private final Said driver = Said.by(new UUID(1, 1), Role.DRIVER, "driver", 1_000);
  private final Said executor = Said.by(new UUID(1, 2), Role.EXECUTOR, "0", 3_000);

  private final ProcessFold driving =
      fold(
          driver.samples(0, sample(2_000, 100, 0, 0), sample(12_000, 100, 0, 40)),
          driver.events(
              0,
              EngineEvent.builder(EventKind.APPLICATION_STARTED, 1_500).build(),
              EngineEvent.builder(EventKind.ENVIRONMENT, 1_500)
                  .property("spark.executor.memory", "2g")
                  .property("spark.executor.cores", "3")
                  .property("spark.driver.memory", "4g")
                  .build(),
              EngineEvent.builder(EventKind.EXECUTOR_ADDED, 4_000)
                  .put(EventText.EXECUTOR_ID, "0")
                  .put(EventNumber.CORES, 2)
                  .build(),
              EngineEvent.builder(EventKind.EXECUTOR_ADDED, 5_000)
                  .put(EventText.EXECUTOR_ID, "1")
                  .put(EventNumber.CORES, 2)
                  .build(),
              EngineEvent.builder(EventKind.EXECUTOR_REMOVED, 6_000)
                  .put(EventText.EXECUTOR_ID, "1")
                  .build(),
              EngineEvent.builder(EventKind.APPLICATION_ENDED, 11_000).build()));

  @Test
  void anExecutorIsPaidFromItsBeingAddedToItsRemovalOrTheEndOfTheRun() {
    ProcessFold working =
        fold(
            executor.samples(0, sample(4_000, 500, 20, 10), sample(10_000, 700, 30, 70)),
            executor.events(
                0, collection(5_000, 90), collection(6_000, 40), collection(8_000, 60)));
    RunCosts costs = RunCosts.of(RunFold.profile(RUN, List.of(driving, working)));

    assertThat(costs.executors())
        .isEqualTo(
            new RunCosts.Line(
                (2048 + 384) * (7_000L + 1_000),
                2 * (7_000 + 1_000),
                500 * 6_000,
                40 * 6_000 + 20 * 6_000,
                70));
    assertThat(costs.executors().allocatedGiBSeconds()).isEqualTo(2432.0 / 1024 * 8);
    assertThat(costs.executors().allocatedCoreSeconds()).isEqualTo(16);
    assertThat(costs.driver())
        .isEqualTo(new RunCosts.Line((4096 + 409) * 11_000L, 11_000, 100 * 10_000, -1, 40));
    assertThat(costs.driver().usedLiveGiBSeconds()).isEqualTo(-1);
    assertThat(costs.total().usedCpuNanos()).isEqualTo(110);
    assertThat(costs.total().usedLiveMebibyteMillis()).isEqualTo(-1);
  }

  @Test
  void anExecutorThatTheDriverNeverNamedIsPaidForItsLife() {
    Said stranger = Said.by(new UUID(1, 3), Role.EXECUTOR, "9", 5_000);
    ProcessFold unnamed = fold(stranger.samples(0, sample(9_000, 1, 0, 1)));
    RunCosts costs = RunCosts.of(RunFold.profile(RUN, List.of(driving, unnamed)));

    assertThat(costs.executors().allocatedMebibyteMillis())
        .isEqualTo(2432L * (7_000 + 1_000 + 4_000));
    assertThat(costs.executors().allocatedCoreMillis()).isEqualTo(2 * 8_000 + 3 * 4_000);
  }

  @Test
  void liveMemoryFollowsTheWindowsOfTheCollections() {
    ProcessFold working =
        fold(
            executor.samples(0, sample(4_000, 500, 0, 0), sample(29_000, 500, 0, 0)),
            executor.events(0, collection(5_000, 90), collection(21_000, 10)));

    assertThat(RunCosts.of(RunFold.profile(RUN, List.of(working))).executors())
        .extracting(RunCosts.Line::usedLiveMebibyteMillis)
        .isEqualTo(90 * 16_000L + 10 * 9_000);
  }

  @Test
  void withoutAReadableConfigurationNothingIsSaidOfAllocatedMemory() {
    ProcessFold working = fold(executor.samples(0, sample(4_000, 500, 0, 9)));
    assertThat(RunCosts.of(RunFold.profile(RUN, List.of(working))).executors())
        .isEqualTo(new RunCosts.Line(-1, 1_000, 0, -1, 9));

    driving.add(
        driver.events(
            1,
            EngineEvent.builder(EventKind.ENVIRONMENT, 1_500)
                .property("spark.executor.memory", "lots")
                .build()));
    assertThat(RunCosts.of(RunFold.profile(RUN, List.of(driving))).executors())
        .extracting(RunCosts.Line::allocatedMebibyteMillis)
        .isEqualTo(-1L);
  }

  @Test
  void theBooksSayWhatNothingExplains() {
    Map<MetricKey, Long> values = new HashMap<>();
    values.put(MetricKey.of(Metric.PROCESS_CPU), 1_000L);
    values.put(MetricKey.of(Metric.CPU_GC), 100L);
    values.put(MetricKey.of(Metric.CPU_JIT), 50L);
    values.put(MetricKey.of(Metric.CPU_AGENT), 7L);
    ProcessFold working =
        fold(
            executor.samples(0, Sample.of(4_000, values)),
            executor.attempts(0, attempt(1, 0, 3_000, 10).cpuNanos(800).build()));

    assertThat(Books.of(RunFold.profile(RUN, List.of(driving, working))))
        .containsExactly(
            new Books.Line(Role.DRIVER, 1, 0, 40, 0, 0, 0, 0, 0, 40, 0),
            new Books.Line(Role.EXECUTOR, 1, 1, 1_000, 800, 100, 50, 7, 0, 43, 0));
  }

  private static Sample sample(long millis, long rssMebi, long metaspaceMebi, long cpuNanos) {
    return Sample.of(
        millis,
        Map.of(
            MetricKey.of(Metric.RSS), rssMebi * MEBI,
            MetricKey.of(Metric.METASPACE_USED), metaspaceMebi * MEBI,
            MetricKey.of(Metric.PROCESS_CPU), cpuNanos));
  }

  private static EngineEvent collection(long millis, long heapMebi) {
    return EngineEvent.builder(EventKind.GARBAGE_COLLECTION, millis)
        .put(EventNumber.GC_GRADE, 1)
        .put(EventNumber.HEAP_AFTER_BYTES, heapMebi * MEBI)
        .build();
  }
}
