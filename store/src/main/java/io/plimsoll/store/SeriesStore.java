// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.store;

import io.plimsoll.profile.Rollup;
import io.plimsoll.profile.RunKey;
import java.util.List;

/** Rollups by run, level, entity and window. */
public interface SeriesStore {
  /**
   * Stores each rollup unless a higher revision of the same (run, level, entity, window) is already
   * there.
   *
   * @throws StoreException when nothing could be stored
   */
  void upsert(List<Rollup> rollups);

  /** Whether rollups of this level are kept here; others are let go without a word. */
  default boolean keeps(Rollup.Level level) {
    return true;
  }

  /** The run's rollups of one level that is kept, by entity and window start. */
  List<Rollup> rollups(RunKey run, Rollup.Level level);
}
