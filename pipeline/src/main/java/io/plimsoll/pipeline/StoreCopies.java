// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.pipeline;

import io.plimsoll.profile.RunKey;
import io.plimsoll.store.BufferedSeriesStore;
import io.plimsoll.store.CopyBuffer;
import io.plimsoll.store.Fact;
import io.plimsoll.store.SeriesCopies;
import io.plimsoll.store.influx.InfluxSettings;
import io.plimsoll.store.influx.InfluxStore;
import io.plimsoll.store.sqlite.SqliteStore;
import java.time.Duration;

/** Opens a first store with a copy behind bounded buffers. */
final class StoreCopies {
  private static final int ROLLUPS = 200_000;
  private static final int FACTS = 20_000;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private record FactId(Fact.Kind kind, RunKey run, String entity) {}

  private StoreCopies() {}

  static OpenStores open(SqliteStore first, InfluxSettings influx) {
    InfluxStore target = InfluxStore.on(influx);
    BufferedSeriesStore series =
        new BufferedSeriesStore(target, ROLLUPS, FIRST_PAUSE, LONGEST_PAUSE);
    CopyBuffer<FactId, Fact> facts =
        new CopyBuffer<>(
            new CopyBuffer.Way<>(
                "facts",
                fact -> new FactId(fact.kind(), fact.run(), fact.entity()),
                (old, latest) -> latest,
                target::put),
            FACTS,
            FIRST_PAUSE,
            LONGEST_PAUSE);
    return new OpenStores(
        new SeriesCopies(first, series),
        new CopiedCatalogue(first, facts::put, System::currentTimeMillis),
        first,
        () -> {
          // The first store first: what it has is safe whatever the copy does.
          first.close();
          series.close();
          facts.close();
          target.close();
        });
  }
}
