// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.store.sqlite;

import io.plimsoll.diagnosis.finding.Finding;
import io.plimsoll.profile.Rollup;
import io.plimsoll.profile.RunKey;
import io.plimsoll.profile.RunProfile;
import io.plimsoll.store.AttemptArchive;
import io.plimsoll.store.RunCatalogue;
import io.plimsoll.store.SeriesStore;
import io.plimsoll.store.StoreException;
import io.plimsoll.store.StoredFolds;
import io.plimsoll.tuner.recommendation.Recommendation;
import java.nio.file.Path;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * All three ports in one SQLite file. Each call that writes is one transaction: a reader, and a
 * process that is killed, leaves all of it or nothing. Any thread may call; writers take turns,
 * readers do not wait. Several stores, also of several processes, may be open on the same file.
 */
public final class SqliteStore implements SeriesStore, RunCatalogue, AttemptArchive, AutoCloseable {
  private static final Duration BUSY_TIMEOUT = Duration.ofSeconds(10);

  private final SqliteFile file;
  private final RollupTable rollups = new RollupTable();
  private final RunTable runs = new RunTable();
  private final AttemptTable attempts = new AttemptTable();
  private final FindingTable findings = new FindingTable();
  private final RecommendationTable recommendations = new RecommendationTable();

  private SqliteStore(SqliteFile file) {
    this.file = file;
  }

  /**
   * Opens the file and makes it, its folder and its tables when they are missing.
   *
   * @throws StoreException when it cannot be written, is no database of ours, or was written by a
   *     newer version
   */
  public static SqliteStore open(Path file) {
    return open(file, BUSY_TIMEOUT);
  }

  /** As {@link #open(Path)}, waiting at most so long for another process's write. */
  static SqliteStore open(Path file, Duration busyTimeout) {
    return new SqliteStore(SqliteFile.open(file, busyTimeout));
  }

  /** Makes the file's disk as good as full: the writing connection may use so many pages. */
  void limitPages(int pages) {
    file.write(
        connection -> {
          try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA max_page_count = " + pages);
          }
        });
  }

  @Override
  public void upsert(List<Rollup> batch) {
    if (!batch.isEmpty()) {
      file.write(connection -> rollups.upsert(connection, batch));
    }
  }

  @Override
  public List<Rollup> rollups(RunKey run, Rollup.Level level) {
    return file.read(connection -> rollups.of(connection, run, level));
  }

  @Override
  public void upsertProcess(RunKey run, UUID process, long revision, byte[] fold) {
    file.write(connection -> runs.upsertProcess(connection, run, process, revision, fold));
  }

  @Override
  public void upsertRun(RunSummary summary, long revision) {
    file.write(connection -> runs.upsertSummary(connection, summary, revision));
  }

  @Override
  public List<RunSummary> runs() {
    return file.read(runs::summaries);
  }

  @Override
  public Optional<RunProfile> profile(RunKey run) {
    StoredFolds folds = file.read(connection -> runs.folds(connection, run));
    return folds.profile(run, file.path().toString());
  }

  @Override
  public void upsertFindings(RunKey run, long revision, List<Finding> all) {
    file.write(connection -> findings.replace(connection, run, revision, all));
  }

  @Override
  public List<Finding> findings(RunKey run) {
    return file.read(connection -> findings.of(connection, run));
  }

  @Override
  public void putRecommendation(Recommendation recommendation) {
    file.write(connection -> recommendations.put(connection, recommendation));
  }

  @Override
  public Optional<Recommendation> recommendation(RunKey run) {
    return file.read(connection -> recommendations.of(connection, run));
  }

  @Override
  public void upsert(RunKey run, List<ArchivedAttempt> batch) {
    if (!batch.isEmpty()) {
      file.write(connection -> attempts.upsert(connection, run, batch));
    }
  }

  @Override
  public List<ArchivedAttempt> attempts(RunKey run) {
    return file.read(connection -> attempts.of(connection, run));
  }

  /** Waits for the write that is under way and closes the file. A second call does nothing. */
  @Override
  public void close() {
    file.close();
  }
}
