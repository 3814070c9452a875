// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.store.sqlite;

import io.plimsoll.profile.RunKey;
import io.plimsoll.store.RunCatalogue.RunSummary;
import io.plimsoll.store.StoredFolds;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;

/** Runs' summaries and the folds of their processes. */
final class RunTable {
  void upsertSummary(Connection connection, RunSummary summary, long revision) throws SQLException {
    Rows.update(
        connection,
        """
        UPDATE run SET revision = ?, name = ?, engine = ?, start_millis = ?, end_millis = ?,
          complete = ?
        WHERE id = ? AND (revision IS NULL OR revision <= ?)
        """,
        revision,
        summary.name(),
        summary.engine(),
        summary.startMillis(),
        summary.endMillis(),
        summary.complete() ? 1 : 0,
        Rows.run(connection, summary.key()),
        revision);
  }

  List<RunSummary> summaries(Connection connection) throws SQLException {
    List<RunSummary> found = new ArrayList<>();
    try (PreparedStatement select =
            connection.prepareStatement(
                """
                SELECT cluster, application, attempt, name, engine, start_millis, end_millis,
                  complete
                FROM run WHERE revision IS NOT NULL
                ORDER BY start_millis DESC, cluster, application, attempt
                """);
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        found.add(
            new RunSummary(
                new RunKey(rows.getString(1), rows.getString(2), rows.getInt(3)),
                rows.getString(4),
                rows.getString(5),
                rows.getLong(6),
                rows.getLong(7),
                rows.getInt(8) != 0));
      }
    }
    return found;
  }

  void upsertProcess(Connection connection, RunKey run, UUID process, long revision, byte[] fold)
      throws SQLException {
    Rows.update(
        connection,
        """
        INSERT INTO process (run, uuid, revision, fold) VALUES (?, ?, ?, ?)
        ON CONFLICT (run, uuid) DO UPDATE SET revision = excluded.revision, fold = excluded.fold
        WHERE revision IS NULL OR excluded.revision >= revision
        """,
        Rows.run(connection, run),
        process.toString(),
        revision,
        fold);
  }

  StoredFolds folds(Connection connection, RunKey run) throws SQLException {
    List<byte[]> folds = new ArrayList<>();
    OptionalLong id = Rows.findRun(connection, run);
    if (id.isEmpty()) {
      return new StoredFolds(folds, false);
    }
    try (PreparedStatement select =
            connection.prepareStatement(
                """
                SELECT p.fold, r.complete FROM process p JOIN run r ON r.id = p.run
                WHERE p.run = ? AND p.fold IS NOT NULL ORDER BY p.uuid
                """);
        ResultSet rows = Rows.bind(select, id.getAsLong()).executeQuery()) {
      boolean complete = false;
      while (rows.next()) {
        folds.add(rows.getBytes(1));
        complete = rows.getInt(2) != 0;
      }
      return new StoredFolds(folds, complete);
    }
  }
}
