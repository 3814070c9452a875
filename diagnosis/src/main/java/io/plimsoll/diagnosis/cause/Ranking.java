// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.cause;

import java.util.List;
import java.util.Objects;

/**
 * Suspects, worst first.
 *
 * @param suspects highest score first; equal scores in the order of their numbers, with equal rank
 * @param isAbstained whether the evidence is too thin to name anybody; suspects are then hints
 * @param reason why it abstained; empty where it did not
 * @param explainedAway anomalous components near the symptom that others explain
 * @param searched how many components suspicion reached
 * @param unlisted how many more are equal to the last suspect and not listed
 */
public record Ranking(
    List<Suspect> suspects,
    boolean isAbstained,
    String reason,
    List<Explained> explainedAway,
    int searched,
    int unlisted) {
  public Ranking {
    suspects = List.copyOf(suspects);
    explainedAway = List.copyOf(explainedAway);
    Objects.requireNonNull(reason, "reason is null");
  }

  /** The suspects that together explain what is wrong; none where it abstained. */
  public List<Suspect> causes() {
    return isAbstained ? List.of() : suspects.stream().filter(Suspect::isCause).toList();
  }
}
