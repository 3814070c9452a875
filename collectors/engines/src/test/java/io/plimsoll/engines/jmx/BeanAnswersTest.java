// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.jmx;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.engines.component.Mutations;
import io.plimsoll.engines.component.SourceException;
import java.util.Map;
import java.util.Random;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

class BeanAnswersTest {
  private static final String PAGE =
      """
      {"beans": [
        {"name": "Hadoop:service=NameNode,name=FSNamesystem", "modelerType": "FSNamesystem",
         "tag.Context": "dfs", "MissingBlocks": 0, "CapacityTotal": 9007199254740993,
         "Ratio": NaN, "On": true, "Heap": {"used": 5, "text": "x"}, "List": [1, 2]},
        {"name": "no bean", "A": 1}
      ]}
      """;

  @Test
  void page_tellsNumbersTruthsAndComposites() throws Exception {
    Map<ObjectName, Map<String, Object>> beans = HadoopBeans.parse(PAGE.getBytes(UTF_8), "here");

    assertThat(beans).containsOnlyKeys(new ObjectName("Hadoop:service=NameNode,name=FSNamesystem"));
    Map<String, Object> attributes = beans.values().iterator().next();
    assertThat(attributes)
        .containsEntry("MissingBlocks", 0L)
        .containsEntry("CapacityTotal", 9007199254740993L)
        .containsEntry("On", true)
        .containsEntry("Heap", Map.of("used", 5L))
        .doesNotContainKeys("tag.Context", "List");
  }

  @Test
  void otherPages_areRefused() {
    assertThatThrownBy(() -> HadoopBeans.parse("<html>".getBytes(UTF_8), "here"))
        .isInstanceOf(SourceException.class)
        .hasMessageStartingWith("here does not answer in JSON");
    assertThatThrownBy(() -> HadoopBeans.parse("{}".getBytes(UTF_8), "here"))
        .hasMessage("here is not a /jmx page: it has no beans");
    assertThatThrownBy(() -> HadoopBeans.parse(new byte[0], "here"))
        .hasMessage("here answers with nothing");
    assertThatThrownBy(() -> HadoopBeans.parse("[".repeat(100_000).getBytes(UTF_8), "here"))
        .isInstanceOf(SourceException.class);
  }

  @Test
  void aThousandMutatedPages_areReadOrRefused() {
    Random random = new Random(11);
    int refused = 0;
    for (int i = 0; i < 1_000; i++) {
      try {
        HadoopBeans.parse(Mutations.bytes(PAGE, random), "here");
      } catch (SourceException e) {
        assertThat(e.code()).isEqualTo(SourceException.Code.BAD_ANSWER);
        refused++;
      }
    }

    assertThat(refused).isBetween(300, 999);
  }
}
