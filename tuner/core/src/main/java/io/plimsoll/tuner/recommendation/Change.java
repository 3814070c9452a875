// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.tuner.recommendation;

import io.plimsoll.profile.EvidenceGrade;
import java.util.Collections;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One parameter to set.
 *
 * @param key the engine's own key, for example {@code spark.executor.memory}
 * @param from the value of the observed run as the engine understood it
 * @param to the value to set, in the engine's own notation
 * @param formula how the number was made, in names of {@code inputs}
 * @param inputs name to value with unit
 * @param grade the worst grade of the inputs
 * @param risk what could go wrong, and how likely as far as it is known
 * @param revertedBy the observation that would take the change back
 */
public record Change(
    String key,
    String from,
    String to,
    String formula,
    SortedMap<String, String> inputs,
    EvidenceGrade grade,
    Interval interval,
    String risk,
    String revertedBy) {
  public Change {
    Objects.requireNonNull(key, "key is null");
    Objects.requireNonNull(from, "from is null");
    Objects.requireNonNull(to, "to is null");
    Objects.requireNonNull(formula, "formula is null");
    Objects.requireNonNull(interval, "interval is null");
    Objects.requireNonNull(risk, "risk is null");
    Objects.requireNonNull(revertedBy, "revertedBy is null");
    inputs = Collections.unmodifiableSortedMap(new TreeMap<>(inputs));
    if (grade == EvidenceGrade.NONE) {
      throw new IllegalArgumentException(key + ": advice without evidence; abstain instead");
    }
  }
}
