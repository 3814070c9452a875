// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.store.sqlite;

import io.plimsoll.profile.Rollup;
import io.plimsoll.profile.RunKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/** Rollups: one row each, and one row for each of their values. */
final class RollupTable {
  private static final String UPSERT =
      """
      INSERT INTO rollup (run, level, entity, window_start, window_millis, revision)
      VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT (run, level, entity, window_start, window_millis)
      DO UPDATE SET revision = excluded.revision WHERE excluded.revision >= revision
      RETURNING id
      """;
  private static final String SELECT =
      """
      SELECT r.id, r.entity, r.window_start, r.window_millis, r.revision, m.name, v.value
      FROM rollup r
      LEFT JOIN rollup_value v ON v.rollup = r.id
      LEFT JOIN metric m ON m.id = v.metric
      WHERE r.run = ? AND r.level = ?
      ORDER BY r.entity, r.window_start, r.window_millis
      """;

  void upsert(Connection connection, List<Rollup> batch) throws SQLException {
    Map<RunKey, Long> runs = new HashMap<>();
    Map<String, Long> metrics = metrics(connection);
    try (PreparedStatement upsert = connection.prepareStatement(UPSERT);
        PreparedStatement clear =
            connection.prepareStatement("DELETE FROM rollup_value WHERE rollup = ?");
        PreparedStatement value =
            connection.prepareStatement(
                "INSERT INTO rollup_value (rollup, metric, value) VALUES (?, ?, ?)")) {
      for (Rollup rollup : batch) {
        Long run = runs.get(rollup.run());
        if (run == null) {
          run = Rows.run(connection, rollup.run());
          runs.put(rollup.run(), run);
        }
        OptionalLong id = upserted(upsert, run, rollup);
        if (id.isPresent()) {
          Rows.bind(clear, id.getAsLong()).executeUpdate();
          for (Map.Entry<String, Long> entry : rollup.values().entrySet()) {
            long metric = metric(connection, metrics, entry.getKey());
            Rows.bind(value, id.getAsLong(), metric, entry.getValue()).addBatch();
          }
          value.executeBatch();
        }
      }
    }
  }

  List<Rollup> of(Connection connection, RunKey run, Rollup.Level level) throws SQLException {
    List<Rollup> found = new ArrayList<>();
    OptionalLong id = Rows.findRun(connection, run);
    if (id.isEmpty()) {
      return found;
    }
    try (PreparedStatement select = connection.prepareStatement(SELECT);
        ResultSet rows = Rows.bind(select, id.getAsLong(), level.name()).executeQuery()) {
      boolean more = rows.next();
      while (more) {
        long current = rows.getLong(1);
        String entity = rows.getString(2);
        long start = rows.getLong(3);
        long width = rows.getLong(4);
        long revision = rows.getLong(5);
        SortedMap<String, Long> values = new TreeMap<>();
        do {
          String metric = rows.getString(6);
          if (metric != null) {
            values.put(metric, rows.getLong(7));
          }
          more = rows.next();
        } while (more && rows.getLong(1) == current);
        found.add(new Rollup(run, level, entity, start, width, revision, values));
      }
    }
    return found;
  }

  /** The rollup's row id; empty when a higher revision is there. */
  private static OptionalLong upserted(PreparedStatement upsert, long run, Rollup rollup)
      throws SQLException {
    Rows.bind(
        upsert,
        run,
        rollup.level().name(),
        rollup.entity(),
        rollup.windowStartMillis(),
        rollup.windowMillis(),
        rollup.revision());
    try (ResultSet row = upsert.executeQuery()) {
      return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
    }
  }

  private static Map<String, Long> metrics(Connection connection) throws SQLException {
    Map<String, Long> known = new HashMap<>();
    try (PreparedStatement select = connection.prepareStatement("SELECT name, id FROM metric");
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        known.put(rows.getString(1), rows.getLong(2));
      }
    }
    return known;
  }

  private static long metric(Connection connection, Map<String, Long> known, String name)
      throws SQLException {
    Long id = known.get(name);
    if (id == null) {
      id =
          Rows.number(connection, "INSERT INTO metric (name) VALUES (?) RETURNING id", name)
              .orElseThrow();
      known.put(name, id);
    }
    return id;
  }
}
