// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.store.influx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.plimsoll.embedded.EmbeddedInflux;
import io.plimsoll.profile.Rollup;
import io.plimsoll.profile.Rollup.Level;
import io.plimsoll.profile.RunKey;
import io.plimsoll.store.SeriesStore;
import io.plimsoll.store.SeriesStoreContract;
import io.plimsoll.store.StoreException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The machine's own InfluxDB keeps what every series store keeps. */
class InfluxStoreIT {
  private static final RunKey RUN = new RunKey("local", "app-1", 0);
  private static final AtomicInteger DATABASES = new AtomicInteger();

  @TempDir private static Path folder;
  private static EmbeddedInflux influx;

  private final List<InfluxStore> opened = new ArrayList<>();
  private InfluxSettings settings =
      InfluxSettings.of("http://127.0.0.1:1", "series" + DATABASES.incrementAndGet()).keepingAll();

  @BeforeAll
  static void start() {
    assumeTrue(EmbeddedInflux.obstacle().isEmpty(), () -> EmbeddedInflux.obstacle().orElse(""));
    influx = EmbeddedInflux.start(folder);
  }

  @AfterAll
  static void stop() {
    if (influx != null) {
      influx.close();
    }
  }

  @AfterEach
  void closeAll() {
    opened.forEach(InfluxStore::close);
  }

  private InfluxStore open() {
    InfluxStore store =
        InfluxStore.on(
            InfluxSettings.of(influx.url(), settings.database())
                .kept(settings.keepProcesses(), settings.keepRuns(), settings.keepHistory())
                .withProcessesPerRun(settings.processesPerRun()));
    opened.add(store);
    return store;
  }

  @Nested
  class Contract extends SeriesStoreContract {
    @Override
    protected SeriesStore open() {
      return InfluxStoreIT.this.open();
    }
  }

  @Test
  void lowerRevisionChangesNothingAfterARestart() {
    Rollup latest = rollup("a", 0, 9, Map.of("cpu", 9L));
    open().upsert(List.of(latest, rollup("a", 10_000, 9, Map.of("cpu", 9L))));
    InfluxStore restarted = open();
    Rollup higher = rollup("a", 10_000, 10, Map.of("cpu", 10L));
    restarted.upsert(List.of(rollup("a", 0, 8, Map.of("cpu", 8L)), higher));
    assertThat(restarted.rollups(RUN, Level.PROCESS)).containsExactly(latest, higher);
    assertThat(restarted.counts().outdated()).isEqualTo(1);
    assertThat(restarted.counts().written()).isEqualTo(1);
  }

  @Test
  void valueThatIsGoneIsGoneAfterARestartToo() {
    open().upsert(List.of(rollup("a", 0, 1, Map.of("cpu", 1L, "gone", 2L))));
    Rollup corrected = rollup("a", 0, 2, Map.of("cpu", 5L));
    InfluxStore restarted = open();
    restarted.upsert(List.of(corrected));
    assertThat(restarted.rollups(RUN, Level.PROCESS)).containsExactly(corrected);
    assertThat(restarted.counts().staleFields()).isZero();
  }

  @Test
  void oldWindowIsStillGuardedWhenItWasForgotten() {
    InfluxStore store = open();
    Rollup old = rollup("a", 0, 5, Map.of("cpu", 5L));
    store.upsert(List.of(old));
    store.upsert(List.of(rollup("a", 10 * KnownPoints.KEPT_MILLIS, 5, Map.of("cpu", 1L))));
    store.upsert(List.of(rollup("a", 0, 4, Map.of("cpu", 4L))));
    assertThat(store.rollups(RUN, Level.PROCESS)).contains(old);
    assertThat(store.counts().outdated()).isEqualTo(1);
  }

  @Test
  void tasksAreNotKept() {
    InfluxStore store = open();
    assertThat(store.keeps(Level.TASK)).isFalse();
    store.upsert(
        List.of(new Rollup(RUN, Level.TASK, "17", 0, 10_000, 1, new TreeMap<>(Map.of("x", 1L)))));
    assertThat(store.rollups(RUN, Level.TASK)).isEmpty();
    assertThat(store.counts().written()).isZero();
  }

  @Test
  void processesBeyondTheLimitAreLeftOutAndCountedAlsoAfterARestart() {
    settings = settings.withProcessesPerRun(2);
    Map<String, Long> values = Map.of("cpu", 1L);
    open()
        .upsert(
            List.of(
                rollup("a", 0, 1, values), rollup("b", 0, 1, values), rollup("c", 0, 1, values)));
    InfluxStore restarted = open();
    restarted.upsert(List.of(rollup("c", 0, 2, values), rollup("b", 0, 2, values)));
    assertThat(restarted.rollups(RUN, Level.PROCESS))
        .containsExactly(rollup("a", 0, 1, values), rollup("b", 0, 2, values));
    assertThat(restarted.counts().leftOut()).isEqualTo(1);
  }

