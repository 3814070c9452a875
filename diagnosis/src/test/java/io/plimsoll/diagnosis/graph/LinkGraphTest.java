// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class LinkGraphTest {
  @Test
  void rows_areSortedBothWays_andRepetitionsAreThereOnce() {
    LinkGraph graph =
        LinkGraph.builder(4)
            .link(0, 3, LinkType.DEPENDS_ON)
            .link(0, 1, LinkType.RUNS_ON)
            .link(0, 3, LinkType.DEPENDS_ON)
            .link(2, 3, LinkType.DEPENDS_ON)
            .link(2, 2, LinkType.DEPENDS_ON)
            .build();

    assertThat(causes(graph, 0)).containsExactly("1 RUNS_ON", "3 DEPENDS_ON");
    assertThat(dependents(graph, 3)).containsExactly("0 DEPENDS_ON", "2 DEPENDS_ON");
    assertThat(graph.links()).isEqualTo(3);
    assertThat(graph.selfLinks()).isEqualTo(1);
    assertThat(graph.repeatedLinks()).isEqualTo(1);
  }

  @Test
  void views_haveTheLinksOfTheirOwner_alsoThroughAChain() {
    LinkGraph graph =
        LinkGraph.builder(5)
            .link(0, 1, LinkType.VIEW_OF)
            .link(1, 2, LinkType.VIEW_OF)
            .link(3, 0, LinkType.DEPENDS_ON)
            .link(1, 4, LinkType.DEPENDS_ON)
            .build();

    assertThat(graph.owner(0)).isEqualTo(2);
    assertThat(graph.owner(1)).isEqualTo(2);
    assertThat(graph.owner(3)).isEqualTo(3);
    assertThat(causes(graph, 3)).containsExactly("2 DEPENDS_ON");
    assertThat(causes(graph, 2)).containsExactly("4 DEPENDS_ON");
    assertThat(causes(graph, 0)).isEmpty();
  }

  @Test
  void viewsInACircle_belongToTheLowest_andAViewOfSeveralStaysItsOwn() {
    LinkGraph graph =
        LinkGraph.builder(6)
            .link(2, 1, LinkType.VIEW_OF)
            .link(1, 2, LinkType.VIEW_OF)
            .link(0, 2, LinkType.VIEW_OF)
            .link(3, 4, LinkType.VIEW_OF)
            .link(3, 5, LinkType.VIEW_OF)
            .build();

    assertThat(graph.owner(0)).isEqualTo(1);
    assertThat(graph.owner(2)).isEqualTo(1);
    assertThat(graph.owner(3)).isEqualTo(3);
    assertThat(causes(graph, 3)).containsExactly("4 DEPENDS_ON", "5 DEPENDS_ON");
  }

  @Test
  void circles_areNumbered_andWhatIsInNoneIsMarked() {
    LinkGraph graph =
        LinkGraph.builder(6)
            .link(0, 1, LinkType.DEPENDS_ON)
            .link(1, 2, LinkType.DEPENDS_ON)
            .link(2, 1, LinkType.DEPENDS_ON)
            .link(3, 4, LinkType.DEPENDS_ON)
            .link(4, 5, LinkType.DEPENDS_ON)
            .link(5, 3, LinkType.DEPENDS_ON)
            .build();

    assertThat(graph.cycle(0)).isEqualTo(-1);
    assertThat(graph.cycle(1)).isEqualTo(graph.cycle(2)).isNotEqualTo(-1);
    assertThat(graph.cycle(3)).isEqualTo(graph.cycle(5)).isNotEqualTo(graph.cycle(1));
  }

  @Test
  void aChainOfAMillion_doesNotOverflowTheStack() {
    int size = 1_000_000;
    LinkGraph.Builder builder = LinkGraph.builder(size);
    for (int v = 0; v + 1 < size; v++) {
      builder.link(v, v + 1, LinkType.DEPENDS_ON);
    }
    builder.link(size - 1, 0, LinkType.DEPENDS_ON);

    LinkGraph graph = builder.build();

    assertThat(graph.cycle(0)).isZero();
    assertThat(graph.cycle(size - 1)).isZero();
  }

  @Property(tries = 50)
  void theOrderOfLinks_doesNotMatter(@ForAll Random random) {
    int size = 12;
    List<int[]> links = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      links.add(
          new int[] {
            random.nextInt(size), random.nextInt(size), random.nextInt(LinkType.values().length)
          });
    }
    LinkGraph one = graph(size, links);
    Collections.shuffle(links, random);
    LinkGraph other = graph(size, links);

    for (int v = 0; v < size; v++) {
      assertThat(causes(other, v)).isEqualTo(causes(one, v));
      assertThat(dependents(other, v)).isEqualTo(dependents(one, v));
      assertThat(other.owner(v)).isEqualTo(one.owner(v));
    }
  }

  @Test
  void families_ofACircleThatNeverComesBackToItself_areNoGroup() {
    LinkGraph graph =
        LinkGraph.builder(2).link(0, 1, LinkType.RUNS_ON).link(1, 0, LinkType.LOADED_BY).build();

    CyclicPairs pairs = new CyclicPairs(graph);

    assertThat(graph.cycle(0)).isEqualTo(graph.cycle(1)).isZero();
    assertThat(pairs.group(0, Family.TIME.ordinal())).isEqualTo(-1);
    assertThat(pairs.group(0, Family.SKEW.ordinal())).isEqualTo(-1);
  }

  @Test
  void families_thatComeBackToThemselves_areOneGroup() {
    LinkGraph graph =
        LinkGraph.builder(2)
            .link(0, 1, LinkType.DEPENDS_ON)
            .link(1, 0, LinkType.DEPENDS_ON)
            .build();

    CyclicPairs pairs = new CyclicPairs(graph);
    int group = pairs.group(0, Family.TIME.ordinal());

    assertThat(group).isNotEqualTo(-1).isEqualTo(pairs.group(1, Family.TIME.ordinal()));
    assertThat(pairs.group(0, Family.CPU.ordinal())).isEqualTo(-1);
    assertThat(pairs.components(group)).containsExactly(0, 1);
  }

  private static LinkGraph graph(int size, List<int[]> links) {
    LinkGraph.Builder builder = LinkGraph.builder(size);
    links.forEach(link -> builder.link(link[0], link[1], LinkType.at(link[2])));
    return builder.build();
  }

  private static List<String> causes(LinkGraph graph, int v) {
    List<String> found = new ArrayList<>();
    for (int i = graph.causesFrom(v); i < graph.causesTo(v); i++) {
      found.add(graph.cause(i) + " " + LinkType.at(graph.causeLink(i)));
    }
    return found;
  }

  private static List<String> dependents(LinkGraph graph, int v) {
    List<String> found = new ArrayList<>();
    for (int i = graph.dependentsFrom(v); i < graph.dependentsTo(v); i++) {
      found.add(graph.dependent(i) + " " + LinkType.at(graph.dependentLink(i)));
    }
    return found;
  }
}
