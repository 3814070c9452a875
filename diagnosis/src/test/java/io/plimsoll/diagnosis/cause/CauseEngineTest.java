// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.cause;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.plimsoll.diagnosis.graph.ComponentType;
import io.plimsoll.diagnosis.graph.Family;
import io.plimsoll.diagnosis.graph.LinkGraph;
import io.plimsoll.diagnosis.graph.LinkType;
import java.util.List;
import org.junit.jupiter.api.Test;

class CauseEngineTest {
  private static final double BAD = Math.log(1 + 100);

  private static CauseEngine engine(LinkGraph graph) {
    return new CauseEngine(graph, CauseOptions.DEFAULT);
  }

  private static LinkGraph.Builder chain() {
    return LinkGraph.builder(3).link(0, 1, LinkType.DEPENDS_ON).link(1, 2, LinkType.DEPENDS_ON);
  }

  private static Ranking rank(CauseEngine engine, int symptom) {
    return engine.rank(List.of(new Symptom(symptom, -1, 1)));
  }

  @Test
  void residual_byHand() {
    // r = max(0, 4 − 0.85·3) + 0.05·4 = 1.65
    CauseEngine engine = engine(chain().build());
    engine.observe(0, Family.TIME, 4);
    engine.observe(1, Family.CPU, 3);
    engine.refresh();

    assertThat(engine.residual(0)).isEqualTo(1.65, within(1e-6));
    assertThat(engine.residual(1)).isEqualTo(3.15, within(1e-6));
    assertThat(engine.residual(2)).isZero();
  }

  @Test
  void aFamilyThatTheLinkDoesNotExplain_keepsAllOfItself() {
    CauseEngine engine = engine(chain().build());
    engine.observe(0, Family.CPU, 4);
    engine.observe(1, Family.CPU, 4);
    engine.refresh();

    assertThat(engine.residual(0)).isEqualTo(4.2, within(1e-6));
  }

  @Test
  void gateAndScore_byHand() {
    // e(z = 100) = 1/(1 + 0.0025); gate of 2 = 0.9·1 · 0.9·e; score = 1.05·s · e · gate
    CauseEngine engine = engine(chain().build());
    for (int v = 0; v < 3; v++) {
      engine.observe(v, Family.TIME, BAD);
    }
    Suspect first = rank(engine, 0).suspects().get(0);
    double e = 1 / 1.0025;

    assertThat(first.component()).isEqualTo(2);
    assertThat(first.gate()).isEqualTo(0.81 * e, within(1e-6));
    assertThat(first.score()).isEqualTo(1.05 * BAD * e * 0.81 * e, within(1e-5));
    assertThat(first.path()).extracting(Hop::component).containsExactly(0, 1, 2);
    assertThat(first.explains()).extracting(Explained::component).containsExactly(1, 0);
  }

  @Test
  void theLastOfAChain_isTheCause_andTheOthersAreExplainedAway() {
    CauseEngine engine = engine(chain().build());
    for (int v = 0; v < 3; v++) {
      engine.observe(v, Family.TIME, BAD);
    }
    Ranking ranking = rank(engine, 0);

    assertThat(ranking.isAbstained()).isFalse();
    assertThat(ranking.causes()).extracting(Suspect::component).containsExactly(2);
    assertThat(ranking.explainedAway()).extracting(Explained::component).containsExactly(0, 1);
  }

  @Test
  void theSymptomItself_isTheCause_whereNothingExplainsIt() {
    CauseEngine engine = engine(chain().build());
    engine.observe(0, Family.TIME, BAD);
    engine.observe(1, Family.TIME, 0);
    engine.observe(2, Family.TIME, 0);

    assertThat(rank(engine, 0).causes()).extracting(Suspect::component).containsExactly(0);
  }

  @Test
  void aBadComponentThatTheSymptomDoesNotDependOn_isNoSuspect() {
    CauseEngine engine = engine(LinkGraph.builder(4).link(0, 1, LinkType.DEPENDS_ON).build());
    engine.observe(0, Family.TIME, 3);
    engine.observe(1, Family.CPU, 3);
    engine.observe(3, Family.CPU, 6);

    assertThat(rank(engine, 0).suspects()).extracting(Suspect::component).doesNotContain(3);
  }

