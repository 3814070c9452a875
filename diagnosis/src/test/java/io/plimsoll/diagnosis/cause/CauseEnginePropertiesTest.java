// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.cause;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.plimsoll.diagnosis.cause.RandomSystems.Link;
import io.plimsoll.diagnosis.cause.RandomSystems.Said;
import io.plimsoll.diagnosis.graph.Family;
import io.plimsoll.diagnosis.graph.LinkGraph;
import io.plimsoll.diagnosis.graph.LinkType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class CauseEnginePropertiesTest {
  private static final int SIZE = 14;
  private static final int[] SAME = IntStream.range(0, SIZE).toArray();

  @Property(tries = 300)
  void changes_giveTheSameAsAFullPass_bitByBit(@ForAll Random random) {
    LinkGraph graph =
        RandomSystems.graph(SIZE, RandomSystems.links(SIZE, 10 + random.nextInt(30), random), SAME);
    CauseEngine live = new CauseEngine(graph, CauseOptions.DEFAULT);
    CauseEngine replayed = new CauseEngine(graph, CauseOptions.DEFAULT);

    for (Said said : RandomSystems.said(SIZE, 60, random)) {
      RandomSystems.tell(live, said, SAME);
      RandomSystems.tell(replayed, said, SAME);
      if (random.nextBoolean()) {
        live.refresh();
      }
    }
    live.refresh();
    replayed.refreshAll();

    for (int v = 0; v < SIZE; v++) {
      assertThat(live.residual(v)).as("residual of %d", v).isEqualTo(replayed.residual(v));
    }
    List<Symptom> symptoms = List.of(new Symptom(random.nextInt(SIZE), 5, 1));
    assertThat(live.rank(symptoms)).isEqualTo(replayed.rank(symptoms));
  }

  @Property(tries = 200)
  void orderOfInput_doesNotMatter(@ForAll Random random) {
    List<Link> links = RandomSystems.links(SIZE, 25, random);
    Map<Integer, Said> last = new TreeMap<>();
    RandomSystems.said(SIZE, 40, random).stream()
        .filter(said -> said.severity() >= 0)
        .forEach(said -> last.put(said.component() * Family.COUNT + said.family(), said));
    List<Said> said = new ArrayList<>(last.values());
    Ranking one = ranking(links, said, SAME, 3);
    Collections.shuffle(links, random);
    Collections.shuffle(said, random);

    assertThat(ranking(links, said, SAME, 3)).isEqualTo(one);
  }

  @Property(tries = 200)
  void names_doNotMatter(@ForAll Random random) {
    List<Link> links = RandomSystems.links(SIZE, 25, random);
    links.removeIf(link -> link.type() == LinkType.VIEW_OF.ordinal());
    List<Said> said = RandomSystems.said(SIZE, 40, random);
    List<Integer> shuffled = new ArrayList<>(IntStream.range(0, SIZE).boxed().toList());
    Collections.shuffle(shuffled, random);
    int[] names = shuffled.stream().mapToInt(Integer::intValue).toArray();

    Ranking one = ranking(links, said, SAME, 3);
    Ranking other = ranking(links, said, names, 3);

    Map<Integer, Double> renamed = new TreeMap<>();
    other.suspects().forEach(suspect -> renamed.put(suspect.component(), suspect.score()));
    for (Suspect suspect : one.suspects()) {
      assertThat(renamed.getOrDefault(names[suspect.component()], -1.0))
          .isEqualTo(suspect.score(), within(1e-9));
    }
    if (one.suspects().stream().mapToInt(Suspect::rank).distinct().count()
        == one.suspects().size()) {
      assertThat(other.isAbstained()).isEqualTo(one.isAbstained());
    }
  }

  @Property(tries = 200)
  void whatGetsWorse_neverHasLessLeftToExplain(@ForAll Random random) {
    List<Link> links = RandomSystems.links(SIZE, 40, random);
    links.removeIf(link -> link.from() >= link.to() || link.type() == LinkType.CONTAINS.ordinal());
    LinkGraph graph = RandomSystems.graph(SIZE, links, SAME);
    CauseEngine engine = new CauseEngine(graph, CauseOptions.DEFAULT);
    RandomSystems.said(SIZE, 40, random).forEach(said -> RandomSystems.tell(engine, said, SAME));
    int cause = random.nextInt(SIZE);
    engine.observe(cause, Family.TIME, 2);
    engine.refresh();
    double before = engine.residual(cause);
    engine.observe(cause, Family.TIME, 4);
    engine.refresh();

    assertThat(engine.residual(cause))
        .as("its own residual never falls when it gets worse")
        .isGreaterThanOrEqualTo(before - 1e-6);
  }

  private static Ranking ranking(List<Link> links, List<Said> said, int[] names, int symptom) {
    LinkGraph graph = RandomSystems.graph(SIZE, links, names);
    CauseEngine engine = new CauseEngine(graph, CauseOptions.DEFAULT.listing(SIZE));
    said.forEach(one -> RandomSystems.tell(engine, one, names));
    return engine.rank(List.of(new Symptom(names[symptom], 5, 1)));
  }
}
