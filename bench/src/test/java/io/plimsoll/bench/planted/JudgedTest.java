// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.bench.planted;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class JudgedTest {
  private static PlantedKind kind(String name) {
    return Kinds.all().stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
  }

  private static Judged judged(String kind, List<Said> elephant, Cause... causes)
      throws IOException {
    RawLog log =
        new LogLines()
            .job(0, 3, "prepare", 0)
            .stage(3, 1, 10)
            .job(1, 7, "main", 4)
            .stage(7, 1, 10)
            .end(1_000);
    RunRecord made = new RunRecord(kind, 1, 0, 1_000, List.of("2"));
    return new Judged(
        kind(kind),
        new Planted(made, log),
        "PROBLEMS",
        List.of(causes),
        List.of(),
        9,
        elephant,
        List.of());
  }

  private static Cause cause(String component, String point) {
    return new Cause(component, Set.of(point));
  }

  @Test
  void stage_countsOnlyWhenItIsOfThePlantedStep() throws IOException {
    Judged run =
        judged(
            "skewed-key",
            List.of(),
            cause("stage:3.0", "stage.data-skew"),
            cause("stage:7.0", "stage.data-skew"));

    assertThat(run.rank()).isEqualTo(2);
  }

  @Test
  void planNode_countsOnlyWhenItIsOfAPlantedQuery() throws IOException {
    assertThat(judged("skewed-key", List.of(), cause("plan:4.2", "sql.skewed-join")).rank())
        .isEqualTo(1);
    assertThat(judged("skewed-key", List.of(), cause("plan:0.2", "sql.skewed-join")).rank())
        .isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void executor_countsOnlyWhenItIsTheDisturbedOne() throws IOException {
    assertThat(judged("slow-executor", List.of(), cause("executor:2", "executor.slow")).rank())
        .isEqualTo(1);
    assertThat(judged("slow-executor", List.of(), cause("executor:1", "executor.slow")).rank())
        .isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void wrongPointOrWrongType_isNoHit() throws IOException {
    Judged run =
        judged(
            "skewed-key",
            List.of(),
            cause("stage:7.0", "stage.spill"),
            cause("run", "stage.data-skew"));

    assertThat(run.rank()).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void hint_comesBehindTheCauses_andIsNeverFirst() throws IOException {
    Judged run = judged("skewed-key", List.of());
    List<Cause> right = List.of(cause("stage:7.0", "stage.data-skew"));
    List<Cause> wrong = List.of(cause("driver", "driver.bound"), cause("run", "run.gc-share"));

    assertThat(with(run, List.of(), right).rank()).isEqualTo(2);
    assertThat(with(run, wrong, right).rank()).isEqualTo(3);
    assertThat(with(run, right, wrong).rank()).isEqualTo(1);
  }

  private static Judged with(Judged run, List<Cause> causes, List<Cause> hints) {
    return new Judged(
        run.kind(), run.planted(), "PROBLEMS", causes, hints, 9, List.of(), List.of());
  }

  @Test
  void rulesOfOthers_tiesCountAgainstThem() throws IOException {
    Judged tied =
        judged("skewed-key", List.of(new Said("Jobs", 4), new Said("Stage: task skew", 4)));
    Judged first =
        judged("skewed-key", List.of(new Said("Stage: task skew", 4), new Said("Jobs", 3)));

    assertThat(tied.drElephantRank()).isEqualTo(2);
    assertThat(first.drElephantRank()).isEqualTo(1);
    assertThat(first.dataFlintRank()).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void plantBelowItsProof_didNotTake() throws IOException {
    Judged run = judged("skewed-key", List.of());
    Judged weak =
        new Judged(
            run.kind(), run.planted(), "HEALTHY", List.of(), List.of(), 7.9, List.of(), List.of());

    assertThat(run.took()).isTrue();
    assertThat(weak.took()).isFalse();
  }

  @Test
  void plantOfASmallPartOfTheRun_didNotTake() throws IOException {
    RawLog log = new LogLines().jobAt(610, 1, 7, "main", 4).stage(7, 1, 10).end(1_000);
    Judged run = judged("skewed-key", List.of());
    Judged late =
        new Judged(
            run.kind(),
            new Planted(run.planted().made(), log),
            "HEALTHY",
            List.of(),
            List.of(),
            9,
            List.of(),
            List.of());

    assertThat(late.planted().mainShare()).isEqualTo(0.39);
    assertThat(late.took()).isFalse();
  }
}
