// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.pipeline;

import io.plimsoll.profile.Rollup;
import io.plimsoll.profile.RunKey;
import io.plimsoll.store.AttemptArchive.ArchivedAttempt;
import io.plimsoll.wire.AttemptKind;
import io.plimsoll.wire.AttemptRecord;
import io.plimsoll.wire.Envelope;
import io.plimsoll.wire.codec.EnvelopeDecoder;
import io.plimsoll.wire.codec.WireException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What waits to be stored. Of the same thing only the highest revision waits, so that a store that
 * is away for long makes the batch no larger than the number of things. Storing it twice changes
 * nothing: a batch that failed in the middle is stored again as a whole.
 */
final class StoreBatch {
  private record RollupId(
      RunKey run, Rollup.Level level, String entity, long startMillis, long windowMillis) {}

  private record ProcessId(RunKey run, UUID process) {}

  private final Map<RollupId, Rollup> rollups = new LinkedHashMap<>();
  private final Map<ProcessId, StoreWrite.Fold> folds = new LinkedHashMap<>();
  private final Map<RunKey, List<ArchivedAttempt>> attempts = new LinkedHashMap<>();
  private final Map<RunKey, StoreWrite.Findings> findings = new LinkedHashMap<>();
  private final Map<RunKey, StoreWrite.Summary> summaries = new LinkedHashMap<>();
  private int attemptCount;

  void add(StoreWrite write) throws IOException {
    if (write instanceof StoreWrite.Fold fold) {
      folds.merge(
          new ProcessId(fold.run(), fold.process()),
          fold,
          (old, latest) -> latest.revision() >= old.revision() ? latest : old);
    } else if (write instanceof StoreWrite.Attempts added) {
      add(added);
    } else if (write instanceof StoreWrite.Rollups added) {
      added.rollups().forEach(this::add);
    } else if (write instanceof StoreWrite.Findings added) {
      findings.merge(
          added.run(), added, (old, latest) -> latest.revision() >= old.revision() ? latest : old);
    } else if (write instanceof StoreWrite.Summary added) {
      summaries.merge(
          added.summary().key(),
          added,
          (old, latest) -> latest.revision() >= old.revision() ? latest : old);
    }
  }

  /** The number of things that wait. */
  int size() {
    return rollups.size() + folds.size() + attemptCount + findings.size() + summaries.size();
  }

  /** Stores everything, a run's summary last: who reads "complete" finds all of it. */
  void storeIn(OpenStores stores) {
    attempts.forEach(stores.archive()::upsert);
    if (!rollups.isEmpty()) {
      stores.series().upsert(new ArrayList<>(rollups.values()));
    }
    for (StoreWrite.Fold fold : folds.values()) {
      stores.catalogue().upsertProcess(fold.run(), fold.process(), fold.revision(), fold.fold());
    }
    for (StoreWrite.Findings found : findings.values()) {
      stores.catalogue().upsertFindings(found.run(), found.revision(), found.findings());
    }
    for (StoreWrite.Summary summary : summaries.values()) {
      stores.catalogue().upsertRun(summary.summary(), summary.revision());
    }
  }

  private void add(Rollup rollup) {
    RollupId id =
        new RollupId(
            rollup.run(),
            rollup.level(),
            rollup.entity(),
            rollup.windowStartMillis(),
            rollup.windowMillis());
    rollups.merge(id, rollup, (old, latest) -> latest.revision() >= old.revision() ? latest : old);
  }

  private void add(StoreWrite.Attempts write) throws IOException {
    Envelope envelope;
    try {
      envelope = EnvelopeDecoder.decode(write.envelope());
    } catch (WireException e) {
      throw new IOException("an envelope that was decoded before is not readable now", e);
    }
    List<ArchivedAttempt> known = attempts.computeIfAbsent(write.run(), run -> new ArrayList<>());
    for (AttemptRecord attempt : envelope.attempts()) {
      if (attempt.kind() == AttemptKind.WHOLE) {
        known.add(new ArchivedAttempt(envelope.identity().process(), write.executorId(), attempt));
        attemptCount++;
      }
    }
  }
}
