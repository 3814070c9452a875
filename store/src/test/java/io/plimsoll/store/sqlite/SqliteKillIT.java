// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plimsoll.profile.Rollup;
import io.plimsoll.profile.Rollup.Level;
import io.plimsoll.profile.RunKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteKillIT {
  private static final RunKey RUN = new RunKey("local", "app-1", 0);
  private static final int BATCH = 200;

  @TempDir private Path folder;

  @Test
  void killedWriterLeavesWholeBatches() throws IOException, InterruptedException {
    Path file = folder.resolve("plimsoll.db");
    Process writer =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Writer.class.getName(),
                file.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("writer.log").toFile())
            .start();
    try {
      await().atMost(Duration.ofSeconds(60)).until(() -> !writer.isAlive() || revision(file) >= 5);
      assertThat(writer.isAlive())
          .as(() -> "the writer ended by itself: " + log(folder.resolve("writer.log")))
          .isTrue();
    } finally {
      writer.destroyForcibly().waitFor();
    }
    try (SqliteStore store = SqliteStore.open(file)) {
      List<Rollup> rollups = store.rollups(RUN, Level.RUN);
      assertThat(rollups).hasSize(BATCH);
      assertThat(rollups).extracting(Rollup::revision).containsOnly(rollups.get(0).revision());
      long next = rollups.get(0).revision() + 1;
      store.upsert(Writer.batch(next));
      assertThat(store.rollups(RUN, Level.RUN)).isEqualTo(Writer.batch(next));
    }
  }

  private static long revision(Path file) {
    if (!Files.exists(file)) {
      return 0;
    }
    try (SqliteStore store = SqliteStore.open(file)) {
      List<Rollup> rollups = store.rollups(RUN, Level.RUN);
      return rollups.isEmpty() ? 0 : rollups.get(0).revision();
    }
  }

  private static String log(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** The child process: writes the same windows with ever higher revisions until it is killed. */
  static final class Writer {
    public static void main(String[] arguments) {
      try (SqliteStore store = SqliteStore.open(Path.of(arguments[0]))) {
        for (long revision = 1; ; revision++) {
          store.upsert(batch(revision));
        }
      }
    }

    static List<Rollup> batch(long revision) {
      List<Rollup> batch = new ArrayList<>();
      for (int i = 0; i < BATCH; i++) {
        batch.add(
            new Rollup(
                RUN,
                Level.RUN,
                "",
                10_000L * i,
                10_000,
                revision,
                new TreeMap<>(Map.of("cpu", revision, "rss", 1L))));
      }
      return batch;
    }
  }
}
