// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.scorecard;

import static io.plimsoll.diagnosis.scorecard.HandMadeRun.sums;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.plimsoll.profile.RunProfile;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Figures that are worked out in the comments. */
class ScorecardTest {
  private static final double TINY = 1e-9;

  /** 100 s, 2 executors of 2 cores: 400 core·s, of which tasks take 110 + 60 = 170. */
  private static HandMadeRun run() {
    return new HandMadeRun()
        .config("spark.executor.memory", "1g")
        .executor("1", 2)
        .executor("2", 2)
        .stage(
            0, 50_000, sums(5, 1, 110_000, 55_000, 11_000, 100, 0), 20_000, 20_000, 20_000, 50_000)
        .stage(50_000, 80_000, sums(5, 0, 60_000, 30_000, 6_000, 0, 0), 30_000, 30_000)
        .job(true)
        .job(false);
  }

  private static Score.Loss loss(Score score, Part part) {
    return score.losses().stream().filter(each -> each.part() == part).findFirst().orElseThrow();
  }

  private static List<Part> unknown(Score score) {
    return score.unknown().stream().map(Score.Unknown::part).toList();
  }

  @Test
  void coreTime_isDividedWithoutOverlapAndWithoutARest() {
    RunProfile run = run().build();

    SlotTime time = SlotTime.of(run, SlotTime.working(run), 1);

    assertThat(time.heldMillis()).isEqualTo(400_000);
    assertThat(time.taskMillis()).isEqualTo(170_000);
    // 30 s with 2 tasks on 4 slots.
    assertThat(time.fewTasksMillis()).isEqualTo(60_000);
    // (50 - 20) s for 3 other slots.
    assertThat(time.tailMillis()).isEqualTo(90_000);
    // 20 s without a stage on 4 slots.
    assertThat(time.idleMillis()).isEqualTo(80_000);
  }

  @Test
  void efficiency_isTheHandComputedOne() {
    Score score = Scorecard.of(run().build()).efficiency();

    // Known: 10 + 15 + 10 + 15 + 15 + 10 of 100; the missing hundredth goes to the first.
    assertThat(score.coverage()).isCloseTo(0.75, within(TINY));
    assertThat(loss(score, Part.CPU)).isEqualTo(new Score.Loss(Part.CPU, 0.5, 1_334, 445));
    assertThat(loss(score, Part.GC)).isEqualTo(new Score.Loss(Part.GC, 0.1, 2_000, 696));
    assertThat(loss(score, Part.SPILL)).isEqualTo(new Score.Loss(Part.SPILL, 0, 1_333, 0));
    assertThat(loss(score, Part.IDLE)).isEqualTo(new Score.Loss(Part.IDLE, 0.2, 2_000, 286));
    assertThat(loss(score, Part.SKEW)).isEqualTo(new Score.Loss(Part.SKEW, 0.225, 2_000, 1_079));
    assertThat(loss(score, Part.PARALLELISM))
        .isEqualTo(new Score.Loss(Part.PARALLELISM, 0.15, 1_333, 242));
    assertThat(score.points()).isEqualTo(10_000 - 445 - 696 - 286 - 1_079 - 242);
    assertThat(unknown(score)).containsExactly(Part.MEMORY_LIVE, Part.MEMORY_RSS);
  }

  @Test
  void tasksThatWereNotTold_areUnknown_notIdle() {
    HandMadeRun lost = new HandMadeRun().config("spark.executor.memory", "1g").executor("1", 2);
    lost.stage(0, 90_000, sums(5, 0, 5_000, 5_000, 0, 0, 0), new long[40]);
    HandMadeRun bare = new HandMadeRun().config("spark.executor.memory", "1g").executor("1", 2);
    bare.stage(0, 90_000, sums(2, 0, 0, 0, 0, 0, 0), 0, 0);

    for (HandMadeRun each : List.of(lost, bare)) {
      Scorecard card = Scorecard.of(each.build());
      assertThat(unknown(card.cost())).contains(Part.CORES_WITHOUT_TASK);
      assertThat(unknown(card.efficiency()))
          .contains(Part.IDLE, Part.SKEW, Part.PARALLELISM, Part.CPU, Part.GC, Part.SPILL);
      assertThat(unknown(card.stability())).contains(Part.RETRIES);
      assertThat(card.executors().taskCoreHours()).isNegative();
      assertThat(card.efficiency().unknown())
          .filteredOn(part -> part.part() == Part.GC)
          .singleElement()
          .satisfies(part -> assertThat(part.reason()).startsWith("events of tasks are missing"));
    }
  }

