// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.store.sqlite;

import io.plimsoll.profile.RunKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.OptionalLong;

/** Statements with positional arguments, and the row ids of runs. */
final class Rows {
  private Rows() {}

  /** Sets the arguments from the first on: numbers, texts, byte arrays. */
  static PreparedStatement bind(PreparedStatement statement, Object... arguments)
      throws SQLException {
    for (int i = 0; i < arguments.length; i++) {
      statement.setObject(i + 1, arguments[i]);
    }
    return statement;
  }

  static void update(Connection connection, String sql, Object... arguments) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, arguments).executeUpdate();
    }
  }

  /** The first column of the first row; empty without rows. */
  static OptionalLong number(Connection connection, String sql, Object... arguments)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet result = bind(statement, arguments).executeQuery()) {
      return result.next() ? OptionalLong.of(result.getLong(1)) : OptionalLong.empty();
    }
  }

  /** The run's row id; empty when the run has none. */
  static OptionalLong findRun(Connection connection, RunKey run) throws SQLException {
    return number(
        connection,
        "SELECT id FROM run WHERE cluster = ? AND application = ? AND attempt = ?",
        run.cluster(),
        run.application(),
        run.attempt());
  }

  /** The run's row id, made when it has none. */
  static long run(Connection connection, RunKey run) throws SQLException {
    OptionalLong known = findRun(connection, run);
    if (known.isPresent()) {
      return known.getAsLong();
    }
    return number(
            connection,
            "INSERT INTO run (cluster, application, attempt) VALUES (?, ?, ?) RETURNING id",
            run.cluster(),
            run.application(),
            run.attempt())
        .orElseThrow();
  }
}
