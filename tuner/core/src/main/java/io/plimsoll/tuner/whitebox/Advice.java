// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.tuner.whitebox;

import io.plimsoll.tuner.recommendation.Abstention;
import io.plimsoll.tuner.recommendation.Change;
import java.util.ArrayList;
import java.util.List;

/** What one part of the white box says; filled by it, read by the tuner. */
final class Advice {
  private final List<Change> changes = new ArrayList<>();
  private final List<Abstention> abstained = new ArrayList<>();

  void change(Change change) {
    changes.add(change);
  }

  void abstain(String key, String reason, String wouldNeed) {
    abstained.add(new Abstention(key, reason, wouldNeed));
  }

  List<Change> changes() {
    return List.copyOf(changes);
  }

  List<Abstention> abstained() {
    return List.copyOf(abstained);
  }
}