  @Test
  void cost_isInPercentOfThePrice() {
    Scorecard card = Scorecard.of(run().build());

    // 1024 + 384 MiB for 2 × 100 s; 400 core·s.
    double gib = 2 * 1_408 * 100 / 1_024.0 / 3_600;
    double cores = 400 / 3_600.0;
    assertThat(card.executors().allocatedGiBHours()).isCloseTo(gib, within(TINY));
    assertThat(card.executors().allocatedCoreHours()).isCloseTo(cores, within(TINY));
    double memoryPrice = gib * 0.0057785;
    double corePrice = cores * 0.052624;
    assertThat(card.executors().price()).isCloseTo(memoryPrice + corePrice, within(TINY));
    assertThat(card.cost().coverage())
        .isCloseTo(corePrice / (memoryPrice + corePrice), within(TINY));
    // 230 of 400 core·s without a task.
    assertThat(loss(card.cost(), Part.CORES_WITHOUT_TASK).lost()).isEqualTo(5_750);
    assertThat(card.cost().points()).isEqualTo(4_250);
    assertThat(unknown(card.cost())).containsExactly(Part.MEMORY_NOT_RESIDENT);
  }

  @Test
  void stability_isTheHandComputedOne() {
    Score score = Scorecard.of(run().build()).stability();

    assertThat(score.coverage()).isCloseTo(0.75, within(TINY));
    assertThat(loss(score, Part.FAILURES))
        .isEqualTo(new Score.Loss(Part.FAILURES, 0.5, 3_333, 3_333));
    assertThat(loss(score, Part.RETRIES))
        .isEqualTo(new Score.Loss(Part.RETRIES, 0.1, 2_667, 1_334));
    assertThat(loss(score, Part.KILLS).lost()).isZero();
    assertThat(score.points()).isEqualTo(10_000 - 3_333 - 1_334);
    assertThat(unknown(score)).containsExactly(Part.LIMIT, Part.VARIATION);
  }

  @Test
  void memory_countsWhereItWasSampled() {
    // Containers of 1408 MiB; resident 704 and 1408 MiB: a quarter of the memory is never resident.
    Scorecard card =
        Scorecard.of(run().process("1", 704L << 20).process("2", 1_408L << 20).build());

    assertThat(loss(card.efficiency(), Part.MEMORY_RSS).value()).isCloseTo(0.25, within(TINY));
    assertThat(loss(card.cost(), Part.MEMORY_NOT_RESIDENT).value()).isCloseTo(0.25, within(TINY));
    assertThat(card.cost().coverage()).isEqualTo(1);
    // As high as the container: all points.
    Score.Loss limit = loss(card.stability(), Part.LIMIT);
    assertThat(limit.lost()).isEqualTo(limit.weight());
  }

  @Test
  void lostExecutor_costsStability_idleOneDoesNot() {
    HandMadeRun run = run().removed("3", 1, 50_000, "killed by external signal");
    run.removed("4", 1, 50_000, "Executor killed: idle for 60 s");

    assertThat(loss(Scorecard.of(run.build()).stability(), Part.KILLS).value()).isEqualTo(0.25);
  }

  @Test
  void job_poolsItsRuns_andKnowsTheirSpread() {
    List<Measures> runs =
        Stream.of(100_000L, 100_000L, 110_000L, 140_000L)
            .map(wall -> Measures.of(run().wall(wall).build(), Prices.DEFAULT))
            .toList();

    Scorecard card = Scorecard.of(runs, Prices.DEFAULT);

    assertThat(card.runs()).isEqualTo(4);
    assertThat(card.executors().allocatedCoreHours()).isCloseTo(4 * 450 / 3_600.0, within(TINY));
    // Median 105 s, deviations 5, 5, 5 and 35 s: MAD 5 s.
    assertThat(loss(card.stability(), Part.VARIATION).value())
        .isCloseTo(1.4826 * 5 / 105, within(TINY));
    assertThat(loss(card.stability(), Part.RETRIES).value()).isCloseTo(0.1, within(TINY));
  }

  @Test
  void runWithoutAPrice_lowersTheCoverageOfCostOnly() {
    RunProfile unpriced =
        new HandMadeRun().executor("1", 4).stage(0, 1, sums(1, 0, 1, 1, 0, 0, 0), 1).build();
    List<Measures> runs =
        List.of(Measures.of(run().build(), Prices.DEFAULT), Measures.of(unpriced, Prices.DEFAULT));

    Scorecard both = Scorecard.of(runs, Prices.DEFAULT);

    Score alone = Scorecard.of(run().build()).cost();
    assertThat(both.cost().points()).isEqualTo(alone.points());
    assertThat(both.cost().coverage()).isCloseTo(alone.coverage() / 2, within(TINY));
    assertThat(both.executors().price()).isNegative();
  }

  @Test
  void nothingKnown_isNoScore() {
    Scorecard card = Scorecard.of(new HandMadeRun().build());

    assertThat(card.cost().points()).isNegative();
    assertThat(card.cost().rounded()).isEmpty();
    assertThat(card.efficiency().coverage()).isZero();
    assertThat(card.stability().rounded()).isEmpty();
  }

  @Test
  void priceThatIsNone_isRefused() {
    assertThatThrownBy(() -> new Prices(Double.NaN, 1, "EUR"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Prices(0, 0, "EUR")).isInstanceOf(IllegalArgumentException.class);
  }
}
