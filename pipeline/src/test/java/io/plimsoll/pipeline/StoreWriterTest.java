// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.plimsoll.profile.Rollup;
import io.plimsoll.profile.Rollup.Level;
import io.plimsoll.profile.RunKey;
import io.plimsoll.store.InMemoryStore;
import io.plimsoll.store.RunCatalogue.RunSummary;
import io.plimsoll.store.SeriesStore;
import io.plimsoll.store.StoreException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.junit.jupiter.api.Test;

class StoreWriterTest {
  private static final RunKey RUN = new RunKey("test", "app-1", 0);
  private static final SinkWriter.Context NO_CONTEXT =
      new SinkWriter.Context() {
        @Override
        public long currentWatermark() {
          return 0;
        }

        @Override
        public Long timestamp() {
          return 0L;
        }
      };

  private final InMemoryStore store = new InMemoryStore();
  private final ManualTime time = new ManualTime();
  private final List<StoreException> troubles = new ArrayList<>();
  private int opened;

  @Test
  void storesWithTheTimer() throws Exception {
    try (StoreWriter writer = writer(Duration.ofSeconds(1))) {
      writer.write(new StoreWrite.Rollups(List.of(rollup(1))), NO_CONTEXT);
      assertThat(store.rollups(RUN, Level.RUN)).isEmpty();
      time.fire();
      assertThat(store.rollups(RUN, Level.RUN)).containsExactly(rollup(1));
      writer.write(new StoreWrite.Rollups(List.of(rollup(2))), NO_CONTEXT);
      time.fire();
      assertThat(store.rollups(RUN, Level.RUN)).containsExactly(rollup(2));
    }
  }

  @Test
  void storesAtTheCheckpoint() throws Exception {
    try (StoreWriter writer = writer(Duration.ofSeconds(1))) {
      RunSummary summary = new RunSummary(RUN, "orders", "spark", 1, 2, true);
      writer.write(new StoreWrite.Summary(summary, 1), NO_CONTEXT);
      writer.flush(false);
      assertThat(store.runs()).containsExactly(summary);
    }
  }

  @Test
  void unavailableStoreLosesNothingAndIsOpenedOnce() throws Exception {
    try (StoreWriter writer = writer(Duration.ofSeconds(1))) {
      troubles.add(unavailable());
      troubles.add(unavailable());
      writer.write(new StoreWrite.Rollups(List.of(rollup(1))), NO_CONTEXT);
      time.fire();
      writer.write(new StoreWrite.Rollups(List.of(rollup(3))), NO_CONTEXT);
      writer.write(new StoreWrite.Rollups(List.of(rollup(2))), NO_CONTEXT);
      time.fire();
      assertThat(store.rollups(RUN, Level.RUN)).isEmpty();
      time.fire();
      assertThat(store.rollups(RUN, Level.RUN)).containsExactly(rollup(3));
      assertThat(opened).isEqualTo(1);
    }
  }

  @Test
  void storeThatStaysAwayEndsTheJobNamingItself() throws Exception {
    try (StoreWriter writer = writer(Duration.ofMillis(1))) {
      for (int i = 0; i < 10; i++) {
        troubles.add(unavailable());
      }
      writer.write(new StoreWrite.Rollups(List.of(rollup(1))), NO_CONTEXT);
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> writer.flush(false))
          .withMessage("store x cannot be written: the disk is full");
    }
  }

  @Test
  void incompatibleStoreEndsTheJobAtOnce() throws Exception {
    try (StoreWriter writer = writer(Duration.ofHours(1))) {
      troubles.add(new StoreException(StoreException.Code.INCOMPATIBLE, "store x has schema 9"));
      writer.write(new StoreWrite.Rollups(List.of(rollup(1))), NO_CONTEXT);
      assertThatExceptionOfType(StoreException.class)
          .isThrownBy(() -> writer.flush(false))
          .withMessage("store x has schema 9");
    }
  }

  private StoreWriter writer(Duration patience) {
    SeriesStore series =
        new SeriesStore() {
          @Override
          public void upsert(List<Rollup> rollups) {
            if (!troubles.isEmpty()) {
              throw troubles.remove(0);
            }
            store.upsert(rollups);
          }

          @Override
          public List<Rollup> rollups(RunKey run, Level level) {
            return store.rollups(run, level);
          }
        };
    return new StoreWriter(
        () -> {
          opened++;
          return new OpenStores(series, store, store, () -> {});
        },
        patience,
        time);
  }

  private static StoreException unavailable() {
    return new StoreException(
        StoreException.Code.UNAVAILABLE, "store x cannot be written: the disk is full");
  }

  private static Rollup rollup(long revision) {
    return new Rollup(
        RUN, Level.RUN, "", 0, 10_000, revision, new TreeMap<>(Map.of("cpu", revision)));
  }

  /** Time that stands still until it is fired. */
  private static final class ManualTime implements ProcessingTimeService {
    private final List<ProcessingTimeCallback> timers = new ArrayList<>();

    void fire() throws Exception {
      List<ProcessingTimeCallback> due = List.copyOf(timers);
      timers.clear();
      for (ProcessingTimeCallback timer : due) {
        timer.onProcessingTime(0);
      }
    }

    @Override
    public long getCurrentProcessingTime() {
      return 0;
    }

    @Override
    public ScheduledFuture<?> registerTimer(long timestamp, ProcessingTimeCallback target) {
      timers.add(target);
      return new NeverDue();
    }
  }

  private static final class NeverDue extends CompletableFuture<Void>
      implements ScheduledFuture<Void> {
    @Override
    public long getDelay(java.util.concurrent.TimeUnit unit) {
      return Long.MAX_VALUE;
    }

    @Override
    public int compareTo(java.util.concurrent.Delayed other) {
      return 0;
    }
  }
}
