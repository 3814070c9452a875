// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.store;

import io.plimsoll.profile.Rollup;
import io.plimsoll.profile.RunKey;
import java.util.List;

/**
 * Series in a first store, which is the truth, and in a copy, whose trouble never reaches the
 * caller.
 *
 * @param first answers all questions; its failures are the caller's
 * @param copy is given what the first has taken
 */
public record SeriesCopies(SeriesStore first, BufferedSeriesStore copy) implements SeriesStore {
  @Override
  public boolean keeps(Rollup.Level level) {
    return first.keeps(level);
  }

  @Override
  public void upsert(List<Rollup> rollups) {
    first.upsert(rollups);
    copy.upsert(rollups);
  }

  @Override
  public List<Rollup> rollups(RunKey run, Rollup.Level level) {
    return first.rollups(run, level);
  }
}
