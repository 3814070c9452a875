// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.tuner.whitebox;

import io.plimsoll.profile.EvidenceGrade;
import io.plimsoll.tuner.recommendation.Change;
import io.plimsoll.tuner.recommendation.Interval;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/** Collects a change's inputs until it is made. */
final class ChangeDraft {
  private final String key;
  private final String from;
  private final SortedMap<String, String> inputs = new TreeMap<>();

  ChangeDraft(String key, String from) {
    this.key = key;
    this.from = from;
  }

  ChangeDraft size(String name, long bytes) {
    inputs.put(name, mebibytes(bytes));
    return this;
  }

  ChangeDraft seconds(String name, long millis) {
    inputs.put(name, String.format(Locale.ROOT, "%.1f s", millis / 1e3));
    return this;
  }

  ChangeDraft percent(String name, double share) {
    inputs.put(name, String.format(Locale.ROOT, "%.1f %%", share * 100));
    return this;
  }

  ChangeDraft input(String name, String value) {
    inputs.put(name, value);
    return this;
  }

  Change make(
      String to,
      String formula,
      EvidenceGrade grade,
      Interval interval,
      String risk,
      String revertedBy) {
    return new Change(key, from, to, formula, inputs, grade, interval, risk, revertedBy);
  }

  static String mebibytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f MiB", bytes / 1048576.0);
  }
}
