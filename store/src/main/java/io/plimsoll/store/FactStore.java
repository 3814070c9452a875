// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.store;

import java.util.List;

/** Facts of runs, processes and findings. */
public interface FactStore {
  /**
   * Stores each fact in the place of what is known of the same run, kind and entity.
   *
   * @throws StoreException when nothing could be stored
   */
  void put(List<Fact> facts);
}
