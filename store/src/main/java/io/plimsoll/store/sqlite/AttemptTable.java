// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.store.sqlite;

import io.plimsoll.profile.RunKey;
import io.plimsoll.store.AttemptArchive.ArchivedAttempt;
import io.plimsoll.wire.AttemptHook;
import io.plimsoll.wire.AttemptOutcome;
import io.plimsoll.wire.AttemptRecord;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;

/** Task attempts, one row each. */
final class AttemptTable {
  private static final String INSERT =
      """
      INSERT INTO attempt (run, task_id, process, start_millis, wall_nanos, cpu_nanos,
        allocated_bytes, executor_id, stage_id, stage_attempt, partition_index, attempt_number,
        outcome, hook, run_queue_nanos, job, operator, attempt_id)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
      """;
  private static final String SELECT =
      """
      SELECT a.task_id, p.uuid, a.start_millis, a.wall_nanos, a.cpu_nanos, a.allocated_bytes,
        a.executor_id, a.stage_id, a.stage_attempt, a.partition_index, a.attempt_number, a.outcome,
        a.hook, a.run_queue_nanos, a.job, a.operator, a.attempt_id
      FROM attempt a JOIN process p ON p.id = a.process
      WHERE a.run = ? ORDER BY a.task_id, a.start_millis, p.uuid, a.wall_nanos
      """;

  void upsert(Connection connection, RunKey run, List<ArchivedAttempt> batch) throws SQLException {
    long id = Rows.run(connection, run);
    Map<UUID, Long> processes = new HashMap<>();
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      for (ArchivedAttempt archived : batch) {
        Long process = processes.get(archived.process());
        if (process == null) {
          process = process(connection, id, archived.process());
          processes.put(archived.process(), process);
        }
        AttemptRecord attempt = archived.attempt();
        Rows.bind(
                insert,
                id,
                attempt.taskId(),
                process,
                attempt.startEpochMillis(),
                attempt.wallNanos(),
                attempt.cpuNanos(),
                attempt.allocatedBytes(),
                archived.executorId(),
                attempt.stageId(),
                attempt.stageAttempt(),
                attempt.partition(),
                attempt.attemptNumber(),
                attempt.outcome().name(),
                attempt.hook().name(),
                attempt.runQueueNanos(),
                attempt.job(),
                attempt.operator(),
                attempt.attemptId())
            .addBatch();
      }
      insert.executeBatch();
    }
  }

  List<ArchivedAttempt> of(Connection connection, RunKey run) throws SQLException {
    List<ArchivedAttempt> found = new ArrayList<>();
    OptionalLong id = Rows.findRun(connection, run);
    if (id.isEmpty()) {
      return found;
    }
    try (PreparedStatement select = connection.prepareStatement(SELECT);
        ResultSet rows = Rows.bind(select, id.getAsLong()).executeQuery()) {
      while (rows.next()) {
        found.add(
            new ArchivedAttempt(
                UUID.fromString(rows.getString(2)),
                rows.getString(7),
                AttemptRecord.builder(rows.getLong(1))
                    .startEpochMillis(rows.getLong(3))
                    .wallNanos(rows.getLong(4))
                    .cpuNanos(rows.getLong(5))
                    .allocatedBytes(rows.getLong(6))
                    .stage(rows.getInt(8), rows.getInt(9))
                    .partition(rows.getInt(10), rows.getInt(11))
                    .outcome(AttemptOutcome.valueOf(rows.getString(12)))
                    .hook(AttemptHook.valueOf(rows.getString(13)))
                    .runQueueNanos(rows.getLong(14))
                    .flink(rows.getString(15), rows.getString(16), rows.getString(17))
                    .build()));
      }
    }
    return found;
  }

  private static long process(Connection connection, long run, UUID process) throws SQLException {
    OptionalLong known =
        Rows.number(
            connection,
            "SELECT id FROM process WHERE run = ? AND uuid = ?",
            run,
            process.toString());
    if (known.isPresent()) {
      return known.getAsLong();
    }
    return Rows.number(
            connection,
            "INSERT INTO process (run, uuid) VALUES (?, ?) RETURNING id",
            run,
            process.toString())
        .orElseThrow();
  }
}
