// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class QueryPlanTest {
  @Test
  void aPlanIsReadBackAsItWasWritten() {
    QueryPlan.Builder built = QueryPlan.builder();
    built.node(0, "Root\t|", "a\\b\nc\rd|e\\p", List.of());
    built.node(
        1,
        "Scan",
        "",
        List.of(QueryPlan.Metric.of(-3, "a:b|c\\", "size"), QueryPlan.Metric.of(4, "", "sum")));
    QueryPlan plan = built.build();

    assertThat(QueryPlan.parse(plan.encode())).isEqualTo(plan);
    assertThat(plan.nodes().get(1).metrics().get(0).name()).isEqualTo("a:b|c\\");
    assertThat(plan.cutCount()).isZero();
    assertThat(QueryPlan.parse("")).isEqualTo(QueryPlan.builder().build());
  }

  @Test
  void whatIsTooLargeIsCutAndCounted() {
    QueryPlan.Builder built = QueryPlan.builder();
    String line = "x".repeat(QueryPlan.LONGEST_DESCRIPTION + 1);
    List<QueryPlan.Metric> metrics = new ArrayList<>();
    for (int i = 0; i < 70; i++) {
      metrics.add(QueryPlan.Metric.of(i, "n", "sum"));
    }
    boolean taken = true;
    for (int i = 0; i < 5 * QueryPlan.MOST_NODES; i++) {
      taken = built.node(i % 7, "n", line, metrics);
    }
    QueryPlan plan = built.build();

    assertThat(taken).isFalse();
    assertThat(plan.encode().length()).isLessThan(3 * QueryPlan.MOST_CHARS);
    assertThat(plan.nodes().size()).isBetween(50, QueryPlan.MOST_NODES);
    assertThat(plan.nodes().get(0).metrics()).hasSize(60);
    assertThat(plan.cutCount()).isGreaterThan(5 * QueryPlan.MOST_NODES - plan.nodes().size());
  }

  @Test
  void aPlanOfManySmallOperatorsEndsAtItsLimit() {
    QueryPlan.Builder built = QueryPlan.builder();
    for (int i = 0; i < 5 * QueryPlan.MOST_NODES; i++) {
      built.node(1, "n", "", List.of());
    }
    assertThat(built.build().nodes()).hasSize(QueryPlan.MOST_NODES);
    assertThat(built.build().cutCount()).isEqualTo(4 * QueryPlan.MOST_NODES);
  }

  @Test
  void accumulatorsAreReadBack() {
    TreeMap<Long, Long> values = new TreeMap<>(Map.of(7L, -1L, 12L, Long.MAX_VALUE));
    assertThat(Accumulators.encode(values)).isEqualTo("7=-1,12=9223372036854775807");
    assertThat(Accumulators.parse(Accumulators.encode(values))).isEqualTo(values);
    assertThat(Accumulators.parse("")).isEmpty();
    assertThat(Accumulators.parse("a=1,=,5,3=4,3=,9=8=7,,2=1"))
        .containsExactly(Map.entry(2L, 1L), Map.entry(3L, 4L));
    TreeMap<Long, Long> many = new TreeMap<>();
    for (long i = 0; i < 3_000; i++) {
      many.put(i, i);
    }
    assertThat(Accumulators.parse(Accumulators.encode(many))).hasSize(Accumulators.MOST);
  }

  @Test
  void aThousandMutationsAreReadWithoutFailure() {
    QueryPlan.Builder built = QueryPlan.builder();
    built.node(0, "Root", "a\\b|c", List.of(QueryPlan.Metric.of(5, "rows", "sum")));
    built.node(1, "Scan", "x\ty", List.of());
    String text = built.build().encode();
    Random random = new Random(7);
    for (int i = 0; i < 1_000; i++) {
      StringBuilder mutated = new StringBuilder(text);
      for (int change = random.nextInt(5); change >= 0; change--) {
        int at = random.nextInt(mutated.length());
        switch (random.nextInt(3)) {
          case 0 -> mutated.setCharAt(at, "\\\t\n|:=,0a-".charAt(random.nextInt(10)));
          case 1 -> mutated.deleteCharAt(at);
          default -> mutated.insert(at, "\\\t\n|:=,9z-".charAt(random.nextInt(10)));
        }
      }
      QueryPlan plan = QueryPlan.parse(mutated.toString());
      assertThat(QueryPlan.parse(plan.encode())).isEqualTo(plan);
      Accumulators.parse(mutated.toString());
    }
  }
}
