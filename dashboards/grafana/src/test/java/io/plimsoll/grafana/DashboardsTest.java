// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.grafana;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a person would find wrong with a dashboard before it meets any data. */
class DashboardsTest {
  private static final Set<String> BUILT_IN =
      Set.of("timeFilter", "__interval", "__interval_ms", "__url_time_range", "__field", "__data");
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{?([A-Za-z_]+)");
  private static final Pattern LINK = Pattern.compile("/d/([a-z0-9-]+)\\?(.*)");

  static List<JsonNode> dashboards() {
    return Dashboards.all();
  }

  static Stream<Dashboards.Target> targets() {
    return Dashboards.targets().stream();
  }

  @Test
  void thereIsOneForEachKindOfThing() {
    assertThat(dashboards().stream().map(one -> one.path("uid").asText()))
        .containsExactlyInAnyOrder(
            "plimsoll-fleet",
            "plimsoll-job",
            "plimsoll-run",
            "plimsoll-process",
            "plimsoll-flink",
            "plimsoll-self");
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void isWhatGrafanaReads(JsonNode dashboard) throws IOException {
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(Files.readString(Path.of("dashboard.schema.json")), InputFormat.JSON);
    assertThat(schema.validate(dashboard.toString(), InputFormat.JSON)).isEmpty();
    assertThat(
            schema.validate(
                dashboard.toString().replaceFirst("\"gridPos\"", "\"gridPosition\""),
                InputFormat.JSON))
        .isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void panelsHaveIdsAndPlacesOfTheirOwn(JsonNode dashboard) {
    Set<Integer> ids = new HashSet<>();
    Map<String, String> taken = new HashMap<>();
    for (JsonNode panel : dashboard.path("panels")) {
      String title = panel.path("title").asText();
      assertThat(ids.add(panel.path("id").asInt())).as("id of %s", title).isTrue();
      JsonNode place = panel.path("gridPos");
      int right = place.path("x").asInt() + place.path("w").asInt();
      assertThat(right).as("right edge of %s", title).isLessThanOrEqualTo(24);
      for (int x = place.path("x").asInt(); x < right; x++) {
        for (int row = 0; row < place.path("h").asInt(); row++) {
          String cell = x + "," + (place.path("y").asInt() + row);
          assertThat(taken.put(cell, title)).as("%s and its neighbour", title).isNull();
        }
      }
      Set<String> refs = new HashSet<>();
      panel
          .path("targets")
          .forEach(one -> assertThat(refs.add(one.path("refId").asText())).isTrue());
    }
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void isRefreshedNoFasterThanItsWindows(JsonNode dashboard) {
    assertThat(dashboard.path("refresh").asText()).isEqualTo("30s");
  }

  @ParameterizedTest
  @MethodSource("targets")
  void queryLooksAtTheChosenTimeOnly(Dashboards.Target target) {
    Matcher froms = Pattern.compile("FROM \"").matcher(target.query());
    Matcher filters = Pattern.compile("\\$timeFilter").matcher(target.query());
    assertThat(filters.results().count())
        .isPositive()
        .isGreaterThanOrEqualTo(froms.results().count());
    assertThat(target.query()).doesNotContainPattern("time\\([0-9]").doesNotContain("now()");
    assertThat(target.target().path("datasource").path("uid").asText()).isEqualTo("${ds}");
    assertThat(target.panel().path("datasource").path("uid").asText()).isEqualTo("${ds}");
  }

  @ParameterizedTest
  @MethodSource("targets")
  void queryNamesItsPolicyAndASeriesItGroupsBy(Dashboards.Target target) {
    assertThat(target.query())
        .containsPattern("FROM \\(?.*\"(processes|runs|history)\"\\.\"plimsoll_[a-z_]+\"");
    Matcher alias =
        Pattern.compile("\\$tag_([a-z]+)").matcher(target.target().path("alias").asText());
    while (alias.find()) {
      assertThat(target.query().substring(target.query().lastIndexOf("GROUP BY")))
          .contains("\"" + alias.group(1) + "\"");
    }
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void everyVariableItUsesIsItsOwn(JsonNode dashboard) {
    Set<String> own =
        Dashboards.variables(dashboard).stream()
            .map(one -> one.path("name").asText())
            .collect(Collectors.toSet());
    List<String> texts = new ArrayList<>();
    Dashboards.variables(dashboard).forEach(one -> texts.add(one.path("query").asText()));
    for (JsonNode panel : dashboard.path("panels")) {
      texts.add(panel.path("title").asText());
      panel.path("targets").forEach(one -> texts.add(one.path("query").asText()));
      panel.findValuesAsText("url").forEach(texts::add);
    }
    for (String text : texts) {
      Matcher matcher = VARIABLE.matcher(text);
      while (matcher.find()) {
        assertThat(BUILT_IN.contains(matcher.group(1)) || own.contains(matcher.group(1)))
            .as("%s in: %s", matcher.group(), text)
            .isTrue();
      }
    }
  }

  @Test
  void linksLeadToDashboardsThatTakeTheirVariables() {
    Map<String, Set<String>> taken = new HashMap<>();
    for (JsonNode dashboard : dashboards()) {
      taken.put(
          dashboard.path("uid").asText(),
          Dashboards.variables(dashboard).stream()
              .map(one -> one.path("name").asText())
              .collect(Collectors.toSet()));
    }
    Set<String> reached = new HashSet<>();
    for (JsonNode dashboard : dashboards()) {
      for (String url : dashboard.path("panels").findValuesAsText("url")) {
        Matcher link = LINK.matcher(url);
        assertThat(link.matches()).as(url).isTrue();
        assertThat(taken).containsKey(link.group(1));
        reached.add(link.group(1));
        Matcher given = Pattern.compile("var-([a-z]+)=").matcher(link.group(2));
        while (given.find()) {
          assertThat(taken.get(link.group(1))).as(url).contains(given.group(1));
        }
      }
    }
    assertThat(reached).contains("plimsoll-job", "plimsoll-run", "plimsoll-process");
  }
}
