// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.store.sqlite;

import io.plimsoll.profile.EvidenceGrade;
import io.plimsoll.profile.RunKey;
import io.plimsoll.tuner.recommendation.Abstention;
import io.plimsoll.tuner.recommendation.Change;
import io.plimsoll.tuner.recommendation.Interval;
import io.plimsoll.tuner.recommendation.Recommendation;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/** The latest recommendation for each run. */
final class RecommendationTable {
  private static final List<String> CLEAR =
      List.of(
          "DELETE FROM change_input WHERE run = ?",
          "DELETE FROM recommendation_change WHERE run = ?",
          "DELETE FROM abstention WHERE run = ?",
          "DELETE FROM recommendation WHERE run = ?");
  private static final String INSERT_CHANGE =
      """
      INSERT INTO recommendation_change (run, position, key, from_value, to_value, formula, grade,
        interval_low, interval_high, interval_unit, interval_confidence, interval_basis, risk,
        reverted_by)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  void put(Connection connection, Recommendation recommendation) throws SQLException {
    long run = Rows.run(connection, recommendation.basedOn());
    for (String clear : CLEAR) {
      Rows.update(connection, clear, run);
    }
    Rows.update(
        connection,
        """
        INSERT INTO recommendation (run, allocated_memory_factor, allocated_cores_factor)
        VALUES (?, ?, ?)
        """,
        run,
        recommendation.allocatedMemoryFactor(),
        recommendation.allocatedCoresFactor());
    for (int position = 0; position < recommendation.changes().size(); position++) {
      insert(connection, run, position, recommendation.changes().get(position));
    }
    for (int position = 0; position < recommendation.abstained().size(); position++) {
      Abstention abstention = recommendation.abstained().get(position);
      Rows.update(
          connection,
          "INSERT INTO abstention (run, position, key, reason, would_need) VALUES (?, ?, ?, ?, ?)",
          run,
          position,
          abstention.key(),
          abstention.reason(),
          abstention.wouldNeed());
    }
  }

  Optional<Recommendation> of(Connection connection, RunKey run) throws SQLException {
    OptionalLong id = Rows.findRun(connection, run);
    if (id.isEmpty()) {
      return Optional.empty();
    }
    try (PreparedStatement select =
            connection.prepareStatement(
                """
                SELECT allocated_memory_factor, allocated_cores_factor
                FROM recommendation WHERE run = ?
                """);
        ResultSet rows = Rows.bind(select, id.getAsLong()).executeQuery()) {
      if (!rows.next()) {
        return Optional.empty();
      }
      return Optional.of(
          new Recommendation(
              run,
              changes(connection, id.getAsLong()),
              abstentions(connection, id.getAsLong()),
              rows.getDouble(1),
              rows.getDouble(2)));
    }
  }

  private static void insert(Connection connection, long run, int position, Change change)
      throws SQLException {
    Interval interval = change.interval();
    Rows.update(
        connection,
        INSERT_CHANGE,
        run,
        position,
        change.key(),
        change.from(),
        change.to(),
        change.formula(),
        change.grade().name(),
        interval.low(),
        interval.high(),
        interval.unit(),
        interval.confidence(),
        interval.basis(),
        change.risk(),
        change.revertedBy());
    for (Map.Entry<String, String> input : change.inputs().entrySet()) {
      Rows.update(
          connection,
          "INSERT INTO change_input (run, change, name, value) VALUES (?, ?, ?, ?)",
          run,
          position,
          input.getKey(),
          input.getValue());
    }
  }

  private static List<Change> changes(Connection connection, long run) throws SQLException {
    List<Change> found = new ArrayList<>();
    try (PreparedStatement select =
            connection.prepareStatement(
                """
                SELECT position, key, from_value, to_value, formula, grade, interval_low,
                  interval_high, interval_unit, interval_confidence, interval_basis, risk,
                  reverted_by
                FROM recommendation_change WHERE run = ? ORDER BY position
                """);
        ResultSet rows = Rows.bind(select, run).executeQuery()) {
      while (rows.next()) {
        Interval interval =
            new Interval(
                rows.getLong(7),
                rows.getLong(8),
                rows.getString(9),
                rows.getDouble(10),
                rows.getString(11));
        found.add(
            new Change(
                rows.getString(2),
                rows.getString(3),
                rows.getString(4),
                rows.getString(5),
                inputs(connection, run, rows.getInt(1)),
                EvidenceGrade.valueOf(rows.getString(6)),
                interval,
                rows.getString(12),
                rows.getString(13)));
      }
    }
    return found;
  }

  private static SortedMap<String, String> inputs(Connection connection, long run, int change)
      throws SQLException {
    SortedMap<String, String> found = new TreeMap<>();
    try (PreparedStatement select =
            connection.prepareStatement(
                "SELECT name, value FROM change_input WHERE run = ? AND change = ?");
        ResultSet rows = Rows.bind(select, run, change).executeQuery()) {
      while (rows.next()) {
        found.put(rows.getString(1), rows.getString(2));
      }
    }
    return found;
  }

  private static List<Abstention> abstentions(Connection connection, long run) throws SQLException {
    List<Abstention> found = new ArrayList<>();
    try (PreparedStatement select =
            connection.prepareStatement(
                "SELECT key, reason, would_need FROM abstention WHERE run = ? ORDER BY position");
        ResultSet rows = Rows.bind(select, run).executeQuery()) {
      while (rows.next()) {
        found.add(new Abstention(rows.getString(1), rows.getString(2), rows.getString(3)));
      }
    }
    return found;
  }
}
