// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.server;

import io.plimsoll.diagnosis.finding.Finding;
import io.plimsoll.profile.RunKey;
import io.plimsoll.profile.RunProfile;
import io.plimsoll.store.RunCatalogue;
import io.plimsoll.store.RunCatalogue.RunSummary;
import io.plimsoll.store.StoreException;
import io.plimsoll.tuner.recommendation.Recommendation;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for complete runs without a recommendation, lets the tuner make one and stores it; one
 * daemon thread. A run whose findings have not arrived is given a few rounds' grace.
 */
public final class RecommendationRunner implements AutoCloseable {
  private static final Logger logger = LoggerFactory.getLogger(RecommendationRunner.class);

  /** Rounds that a complete run may stay without findings before it is tuned without them. */
  static final int ROUNDS_OF_GRACE = 5;

  private final RunCatalogue catalogue;
  private final BiFunction<RunProfile, List<Finding>, Recommendation> tuner;
  private final Set<RunKey> settled = new HashSet<>();
  private final Map<RunKey, Integer> roundsWaited = new HashMap<>();
  private final ScheduledExecutorService rounds;
  private boolean storeFailing;

  private RecommendationRunner(
      RunCatalogue catalogue, BiFunction<RunProfile, List<Finding>, Recommendation> tuner) {
    this.catalogue = Objects.requireNonNull(catalogue, "catalogue is null");
    this.tuner = Objects.requireNonNull(tuner, "tuner is null");
    this.rounds =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "plimsoll-recommendations");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Starts looking, once every {@code interval}.
   *
   * @param tuner profile and findings of a complete run to its recommendation
   */
  public static RecommendationRunner start(
      RunCatalogue catalogue,
      BiFunction<RunProfile, List<Finding>, Recommendation> tuner,
      Duration interval) {
    RecommendationRunner runner = new RecommendationRunner(catalogue, tuner);
    long nanos = interval.toNanos();
    runner.rounds.scheduleWithFixedDelay(runner::round, nanos, nanos, TimeUnit.NANOSECONDS);
    return runner;
  }

  private void round() {
    try {
      for (RunSummary run : catalogue.runs()) {
        if (run.complete() && !settled.contains(run.key())) {
          settle(run.key());
        }
      }
      storeFailing = false;
    } catch (StoreException e) {
      if (!storeFailing) {
        logger.warn("recommendations wait for the store: {}", e.getMessage());
      }
      storeFailing = true;
    } catch (RuntimeException e) {
      logger.error("a round of recommendations failed", e);
    }
  }

  private void settle(RunKey run) {
    if (catalogue.recommendation(run).isPresent()) {
      settled.add(run);
      return;
    }
    Optional<RunProfile> profile = catalogue.profile(run);
    List<Finding> findings = catalogue.findings(run);
    boolean isReady = profile.isPresent() && !findings.isEmpty();
    if (!isReady && roundsWaited.merge(run, 1, Integer::sum) <= ROUNDS_OF_GRACE) {
      return;
    }
    roundsWaited.remove(run);
    settled.add(run);
    if (profile.isPresent()) {
      recommend(profile.get(), findings);
    } else {
      logger.warn("run {} is complete and has no profile: nothing to recommend", run.id());
    }
  }

  private void recommend(RunProfile profile, List<Finding> findings) {
    Recommendation recommendation;
    try {
      recommendation = tuner.apply(profile, findings);
    } catch (RuntimeException e) {
      logger.error("no recommendation for run {}: the tuner failed", profile.key().id(), e);
      return;
    }
    try {
      catalogue.putRecommendation(recommendation);
    } catch (StoreException e) {
      settled.remove(profile.key());
      throw e;
    }
  }

  /** Stops looking; a recommendation under way is finished and stored. */
  @Override
  public void close() {
    rounds.shutdown();
    try {
      if (!rounds.awaitTermination(5, TimeUnit.SECONDS)) {
        rounds.shutdownNow();
      }
    } catch (InterruptedException e) {
      rounds.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
