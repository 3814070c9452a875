// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.tuner.whitebox;

import static io.plimsoll.tuner.RunFixture.MIB;
import static io.plimsoll.tuner.RunFixture.engine;
import static io.plimsoll.tuner.RunFixture.run;
import static io.plimsoll.tuner.RunFixture.vendorRule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.plimsoll.diagnosis.finding.Finding;
import io.plimsoll.diagnosis.finding.FindingState;
import io.plimsoll.diagnosis.finding.Impact;
import io.plimsoll.diagnosis.finding.Mute;
import io.plimsoll.diagnosis.finding.Severity;
import io.plimsoll.profile.ContainerSize;
import io.plimsoll.profile.EvidenceGrade;
import io.plimsoll.profile.RunProfile;
import io.plimsoll.profile.SparkSize;
import io.plimsoll.tuner.RunFixture;
import io.plimsoll.tuner.RunFixture.Jvm;
import io.plimsoll.tuner.recommendation.Abstention;
import io.plimsoll.tuner.recommendation.Change;
import io.plimsoll.tuner.recommendation.Recommendation;
import io.plimsoll.wire.Metric;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class WhiteBoxTunerTest {
  private static final String HEAP = "spark.executor.memory";
  private static final String OVERHEAD = "spark.executor.memoryOverhead";
  private static final String CORES = "spark.executor.cores";
  private static final String MAX = "spark.cores.max";

  /** An executor that held this much and whose collections cost nearly nothing. */
  private static Jvm executor(String id, long heldMebibytes) {
    return Jvm.executor(id)
        .gauge(Metric.HEAP_MAX, 6702 * MIB)
        .gauge(Metric.HEAP_COMMITTED, 1500 * MIB)
        .gauge(Metric.RSS_PEAK, 1800 * MIB)
        .gauge(Metric.RSS, 1800 * MIB)
        .counter(Metric.ALLOCATED, 1000 * MIB)
        .counter(Metric.CPU_GC, 10_000_000)
        .window(0, 10, heldMebibytes * MIB, heldMebibytes * MIB);
  }

  private static RunFixture busy(long heldMebibytes) {
    return vendorRule()
        .process(executor("0", heldMebibytes))
        .process(executor("1", heldMebibytes))
        .stage(0, 90_000, 90_000, 90_000);
  }

  private static Recommendation recommend(RunFixture fixture) {
    return WhiteBoxTuner.recommend(fixture.build(), List.of());
  }

  private static Optional<Change> change(Recommendation recommendation, String key) {
    return recommendation.changes().stream().filter(each -> each.key().equals(key)).findFirst();
  }

  private static String reason(Recommendation recommendation, String key) {
    return recommendation.abstained().stream()
        .filter(each -> each.key().equals(key))
        .map(Abstention::reason)
        .findFirst()
        .orElse("changed");
  }

  @Test
  void theHeapHoldsWhatWasHeldWithATenthFree() {
    // 720 MiB held, nothing of it execution memory: 0.9 * 800 = 720.
    Recommendation recommendation = recommend(busy(720));
    Change heap = change(recommendation, HEAP).orElseThrow();
    assertThat(heap.from()).isEqualTo("6702m");
    assertThat(heap.to()).isEqualTo("800m");
    assertThat(heap.grade()).isEqualTo(EvidenceGrade.BOUND);
    assertThat(heap.inputs()).containsEntry("rest", "720.0 MiB");
    assertThat(heap.interval().low()).isEqualTo(450 * MIB);
    assertThat(heap.interval().high()).isEqualTo(800 * MIB);
    // 300 MiB outside the heap, a fifth more is 360, up to whole 16 MiB.
    assertThat(change(recommendation, OVERHEAD).map(Change::to)).contains("368m");
  }

  @Test
  void executionMemoryIsHeldAsFarAsSparkWouldGrantIt() {
    // 0.9 H >= 300 + min(600, 0.6 (H - 300)): H >= 400 by rest, spill of at most 5 * 1 MiB is free.
    RunFixture fixture =
        vendorRule()
            .process(executor("0", 300))
            .process(executor("1", 300))
            .stage(20_000, 90_000, engine(2, 0, 600 * MIB, MIB, 0), 70_000, 70_000);
    assertThat(change(recommend(fixture), HEAP).map(Change::to)).contains("450m");
  }

  @Test
  void whatMayBeCachedFitsIntoManagedMemory() {
    // 460 MiB held, 100 of them from the start: 0.6 * (900 - 300) = 360, up to whole 16 MiB.
    RunFixture fixture =
        vendorRule()
            .process(executor("0", 100).window(50_000, 10, 460 * MIB, 460 * MIB))
            .stage(0, 90_000, 90_000, 90_000);
    Change heap = change(recommend(fixture), HEAP).orElseThrow();
    assertThat(heap.inputs()).containsEntry("cachedAtMost", "360.0 MiB");
    assertThat(heap.to()).isEqualTo("912m");
  }

  @Test
  void theFactorIsTheContainersOfAllProcesses() {
    Recommendation recommendation = recommend(busy(720));
    double before = 2 * (6702 + 670) + 1024 + 384;
    double after = 2 * (800 + 368) + 1024 + 384;
    assertThat(recommendation.allocatedMemoryFactor()).isCloseTo(after / before, within(1e-9));
    assertThat(recommendation.allocatedCoresFactor()).isEqualTo(1);
  }

  @Test
  void withoutACollectionThereIsNoHeapAdvice() {
    RunFixture fixture =
        vendorRule()
            .process(
                Jvm.executor("0")
                    .gauge(Metric.HEAP_COMMITTED, 500 * MIB)
                    .gauge(Metric.RSS_PEAK, 700 * MIB)
                    .gauge(Metric.HEAP_USED, 400 * MIB));
    Recommendation recommendation = recommend(fixture);
    assertThat(reason(recommendation, HEAP))
        .isEqualTo("no executor collected garbage, so nothing is known of what it holds");
    assertThat(change(recommendation, HEAP)).isEmpty();
  }

  @Test
  void everyKeyIsAbstainedFromWhileTheConfigurationIsUnknown() {
    Recommendation recommendation = recommend(run().noConfig().process(executor("0", 100)));
    assertThat(recommendation.changes()).isEmpty();
    assertThat(recommendation.abstained())
        .hasSize(5)
        .extracting(Abstention::reason)
        .containsOnly("the run's configuration has not arrived");
    assertThat(recommendation.allocatedMemoryFactor()).isEqualTo(1);
  }

  @Test
  void aRunThatGoesOnAndARunThatFailedAreNotCut() {
    assertThat(reason(recommend(busy(100).going()), HEAP))
        .isEqualTo("the run is not over: its need may still grow");
    Finding failed =
        new Finding(
            "tasks.failed",
            "run",
            FindingState.FIRED,
            Severity.LOW,
            1,
            Impact.NONE,
            "static default",
            List.of(),
            List.of(),
            "1 of 20 task attempts failed.",
            "");
    assertThat(reason(WhiteBoxTuner.recommend(busy(100).build(), List.of(failed)), HEAP))
        .isEqualTo("the run was not sound: 1 of 20 task attempts failed.");
    Finding muted = failed.muted(new Mute("tasks.failed", null, "known", 1));
    assertThat(reason(WhiteBoxTuner.recommend(busy(100).build(), List.of(muted)), HEAP))
        .startsWith("the run was not sound");
  }

  @Test
  void aRunOfWhichMuchWasLostIsNotCut() {
    RunFixture lossy =
        vendorRule().process(executor("0", 100).coverage(100, 2)).stage(0, 90_000, 90_000);
    assertThat(reason(recommend(lossy), HEAP))
        .isEqualTo("too much of what the agents said was lost on the way (2 pieces)");
    RunFixture nearlyWhole = busy(100).process(executor("2", 100).coverage(100, 1));
    assertThat(change(recommend(nearlyWhole), HEAP)).isPresent();
  }

  @Test
  void executorsThatCameAfterOthersWentAreNotCountedTwice() {
    RunFixture fixture =
        run()
            .config("spark.master", "yarn")
            .executor("0", 1, 0, 40_000)
            .executor("1", 1, 0, 100_000)
            .executor("2", 1, 50_000, 100_000)
            .stage(0, 90_000, 90_000, 90_000);
    assertThat(reason(recommend(fixture), "spark.executor.instances"))
        .startsWith("with 1 instead of 2 task slots");
  }

  @Test
  void localModeHasNoExecutorsToSize() {
    assertThat(reason(recommend(run().config("spark.master", "local[2]")), HEAP))
        .isEqualTo("in local mode there are no executors");
  }

  @Test
  void aHeapThatTheConfigurationDidNotSetIsLeftAlone() {
    RunFixture fixture =
        vendorRule().process(executor("0", 100).gauge(Metric.HEAP_MAX, 1024 * MIB));
    assertThat(reason(recommend(fixture), HEAP))
        .isEqualTo("the executors' heap limit is 1024.0 MiB, not what the configuration says");
  }

  @Test
  void executorsThatUseTheirMemoryKeepIt() {
    RunFixture fixture =
        run()
            .config(HEAP, "700m")
            .config(OVERHEAD, "384m")
            .executor("0", 1)
            .process(executor("0", 640).gauge(Metric.HEAP_MAX, 700 * MIB));
    assertThat(reason(recommend(fixture), HEAP))
        .isEqualTo("no smaller heap holds what was seen within a slowdown of 5 %");
  }

  @Test
  void busyCoresAreKeptWithTheReplaysWord() {
    assertThat(reason(recommend(busy(100)), MAX))
        .isEqualTo(
            "with 1 instead of 2 task slots the replay gives 190 % (at most 190 %) of the wall"
                + " time");
  }

  @Test
  void executorsThatTheStagesDoNotNeedAreTakenAway() {
    // One task of 90 s at a time: the second executor never works; the one that is left holds
    // twice.
    RunFixture fixture =
        vendorRule()
            .process(executor("0", 360))
            .process(executor("1", 360))
            .stage(0, 90_000, 90_000);
    Recommendation recommendation = recommend(fixture);
    assertThat(change(recommendation, MAX).map(Change::to)).contains("1");
    assertThat(change(recommendation, CORES)).isEmpty();
    assertThat(change(recommendation, HEAP).map(Change::to)).contains("800m");
    assertThat(recommendation.allocatedCoresFactor()).isCloseTo(2 / 3.0, within(1e-9));
  }

  @Test
  void coresAreTakenFromExecutorsBeforeExecutorsAre() {
    RunFixture fixture =
        run()
            .config(CORES, "4")
            .config(MAX, "8")
            .executor("0", 4)
            .executor("1", 4)
            .stage(0, 90_000, 90_000, 90_000);
    Recommendation recommendation = recommend(fixture);
    assertThat(change(recommendation, CORES).map(Change::to)).contains("1");
    assertThat(change(recommendation, MAX).map(Change::to)).contains("2");
  }

  @Test
  void yarnCountsInstances() {
    RunFixture fixture =
        run()
            .config("spark.master", "yarn")
            .config("spark.executor.instances", "2")
            .executor("0", 1)
            .executor("1", 1)
            .stage(0, 90_000, 90_000);
    assertThat(change(recommend(fixture), "spark.executor.instances").map(Change::to))
        .contains("1");
  }

  @Test
  void theDriverKeepsWhatItsHighestLevelNeeds() {
    RunFixture fixture =
        busy(100)
            .config("spark.driver.memory", "4g")
            .process(
                Jvm.driver()
                    .gauge(Metric.HEAP_MAX, 4096 * MIB)
                    .gauge(Metric.HEAP_COMMITTED, 600 * MIB)
                    .gauge(Metric.RSS_PEAK, 900 * MIB)
                    .window(0, 3, 300 * MIB, 720 * MIB));
    Recommendation recommendation = recommend(fixture);
    assertThat(change(recommendation, "spark.driver.memory").map(Change::to)).contains("800m");
    // 300 MiB outside: 368 MiB instead of a tenth of 4 GiB.
    assertThat(change(recommendation, "spark.driver.memoryOverhead").map(Change::to))
        .contains("368m");
  }

  @Test
  void offHeapMemoryLeavesTheOverheadAlone() {
    RunFixture fixture =
        busy(100)
            .config("spark.memory.offHeap.enabled", "true")
            .config("spark.memory.offHeap.size", "1g");
    assertThat(reason(recommend(fixture), OVERHEAD))
        .isEqualTo("off-heap or Python memory is in use and is not told apart from the rest");
  }

  @Property(tries = 150)
  void adviceIsNeverAboveWhatWasAskedNorBelowWhatWasHeldAndGrowsWithIt(
      @ForAll @LongRange(min = 1, max = 7000) long held,
      @ForAll @LongRange(min = 0, max = 3000) long more) {
    RunProfile run = busy(held).build();
    ContainerSize advised = container(run);
    assertThat(advised.totalBytes())
        .isLessThanOrEqualTo(ContainerSize.executor(run.config()).totalBytes());
    assertThat(advised.heapBytes()).isGreaterThanOrEqualTo(Math.min(held, 6702) * MIB);
    assertThat(advised.heapBytes()).isGreaterThanOrEqualTo(450 * MIB);
    assertThat(advised.overheadBytes()).isGreaterThanOrEqualTo(300 * MIB);
    assertThat(container(busy(held + more).build()).heapBytes())
        .isGreaterThanOrEqualTo(advised.heapBytes());
  }

  @Property(tries = 100)
  void everyChangeNamesItsInputsAndWhatWouldRevertIt(
      @ForAll @LongRange(min = 1, max = 3000) long held) {
    assertThat(WhiteBoxTuner.recommend(busy(held).build(), List.of()).changes())
        .allSatisfy(
            change -> {
              assertThat(change.inputs()).isNotEmpty();
              assertThat(change.formula()).isNotBlank();
              assertThat(change.revertedBy()).isNotBlank();
              assertThat(SparkSize.mebibytes(change.key(), change.to()) * MIB)
                  .isBetween(change.interval().low(), change.interval().high());
            });
  }

  private static ContainerSize container(RunProfile run) {
    Map<String, String> next = new TreeMap<>(run.config());
    WhiteBoxTuner.recommend(run, List.of())
        .changes()
        .forEach(change -> next.put(change.key(), change.to()));
    return ContainerSize.executor(next);
  }
}
