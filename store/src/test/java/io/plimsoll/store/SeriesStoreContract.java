// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.profile.Rollup;
import io.plimsoll.profile.Rollup.Level;
import io.plimsoll.profile.RunKey;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link SeriesStore} promises. */
public abstract class SeriesStoreContract {
  private static final RunKey RUN = new RunKey("local", "app-1", 0);
  private static final RunKey OTHER_RUN = new RunKey("other", "app-1", 0);

  private SeriesStore store;

  protected abstract SeriesStore open();

  @BeforeEach
  void openStore() {
    store = open();
  }

  @Test
  void storedRollupsComeBackByEntityAndWindow() {
    Rollup late = rollup("b", 20_000, 1, Map.of("cpu", 3L));
    Rollup early = rollup("b", 10_000, 1, Map.of("cpu", 2L, "rss.max", Long.MAX_VALUE));
    Rollup first = rollup("a", 20_000, 1, Map.of("cpu", Long.MIN_VALUE));
    store.upsert(List.of(late, early, first));
    assertThat(store.rollups(RUN, Level.PROCESS)).containsExactly(first, early, late);
  }

  @Test
  void laterRevisionReplacesAllValues() {
    store.upsert(List.of(rollup("a", 0, 1, Map.of("cpu", 1L, "gone", 2L))));
    Rollup corrected = rollup("a", 0, 2, Map.of("cpu", 5L, "new", 7L));
    store.upsert(List.of(corrected));
    assertThat(store.rollups(RUN, Level.PROCESS)).containsExactly(corrected);
  }

  @Test
  void equalRevisionReplaces() {
    store.upsert(List.of(rollup("a", 0, 4, Map.of("cpu", 1L))));
    Rollup again = rollup("a", 0, 4, Map.of("cpu", 2L));
    store.upsert(List.of(again));
    assertThat(store.rollups(RUN, Level.PROCESS)).containsExactly(again);
  }

  @Test
  void lowerRevisionChangesNothing() {
    Rollup latest = rollup("a", 0, 9, Map.of("cpu", 9L));
    store.upsert(List.of(latest));
    Rollup beside = rollup("b", 0, 1, Map.of("cpu", 1L));
    store.upsert(List.of(rollup("a", 0, 8, Map.of("cpu", 8L)), beside));
    assertThat(store.rollups(RUN, Level.PROCESS)).containsExactly(latest, beside);
  }

  @Test
  void levelsAndRunsAreApart() {
    Rollup run = new Rollup(RUN, Level.RUN, "", 0, 10_000, 1, new TreeMap<>(Map.of("cpu", 1L)));
    Rollup other =
        new Rollup(OTHER_RUN, Level.RUN, "", 0, 10_000, 1, new TreeMap<>(Map.of("cpu", 2L)));
    store.upsert(List.of(run, other, rollup("a", 0, 1, Map.of("cpu", 3L))));
    assertThat(store.rollups(RUN, Level.RUN)).containsExactly(run);
    assertThat(store.rollups(OTHER_RUN, Level.RUN)).containsExactly(other);
    assertThat(store.rollups(OTHER_RUN, Level.PROCESS)).isEmpty();
  }

  @Test
  void stagesOfOneWindowAreApart() {
    Rollup first = stage("3.0", 1, Map.of("attempt.count", 5L));
    Rollup again = stage("3.1", 1, Map.of("attempt.count", 6L));
    Rollup other = stage("31.0", 1, Map.of("attempt.count", 7L));
    Rollup unread = stage("-1.-1", 1, Map.of("attempt.count", 8L));
    store.upsert(List.of(first, again, other, unread));
    store.upsert(List.of(stage("3.1", 0, Map.of("attempt.count", 1L))));
    assertThat(store.rollups(RUN, Level.STAGE)).containsExactly(unread, first, again, other);
  }

  @Test
  void revisionsOfOneWindowInOneCallLeaveTheHighest() {
    Rollup latest = rollup("a", 0, 3, Map.of("cpu", 3L));
    store.upsert(
        List.of(
            rollup("a", 0, 1, Map.of("cpu", 1L, "gone", 1L)),
            latest,
            rollup("a", 0, 2, Map.of("cpu", 2L))));
    assertThat(store.rollups(RUN, Level.PROCESS)).containsExactly(latest);
  }

  @Test
  void namesOfAnyKindComeBack() {
    RunKey odd = new RunKey("a, b=c \\", "it's \"x\" 50 % \n+1", 2);
    Rollup rollup =
        new Rollup(
            odd,
            Level.PROCESS,
            "e,1 =\\",
            0,
            10_000,
            1,
            new TreeMap<>(Map.of("jvm.memory.used{G1 Old Gen}.max", 1L, "a=b,c \"d\"", 2L)));
    store.upsert(List.of(rollup));
    assertThat(store.rollups(odd, Level.PROCESS)).containsExactly(rollup);
  }

  @Test
  void rollupWithoutValuesIsKept() {
    Rollup empty = rollup("a", 0, 1, Map.of());
    store.upsert(List.of(empty));
    assertThat(store.rollups(RUN, Level.PROCESS)).containsExactly(empty);
  }

  @Test
  void unknownRunHasNoRollups() {
    store.upsert(List.of());
    assertThat(store.rollups(new RunKey("local", "never", 3), Level.RUN)).isEmpty();
  }

  private static Rollup stage(String entity, long revision, Map<String, Long> values) {
    return new Rollup(RUN, Level.STAGE, entity, 0, 10_000, revision, new TreeMap<>(values));
  }

  private static Rollup rollup(
      String entity, long startMillis, long revision, Map<String, Long> values) {
    return new Rollup(
        RUN, Level.PROCESS, entity, startMillis, 10_000, revision, new TreeMap<>(values));
  }
}
