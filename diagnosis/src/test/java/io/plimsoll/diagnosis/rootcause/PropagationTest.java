// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.rootcause;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.diagnosis.point.Catalogue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PropagationTest {
  @Test
  void everyPoint_isOneProblemOrARemark() {
    List<String> told = new ArrayList<>(Problem.REMARKS);
    for (Problem problem : Problem.values()) {
      told.addAll(problem.points());
    }
    List<String> points = Catalogue.all().stream().map(point -> point.description().id()).toList();

    assertThat(told).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(points);
  }

  @Test
  void whatIsNeverNamed_isExplainedBySomething() {
    Set<Problem> explained = new HashSet<>();
    Propagation.all().forEach(rule -> explained.addAll(rule.effects()));

    for (Problem problem : Problem.values()) {
      assertThat(problem.isNameable() || explained.contains(problem)).as(problem.kind()).isTrue();
    }
  }

  @Test
  void symptoms_explainOnlySymptoms() {
    for (Propagation.Rule rule : Propagation.all()) {
      if (rule.cause().nature() == Problem.Nature.SYMPTOM) {
        assertThat(rule.effects())
            .as(rule.cause().kind())
            .allMatch(effect -> effect.nature() == Problem.Nature.SYMPTOM);
      }
    }
  }

  @Test
  void noTwoProblems_explainEachOther() {
    for (Problem a : Problem.values()) {
      for (Problem b : Problem.values()) {
        if (a != b && Propagation.explains(a, b, Link.SAME)) {
          assertThat(Propagation.explains(b, a, Link.SAME))
              .as(a.kind() + " and " + b.kind())
              .isFalse();
        }
      }
    }
  }
}