  @Test
  void aSilentSharedHost_isConcludedFromItsTasks_byHand() {
    // three of six tasks are bad on the silent host: p0 = 0.5, LLR = Σ over 3 tasks
    LinkGraph.Builder builder = LinkGraph.builder(9);
    for (int task = 1; task <= 6; task++) {
      builder.type(task, ComponentType.TASK).link(0, task, LinkType.CONTAINS);
      builder.link(task, task <= 3 ? 7 : 8, LinkType.RUNS_ON);
    }
    CauseEngine engine = engine(builder.type(7, ComponentType.HOST).build());
    engine.observe(0, Family.TIME, BAD);
    for (int task = 1; task <= 6; task++) {
      engine.observe(task, Family.TIME, task <= 3 ? BAD : 0);
    }
    double e = 1 / 1.0025;
    double ratio = 3 * (e * Math.log(0.8 / 0.5) + (1 - e) * Math.log(0.2 / 0.5));
    double severity = BAD * (1 - Math.exp(-ratio / 2));

    Suspect first =
        rank(engine, 0).suspects().stream()
            .filter(suspect -> suspect.component() == 7)
            .findFirst()
            .orElseThrow();

    assertThat(first.isInferred()).isTrue();
    assertThat(first.severity()).isEqualTo(severity, within(1e-5));
    assertThat(first.against()).anyMatch(text -> text.startsWith("nothing of it was measured"));
  }

  @Test
  void aSilentHostUnderAllParts_isBlamedBeforeTheWhole() {
    LinkGraph.Builder builder = LinkGraph.builder(12);
    for (int part = 1; part <= 10; part++) {
      builder.link(0, part, LinkType.CONTAINS).link(part, 11, LinkType.RUNS_ON);
    }
    CauseEngine engine = engine(builder.build());
    for (int v = 0; v <= 10; v++) {
      engine.observe(v, Family.TIME, BAD);
    }

    assertThat(rank(engine, 0).suspects().get(0).component()).isEqualTo(11);
  }

  @Test
  void aHostThatReportedHealthy_isNotConcluded() {
    LinkGraph.Builder builder = LinkGraph.builder(5);
    for (int task = 1; task <= 3; task++) {
      builder.link(0, task, LinkType.CONTAINS).link(task, 4, LinkType.RUNS_ON);
    }
    CauseEngine engine = engine(builder.build());
    engine.observe(4, Family.CPU, 0);
    for (int v = 0; v <= 3; v++) {
      engine.observe(v, Family.TIME, BAD);
    }

    assertThat(rank(engine, 0).suspects()).extracting(Suspect::component).doesNotContain(4);
  }

  @Test
  void partsThatAreBadTogether_areNotBlamed_theWholeIs() {
    LinkGraph.Builder builder = LinkGraph.builder(5);
    for (int part = 1; part <= 4; part++) {
      builder.link(0, part, LinkType.CONTAINS);
    }
    CauseEngine engine = engine(builder.build());
    engine.observe(0, Family.TIME, BAD);
    for (int part = 1; part <= 4; part++) {
      engine.observe(part, Family.TIME, BAD);
    }
    assertThat(rank(engine, 0).suspects().get(0).component()).isZero();

    for (int part = 2; part <= 4; part++) {
      engine.observe(part, Family.TIME, 0);
    }
    assertThat(rank(engine, 0).suspects().get(0).component()).isEqualTo(1);
  }

