// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.tuner.recommendation;

import io.plimsoll.profile.RunKey;
import java.util.List;
import java.util.Objects;

/**
 * What to set for the next run of a job, and on what that rests.
 *
 * @param basedOn the observed run
 * @param changes in the order in which a person reads them; keys are unique
 * @param abstained what was looked at and left alone, with the reason
 * @param allocatedMemoryFactor expected allocated memory of the next run over this one's, at the
 *     same lifetime; 1 without changes
 * @param allocatedCoresFactor the same for cores
 */
public record Recommendation(
    RunKey basedOn,
    List<Change> changes,
    List<Abstention> abstained,
    double allocatedMemoryFactor,
    double allocatedCoresFactor) {
  public Recommendation {
    Objects.requireNonNull(basedOn, "basedOn is null");
    changes = List.copyOf(changes);
    abstained = List.copyOf(abstained);
    long keys = changes.stream().map(Change::key).distinct().count();
    if (keys != changes.size()) {
      throw new IllegalArgumentException("a key is changed twice");
    }
  }
}
