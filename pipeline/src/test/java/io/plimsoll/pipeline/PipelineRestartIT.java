// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plimsoll.store.sqlite.SqliteStore;
import io.plimsoll.wire.Envelope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pipeline that is killed or stopped in the middle of a run, and started again. */
class PipelineRestartIT {
  private static final Duration SOON = Duration.ofSeconds(120);

  @TempDir private Path folder;
  private TestBus bus;

  @BeforeEach
  void startBroker() {
    bus = new TestBus(folder.resolve("kafka"));
  }

  @AfterEach
  void stopBroker() {
    bus.close();
  }

  @Test
  void killedPipelineContinuesFromItsCheckpointToTheSameNumbers() throws Exception {
    SyntheticRun run = SyntheticRun.complete("app-killed", 11);
    Expected expected = new Expected(run, folder);
    List<Envelope> envelopes = run.disturbed();
    int third = envelopes.size() / 3;
    Process child = startChild();
    try (SqliteStore store = SqliteStore.open(folder.resolve("plimsoll.db"))) {
      bus.send(envelopes.subList(0, third));
      await()
          .atMost(SOON)
          .until(() -> isDead(child) || (store.profile(run.key()).isPresent() && hasCheckpoint()));
      assertThat(child.isAlive()).as(this::childLog).isTrue();
      bus.send(envelopes.subList(third, 2 * third));
      child.destroyForcibly().waitFor();
      bus.send(envelopes.subList(2 * third, envelopes.size()));
      try (PipelineHandle pipeline = LocalFlink.start(config())) {
        expected.awaitStored(store, true);
        assertThat(pipeline.counts().envelopes())
            .as("the checkpoint's offsets were used")
            .isLessThan(envelopes.size());
      }
    } finally {
      child.destroyForcibly().waitFor();
    }
  }

  @Test
  void stoppedPipelineContinuesWhereItWas() throws Exception {
    SyntheticRun run = SyntheticRun.complete("app-stopped", 12);
    Expected expected = new Expected(run, folder);
    List<Envelope> envelopes = run.disturbed();
    int half = envelopes.size() / 2;
    bus.send(envelopes.subList(0, half));
    try (SqliteStore store = SqliteStore.open(folder.resolve("plimsoll.db"))) {
      try (PipelineHandle pipeline = LocalFlink.start(config())) {
        await().atMost(SOON).until(() -> store.profile(run.key()).isPresent());
        assertThat(pipeline.isRunning()).isTrue();
      }
      bus.send(envelopes.subList(half, envelopes.size()));
      try (PipelineHandle pipeline = LocalFlink.start(config())) {
        expected.awaitStored(store, true);
        await()
            .atMost(SOON)
            .untilAsserted(
                () ->
                    assertThat(pipeline.counts().envelopes())
                        .isBetween(1L, (long) envelopes.size() - half));
      }
    }
  }

  @Test
  void startWithoutCheckpointFoldsEverythingAnewToTheSameNumbers() throws Exception {
    SyntheticRun run = SyntheticRun.complete("app-anew", 13);
    Expected expected = new Expected(run, folder);
    bus.send(run.disturbed());
    PipelineConfig config =
        PipelineConfig.of(bus.bootstrapServers(), StoreOpener.sqlite(folder.resolve("plimsoll.db")))
            .withPace(Duration.ofMillis(300), Duration.ofSeconds(2));
    try (SqliteStore store = SqliteStore.open(folder.resolve("plimsoll.db"))) {
      for (int start = 0; start < 2; start++) {
        try (PipelineHandle pipeline = LocalFlink.start(config)) {
          await().atMost(SOON).until(() -> pipeline.counts().envelopes() == run.disturbed().size());
          expected.awaitStored(store, true);
        }
      }
    }
  }

  private PipelineConfig config() {
    return config(bus.bootstrapServers(), folder);
  }

  private static PipelineConfig config(String bootstrapServers, Path folder) {
    return PipelineConfig.of(bootstrapServers, StoreOpener.sqlite(folder.resolve("plimsoll.db")))
        .withPace(Duration.ofMillis(300), Duration.ofSeconds(2))
        .withCheckpoints(folder.resolve("checkpoints"), Duration.ofMillis(500));
  }

  private Process startChild() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-Djava.util.logging.config.file="
                + System.getProperty("java.util.logging.config.file"),
            "-cp",
            System.getProperty("java.class.path"),
            Child.class.getName(),
            bus.bootstrapServers(),
            folder.toString())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("child.log").toFile())
        .start();
  }

  private static boolean isDead(Process process) {
    return !process.isAlive();
  }

  private String childLog() {
    try {
      return Files.readString(folder.resolve("child.log"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** Looks without {@link CheckpointFolder}, which clears up when no job runs. */
  private boolean hasCheckpoint() throws IOException {
    Path checkpoints = folder.resolve("checkpoints");
    if (!Files.isDirectory(checkpoints)) {
      return false;
    }
    try (Stream<Path> found =
        Files.find(checkpoints, 3, (path, attributes) -> path.endsWith("_metadata"))) {
      return found.findAny().isPresent();
    } catch (UncheckedIOException deletedMeanwhile) {
      return false;
    }
  }

  /** The JVM that is killed. */
  static final class Child {
    public static void main(String[] arguments) throws InterruptedException {
      try (PipelineHandle pipeline =
          LocalFlink.start(config(arguments[0], Path.of(arguments[1])))) {
        while (pipeline.failure().isEmpty()) {
          Thread.sleep(500);
        }
      }
    }
  }
}