  @Test
  void aLinkOfItsOwnEvidence_blamesTheEndAllOfWhoseLinksAreBad() {
    LinkGraph graph =
        LinkGraph.builder(4)
            .link(0, 1, LinkType.DEPENDS_ON)
            .link(0, 2, LinkType.DEPENDS_ON)
            .link(0, 3, LinkType.DEPENDS_ON)
            .build();
    CauseEngine engine = engine(graph);
    for (int v = 0; v < 4; v++) {
      engine.observe(v, Family.TIME, v == 0 ? 2 : 0);
    }
    engine.observeLink(0, 1, 4);
    engine.observeLink(0, 2, 0);
    engine.observeLink(0, 3, 0);
    Suspect first = rank(engine, 0).suspects().get(0);

    assertThat(first.component()).isEqualTo(1);
    assertThat(first.linkSeverity()).isEqualTo(4);
    assertThat(first.score()).isEqualTo(4 * 0.9, within(1e-9));
  }

  @Test
  void theOneThatWaitsOnABadLink_isNotBlamedForIt() {
    CauseEngine engine = engine(LinkGraph.builder(2).link(0, 1, LinkType.DEPENDS_ON).build());
    engine.observe(0, Family.TIME, BAD);
    engine.observe(1, Family.TIME, 0);
    engine.observeLink(0, 1, BAD);
    List<Suspect> suspects = rank(engine, 0).suspects();

    assertThat(suspects.get(0).component()).isEqualTo(1);
    assertThat(suspects.get(0).linkSeverity()).isEqualTo(BAD);
    assertThat(suspects.get(1).component()).isZero();
    assertThat(suspects.get(1).linkSeverity()).isZero();
  }

  @Test
  void moreOfEqualScoresThanAnybodyReads_areCounted() {
    LinkGraph.Builder builder = LinkGraph.builder(1_501);
    for (int v = 1; v <= 1_500; v++) {
      builder.link(0, v, LinkType.DEPENDS_ON);
    }
    CauseEngine engine = engine(builder.build());
    for (int v = 0; v <= 1_500; v++) {
      engine.observe(v, Family.TIME, BAD);
    }
    Ranking ranking = rank(engine, 0);

    assertThat(ranking.suspects())
        .hasSize(1_000)
        .allSatisfy(
            suspect -> {
              assertThat(suspect.rank()).isEqualTo(1);
              assertThat(suspect.confidence()).isLessThanOrEqualTo(1.0 / 1_499);
            });
    assertThat(ranking.unlisted()).isEqualTo(500);
  }

  @Test
  void aSymptomThatNobodyBehindItExplains_isNotNamedWhereAllOfThemAreSilent() {
    CauseEngine engine = engine(chain().build());
    engine.observe(0, Family.TIME, BAD);

    Ranking silent = rank(engine, 0);
    assertThat(silent.isAbstained()).isTrue();
    assertThat(silent.reason()).startsWith("nothing that the symptom depends on reported");
    assertThat(silent.suspects().get(0).component()).isZero();

    engine.observe(1, Family.TIME, 0);
    assertThat(rank(engine, 0).reason()).doesNotStartWith("nothing that the symptom depends on");
  }

  @Test
  void aViewsEvidence_isItsOwners_andTheViewIsNoSuspect() {
    LinkGraph graph =
        LinkGraph.builder(3).link(0, 1, LinkType.DEPENDS_ON).link(1, 2, LinkType.VIEW_OF).build();
    CauseEngine engine = engine(graph);
    engine.observe(0, Family.TIME, BAD);
    engine.observe(1, Family.TIME, BAD);
    engine.observe(2, Family.TIME, 0);

    assertThat(rank(engine, 0).causes()).extracting(Suspect::component).containsExactly(2);
    assertThat(engine.severity(2)).isEqualTo(BAD, within(1e-6));
  }

  @Test
  void membersOfACircle_areExplainedFromOutside_orNamedTogether() {
    LinkGraph graph =
        LinkGraph.builder(4)
            .link(0, 1, LinkType.DEPENDS_ON)
            .link(1, 2, LinkType.DEPENDS_ON)
            .link(2, 1, LinkType.DEPENDS_ON)
            .link(2, 3, LinkType.DEPENDS_ON)
            .build();
    CauseEngine engine = engine(graph);
    for (int v = 0; v < 3; v++) {
      engine.observe(v, Family.TIME, BAD);
    }
    engine.observe(3, Family.TIME, 0);
    Ranking alone = rank(engine, 0);
    assertThat(alone.suspects().get(0).component()).isEqualTo(1);
    assertThat(alone.suspects().get(0).circle()).containsExactly(2);
    assertThat(alone.isAbstained()).isFalse();

    engine.observe(3, Family.TIME, BAD);
    assertThat(rank(engine, 0).causes()).extracting(Suspect::component).containsExactly(3);
  }

