// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plimsoll.profile.Rollup;
import io.plimsoll.profile.Rollup.Level;
import io.plimsoll.profile.RunKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class BufferedSeriesStoreTest {
  private static final RunKey RUN = new RunKey("local", "app-1", 0);

  /** A store that can be away. */
  private static final class Away implements SeriesStore {
    private final InMemoryStore behind = new InMemoryStore();
    private volatile boolean away;

    @Override
    public void upsert(List<Rollup> rollups) {
      if (away) {
        throw new StoreException(StoreException.Code.UNAVAILABLE, "it is away");
      }
      behind.upsert(rollups);
    }

    @Override
    public List<Rollup> rollups(RunKey run, Level level) {
      return behind.rollups(run, level);
    }
  }

  private final Away target = new Away();

  private BufferedSeriesStore buffered(int capacity) {
    return new BufferedSeriesStore(target, capacity, Duration.ofMillis(1), Duration.ofMillis(5));
  }

  @Test
  void whatIsGivenIsWritten() throws InterruptedException {
    try (BufferedSeriesStore store = buffered(100)) {
      store.upsert(List.of(rollup(0, 1), rollup(1, 1)));
      assertThat(store.drain(Duration.ofSeconds(10))).isTrue();
      assertThat(store.rollups(RUN, Level.RUN)).containsExactly(rollup(0, 1), rollup(1, 1));
      assertThat(store.counts()).isEqualTo(new CopyBuffer.Counts(0, 2, 0, 0, null));
    }
  }

  @Test
  void awayStoreGetsEverythingWhenItIsBack() throws InterruptedException {
    target.away = true;
    try (BufferedSeriesStore store = buffered(100)) {
      store.upsert(List.of(rollup(0, 1), rollup(1, 1)));
      await().until(() -> store.counts().failures() > 2);
      store.upsert(List.of(rollup(1, 2), rollup(2, 1)));
      assertThat(store.counts().trouble()).isEqualTo("it is away");
      target.away = false;
      assertThat(store.drain(Duration.ofSeconds(10))).isTrue();
      assertThat(store.rollups(RUN, Level.RUN))
          .containsExactly(rollup(0, 1), rollup(1, 2), rollup(2, 1));
      assertThat(store.counts().dropped()).isZero();
      assertThat(store.counts().trouble()).isNull();
    }
  }

  @Test
  void storeThatIsAwayForLongLosesTheOldestAndCountsThem() throws InterruptedException {
    target.away = true;
    try (BufferedSeriesStore store = buffered(10)) {
      List<Rollup> latest = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        store.upsert(List.of(rollup(i, 1)));
        if (i >= 90) {
          latest.add(rollup(i, 1));
        }
      }
      await().until(() -> store.counts().failures() > 0 && store.counts().dropped() == 90);
      target.away = false;
      assertThat(store.drain(Duration.ofSeconds(10))).isTrue();
      assertThat(store.rollups(RUN, Level.RUN)).isEqualTo(latest);
    }
  }

  @Test
  void whatStillWaitsAtTheEndIsCounted() throws InterruptedException {
    target.away = true;
    BufferedSeriesStore store = buffered(10);
    store.upsert(List.of(rollup(0, 1), rollup(0, 2), rollup(1, 1)));
    await().until(() -> store.counts().failures() > 0);
    assertThat(store.drain(Duration.ofMillis(20))).isFalse();
    store.close();
    assertThat(store.counts().dropped()).isEqualTo(2);
  }

  @Test
  void troubleOfTheCopyNeverReachesTheFirst() {
    target.away = true;
    InMemoryStore first = new InMemoryStore();
    try (BufferedSeriesStore copy = buffered(1)) {
      SeriesCopies both = new SeriesCopies(first, copy);
      both.upsert(List.of(rollup(0, 1), rollup(1, 1), rollup(2, 1)));
      assertThat(both.rollups(RUN, Level.RUN)).hasSize(3);
      assertThat(target.rollups(RUN, Level.RUN)).isEmpty();
    }
  }

  private static Rollup rollup(int window, long revision) {
    return new Rollup(
        RUN,
        Level.RUN,
        "",
        10_000L * window,
        10_000,
        revision,
        new TreeMap<>(Map.of("cpu", revision)));
  }
}
