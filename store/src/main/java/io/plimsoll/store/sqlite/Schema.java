// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.store.sqlite;

import io.plimsoll.store.StoreException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** The tables, their version, and the mark that tells our files from other databases. */
final class Schema {
  static final int VERSION = 3;

  /** "PLIM" in SQLite's application_id. */
  static final int APPLICATION_ID = 0x504c494d;

  private static final List<String> TABLES =
      List.of(
          """
          CREATE TABLE run (
            id INTEGER PRIMARY KEY,
            cluster TEXT NOT NULL,
            application TEXT NOT NULL,
            attempt INTEGER NOT NULL,
            revision INTEGER,
            name TEXT NOT NULL DEFAULT '',
            engine TEXT NOT NULL DEFAULT '',
            start_millis INTEGER NOT NULL DEFAULT -1,
            end_millis INTEGER NOT NULL DEFAULT -1,
            complete INTEGER NOT NULL DEFAULT 0,
            UNIQUE (cluster, application, attempt))
          """,
          """
          CREATE TABLE process (
            id INTEGER PRIMARY KEY,
            run INTEGER NOT NULL REFERENCES run (id),
            uuid TEXT NOT NULL,
            revision INTEGER,
            fold BLOB,
            UNIQUE (run, uuid))
          """,
          """
          CREATE TABLE attempt (
            run INTEGER NOT NULL REFERENCES run (id),
            task_id INTEGER NOT NULL,
            process INTEGER NOT NULL REFERENCES process (id),
            start_millis INTEGER NOT NULL,
            wall_nanos INTEGER NOT NULL,
            cpu_nanos INTEGER NOT NULL,
            allocated_bytes INTEGER NOT NULL,
            executor_id TEXT NOT NULL,
            stage_id INTEGER NOT NULL,
            stage_attempt INTEGER NOT NULL,
            partition_index INTEGER NOT NULL,
            attempt_number INTEGER NOT NULL,
            outcome TEXT NOT NULL,
            hook TEXT NOT NULL DEFAULT 'UNKNOWN',
            run_queue_nanos INTEGER NOT NULL DEFAULT -1,
            job TEXT NOT NULL DEFAULT '',
            operator TEXT NOT NULL DEFAULT '',
            attempt_id TEXT NOT NULL DEFAULT '',
            PRIMARY KEY (run, task_id, process, start_millis, wall_nanos)) WITHOUT ROWID
          """,
          "CREATE TABLE metric (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE)",
          """
          CREATE TABLE rollup (
            id INTEGER PRIMARY KEY,
            run INTEGER NOT NULL REFERENCES run (id),
            level TEXT NOT NULL,
            entity TEXT NOT NULL,
            window_start INTEGER NOT NULL,
            window_millis INTEGER NOT NULL,
            revision INTEGER NOT NULL,
            UNIQUE (run, level, entity, window_start, window_millis))
          """,
          """
          CREATE TABLE rollup_value (
            rollup INTEGER NOT NULL REFERENCES rollup (id),
            metric INTEGER NOT NULL REFERENCES metric (id),
            value INTEGER NOT NULL,
            PRIMARY KEY (rollup, metric)) WITHOUT ROWID
          """,
          """
          CREATE TABLE finding_set (
            run INTEGER PRIMARY KEY REFERENCES run (id),
            revision INTEGER NOT NULL)
          """,
          """
          CREATE TABLE finding (
            run INTEGER NOT NULL REFERENCES finding_set (run),
            position INTEGER NOT NULL,
            point TEXT NOT NULL,
            component TEXT NOT NULL,
            state TEXT NOT NULL,
            severity TEXT NOT NULL,
            confidence REAL NOT NULL,
            cost_mebibyte_millis INTEGER NOT NULL,
            cost_core_millis INTEGER NOT NULL,
            cost_wall_millis INTEGER NOT NULL DEFAULT 0,
            reference TEXT NOT NULL DEFAULT '',
            reason TEXT NOT NULL,
            advice TEXT NOT NULL,
            PRIMARY KEY (run, position)) WITHOUT ROWID
          """,
          """
          CREATE TABLE finding_evidence (
            run INTEGER NOT NULL,
            finding INTEGER NOT NULL,
            counter INTEGER NOT NULL,
            position INTEGER NOT NULL,
            name TEXT NOT NULL,
            value REAL,
            unit TEXT NOT NULL,
            source TEXT NOT NULL,
            PRIMARY KEY (run, finding, counter, position),
            FOREIGN KEY (run, finding) REFERENCES finding (run, position)) WITHOUT ROWID
          """,
          """
          CREATE TABLE recommendation (
            run INTEGER PRIMARY KEY REFERENCES run (id),
            allocated_memory_factor REAL NOT NULL,
            allocated_cores_factor REAL NOT NULL)
          """,
          """
          CREATE TABLE recommendation_change (
            run INTEGER NOT NULL REFERENCES recommendation (run),
            position INTEGER NOT NULL,
            key TEXT NOT NULL,
            from_value TEXT NOT NULL,
            to_value TEXT NOT NULL,
            formula TEXT NOT NULL,
            grade TEXT NOT NULL,
            interval_low INTEGER NOT NULL,
            interval_high INTEGER NOT NULL,
            interval_unit TEXT NOT NULL,
            interval_confidence REAL NOT NULL,
            interval_basis TEXT NOT NULL,
            risk TEXT NOT NULL,
            reverted_by TEXT NOT NULL,
            PRIMARY KEY (run, position)) WITHOUT ROWID
          """,
          """
          CREATE TABLE change_input (
            run INTEGER NOT NULL,
            change INTEGER NOT NULL,
            name TEXT NOT NULL,
            value TEXT NOT NULL,
            PRIMARY KEY (run, change, name),
            FOREIGN KEY (run, change) REFERENCES recommendation_change (run, position))
            WITHOUT ROWID
          """,
          """
          CREATE TABLE abstention (
            run INTEGER NOT NULL REFERENCES recommendation (run),
            position INTEGER NOT NULL,
            key TEXT NOT NULL,
            reason TEXT NOT NULL,
            would_need TEXT NOT NULL,
            PRIMARY KEY (run, position)) WITHOUT ROWID
          """);

