// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plimsoll.diagnosis.Diagnosis;
import io.plimsoll.profile.ProcessFold;
import io.plimsoll.profile.Rollup;
import io.plimsoll.profile.Rollup.Level;
import io.plimsoll.profile.RunFold;
import io.plimsoll.profile.RunKey;
import io.plimsoll.profile.RunProfile;
import io.plimsoll.store.sqlite.SqliteStore;
import io.plimsoll.wire.AttemptRecord;
import io.plimsoll.wire.Envelope;
import io.plimsoll.wire.codec.WireException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * What the store must hold of a run: what the same folds say of its recording, read from a file.
 */
final class Expected {
  private final SyntheticRun run;
  private final Collection<ProcessFold> folds;

  Expected(SyntheticRun run, Path folder) throws IOException, WireException {
    this.run = run;
    Path recording = folder.resolve(run.key().application() + ".plim");
    run.record(recording);
    this.folds = SyntheticRun.folds(recording);
  }

  /** Waits until the store holds exactly this, and says what differs when it never does. */
  void awaitStored(SqliteStore store, boolean complete) {
    await().atMost(Duration.ofSeconds(120)).untilAsserted(() -> assertStored(store, complete));
  }

  private void assertStored(SqliteStore store, boolean complete) {
    RunKey key = run.key();
    Set<UUID> silent = new HashSet<>();
    if (complete) {
      folds.forEach(fold -> silent.add(fold.process()));
    }
    RunProfile folded = RunFold.profile(key, folds, silent);
    RunProfile expected = complete ? folded : folded.incomplete();
    assertThat(store.profile(key)).contains(expected);
    assertThat(store.profile(key).orElseThrow().complete()).isEqualTo(complete);
    assertThat(expected.coverage().missingEnvelopes()).isZero();
    assertThat(store.findings(key)).isNotEmpty().isEqualTo(Diagnosis.evaluate(expected));
    assertStored(store, Level.PROCESS, processRollups());
    assertStored(store, Level.TASK, taskRollups());
    assertStored(store, Level.STAGE, runRollups(Level.STAGE));
    assertStored(store, Level.RUN, runRollups(Level.RUN));
    assertThat(store.attempts(key))
        .extracting(archived -> archived.attempt())
        .containsExactlyInAnyOrderElementsOf(attempts());
  }

  private void assertStored(SqliteStore store, Level level, List<Rollup> expected) {
    assertThat(expected).as("expected rollups of " + level).isNotEmpty();
    assertThat(store.rollups(run.key(), level).stream().map(Expected::withoutRevision).toList())
        .as("stored rollups of " + level)
        .isEqualTo(
            expected.stream()
                .map(Expected::withoutRevision)
                .sorted(
                    Comparator.comparing(Rollup::entity)
                        .thenComparingLong(Rollup::windowStartMillis))
                .toList());
  }

  private List<Rollup> processRollups() {
    return folds.stream().flatMap(fold -> fold.rollups(run.key(), 0).stream()).toList();
  }

  private List<Rollup> runRollups(Level level) {
    return RunFold.runRollups(run.key(), folds, 0).stream()
        .filter(rollup -> rollup.level() == level)
        .toList();
  }

  private List<Rollup> taskRollups() {
    return attempts().stream().map(attempt -> RunFold.task(run.key(), attempt, 0)).toList();
  }

  private List<AttemptRecord> attempts() {
    List<AttemptRecord> attempts = new ArrayList<>();
    for (Envelope envelope : run.envelopes()) {
      attempts.addAll(envelope.attempts());
    }
    return attempts;
  }

  /** The revision at which a window was last written depends on when it was looked at. */
  private static Rollup withoutRevision(Rollup rollup) {
    return new Rollup(
        rollup.run(),
        rollup.level(),
        rollup.entity(),
        rollup.windowStartMillis(),
        rollup.windowMillis(),
        0,
        rollup.values());
  }
}
