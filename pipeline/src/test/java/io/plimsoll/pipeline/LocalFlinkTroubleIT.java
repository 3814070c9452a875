// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.plimsoll.embedded.EmbeddedKafka;
import io.plimsoll.store.StoreException;
import io.plimsoll.store.sqlite.SqliteStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalFlinkTroubleIT {
  private static final Duration SOON = Duration.ofSeconds(90);

  @TempDir private Path folder;

  @Test
  void brokerThatIsNotThereIsNamed() {
    PipelineConfig config =
        PipelineConfig.of("127.0.0.1:1", StoreOpener.sqlite(folder.resolve("plimsoll.db")))
            .withKafka(
                "test", Map.of("default.api.timeout.ms", "1500", "request.timeout.ms", "1000"));
    assertThatExceptionOfType(PipelineException.class)
        .isThrownBy(() -> LocalFlink.start(config))
        .withMessageStartingWith("Kafka at 127.0.0.1:1 does not answer (")
        .withMessageEndingWith("): start it or correct the address")
        .satisfies(e -> assertThat(e.code()).isEqualTo(PipelineException.Code.BROKER_UNREACHABLE));
  }

  @Test
  void missingTopicIsNamed() {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"))) {
      kafka.createTopics(Pipeline.topics().subList(0, 3), 1);
      PipelineConfig config =
          PipelineConfig.of(
              kafka.bootstrapServers(), StoreOpener.sqlite(folder.resolve("plimsoll.db")));
      assertThatExceptionOfType(PipelineException.class)
          .isThrownBy(() -> LocalFlink.start(config))
          .withMessage(
              "Kafka at %s has no topic [plimsoll.dead-letters]: create them",
              kafka.bootstrapServers());
    }
  }

  @Test
  void storeAndFolderThatCannotBeUsedAreNamed() throws IOException {
    Path blocker = Files.writeString(folder.resolve("blocker"), "");
    try (TestBus bus = new TestBus(folder.resolve("kafka"))) {
      PipelineConfig noStore =
          PipelineConfig.of(
              bus.bootstrapServers(), StoreOpener.sqlite(blocker.resolve("plimsoll.db")));
      assertThatExceptionOfType(StoreException.class)
          .isThrownBy(() -> LocalFlink.start(noStore))
          .withMessageContaining("name a writable data folder");
      PipelineConfig noFolder =
          PipelineConfig.of(
                  bus.bootstrapServers(), StoreOpener.sqlite(folder.resolve("plimsoll.db")))
              .withCheckpoints(blocker, Duration.ofSeconds(5));
      assertThatExceptionOfType(PipelineException.class)
          .isThrownBy(() -> LocalFlink.start(noFolder))
          .withMessageStartingWith("checkpoint folder " + blocker + " cannot be used (")
          .withMessageEndingWith("): name a writable folder");
    }
  }

  @Test
  void checkpointThatCannotBeReadIsNamedWithTheWayOut() throws IOException {
    Path checkpoints = folder.resolve("checkpoints");
    Path damaged = checkpoints.resolve("0123456789abcdef0123456789abcdef/chk-7/_metadata");
    Files.createDirectories(damaged.getParent());
    Files.writeString(damaged, "damaged");
    try (TestBus bus = new TestBus(folder.resolve("kafka"));
        PipelineHandle pipeline =
            LocalFlink.start(
                PipelineConfig.of(
                        bus.bootstrapServers(), StoreOpener.sqlite(folder.resolve("plimsoll.db")))
                    .withCheckpoints(checkpoints, Duration.ofSeconds(5)))) {
      await()
          .atMost(SOON)
          .untilAsserted(
              () ->
                  assertThat(pipeline.failure())
                      .hasValueSatisfying(
                          failure ->
                              assertThat(failure)
                                  .hasMessageStartingWith("the pipeline died: ")
                                  .hasMessageEndingWith(
                                      "; move "
                                          + checkpoints
                                          + " away to fold the topics anew without its"
                                          + " checkpoint")));
      assertThat(pipeline.isRunning()).isFalse();
    }
  }

  @Test
  void lockedStoreLosesNothing() throws Exception {
    SyntheticRun run = SyntheticRun.complete("app-locked", 21);
    Expected expected = new Expected(run, folder);
    Path file = folder.resolve("plimsoll.db");
    try (TestBus bus = new TestBus(folder.resolve("kafka"));
        PipelineHandle pipeline =
            LocalFlink.start(
                PipelineConfig.of(bus.bootstrapServers(), StoreOpener.sqlite(file))
                    .withPace(Duration.ofMillis(300), Duration.ofSeconds(2))
                    .withStorePatience(Duration.ofSeconds(1))
                    .withCheckpoints(folder.resolve("checkpoints"), Duration.ofMillis(500)));
        SqliteStore store = SqliteStore.open(file)) {
      await().atMost(SOON).until(pipeline::isRunning);
      try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
          Statement statement = other.createStatement()) {
        lock(statement);
        bus.send(run.disturbed());
        await()
            .atMost(SOON)
            .untilAsserted(
                () ->
                    assertThat(pipeline.trouble())
                        .hasValueSatisfying(
                            why ->
                                assertThat(why)
                                    .contains(file + " has been locked by another process")));
        assertThat(store.profile(run.key())).isEmpty();
        statement.execute("ROLLBACK");
      }
      expected.awaitStored(store, true);
      assertThat(pipeline.failure()).isEmpty();
    }
  }

  private static void lock(Statement statement) throws SQLException {
    statement.execute("PRAGMA busy_timeout = 20000");
    statement.execute("BEGIN IMMEDIATE");
  }
}
