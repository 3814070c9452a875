// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.grafana;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.plimsoll.embedded.EmbeddedInflux;
import io.plimsoll.embedded.EmbeddedKafka;
import io.plimsoll.pipeline.LocalFlink;
import io.plimsoll.pipeline.Pipeline;
import io.plimsoll.pipeline.PipelineConfig;
import io.plimsoll.pipeline.PipelineHandle;
import io.plimsoll.pipeline.StoreOpener;
import io.plimsoll.profile.Rollup;
import io.plimsoll.store.influx.InfluxSettings;
import io.plimsoll.store.influx.InfluxStore;
import io.plimsoll.store.sqlite.SqliteStore;
import io.plimsoll.wire.Envelope;
import io.plimsoll.wire.codec.EnvelopeEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs every panel's query on an InfluxDB that broker, Flink and pipeline have filled. */
class GrafanaIT {
  private static final Duration SOON = Duration.ofSeconds(120);

  @TempDir private static Path folder;
  private static EmbeddedInflux server;
  private static Influx influx;
  private static InfluxSettings settings;
  private static MadeRun spark;
  private static MadeRun flink;
  private static long fromMillis;
  private static long toMillis;

  @BeforeAll
  static void fill() {
    assumeTrue(EmbeddedInflux.obstacle().isEmpty(), () -> EmbeddedInflux.obstacle().orElse(""));
    server = EmbeddedInflux.start(folder.resolve("influx"));
    settings = InfluxSettings.of(server.url(), "plimsoll");
    influx = new Influx(settings);
    toMillis = System.currentTimeMillis();
    fromMillis = toMillis - Duration.ofMinutes(30).toMillis();
    spark = MadeRun.spark(Rollup.windowStart(toMillis) - 900_000);
    flink = MadeRun.flink(Rollup.windowStart(toMillis) - 600_000);
    try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"))) {
      kafka.createTopics(Pipeline.topics(), 2);
      send(kafka, spark);
      send(kafka, flink);
      try (PipelineHandle pipeline = start(kafka)) {
        await()
            .atMost(SOON)
            .untilAsserted(
                () -> {
                  assertThat(pipeline.failure()).isEmpty();
                  assertThat(complete()).isEqualTo(2);
                });
      }
    }
    makeHistory();
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  static Stream<Dashboards.Target> targets() {
    return Dashboards.targets().stream();
  }

  @ParameterizedTest
  @MethodSource("targets")
  void everyPanelsQueryReturnsRows(Dashboards.Target target) {
    Map<String, List<String>> variables = chosen(target.dashboard());
    String query = Influx.filled(target.query(), fromMillis, toMillis, variables);
    assertThat(query).doesNotContainPattern("\\$[A-Za-z_{]");
    List<JsonNode> series = influx.series(query);
    assertThat(series).as(query).isNotEmpty();
    long values = 0;
    for (JsonNode one : series) {
      for (JsonNode row : one.path("values")) {
        for (int i = 1; i < row.size(); i++) {
          values += row.path(i).isNull() ? 0 : 1;
        }
      }
    }
    assertThat(values).as("values of " + query).isPositive();
  }

  @ParameterizedTest
  @MethodSource("io.plimsoll.grafana.DashboardsTest#dashboards")
  void everyVariableHasValues(JsonNode dashboard) {
    for (Map.Entry<String, List<String>> variable : chosen(dashboard).entrySet()) {
      assertThat(variable.getValue()).as(variable.getKey()).isNotEmpty();
    }
  }

  @Test
  void theCopyIsTheStore() {
    try (SqliteStore first = SqliteStore.open(folder.resolve("plimsoll.db"));
        InfluxStore copy = InfluxStore.on(settings)) {
      for (Rollup.Level level :
          List.of(Rollup.Level.RUN, Rollup.Level.STAGE, Rollup.Level.PROCESS)) {
        assertThat(copy.rollups(spark.key(), level))
            .isNotEmpty()
            .isEqualTo(first.rollups(spark.key(), level));
      }
      assertThat(copy.rollups(flink.key(), Rollup.Level.RUN))
          .hasSameSizeAs(first.rollups(flink.key(), Rollup.Level.RUN))
          .allSatisfy(
              rollup ->
                  assertThat(rollup.values())
                      .containsKey("flink.task.busy.max")
                      .doesNotContainKey("flink.task.busy{aa00/0}.max"));
    }
  }

  /** As a person chooses: all where that is offered, on Flink's board its run, else an executor. */
  private static Map<String, List<String>> chosen(JsonNode dashboard) {
    Map<String, List<String>> chosen = new LinkedHashMap<>();
    for (JsonNode variable : Dashboards.variables(dashboard)) {
      String name = variable.path("name").asText();
      if (variable.path("type").asText().equals("textbox")) {
        chosen.put(name, List.of(variable.path("query").asText()));
      } else if (variable.path("type").asText().equals("query")) {
        String query = Influx.filled(variable.path("query").asText(), 0, 0, chosen);
        List<String> values = influx.values(query);
        assertThat(values).as(query).isNotEmpty();
        if (variable.path("includeAll").asBoolean()) {
          chosen.put(name, List.of(".*"));
        } else {
          boolean ofFlink = dashboard.path("uid").asText().equals("plimsoll-flink");
          String run = (ofFlink ? flink : spark).key().id();
          String job = ofFlink ? "clicks" : "daily orders";
          chosen.put(
              name,
              List.of(
                  values.contains(run)
                      ? run
                      : values.contains(job) ? job : values.get(values.size() - 1)));
        }
      }
    }
    return chosen;
  }

  private static long complete() {
    return influx
        .series(
            "SELECT count(\"wall.millis\") FROM \"runs\".\"plimsoll_run_facts\" WHERE \"complete\" = 1")
        .stream()
        .mapToLong(one -> one.path("values").path(0).path(1).asLong())
        .sum();
  }

  private static PipelineHandle start(EmbeddedKafka kafka) {
    return LocalFlink.start(
        PipelineConfig.of(
                kafka.bootstrapServers(),
                StoreOpener.sqliteWithCopy(folder.resolve("plimsoll.db"), settings))
            .withPace(Duration.ofMillis(500), Duration.ofSeconds(3)));
  }

  private static void send(EmbeddedKafka kafka, MadeRun run) {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers(), "enable.idempotence", false),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (Envelope envelope : run.envelopes()) {
        producer.send(
            new ProducerRecord<>(
                envelope.stream().topic(),
                envelope.identity().process().toString().getBytes(StandardCharsets.UTF_8),
                EnvelopeEncoder.encode(envelope)));
      }
      producer.flush();
    }
  }

  /** Lets the server's own continuous query look at this time now. */
  private static void makeHistory() {
    List<String> queries = new ArrayList<>();
    for (JsonNode series : influx.series("SHOW CONTINUOUS QUERIES")) {
      for (JsonNode row : series.path("values")) {
        String text = row.path(1).asText();
        queries.add(
            text.substring(text.indexOf("BEGIN") + 5, text.lastIndexOf("END"))
                .replace(
                    "GROUP BY",
                    "WHERE time >= " + fromMillis + "ms AND time < " + toMillis + "ms GROUP BY"));
      }
    }
    assertThat(queries).hasSize(1);
    influx.series(queries.get(0));
  }
}
