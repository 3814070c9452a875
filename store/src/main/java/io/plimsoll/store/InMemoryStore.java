// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.store;

import io.plimsoll.diagnosis.finding.Finding;
import io.plimsoll.profile.Rollup;
import io.plimsoll.profile.RunKey;
import io.plimsoll.profile.RunProfile;
import io.plimsoll.tuner.recommendation.Recommendation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** All three ports in the memory of one JVM, for tests and for runs that nobody keeps. */
public final class InMemoryStore implements SeriesStore, RunCatalogue, AttemptArchive {
  private record RollupId(
      RunKey run, Rollup.Level level, String entity, long startMillis, long windowMillis) {}

  private record AttemptId(UUID process, long taskId, long startMillis, long wallNanos) {}

  private record Revised<T>(long revision, T value) {}

  private final Map<RollupId, Revised<Rollup>> rollups = new HashMap<>();
  private final Map<RunKey, Map<UUID, Revised<byte[]>>> folds = new HashMap<>();
  private final Map<RunKey, Revised<RunSummary>> summaries = new HashMap<>();
  private final Map<RunKey, Revised<List<Finding>>> findings = new HashMap<>();
  private final Map<RunKey, Recommendation> recommendations = new HashMap<>();
  private final Map<RunKey, Map<AttemptId, ArchivedAttempt>> attempts = new HashMap<>();

  @Override
  public synchronized void upsert(List<Rollup> batch) {
    for (Rollup rollup : batch) {
      RollupId id =
          new RollupId(
              rollup.run(),
              rollup.level(),
              rollup.entity(),
              rollup.windowStartMillis(),
              rollup.windowMillis());
      putUnlessOlder(rollups, id, new Revised<>(rollup.revision(), rollup));
    }
  }

  @Override
  public synchronized List<Rollup> rollups(RunKey run, Rollup.Level level) {
    return rollups.values().stream()
        .map(Revised::value)
        .filter(rollup -> rollup.run().equals(run) && rollup.level() == level)
        .sorted(
            Comparator.comparing(Rollup::entity)
                .thenComparingLong(Rollup::windowStartMillis)
                .thenComparingLong(Rollup::windowMillis))
        .toList();
  }

  @Override
  public synchronized void upsertProcess(RunKey run, UUID process, long revision, byte[] fold) {
    putUnlessOlder(
        folds.computeIfAbsent(run, key -> new TreeMap<>(Comparator.comparing(UUID::toString))),
        process,
        new Revised<>(revision, fold.clone()));
  }

  @Override
  public synchronized void upsertRun(RunSummary summary, long revision) {
    putUnlessOlder(summaries, summary.key(), new Revised<>(revision, summary));
  }

  @Override
  public synchronized List<RunSummary> runs() {
    return summaries.values().stream()
        .map(Revised::value)
        .sorted(
            Comparator.comparingLong(RunSummary::startMillis)
                .reversed()
                .thenComparing(RunSummary::key))
        .toList();
  }

  @Override
  public Optional<RunProfile> profile(RunKey run) {
    return stored(run).profile(run, "memory");
  }

  @Override
  public synchronized void upsertFindings(RunKey run, long revision, List<Finding> all) {
    putUnlessOlder(findings, run, new Revised<>(revision, List.copyOf(all)));
  }

  @Override
  public synchronized List<Finding> findings(RunKey run) {
    Revised<List<Finding>> found = findings.get(run);
    return found == null ? List.of() : found.value();
  }

  @Override
  public synchronized void putRecommendation(Recommendation recommendation) {
    recommendations.put(recommendation.basedOn(), recommendation);
  }

  @Override
  public synchronized Optional<Recommendation> recommendation(RunKey run) {
    return Optional.ofNullable(recommendations.get(run));
  }

  @Override
  public synchronized void upsert(RunKey run, List<ArchivedAttempt> batch) {
    Map<AttemptId, ArchivedAttempt> known = attempts.computeIfAbsent(run, key -> new HashMap<>());
    for (ArchivedAttempt archived : batch) {
      AttemptId id =
          new AttemptId(
              archived.process(),
              archived.attempt().taskId(),
              archived.attempt().startEpochMillis(),
              archived.attempt().wallNanos());
      known.putIfAbsent(id, archived);
    }
  }

  @Override
  public synchronized List<ArchivedAttempt> attempts(RunKey run) {
    Comparator<ArchivedAttempt> byTask =
        Comparator.comparingLong(archived -> archived.attempt().taskId());
    return attempts.getOrDefault(run, Map.of()).values().stream()
        .sorted(
            byTask
                .thenComparingLong(archived -> archived.attempt().startEpochMillis())
                .thenComparing(archived -> archived.process().toString())
                .thenComparingLong(archived -> archived.attempt().wallNanos()))
        .toList();
  }

  private synchronized StoredFolds stored(RunKey run) {
    Collection<Revised<byte[]>> known = folds.getOrDefault(run, Map.of()).values();
    Revised<RunSummary> summary = summaries.get(run);
    return new StoredFolds(
        new ArrayList<>(known.stream().map(Revised::value).toList()),
        summary != null && summary.value().complete());
  }

  private static <K, T> void putUnlessOlder(Map<K, Revised<T>> known, K key, Revised<T> offered) {
    known.merge(key, offered, (old, latest) -> latest.revision() >= old.revision() ? latest : old);
  }
}
