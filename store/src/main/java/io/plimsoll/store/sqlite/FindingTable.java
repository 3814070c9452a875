// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.store.sqlite;

import io.plimsoll.diagnosis.finding.Evidence;
import io.plimsoll.diagnosis.finding.Finding;
import io.plimsoll.diagnosis.finding.FindingState;
import io.plimsoll.diagnosis.finding.Impact;
import io.plimsoll.diagnosis.finding.Severity;
import io.plimsoll.profile.RunKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Each run's findings in their order, with evidence and counter-evidence. */
final class FindingTable {
  private static final String INSERT =
      """
      INSERT INTO finding (run, position, point, component, state, severity, confidence,
        cost_mebibyte_millis, cost_core_millis, cost_wall_millis, reference, reason, advice)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;
  private static final String INSERT_EVIDENCE =
      """
      INSERT INTO finding_evidence (run, finding, counter, position, name, value, unit, source)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      """;

  void replace(Connection connection, RunKey run, long revision, List<Finding> findings)
      throws SQLException {
    long id = Rows.run(connection, run);
    OptionalLong replaced =
        Rows.number(
            connection,
            """
            INSERT INTO finding_set (run, revision) VALUES (?, ?)
            ON CONFLICT (run) DO UPDATE SET revision = excluded.revision
            WHERE excluded.revision >= revision RETURNING run
            """,
            id,
            revision);
    if (replaced.isEmpty()) {
      return;
    }
    Rows.update(connection, "DELETE FROM finding_evidence WHERE run = ?", id);
    Rows.update(connection, "DELETE FROM finding WHERE run = ?", id);
    for (int position = 0; position < findings.size(); position++) {
      Finding finding = findings.get(position);
      Rows.update(
          connection,
          INSERT,
          id,
          position,
          finding.point(),
          finding.component(),
          finding.state().name(),
          finding.severity().name(),
          finding.confidence(),
          finding.impact().mebibyteMillis(),
          finding.impact().coreMillis(),
          finding.impact().wallMillis(),
          finding.reference(),
          finding.reason(),
          finding.advice());
      insert(connection, id, position, false, finding.evidence());
      insert(connection, id, position, true, finding.counterEvidence());
    }
  }

  List<Finding> of(Connection connection, RunKey run) throws SQLException {
    List<Finding> found = new ArrayList<>();
    OptionalLong id = Rows.findRun(connection, run);
    if (id.isEmpty()) {
      return found;
    }
    try (PreparedStatement select =
            connection.prepareStatement(
                """
                SELECT position, point, component, state, severity, confidence,
                  cost_mebibyte_millis, cost_core_millis, cost_wall_millis, reference, reason, advice
                FROM finding WHERE run = ? ORDER BY position
                """);
        ResultSet rows = Rows.bind(select, id.getAsLong()).executeQuery()) {
      while (rows.next()) {
        int position = rows.getInt(1);
        found.add(
            new Finding(
                rows.getString(2),
                rows.getString(3),
                FindingState.valueOf(rows.getString(4)),
                Severity.valueOf(rows.getString(5)),
                rows.getDouble(6),
                Impact.of(rows.getLong(7), rows.getLong(8), rows.getLong(9)),
                rows.getString(10),
                evidence(connection, id.getAsLong(), position, false),
                evidence(connection, id.getAsLong(), position, true),
                rows.getString(11),
                rows.getString(12)));
      }
    }
    return found;
  }

  private static void insert(
      Connection connection, long run, int finding, boolean counter, List<Evidence> evidence)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(INSERT_EVIDENCE)) {
      for (int position = 0; position < evidence.size(); position++) {
        Evidence one = evidence.get(position);
        Rows.bind(
                insert,
                run,
                finding,
                counter ? 1 : 0,
                position,
                one.name(),
                one.value(),
                one.unit(),
                one.source())
            .addBatch();
      }
      insert.executeBatch();
    }
  }

  private static List<Evidence> evidence(
      Connection connection, long run, int finding, boolean counter) throws SQLException {
    List<Evidence> found = new ArrayList<>();
    try (PreparedStatement select =
            connection.prepareStatement(
                """
                SELECT name, value, unit, source FROM finding_evidence
                WHERE run = ? AND finding = ? AND counter = ? ORDER BY position
                """);
        ResultSet rows = Rows.bind(select, run, finding, counter ? 1 : 0).executeQuery()) {
      while (rows.next()) {
        // SQLite keeps "not a number" as NULL.
        double number = rows.getDouble(2);
        double value = rows.wasNull() ? Double.NaN : number;
        found.add(new Evidence(rows.getString(1), value, rows.getString(3), rows.getString(4)));
      }
    }
    return found;
  }
}