  @Test
  void twoCausesAtOnce_areBothNamed() {
    LinkGraph graph =
        LinkGraph.builder(5)
            .link(0, 1, LinkType.DEPENDS_ON)
            .link(0, 2, LinkType.DEPENDS_ON)
            .link(1, 3, LinkType.DEPENDS_ON)
            .link(2, 4, LinkType.DEPENDS_ON)
            .build();
    CauseEngine engine = engine(graph);
    for (int v = 0; v < 5; v++) {
      engine.observe(v, v < 3 ? Family.TIME : Family.CPU, BAD);
    }
    Ranking ranking = rank(engine, 0);

    assertThat(ranking.causes()).extracting(Suspect::component).containsExactly(3, 4);
    assertThat(ranking.suspects().get(1).rank()).as("a tie is declared").isEqualTo(1);
  }

  @Test
  void itAbstains_andSaysWhy() {
    CauseEngine engine = engine(chain().build());
    assertThat(rank(engine, 0).reason()).startsWith("the symptom itself does not stand out");

    engine.observe(1, Family.TIME, 0);
    Ranking nothing = engine.rank(List.of(new Symptom(0, BAD, 1)));
    assertThat(nothing.reason()).startsWith("nothing that the symptom depends on");
    assertThat(nothing.causes()).isEmpty();

    engine.observe(1, Family.TIME, 0.8);
    assertThat(engine.rank(List.of(new Symptom(0, BAD, 1))).reason())
        .startsWith("the best suspect explains too little");
  }

  @Test
  void twoSuspectsTooCloseToEachOther_areHints() {
    LinkGraph graph =
        LinkGraph.builder(3)
            .link(0, 1, LinkType.DEPENDS_ON)
            .link(0, 2, LinkType.DEPENDS_ON)
            .build();
    CauseEngine engine = engine(graph);
    engine.observe(0, Family.TIME, BAD);
    engine.observe(1, Family.CPU, BAD);
    engine.observe(2, Family.CPU, BAD);
    Ranking ranking = rank(engine, 0);

    assertThat(ranking.isAbstained()).isTrue();
    assertThat(ranking.reason()).startsWith("two suspects are too close to each other");
    assertThat(ranking.suspects()).hasSizeGreaterThanOrEqualTo(2);
  }

  @Test
  void missingData_lowersTheConfidence() {
    CauseEngine all = engine(chain().build());
    CauseEngine blind = engine(chain().build());
    for (CauseEngine engine : List.of(all, blind)) {
      engine.observe(0, Family.TIME, BAD);
      engine.observe(1, Family.TIME, BAD);
    }
    all.observe(2, Family.TIME, 0);

    Suspect seen = rank(all, 0).suspects().get(0);
    Suspect guessed = rank(blind, 0).suspects().get(0);

    assertThat(guessed.component()).isEqualTo(seen.component()).isEqualTo(1);
    assertThat(guessed.confidence()).isLessThan(seen.confidence());
    assertThat(guessed.against()).anyMatch(text -> text.contains("did not report"));
  }

  @Test
  void impossibleSeverities_areRefused() {
    CauseEngine engine = engine(chain().build());
    assertThatThrownBy(() -> engine.observe(0, Family.TIME, Double.NaN))
        .hasMessage("severity is not 0 or more: NaN");
    assertThatThrownBy(() -> engine.observeLink(0, 1, -1)).hasMessageContaining("-1");
    assertThatThrownBy(() -> engine.rank(List.of())).hasMessage("no symptom to start from");
  }
}
