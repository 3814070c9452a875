// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.locate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.diagnosis.cause.Direction;
import io.plimsoll.diagnosis.cause.Reference;
import io.plimsoll.diagnosis.graph.Family;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class LocatorTest {
  private static final long START = 1_700_000_000_000L;
  private static final long MINUTE = 60_000;

  private static CaseGraph.Builder shop() {
    return CaseGraph.builder()
        .node("web", "service")
        .node("api", "service")
        .node("db", "database")
        .edge("web", "api", "")
        .edge("api", "db", "");
  }

  private static Samples around(long first, double... values) {
    long[] millis = new long[values.length];
    Arrays.setAll(millis, i -> first + i * MINUTE);
    return Samples.of(millis, values);
  }

  private static double[] constant(double value, int count) {
    double[] values = new double[count];
    Arrays.fill(values, value);
    return values;
  }

  private static CaseSeries time(String node, double normal, double incident) {
    return series(List.of(node), Family.TIME, normal, incident);
  }

  private static CaseSeries series(
      List<String> target, Family family, double normal, double incident) {
    return new CaseSeries(
        target,
        family.id(),
        "ms",
        family,
        Direction.UP,
        around(START - 20 * MINUTE, constant(normal, 20)),
        around(START, constant(incident, 3)));
  }

  private static Answer answer(CaseGraph graph, List<CaseSeries> series) {
    Locator locator = Locator.of(graph, "web", "time", START);
    series.forEach(locator::add);
    return locator.answer();
  }

  private static List<CaseSeries> slowDatabase() {
    return List.of(time("web", 100, 900), time("api", 80, 850), time("db", 10, 700));
  }

  @Test
  void theLastInTheChain_isNamed_withWayEvidenceAndConsequences() {
    Answer answer = answer(shop().build(), slowDatabase());
    Answer.Entry first = answer.ranking().get(0);

    assertThat(answer.abstained()).isFalse();
    assertThat(answer.reason()).isEmpty();
    assertThat(first.node()).isEqualTo("db");
    assertThat(first.cause()).isTrue();
    assertThat(first.path()).extracting(Answer.Step::node).containsExactly("web", "api", "db");
    assertThat(first.explains()).extracting(Answer.Consequence::node).containsExactly("api", "web");
    assertThat(first.evidence().get(0).deviation().reference()).isEqualTo(Reference.HISTORY);
    assertThat(first.evidence().get(0).deviation().value()).isEqualTo(700);
    assertThat(answer.explainedAway())
        .extracting(Answer.Consequence::node)
        .containsExactlyInAnyOrder("web", "api");
  }

  @Test
  void withoutSeries_itAbstains() {
    Answer answer = answer(shop().build(), List.of());

    assertThat(answer.abstained()).isTrue();
    assertThat(answer.reason()).isNotEmpty();
    assertThat(answer.notes()).anyMatch(note -> note.contains("the symptom's metric"));
  }

  @Test
  void aCauseWhoseDataIsMissing_isNotBlamedOnAnotherWithConfidence() {
    Answer answer = answer(shop().build(), List.of(time("web", 100, 900), time("api", 80, 850)));
    Answer complete =
        answer(
            shop().build(),
            List.of(time("web", 100, 900), time("api", 80, 850), time("db", 10, 10)));

    assertThat(answer.ranking().get(0).confidence())
        .isLessThan(complete.ranking().get(0).confidence());
    assertThat(answer.ranking().get(0).counterEvidence())
        .contains("1 of 1 it depends on did not report and could be behind it");
  }

  @Test
  void absentValues_areAbsent_notZero() {
    CaseSeries gaps =
        new CaseSeries(
            List.of("db"),
            "throughput",
            "ops/s",
            Family.THROUGHPUT,
            Direction.DOWN,
            around(START - 20 * MINUTE, constant(50, 20)),
            around(START, Double.NaN, Double.POSITIVE_INFINITY, Double.NaN));
    Answer answer = answer(shop().build(), List.of(time("web", 100, 900), gaps));

    assertThat(answer.notes())
        .contains("1 × series that stopped before the incident, not evaluated: db throughput");
    assertThat(answer.evaluated()).isEqualTo(1);
    assertThat(answer.ranking()).extracting(Answer.Entry::node).doesNotContain("db");
  }

  @Test
  void normalTimeThatReachesIntoTheIncident_isCutOff() {
    double[] leaking = constant(10, 25);
    Arrays.fill(leaking, 20, 25, 700);
    CaseSeries leak =
        new CaseSeries(
            List.of("db"),
            "time",
            "ms",
            Family.TIME,
            Direction.UP,
            around(START - 20 * MINUTE, leaking),
            around(START, 700, 700));
    Answer answer =
        answer(shop().build(), List.of(time("web", 100, 900), time("api", 80, 850), leak));

    assertThat(answer.ranking().get(0).node()).isEqualTo("db");
    assertThat(answer.ranking().get(0).evidence().get(0).deviation().centre()).isEqualTo(10);
    assertThat(answer.notes()).anyMatch(note -> note.contains("cut off at its start: db time"));
  }

  @Test
  void clocksApart_areNoted_andTheSplitThatWasGivenIsKept() {
    CaseSeries late =
        new CaseSeries(
            List.of("db"),
            "time",
            "ms",
            Family.TIME,
            Direction.UP,
            around(START - 90 * MINUTE, constant(10, 20)),
            around(START - 60 * MINUTE, 700, 700));
    Answer answer =
        answer(shop().build(), List.of(time("web", 100, 900), time("api", 80, 850), late));

    assertThat(answer.ranking().get(0).node()).isEqualTo("db");
    assertThat(answer.notes()).anyMatch(note -> note.contains("clocks apart"));
  }

  @Test
  void aSlowBroker_isToldFromItsPeers_withoutAnyHistory() {
    CaseGraph.Builder graph = CaseGraph.builder().node("web", "service");
    List<CaseSeries> series = new ArrayList<>(List.of(time("web", 100, 900)));
    for (int i = 0; i < 6; i++) {
      graph.node("broker" + i, "broker").edge("web", "broker" + i, "reads_from");
      series.add(
          new CaseSeries(
              List.of("broker" + i),
              "fetch",
              "ms",
              Family.TIME,
              Direction.UP,
              Samples.NONE,
              around(START, constant(i == 4 ? 800 : 10 + i, 3))));
    }
    Answer answer = answer(graph.build(), series);

    assertThat(answer.ranking().get(0).node()).isEqualTo("broker4");
    assertThat(answer.ranking().get(0).evidence().get(0).deviation().reference())
        .isEqualTo(Reference.PEERS);
  }

  @Test
  void anEdgesOwnSeries_pointsAtTheNodeBehindIt() {
    CaseGraph graph = CaseGraph.builder().edge("web", "api", "").edge("web", "db", "").build();
    Answer answer =
        answer(
            graph,
            List.of(
                time("web", 100, 900),
                time("api", 10, 10),
                time("db", 10, 10),
                series(List.of("web", "api"), Family.TIME, 1, 700),
                series(List.of("web", "db"), Family.TIME, 1, 1)));

    assertThat(answer.ranking().get(0).node()).isEqualTo("api");
    assertThat(answer.ranking().get(0).evidence().get(0).target()).containsExactly("web", "api");
  }

  @Test
  void danglingEdges_unknownTypes_andStrangers_areNoted() {
    CaseGraph graph =
        shop().edge("db", "disk", "spins_on").edge("web", "web", "").node("x", "toaster").build();
    Answer answer =
        answer(
            graph,
            List.of(
                time("web", 100, 900),
                time("ghost", 1, 2),
                series(List.of("web", "db"), Family.TIME, 1, 2)));

    assertThat(answer.notes())
        .contains(
            "1 × only an edge names it, taken as a node that did not report: disk",
            "1 × unknown edge type, read as depends_on: spins_on",
            "1 × unknown node type, read as component: toaster",
            "1 × edges from a node to itself, left out: 1",
            "1 × series of a node that is not in the case, left out: ghost",
            "1 × series of an edge that is not in the case, left out: web → db");
  }

  @Test
  void tiesBeyondTheList_areNoted() {
    CaseGraph.Builder graph = CaseGraph.builder().node("web", "service");
    List<CaseSeries> series = new ArrayList<>(List.of(time("web", 100, 900)));
    for (int i = 0; i < 1_100; i++) {
      graph.node("n" + i, "service").edge("web", "n" + i, "");
      series.add(time("n" + i, 10, 700));
    }
    Answer answer = answer(graph.build(), series);

    assertThat(answer.ranking()).hasSize(1_000);
    assertThat(answer.notes()).contains("100 more nodes are tied with the last one that is listed");
  }

  @Test
  void impossibleCases_areRefused() {
    assertThatThrownBy(() -> shop().node("db", ""))
        .hasMessage("node 'db' is declared twice; give each node an id of its own");
    assertThatThrownBy(() -> Locator.of(shop().build(), "nobody", "", START))
        .hasMessage("the symptom's node 'nobody' is not among the nodes");
    assertThatThrownBy(() -> Locator.of(CaseGraph.builder().build(), "web", "", START))
        .hasMessage("the case has no nodes: nothing can be ranked");
    assertThatThrownBy(() -> EpochTime.millis(1.7e18)).hasMessageContaining("nanoseconds");
  }

  @Test
  void times_areToldApartByTheirSize() {
    assertThat(EpochTime.millis(1_700_000_000)).isEqualTo(START);
    assertThat(EpochTime.millis(1.7e12)).isEqualTo(START);
    assertThat(EpochTime.millis(1_700_000_000.25)).isEqualTo(START + 250);
  }

  @Test
  void equalSuspects_haveEqualRanks_andAreMarked() {
    CaseGraph graph = CaseGraph.builder().edge("web", "b", "").edge("web", "a", "").build();
    Answer answer =
        answer(graph, List.of(time("web", 100, 900), time("a", 10, 700), time("b", 10, 700)));

    assertThat(answer.abstained()).isTrue();
    assertThat(answer.ranking().subList(0, 2))
        .extracting(Answer.Entry::node)
        .containsExactly("a", "b");
    assertThat(answer.ranking().subList(0, 2)).allMatch(e -> e.tied() && e.rank() == 1);
  }

  @Property(tries = 30)
  void orderOfSeriesAndSamples_doesNotMatter(@ForAll Random random) {
    List<CaseSeries> series = new ArrayList<>(slowDatabase());
    series.add(time("db", 10, 400));
    Answer one = answer(shop().build(), series);
    Collections.shuffle(series, random);

    assertThat(answer(shop().build(), series)).isEqualTo(one);
  }

  @Test
  void samples_inAnyOrder_areTheSame() {
    Samples sorted = Samples.of(new long[] {1, 2, 3}, new double[] {5, 6, 7});
    Samples shuffled = Samples.of(new long[] {3, 1, 9, 2}, new double[] {7, 5, Double.NaN, 6});

    assertThat(shuffled.values()).isEqualTo(sorted.values());
    assertThat(shuffled.size()).isEqualTo(3);
  }

  @Test
  void theLastBeforeTheIncident_areNear_orNone() {
    Samples samples = around(START - 20 * MINUTE, constant(3, 20));

    assertThat(samples.lastBefore(START, 5)).hasSize(5);
    assertThat(samples.lastBefore(START + 24 * 60 * MINUTE, 5)).isEmpty();
  }
}
