// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.bench.planted;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.diagnosis.point.Catalogue;
import io.plimsoll.diagnosis.signal.ComponentType;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class KindsTest {
  private static List<PlantedKind> of(PlantedKind.Group group) {
    return Kinds.all().stream().filter(kind -> kind.group() == group).toList();
  }

  @Test
  void kinds_areAsManyAsPromised() {
    int development = of(PlantedKind.Group.DEVELOPMENT).size();
    int aside = of(PlantedKind.Group.SET_ASIDE).size();

    assertThat(development + aside).isGreaterThanOrEqualTo(16);
    assertThat(aside).isGreaterThanOrEqualTo(8);
    assertThat(of(PlantedKind.Group.HEALTHY).stream().mapToInt(PlantedKind::variants).sum())
        .isGreaterThanOrEqualTo(8);
    assertThat(Kinds.all().stream().map(PlantedKind::name).distinct()).hasSize(Kinds.all().size());
  }

  @Test
  void kindsThatReadTables_areKinds() {
    assertThat(Kinds.all().stream().map(PlantedKind::name).toList())
        .containsAll(PlantedLogs.READS_TABLES);
  }

  @Test
  void acceptedPoints_areInTheCatalogue() {
    Set<String> known =
        Catalogue.all().stream().map(point -> point.description().id()).collect(Collectors.toSet());

    assertThat(known)
        .containsAll(
            Kinds.all().stream()
                .filter(kind -> kind.answer() != null)
                .flatMap(kind -> kind.answer().points().stream())
                .toList());
  }

  @Test
  void acceptedComponents_areTypesThatFindingsName() {
    Set<String> known =
        Arrays.stream(ComponentType.values()).map(ComponentType::word).collect(Collectors.toSet());

    assertThat(known)
        .containsAll(
            Kinds.all().stream()
                .filter(kind -> kind.answer() != null)
                .flatMap(kind -> kind.answer().components().stream())
                .toList());
  }

  @Test
  void rulesOfOthers_areOnesThatAreBuilt() {
    List<Answer> answers =
        Kinds.all().stream().map(PlantedKind::answer).filter(each -> each != null).toList();

    assertThat(DrElephant.RULES)
        .containsAll(answers.stream().flatMap(each -> each.drElephant().stream()).toList());
    assertThat(DataFlint.RULES)
        .containsAll(answers.stream().flatMap(each -> each.dataFlint().stream()).toList());
  }

  @Test
  void everyPlant_hasAnAnswerAndAProof_andHealthyRunsHaveNeither() {
    for (PlantedKind kind : Kinds.all()) {
      if (kind.isHealthy()) {
        assertThat(kind.answer()).as(kind.name()).isNull();
        assertThat(kind.proof()).as(kind.name()).isNull();
      } else {
        assertThat(kind.answer().points()).as(kind.name()).isNotEmpty();
        assertThat(kind.proof().least()).as(kind.name()).isPositive();
      }
    }
  }
}
