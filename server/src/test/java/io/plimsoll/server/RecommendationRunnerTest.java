// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plimsoll.diagnosis.finding.Finding;
import io.plimsoll.profile.RunKey;
import io.plimsoll.profile.RunProfile;
import io.plimsoll.store.InMemoryStore;
import io.plimsoll.store.RunCatalogue.RunSummary;
import io.plimsoll.tuner.recommendation.Recommendation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RecommendationRunnerTest {
  private static final Duration INTERVAL = Duration.ofMillis(5);

  private final InMemoryStore store = new InMemoryStore();
  private final List<RunKey> asked = new CopyOnWriteArrayList<>();
  private @Nullable RecommendationRunner runner;

  @AfterEach
  void stopRunner() {
    if (runner != null) {
      runner.close();
    }
  }

  private void start(BiFunction<RunProfile, List<Finding>, Recommendation> tuner) {
    runner =
        RecommendationRunner.start(
            store,
            (profile, findings) -> {
              asked.add(profile.key());
              return tuner.apply(profile, findings);
            },
            INTERVAL);
  }

  private static Recommendation nothing(RunProfile profile) {
    return new Recommendation(profile.key(), List.of(), List.of(), 1, 1);
  }

  private static SyntheticRun run(String application) {
    return SyntheticRun.of(
        new RunKey("local", application, 0), "orders", SyntheticRun.START_MILLIS, "6g");
  }

  private boolean isRecommended(SyntheticRun run) {
    return store.recommendation(run.key()).isPresent();
  }

  @Test
  void completeRunIsRecommendedOnceWithItsFindings() {
    SyntheticRun running = run("app-1").storeIn(store, false);
    SyntheticRun complete = run("app-2").storeIn(store, true);
    List<Integer> findings = new CopyOnWriteArrayList<>();
    start(
        (profile, found) -> {
          findings.add(found.size());
          return nothing(profile);
        });

    await().until(() -> isRecommended(complete));
    running.storeIn(store, true);
    SyntheticRun later = run("app-3").storeIn(store, true);
    await().until(() -> isRecommended(later) && isRecommended(running));

    assertThat(asked).containsExactlyInAnyOrder(complete.key(), running.key(), later.key());
    assertThat(findings).allMatch(size -> size > 0);
  }

  @Test
  void storedRecommendationIsLeftAlone() {
    SyntheticRun run = run("app-1").storeIn(store, true);
    Recommendation stored = new Recommendation(run.key(), List.of(), List.of(), 0.25, 1);
    store.putRecommendation(stored);
    SyntheticRun other = run("app-2").storeIn(store, true);
    start((profile, findings) -> nothing(profile));

    await().until(() -> isRecommended(other));

    assertThat(store.recommendation(run.key())).isEqualTo(Optional.of(stored));
    assertThat(asked).containsExactly(other.key());
  }

  @Test
  void runWithoutFindingsIsRecommendedAfterAGrace() {
    SyntheticRun run = run("app-1").storeIn(store, true);
    store.upsertFindings(run.key(), 2, List.of());
    start((profile, findings) -> nothing(profile));

    await().until(() -> isRecommended(run));
  }

  @Test
  void failingTunerDoesNotStopOtherRuns() {
    SyntheticRun sick = run("app-1").storeIn(store, true);
    SyntheticRun well = run("app-2").storeIn(store, true);
    store.upsertRun(
        new RunSummary(new RunKey("local", "no-process", 0), "x", "spark", 1, 2, true), 1);
    start(
        (profile, findings) -> {
          if (profile.key().equals(sick.key())) {
            throw new IllegalStateException("the tuner is sick, as the test wants it");
          }
          return nothing(profile);
        });

    await().until(() -> isRecommended(well));
    SyntheticRun later = run("app-3").storeIn(store, true);
    await().until(() -> isRecommended(later));

    assertThat(isRecommended(sick)).isFalse();
    assertThat(asked).filteredOn(sick.key()::equals).hasSize(1);
  }
}
