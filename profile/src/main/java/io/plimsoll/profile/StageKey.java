// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.profile;

import java.util.Comparator;

/** One stage attempt; -1 where the hook could not read it. */
record StageKey(int stage, int attempt) implements Comparable<StageKey> {
  private static final Comparator<StageKey> ORDER =
      Comparator.comparingInt(StageKey::stage).thenComparingInt(StageKey::attempt);

  /** The entity of its rollups. */
  String id() {
    return stage + "." + attempt;
  }

  void write(FoldOutput out) {
    out.signed(stage);
    out.signed(attempt);
  }

  static StageKey read(FoldInput in) {
    return new StageKey(in.smallNumber(), in.smallNumber());
  }

  @Override
  public int compareTo(StageKey other) {
    return ORDER.compare(this, other);
  }
}
