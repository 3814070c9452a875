// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.store;

import io.plimsoll.profile.RunKey;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is known of a run, a process or a finding as a whole, for dashboards; the latest replaces
 * the one before.
 *
 * @param entity the process's UUID, the finding's point, empty for the run
 * @param epochMillis when it began; never changes for the same fact
 * @param labels what it is looked up by; never change for the same fact
 * @param numbers whole numbers by name
 * @param texts by name
 */
public record Fact(
    Kind kind,
    RunKey run,
    String entity,
    long epochMillis,
    SortedMap<String, String> labels,
    SortedMap<String, Long> numbers,
    SortedMap<String, String> texts) {
  /** What a fact speaks of. */
  public enum Kind {
    RUN,
    PROCESS,
    FINDING
  }

  public Fact {
    labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    numbers = Collections.unmodifiableSortedMap(new TreeMap<>(numbers));
    texts = Collections.unmodifiableSortedMap(new TreeMap<>(texts));
  }
}
