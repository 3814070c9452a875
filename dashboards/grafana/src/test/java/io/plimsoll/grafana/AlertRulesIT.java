// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.grafana;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plimsoll.embedded.EmbeddedInflux;
import io.plimsoll.store.influx.InfluxSettings;
import io.plimsoll.store.influx.InfluxStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Each rule fires for what it is meant for, and for nothing that looks like it. */
class AlertRulesIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path RULES = Path.of("provisioning", "alerting", "plimsoll.yaml");

  @TempDir private static Path folder;
  private static EmbeddedInflux server;
  private static int databases;

  @BeforeAll
  static void start() {
    assumeTrue(EmbeddedInflux.obstacle().isEmpty(), () -> EmbeddedInflux.obstacle().orElse(""));
    server = EmbeddedInflux.start(folder);
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          plimsoll-kill-near        | processes | plimsoll_process,run=a,process=p process.memory.kill.distance.last=4i,process.memory.kill.limit.last=100i       | 1
          plimsoll-kill-near        | processes | plimsoll_process,run=a,process=p process.memory.kill.distance.last=6i,process.memory.kill.limit.last=100i       | 0
          plimsoll-oom-kill         | runs      | plimsoll_run,run=a cgroup.memory.oom_kill=1i                                                                    | 1
          plimsoll-oom-kill         | runs      | plimsoll_run,run=a cgroup.memory.oom_kill=0i                                                                    | 0
          plimsoll-attempts-fail    | runs      | plimsoll_run,run=a attempt.failed=11i,attempt.count=100i                                                        | 1
          plimsoll-attempts-fail    | runs      | plimsoll_run,run=a attempt.failed=9i,attempt.count=100i                                                         | 0
          plimsoll-gc-heavy         | runs      | plimsoll_run,run=a jvm.cpu.gc=31i,process.cpu.time=100i                                                         | 1
          plimsoll-gc-heavy         | runs      | plimsoll_run,run=a jvm.cpu.gc=29i,process.cpu.time=100i                                                         | 0
          plimsoll-back-pressure    | runs      | plimsoll_run,run=a flink.task.back_pressured.max=900i                                                           | 1
          plimsoll-back-pressure    | runs      | plimsoll_run,run=a flink.task.back_pressured.max=700i                                                           | 0
          plimsoll-finding-critical | runs      | plimsoll_finding,run=a,job=j,point=x severity=4i,fired=1i                                                       | 1
          plimsoll-finding-critical | runs      | plimsoll_finding,run=a,job=j,point=x severity=3i,fired=1i                                                       | 0
          plimsoll-finding-critical | runs      | plimsoll_finding,run=a,job=j,point=x severity=4i,fired=0i                                                       | 0
          plimsoll-envelopes-missing| processes | plimsoll_process_facts,run=a,process=p coverage.missing=2i                                                      | 1
          plimsoll-envelopes-missing| processes | plimsoll_process_facts,run=a,process=p coverage.missing=0i                                                      | 0
          """)
  void ruleFiresWhenItMust(String uid, String policy, String line, int firing) throws IOException {
    Influx influx = database();
    long now = System.currentTimeMillis();
    influx.write(policy, line + " " + (now - 60_000));
    JsonNode rule = rule(uid);
    assertThat(firing(influx, rule, now)).hasSize(firing);
    // What was long ago is no trouble now.
    assertThat(firing(influx, rule, now + 2 * 86_400_000L)).isEmpty();
  }

  @Test
  void oneRunFiresBesideAnotherThatDoesNot() throws IOException {
    Influx influx = database();
    long now = System.currentTimeMillis();
    influx.write(
        "runs",
        "plimsoll_run,run=bad attempt.failed=5i,attempt.count=10i "
            + (now - 60_000)
            + "\nplimsoll_run,run=good attempt.failed=0i,attempt.count=90i "
            + (now - 60_000));
    assertThat(firing(influx, rule("plimsoll-attempts-fail"), now))
        .containsExactly(Map.of("run", "bad"));
  }

  @Test
  void ruleWithoutDataDoesNotFire() throws IOException {
    Influx influx = database();
    for (JsonNode rule : rules()) {
      assertThat(firing(influx, rule, System.currentTimeMillis())).isEmpty();
      assertThat(rule.path("noDataState").asText()).isEqualTo("OK");
    }
  }

  @Test
  void everyRuleIsTriedAndSaysWhereToLook() throws IOException, NoSuchMethodException {
    Set<String> boards = new HashSet<>();
    Dashboards.all().forEach(one -> boards.add("/d/" + one.path("uid").asText()));
    String tried =
        AlertRulesIT.class
            .getDeclaredMethod(
                "ruleFiresWhenItMust", String.class, String.class, String.class, int.class)
            .getAnnotation(CsvSource.class)
            .textBlock();
    Set<String> uids = new HashSet<>();
    for (JsonNode rule : rules()) {
      String uid = rule.path("uid").asText();
      assertThat(uids.add(uid)).isTrue();
      assertThat(uid.length()).isLessThanOrEqualTo(40);
      assertThat(tried).contains(uid);
      assertThat(boards).contains(rule.path("annotations").path("dashboard").asText());
      assertThat(rule.path("labels").path("severity").asText()).isIn("warning", "critical");
      String query = rule.path("data").path(0).path("model").path("query").asText();
      assertThat(query).contains("$timeFilter").doesNotContain("now()");
      Matcher label =
          Pattern.compile("\\$labels\\.([a-z]+)")
              .matcher(rule.path("annotations").path("summary").asText());
      while (label.find()) {
        assertThat(query.substring(query.indexOf("GROUP BY"))).contains(label.group(1));
      }
    }
  }

  private static Influx database() {
    InfluxSettings settings = InfluxSettings.of(server.url(), "alerts" + databases++);
    try (InfluxStore store = InfluxStore.on(settings)) {
      store.prepare();
    }
    return new Influx(settings);
  }

  /** What Grafana does with the three steps of a rule: query, last of each series, threshold. */
  private static List<Map<String, String>> firing(Influx influx, JsonNode rule, long nowMillis) {
    JsonNode query = rule.path("data").path(0);
    JsonNode reduce = rule.path("data").path(1).path("model");
    JsonNode threshold = rule.path("data").path(2).path("model");
    assertThat(rule.path("condition").asText()).isEqualTo(threshold.path("refId").asText());
    assertThat(threshold.path("expression").asText()).isEqualTo(reduce.path("refId").asText());
    assertThat(reduce.path("expression").asText()).isEqualTo(query.path("refId").asText());
    assertThat(reduce.path("reducer").asText()).isEqualTo("last");
    long spanMillis = 1_000 * query.path("relativeTimeRange").path("from").asLong();
    JsonNode evaluator = threshold.path("conditions").path(0).path("evaluator");
    double limit = evaluator.path("params").path(0).asDouble();
    List<Map<String, String>> firing = new ArrayList<>();
    String filled =
        Influx.filled(
            query.path("model").path("query").asText(),
            nowMillis - spanMillis,
            nowMillis,
            Map.of());
    for (JsonNode series : influx.series(filled)) {
      JsonNode rows = series.path("values");
      JsonNode last = rows.path(rows.size() - 1).path(1);
      boolean fires =
          evaluator.path("type").asText().equals("lt")
              ? last.asDouble() < limit
              : last.asDouble() > limit;
      if (last.isNumber() && fires) {
        Map<String, String> labels = new TreeMap<>();
        series
            .path("tags")
            .properties()
            .forEach(tag -> labels.put(tag.getKey(), tag.getValue().asText()));
        firing.add(labels);
      }
    }
    return firing;
  }

  private static JsonNode rule(String uid) throws IOException {
    for (JsonNode rule : rules()) {
      if (rule.path("uid").asText().equals(uid)) {
        return rule;
      }
    }
    throw new AssertionError("no rule " + uid);
  }

  private static JsonNode rules() throws IOException {
    Object yaml = new Load(LoadSettings.builder().build()).loadFromString(Files.readString(RULES));
    return JSON.valueToTree(yaml).path("groups").path(0).path("rules");
  }
}