  @Test
  void namesWithoutEndAreLeftOutAndCounted() {
    TreeMap<String, Long> values = new TreeMap<>();
    for (int i = 0; i < InfluxStore.NAMES + 10; i++) {
      values.put("mistake." + i, 1L);
    }
    InfluxStore store = open();
    store.upsert(List.of(rollup("a", 0, 1, values)));
    assertThat(store.counts().leftOutValues()).isEqualTo(10);
    assertThat(store.rollups(RUN, Level.PROCESS).get(0).values()).hasSize(InfluxStore.NAMES);
  }

  @Test
  void largeBatchIsWrittenInRequestsTheServerTakes() {
    List<Rollup> rollups = new ArrayList<>();
    Map<String, Long> values = new TreeMap<>();
    for (int i = 0; i < 150; i++) {
      values.put("some.long.metric.name{with instance " + i + "}.integral", Long.MAX_VALUE - i);
    }
    for (int i = 0; i < 2_500; i++) {
      rollups.add(rollup("p" + i % 50, 10_000L * (i / 50), 1, values));
    }
    InfluxStore store = open();
    store.upsert(rollups);
    assertThat(store.counts().written()).isEqualTo(2_500);
    assertThat(store.rollups(RUN, Level.PROCESS)).hasSize(2_500).contains(rollups.get(2_499));
  }

  @Test
  void policiesAndHistoryAreMadeAndBroughtToTheSettings() {
    settings = settings.kept(Duration.ofDays(7), Duration.ofDays(30), Duration.ZERO);
    open().prepare();
    settings = settings.kept(Duration.ofHours(24), Duration.ofDays(30), Duration.ofDays(700));
    open().prepare();
    open().prepare();
    try (InfluxServer server =
        new InfluxServer(InfluxSettings.of(influx.url(), settings.database()))) {
      assertThat(
              server.query("SHOW RETENTION POLICIES").stream()
                  .flatMap(series -> series.rows().stream())
                  .map(row -> row.get(0) + " " + row.get(1)))
          .contains("processes 24h0m0s", "runs 720h0m0s", "history 16800h0m0s");
      assertThat(
              server.query("SHOW CONTINUOUS QUERIES").stream()
                  .filter(series -> series.measurement().equals(settings.database()))
                  .flatMap(series -> series.rows().stream()))
          .singleElement()
          .satisfies(
              row ->
                  assertThat(String.valueOf(row.get(1)))
                      .startsWith("CREATE CONTINUOUS QUERY plimsoll_")
                      .contains("RESAMPLE EVERY 5m FOR 30m")
                      .contains("sum(\"process.memory.rss.integral\")"));
    }
  }

  @Test
  void refusedStatementAndQueryAreNotTakenForDone() {
    open().prepare();
    try (InfluxServer server =
        new InfluxServer(InfluxSettings.of(influx.url(), settings.database()))) {
      assertThat(server.attempt("DROP RETENTION POLICY nowhere ON " + settings.database()))
          .isEmpty();
      assertThat(
              server.attempt("CREATE RETENTION POLICY runs ON nowhere DURATION 1d REPLICATION 1"))
          .hasValueSatisfying(reason -> assertThat(reason).contains("database not found"));
      assertThatExceptionOfType(StoreException.class)
          .isThrownBy(() -> server.query("SELECT nothing(x) FROM y"))
          .withMessageContaining("undefined function nothing()");
      assertThat(server.query("SELECT x FROM y")).isEmpty();
    }
  }

  @Test
  void historyHoldsTheSumsAndTheHighest() {
    InfluxStore store = open();
    List<Rollup> rollups = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      rollups.add(
          new Rollup(
              RUN,
              Level.RUN,
              "",
              10_000L * i,
              10_000,
              1,
              new TreeMap<>(
                  Map.of("process.cpu.time", 1L + i, "process.memory.rss.max", 1_000L - i))));
    }
    store.upsert(rollups);
    try (InfluxServer server =
        new InfluxServer(InfluxSettings.of(influx.url(), settings.database()))) {
      assertThat(
              server.attempt(
                  InfluxSchema.historyOf(settings.database(), "time >= 0 AND time < 600s")))
          .isEmpty();
      InfluxServer.Series history =
          server
              .query(
                  "SELECT \"process.cpu.time\", \"process.memory.rss.max\" FROM"
                      + " \"history\".\"plimsoll_run\" GROUP BY run")
              .get(0);
      assertThat(history.tags()).isEqualTo(Map.of("run", RUN.id()));
      assertThat(history.rows()).hasToString("[[0, 465, 1000], [300000000000, 1365, 970]]");
    }
  }

  static Rollup rollup(String entity, long startMillis, long revision, Map<String, Long> values) {
    return new Rollup(
        RUN, Level.PROCESS, entity, startMillis, 10_000, revision, new TreeMap<>(values));
  }
}