  /** What version 2 added: which hook saw an attempt, its wait for a CPU, and Flink's ids. */
  private static final List<String> FROM_VERSION_1 =
      List.of(
          "ALTER TABLE attempt ADD COLUMN hook TEXT NOT NULL DEFAULT 'UNKNOWN'",
          "ALTER TABLE attempt ADD COLUMN run_queue_nanos INTEGER NOT NULL DEFAULT -1",
          "ALTER TABLE attempt ADD COLUMN job TEXT NOT NULL DEFAULT ''",
          "ALTER TABLE attempt ADD COLUMN operator TEXT NOT NULL DEFAULT ''",
          "ALTER TABLE attempt ADD COLUMN attempt_id TEXT NOT NULL DEFAULT ''");

  /**
   * What version 3 changed: memory-time in MiB·ms, wall time, and what a value was held against.
   */
  private static final List<String> FROM_VERSION_2 =
      List.of(
          "ALTER TABLE finding RENAME COLUMN cost_byte_millis TO cost_mebibyte_millis",
          "UPDATE finding SET cost_mebibyte_millis = cost_mebibyte_millis / 1048576",
          "ALTER TABLE finding ADD COLUMN cost_wall_millis INTEGER NOT NULL DEFAULT 0",
          "ALTER TABLE finding ADD COLUMN reference TEXT NOT NULL DEFAULT ''");

  private Schema() {}

  /** Whether the file has this version's tables. Takes no lock that a writer holds. */
  static boolean isCurrent(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return number(statement, "PRAGMA application_id") == APPLICATION_ID
          && number(statement, "PRAGMA user_version") == VERSION;
    }
  }

  /**
   * Makes the tables in a new file; accepts a file of this version, brings an older one up to it
   * and refuses every other. Inside a transaction that holds the write lock, so that of two openers
   * one makes the tables and the other sees them.
   */
  static void ensure(Connection connection, Path file) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      if (number(statement, "SELECT count(*) FROM sqlite_master") == 0) {
        for (String table : TABLES) {
          statement.execute(table);
        }
        statement.execute("PRAGMA application_id = " + APPLICATION_ID);
        statement.execute("PRAGMA user_version = " + VERSION);
        return;
      }
      if (number(statement, "PRAGMA application_id") != APPLICATION_ID) {
        throw incompatible(file, "is a database of another program; name another file");
      }
      long found = number(statement, "PRAGMA user_version");
      if (found == 1 || found == 2) {
        if (found == 1) {
          executeAll(statement, FROM_VERSION_1);
        }
        executeAll(statement, FROM_VERSION_2);
        statement.execute("PRAGMA user_version = " + VERSION);
        return;
      }
      if (found != VERSION) {
        throw incompatible(
            file,
            "has schema "
                + found
                + ", this version reads schemas up to "
                + VERSION
                + "; use the version that wrote it or name another data folder");
      }
    }
  }

  private static void executeAll(Statement statement, List<String> changes) throws SQLException {
    for (String change : changes) {
      statement.execute(change);
    }
  }

  private static long number(Statement statement, String sql) throws SQLException {
    try (ResultSet result = statement.executeQuery(sql)) {
      return result.next() ? result.getLong(1) : 0;
    }
  }

  private static StoreException incompatible(Path file, String what) {
    return new StoreException(StoreException.Code.INCOMPATIBLE, "store " + file + " " + what);
  }
}
