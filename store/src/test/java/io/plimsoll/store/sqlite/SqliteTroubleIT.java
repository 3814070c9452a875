// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.plimsoll.diagnosis.finding.Finding;
import io.plimsoll.diagnosis.finding.FindingState;
import io.plimsoll.diagnosis.finding.Impact;
import io.plimsoll.diagnosis.finding.Severity;
import io.plimsoll.profile.Rollup;
import io.plimsoll.profile.Rollup.Level;
import io.plimsoll.profile.RunKey;
import io.plimsoll.store.AttemptArchive;
import io.plimsoll.store.StoreException;
import io.plimsoll.wire.AttemptRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteTroubleIT {
  private static final RunKey RUN = new RunKey("local", "app-1", 0);

  @TempDir private Path folder;

  @Test
  void storeOutlivesItsProcessAndMakesItsFolder() {
    Path file = folder.resolve("deep/er/plimsoll.db");
    Rollup rollup = rollup(0, 1);
    try (SqliteStore store = SqliteStore.open(file)) {
      store.upsert(List.of(rollup));
    }
    try (SqliteStore store = SqliteStore.open(file)) {
      assertThat(store.rollups(RUN, Level.RUN)).containsExactly(rollup);
    }
    assertThat(file.resolveSibling("plimsoll.db-wal")).doesNotExist();
  }

  @Test
  void fileThatIsNoDatabaseIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("notes.txt"), "not a database, ".repeat(100));
    assertUnavailable(
        () -> SqliteStore.open(file),
        "store " + file + " is not an SQLite database; name another file or move it away");
    assertThat(Files.readString(file)).startsWith("not a database");
  }

  @Test
  void folderWhereAFileIsExpectedIsNamed() {
    assertUnavailable(
        () -> SqliteStore.open(folder), "store " + folder + " is a folder; name a file");
  }

  @Test
  void folderThatCannotBeMadeIsNamed() throws IOException {
    Path blocker = Files.writeString(folder.resolve("blocker"), "");
    Path file = blocker.resolve("plimsoll.db");
    assertUnavailable(
        () -> SqliteStore.open(file),
        "store "
            + file
            + " cannot be made: its folder cannot be made ("
            + blocker
            + "); name a writable data folder");
  }

  @Test
  void newerSchemaIsRefusedAndLeftAlone() throws SQLException {
    Path file = folder.resolve("plimsoll.db");
    SqliteStore.open(file).close();
    execute(file, "PRAGMA user_version = 99");
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> SqliteStore.open(file))
        .withMessage(
            "store %s has schema 99, this version reads schemas up to 3; use the version that wrote"
                + " it or name another data folder",
            file)
        .satisfies(e -> assertThat(e.code()).isEqualTo(StoreException.Code.INCOMPATIBLE));
  }

  @Test
  void aStoreOfVersionOneIsBroughtUpAndKeepsWhatItHas() throws SQLException {
    Path file = folder.resolve("plimsoll.db");
    RunKey run = new RunKey("local", "app-1", 0);
    AttemptArchive.ArchivedAttempt old =
        new AttemptArchive.ArchivedAttempt(
            new UUID(1, 1), "1", AttemptRecord.builder(7).startEpochMillis(5).build());
    try (SqliteStore store = SqliteStore.open(file)) {
      store.upsert(run, List.of(old));
    }
    for (String column : List.of("hook", "run_queue_nanos", "job", "operator", "attempt_id")) {
      execute(file, "ALTER TABLE attempt DROP COLUMN " + column);
    }
    backToVersionTwo(file);
    execute(file, "PRAGMA user_version = 1");

    for (int opening = 0; opening < 2; opening++) {
      try (SqliteStore store = SqliteStore.open(file)) {
        assertThat(store.attempts(run)).containsExactly(old);
      }
    }
  }

  @Test
  void aStoreOfVersionTwoKeepsItsFindingsWithMemoryTimeInMebibytes() throws SQLException {
    Path file = folder.resolve("plimsoll.db");
    RunKey run = new RunKey("local", "app-1", 0);
    Finding finding =
        new Finding(
            "memory.over-asked",
            "executors",
            FindingState.FIRED,
            Severity.SEVERE,
            1,
            new Impact(5_000, 17, 0),
            "",
            List.of(),
            List.of(),
            "because",
            "");
    try (SqliteStore store = SqliteStore.open(file)) {
      store.upsertFindings(run, 1, List.of(finding));
    }
    backToVersionTwo(file);
    execute(file, "UPDATE finding SET cost_byte_millis = cost_byte_millis * 1048576");

    for (int opening = 0; opening < 2; opening++) {
      try (SqliteStore store = SqliteStore.open(file)) {
        assertThat(store.findings(run)).containsExactly(finding);
      }
    }
  }

  private static void backToVersionTwo(Path file) throws SQLException {
    execute(file, "ALTER TABLE finding RENAME COLUMN cost_mebibyte_millis TO cost_byte_millis");
    execute(file, "ALTER TABLE finding DROP COLUMN cost_wall_millis");
    execute(file, "ALTER TABLE finding DROP COLUMN reference");
    execute(file, "PRAGMA user_version = 2");
  }

  @Test
  void databaseOfAnotherProgramIsRefused() throws SQLException {
    Path file = folder.resolve("music.db");
    execute(file, "CREATE TABLE song (name TEXT)");
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> SqliteStore.open(file))
        .withMessage("store %s is a database of another program; name another file", file)
        .satisfies(e -> assertThat(e.code()).isEqualTo(StoreException.Code.INCOMPATIBLE));
  }

  @Test
  void fullDiskIsNamedAndWritingGoesOnWhenThereIsSpace() throws SQLException {
    Path file = folder.resolve("plimsoll.db");
    try (SqliteStore store = SqliteStore.open(file)) {
      store.upsert(List.of(rollup(0, 1)));
      List<Rollup> many = new ArrayList<>();
      for (int i = 1; i < 5_000; i++) {
        many.add(rollup(10_000L * i, 1));
      }
      store.limitPages(100);
      assertUnavailable(
          () -> store.upsert(many),
          "store " + file + " cannot be written: the disk is full; free space on it");
      assertThat(store.rollups(RUN, Level.RUN)).containsExactly(rollup(0, 1));
      // The failure closed the connection that was limited.
      store.upsert(many);
      assertThat(store.rollups(RUN, Level.RUN)).hasSize(5_000);
    }
  }

  @Test
  void lockedFileIsNamedAndWritingGoesOnWhenItIsFree() throws SQLException {
    Path file = folder.resolve("plimsoll.db");
    try (SqliteStore store = SqliteStore.open(file, Duration.ofMillis(50))) {
      try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
          Statement statement = other.createStatement()) {
        statement.execute("BEGIN IMMEDIATE");
        assertUnavailable(
            () -> store.upsert(List.of(rollup(0, 1))),
            "store " + file + " has been locked by another process for 50 ms; stop that process");
        assertThat(store.rollups(RUN, Level.RUN)).isEmpty();
        statement.execute("ROLLBACK");
      }
      store.upsert(List.of(rollup(0, 1)));
      assertThat(store.rollups(RUN, Level.RUN)).containsExactly(rollup(0, 1));
    }
  }

  @Test
  void aStoreIsOpenedAndReadWhileAnotherProcessWrites() throws SQLException {
    Path file = folder.resolve("plimsoll.db");
    try (SqliteStore store = SqliteStore.open(file)) {
      store.upsert(List.of(rollup(0, 1)));
    }
    try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = other.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      try (SqliteStore store = SqliteStore.open(file, Duration.ofMillis(50))) {
        assertThat(store.rollups(RUN, Level.RUN)).containsExactly(rollup(0, 1));
      }
      statement.execute("ROLLBACK");
    }
  }

  @Test
  void closedStoreSaysSo() {
    SqliteStore store = SqliteStore.open(folder.resolve("plimsoll.db"));
    store.close();
    store.close();
    assertThatIllegalStateException().isThrownBy(store::runs).withMessageContaining("is closed");
  }

  @Test
  void batchesOfManyThreadsAndStoresAreEachWholeToEveryReader() throws Exception {
    Path file = folder.resolve("plimsoll.db");
    ExecutorService threads = Executors.newFixedThreadPool(6);
    try (SqliteStore one = SqliteStore.open(file);
        SqliteStore two = SqliteStore.open(file)) {
      List<Callable<Integer>> work = new ArrayList<>();
      for (int writer = 0; writer < 4; writer++) {
        SqliteStore store = writer % 2 == 0 ? one : two;
        work.add(
            () -> {
              for (int revision = 1; revision <= 25; revision++) {
                store.upsert(List.of(rollup(0, revision), rollup(10_000, revision)));
              }
              return 0;
            });
      }
      for (int reader = 0; reader < 2; reader++) {
        SqliteStore store = reader % 2 == 0 ? one : two;
        work.add(
            () -> {
              int torn = 0;
              for (int i = 0; i < 50; i++) {
                List<Rollup> seen = store.rollups(RUN, Level.RUN);
                torn += seen.stream().mapToLong(Rollup::revision).distinct().count() > 1 ? 1 : 0;
              }
              return torn;
            });
      }
      for (Future<Integer> torn : threads.invokeAll(work)) {
        assertThat(outcome(torn)).isZero();
      }
      assertThat(one.rollups(RUN, Level.RUN)).containsExactly(rollup(0, 25), rollup(10_000, 25));
    } finally {
      threads.shutdownNow();
    }
  }

  private static int outcome(Future<Integer> work) throws InterruptedException {
    try {
      return work.get();
    } catch (ExecutionException e) {
      throw new AssertionError("a reader or writer failed", e.getCause());
    }
  }

  private static void execute(Path file, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static void assertUnavailable(ThrowingCallable call, String message) {
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(call)
        .withMessage(message)
        .satisfies(e -> assertThat(e.code()).isEqualTo(StoreException.Code.UNAVAILABLE));
  }

  private static Rollup rollup(long startMillis, long revision) {
    return new Rollup(
        RUN,
        Level.RUN,
        "",
        startMillis,
        10_000,
        revision,
        new TreeMap<>(Map.of("cpu", revision, "rss.max", 7L)));
  }
}
