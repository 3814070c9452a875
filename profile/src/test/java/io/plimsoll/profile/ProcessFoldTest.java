// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.profile;

import static io.plimsoll.profile.Said.RUN;
import static io.plimsoll.profile.Said.attempt;
import static io.plimsoll.profile.Said.cpu;
import static io.plimsoll.profile.Said.fold;
import static io.plimsoll.profile.Said.rss;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.plimsoll.wire.AttemptOutcome;
import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.EventKind;
import io.plimsoll.wire.EventNumber;
import io.plimsoll.wire.LossCounters;
import io.plimsoll.wire.Metric;
import io.plimsoll.wire.MetricKey;
import io.plimsoll.wire.ProcessIdentity;
import io.plimsoll.wire.Role;
import io.plimsoll.wire.Stream;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ProcessFoldTest {
  private static final String RSS = "process.memory.rss";
  private static final String CPU = "process.cpu.time";
  private final Said process = Said.executor();

  @Test
  void aLevelHoldsUntilTheNextSampleAndSplitsAtWindowEdges() {
    ProcessFold fold = fold(process.samples(0, rss(8_000, 100), rss(12_000, 300), rss(31_000, 50)));

    assertThat(fold.profile().gauge(Metric.RSS))
        .isEqualTo(new GaugeProfile(100 * 4_000 + 300 * 19_000, 23_000, 50, 300, 50));
    assertThat(fold.rollups(RUN, 9))
        .extracting(
            Rollup::windowStartMillis,
            rollup -> rollup.values().get(RSS + ".integral"),
            rollup -> rollup.values().get(RSS + ".max"),
            rollup -> rollup.values().get(RSS + ".last"))
        .containsExactly(
            tuple(0L, 100L * 2_000, 100L, 100L),
            tuple(10_000L, 100L * 2_000 + 300L * 8_000, 300L, 300L),
            tuple(20_000L, 300L * 10_000, 300L, 300L),
            tuple(30_000L, 300L * 1_000, 300L, 50L));
  }

  @Test
  void aRollupNamesItsRunItsProcessAndItsRevision() {
    Rollup rollup = fold(process.samples(0, rss(8_000, 100))).rollups(RUN, 9).get(0);

    assertThat(rollup.run()).isEqualTo(RUN);
    assertThat(rollup.level()).isEqualTo(Rollup.Level.PROCESS);
    assertThat(rollup.entity()).isEqualTo(Said.PROCESS.toString());
    assertThat(rollup.revision()).isEqualTo(9);
    assertThat(rollup.windowMillis()).isEqualTo(10_000);
  }

  @Test
  void aCounterGrowsFromTheStartOfTheProcessEvenlyBetweenItsSamples() {
    Said started = Said.by(Said.PROCESS, Role.EXECUTOR, "0", 8_000);
    ProcessFold fold = fold(started.samples(0, cpu(11_000, 10), cpu(41_000, 11)));

    // 10 ns over 3 s: floor(6.67) in the first window, the rest in the second; 1 ns over 30 s
    // appears where its share first reaches a whole number.
    assertThat(fold.rollups(RUN, 1))
        .filteredOn(rollup -> rollup.values().containsKey(CPU))
        .extracting(Rollup::windowStartMillis, rollup -> rollup.values().get(CPU))
        .containsExactly(tuple(0L, 6L), tuple(10_000L, 4L), tuple(40_000L, 1L));
    assertThat(fold.profile().counter(Metric.PROCESS_CPU, -1)).isEqualTo(11);
  }

  @Test
  void aMissingEnvelopeIsBridgedAndCorrectedWhenItArrives() {
    ProcessFold fold = fold(process.samples(0, rss(0, 10)), process.samples(2, rss(4_000, 30)));
    assertThat(fold.profile().gauge(Metric.RSS))
        .isEqualTo(new GaugeProfile(10 * 4_000, 4_000, 10, 30, 30));
    assertThat(fold.profile().coverage()).isEqualTo(new Coverage(2, 1, 0, 0, 0));

    fold.add(process.samples(1, rss(1_000, 20)));
    assertThat(fold.profile().gauge(Metric.RSS))
        .isEqualTo(new GaugeProfile(10 * 1_000 + 20 * 3_000, 4_000, 10, 30, 30));
    assertThat(fold.profile().coverage().isComplete()).isTrue();
  }

  @Test
  void aSilenceIsObservedForAnHourAtMost() {
    ProcessFold fold = fold(process.samples(0, rss(0, 10), rss(86_400_000, 20)));

    assertThat(fold.profile().gauge(Metric.RSS))
        .isEqualTo(new GaugeProfile(10 * 3_600_000L, 3_600_000, 10, 20, 20));
    assertThat(fold.rollups(RUN, 1)).hasSize(361);
  }

  @Test
  void aClockThatStepsBackCoversNoTime() {
    ProcessFold fold = fold(process.samples(0, rss(5_000, 10), rss(2_000, 20), rss(3_000, 30)));

    assertThat(fold.profile().gauge(Metric.RSS))
        .isEqualTo(new GaugeProfile(20 * 1_000, 1_000, 10, 30, 30));
    assertThat(fold.profile().firstSampleMillis()).isEqualTo(2_000);
    assertThat(fold.profile().lastSampleMillis()).isEqualTo(5_000);
  }

  @Test
  void anIntegralBeyondALongIsSaturatedAndItsMebiFormExact() {
    long tebibyte = 1L << 40;
    ProcessFold fold = ProcessFold.of(Said.PROCESS);
    for (int hour = 0; hour <= 30; hour++) {
      fold.add(process.samples(hour, rss(hour * 3_600_000L, tebibyte + 1)));
    }

    GaugeProfile rss = fold.profile().gauges().get(MetricKey.of(Metric.RSS));
    assertThat(rss).isNotNull();
    assertThat(rss.integral()).isEqualTo(Long.MAX_VALUE);
    assertThat(rss.mebiIntegral())
        .isEqualTo((1L << 20) * 30 * 3_600_000 + 30 * 3_600_000 / (1 << 20));
    assertThat(rss.mean()).isEqualTo(tebibyte);
  }

  @Test
  void anAttemptBelongsToTheWindowOfItsEndAndToItsStage() {
    ProcessFold fold =
        fold(
            process.attempts(
                0,
                attempt(1, 3, 9_000, 2_000)
                    .cpuNanos(500)
                    .allocatedBytes(70)
                    .outcome(AttemptOutcome.SUCCEEDED)
                    .build(),
                attempt(2, 3, 8_000, 1_000).cpuNanos(30).outcome(AttemptOutcome.FAILED).build(),
                attempt(3, 4, 10_000, 5).cpuNanos(4).outcome(AttemptOutcome.KILLED).build()));

    assertThat(fold.profile().attempts())
        .isEqualTo(new AttemptSums(3, 1, 1, 1, 3_005_000_000L, 534, 70));
    assertThat(fold.stageParts(RUN, 1))
        .extracting(
            Rollup::entity,
            Rollup::windowStartMillis,
            part -> part.values().get(RollupValue.ATTEMPTS),
            part -> part.values().get(RollupValue.ATTEMPT_CPU))
        .containsExactlyInAnyOrder(
            tuple("3.0", 0L, 1L, 30L),
            tuple("3.0", 10_000L, 1L, 500L),
            tuple("4.0", 10_000L, 1L, 4L));
    assertThat(fold.rollups(RUN, 1).get(1).values())
        .containsEntry(RollupValue.ATTEMPTS, 2L)
        .containsEntry(RollupValue.ATTEMPT_WALL, 2_005_000_000L)
        .containsEntry(RollupValue.ATTEMPT_ALLOCATED, 70L)
        .containsEntry(RollupValue.ATTEMPTS_KILLED, 1L);
  }

  @Test
  void collectionsAreToldWithoutAnySample() {
    ProcessFold fold =
        fold(
            process.events(
                0,
                collection(1_000, 1, 5, 400),
                collection(2_000, 1, 9, 300),
                collection(12_000, 2, 40, 250)));

    GcProfile gc = fold.profile().gc();
    assertThat(gc.youngCollections()).isEqualTo(2);
    assertThat(gc.fullCollections()).isEqualTo(1);
    assertThat(gc.pauseMillis()).isEqualTo(54);
    assertThat(gc.maxPauseMillis()).isEqualTo(40);
    assertThat(gc.maxHeapAfterYoungBytes()).isEqualTo(400);
    assertThat(gc.liveSetBytes()).isEqualTo(250);
    assertThat(gc.liveSetGrade()).isEqualTo(EvidenceGrade.ESTIMATED);
    assertThat(gc.windows())
        .containsExactly(new GcWindow(0, 2, 0, 300, 400), new GcWindow(10_000, 1, 1, 250, 250));
  }

  @Test
  void theRunIsKnownWhenTheIdentityNamesAnApplication() {
    ProcessIdentity early =
        ProcessIdentity.builder(Said.PROCESS)
            .host("node-1", "boot-1")
            .pid(42, 5)
            .cluster("lab")
            .build();
    ProcessFold fold = ProcessFold.of(Said.PROCESS);
    assertThat(fold.run()).isNull();
    fold.add(process.as(early.toBuilder()).samples(0, rss(1_000, 1)));
    assertThat(fold.run()).isNull();
    assertThat(fold.dirtyWindows()).containsExactly(0L);

    fold.add(process.as(early.toBuilder().role(Role.DRIVER).application("app-1", 0)).samples(1));
    assertThat(fold.run()).isEqualTo(RUN);
    fold.add(process.as(early.toBuilder()).samples(2));
    assertThat(fold.run()).isEqualTo(RUN);
    assertThat(fold.profile().role()).isEqualTo(Role.DRIVER);
  }

  @Test
  void lossIsTheHighestThatWasTold() {
    ProcessFold fold = ProcessFold.of(Said.PROCESS);
    fold.add(process.header(Stream.SAMPLES, 1, LossCounters.of(3, 0, 1, 0)).samples(List.of()));
    fold.add(process.header(Stream.EVENTS, 0, LossCounters.of(2, 4, 1, 0)).events(List.of()));

    assertThat(fold.profile().coverage()).isEqualTo(new Coverage(2, 1, 3, 4, 1));
  }

  @Test
  void prunedWindowsAreGoneForGoodAndTotalsStay() {
    ProcessFold fold = fold(process.samples(0, rss(0, 10), rss(25_000, 20)));
    fold.pruneWindowsBefore(19_999);
    assertThat(fold.rollups(RUN, 1))
        .extracting(Rollup::windowStartMillis)
        .containsExactly(10_000L, 20_000L);

    fold.pruneWindowsBefore(20_000);
    fold.add(process.attempts(0, attempt(1, 0, 3_000, 10).build()));
    fold.add(process.samples(1, rss(26_000, 30)));
    assertThat(fold.rollups(RUN, 1)).extracting(Rollup::windowStartMillis).containsExactly(20_000L);
    assertThat(fold.dirtyWindows()).containsExactly(20_000L);
    assertThat(fold.profile().gauge(Metric.RSS))
        .isEqualTo(new GaugeProfile(10 * 25_000 + 20 * 1_000, 26_000, 10, 30, 30));
    assertThat(fold.profile().attempts().attempts()).isEqualTo(1);
    assertThat(ProcessFold.fromBytes(fold.toBytes()).rollups(RUN, 1))
        .isEqualTo(fold.rollups(RUN, 1));
  }

  @Test
  void onlyChangedWindowsAreToldAgain() {
    ProcessFold fold = fold(process.samples(0, rss(0, 10), rss(25_000, 20)));
    fold.markClean();
    assertThat(fold.changedRollups(RUN, 2)).isEmpty();

    fold.add(process.samples(1, rss(26_000, 30)));
    assertThat(fold.changedRollups(RUN, 2))
        .extracting(Rollup::windowStartMillis)
        .containsExactly(20_000L);
    fold.add(process.attempts(0, attempt(1, 0, 3_000, 10).build()));
    assertThat(fold.changedStageParts(RUN, 3))
        .extracting(Rollup::windowStartMillis)
        .containsExactly(0L);
  }

  @Test
  void bothFoldsOfOneEnvelopeCannotBeMerged() {
    ProcessFold one = fold(process.samples(0), process.samples(1), process.samples(2));
    ProcessFold other = fold(process.samples(2, rss(0, 1)), process.events(0));
    byte[] before = one.toBytes();

    assertThatThrownBy(() -> one.merge(other))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "both folds of process " + Said.PROCESS + " hold the same envelopes of SAMPLES");
    assertThat(one.toBytes()).isEqualTo(before);
  }

  @Test
  void envelopesThatCannotBeAreRefusedAndChangeNothing() {
    ProcessFold fold = fold(process.samples(0, rss(0, 1)));
    byte[] before = fold.toBytes();
    Said stranger = Said.by(new UUID(9, 9), Role.EXECUTOR, "1", 0);

    assertThatThrownBy(() -> fold.add(stranger.samples(1)))
        .hasMessageContaining("cannot be added to the fold of " + Said.PROCESS);
    assertThatThrownBy(() -> fold.add(process.samples(-1))).hasMessageContaining("sequence -1");
    assertThatThrownBy(() -> fold.add(process.samples(1, rss(1, 1), rss(-5, 1))))
        .hasMessage("time -5 told by process " + Said.PROCESS + " is no epoch milliseconds");
    assertThatThrownBy(() -> fold.add(process.samples(1, rss(Long.MAX_VALUE, 1))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(fold.toBytes()).isEqualTo(before);
  }

  @Test
  void aProcessEndsWhenItSaysSo() {
    ProcessFold fold = fold(process.events(0));
    assertThat(fold.ended()).isFalse();

    fold.add(process.events(1, EngineEvent.builder(EventKind.JVM_ENDING, 5).build()));
    assertThat(fold.profile().ended()).isTrue();
  }

  private static EngineEvent collection(long millis, long grade, long pause, long heapAfter) {
    return EngineEvent.builder(EventKind.GARBAGE_COLLECTION, millis)
        .put(EventNumber.GC_GRADE, grade)
        .put(EventNumber.GC_DURATION_MILLIS, pause)
        .put(EventNumber.HEAP_AFTER_BYTES, heapAfter)
        .build();
  }
}
