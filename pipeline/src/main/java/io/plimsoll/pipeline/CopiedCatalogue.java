// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.pipeline;

import io.plimsoll.diagnosis.finding.Finding;
import io.plimsoll.profile.FoldFormatException;
import io.plimsoll.profile.ProcessFold;
import io.plimsoll.profile.RunKey;
import io.plimsoll.profile.RunProfile;
import io.plimsoll.store.Fact;
import io.plimsoll.store.RunCatalogue;
import io.plimsoll.tuner.recommendation.Recommendation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * A catalogue that also tells what it is given as facts, to be copied. A process's fold is read for
 * that once a minute at most, and at the end of its run.
 */
final class CopiedCatalogue implements RunCatalogue {
  private static final long PROCESS_PAUSE_MILLIS = 60_000;
  private static final int MOST_PROCESSES = 20_000;
  private static final int MOST_RUNS = 2_000;

  private final RunCatalogue first;
  private final Consumer<List<Fact>> copy;
  private final LongSupplier clockMillis;
  private final Map<UUID, Long> toldMillis = bounded(MOST_PROCESSES);
  private final Map<RunKey, List<Finding>> findings = bounded(MOST_RUNS);
  private final Map<RunKey, RunFacts> runs = bounded(MOST_RUNS);

  /**
   * @param copy is given the facts; it neither fails nor blocks
   * @param clockMillis epoch milliseconds
   */
  CopiedCatalogue(RunCatalogue first, Consumer<List<Fact>> copy, LongSupplier clockMillis) {
    this.first = first;
    this.copy = copy;
    this.clockMillis = clockMillis;
  }

  @Override
  public void upsertProcess(RunKey run, UUID process, long revision, byte[] fold) {
    first.upsertProcess(run, process, revision, fold);
    long now = clockMillis.getAsLong();
    Long told = toldMillis.get(process);
    if (told == null || now - told >= PROCESS_PAUSE_MILLIS) {
      toldMillis.put(process, now);
      try {
        copy.accept(List.of(RunFacts.process(run, ProcessFold.fromBytes(fold).profile())));
      } catch (FoldFormatException e) {
        throw new IllegalStateException("a fold of this version is not readable", e);
      }
    }
  }

  @Override
  public void upsertRun(RunSummary summary, long revision) {
    first.upsertRun(summary, revision);
    if (summary.startMillis() < 0 || summary.name().isEmpty()) {
      return;
    }
    RunFacts facts = runs.computeIfAbsent(summary.key(), any -> new RunFacts());
    List<Fact> told = new ArrayList<>();
    Optional<RunProfile> whole =
        summary.complete() ? first.profile(summary.key()) : Optional.empty();
    told.add(facts.run(summary, whole));
    whole.ifPresent(
        profile ->
            profile
                .processes()
                .forEach(process -> told.add(RunFacts.process(summary.key(), process))));
    told.addAll(facts.findings(summary, findings.getOrDefault(summary.key(), List.of())));
    copy.accept(told);
  }

  @Override
  public List<RunSummary> runs() {
    return first.runs();
  }

  @Override
  public Optional<RunProfile> profile(RunKey run) {
    return first.profile(run);
  }

  @Override
  public void upsertFindings(RunKey run, long revision, List<Finding> all) {
    first.upsertFindings(run, revision, all);
    // Told with the run, whose job they are found by.
    findings.put(run, List.copyOf(all));
  }

  @Override
  public List<Finding> findings(RunKey run) {
    return first.findings(run);
  }

  @Override
  public void putRecommendation(Recommendation recommendation) {
    first.putRecommendation(recommendation);
  }

  @Override
  public Optional<Recommendation> recommendation(RunKey run) {
    return first.recommendation(run);
  }

  private static <K, V> Map<K, V> bounded(int most) {
    return new LinkedHashMap<>(16, 0.75f, true) {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > most;
      }
    };
  }
}
