// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.rootcause;

import java.util.List;
import java.util.Objects;

/**
 * What caused the trouble of a run.
 *
 * @param causes the likeliest first; none where the run has no trouble, or nobody can be named
 * @param suspects what else may be behind it, the likeliest first; where it abstained these are
 *     hints
 * @param explainedAway findings that follow from others and need no work of their own
 * @param isAbstained whether there is trouble and the evidence is too thin to name its cause
 * @param reason why there is no cause: no trouble, or why it abstained; empty where there is one
 */
public record RootCauses(
    List<RootCause> causes,
    List<RootCause> suspects,
    List<ExplainedAway> explainedAway,
    boolean isAbstained,
    String reason) {
  /** Nobody looked. */
  public static final RootCauses NONE =
      new RootCauses(List.of(), List.of(), List.of(), false, "Nobody looked for causes.");

  /**
   * A finding that is a consequence.
   *
   * @param point its point
   * @param component its component
   * @param by points of what explains it, with their components
   */
  public record ExplainedAway(String point, String component, List<RootCause.Related> by) {
    public ExplainedAway {
      Objects.requireNonNull(point, "point is null");
      Objects.requireNonNull(component, "component is null");
      by = List.copyOf(by);
    }
  }

  public RootCauses {
    Objects.requireNonNull(reason, "reason is null");
    causes = List.copyOf(causes);
    suspects = List.copyOf(suspects);
    explainedAway = List.copyOf(explainedAway);
    if (isAbstained && !causes.isEmpty()) {
      throw new IllegalArgumentException("who abstains names nobody");
    }
    if (causes.isEmpty() == reason.isEmpty()) {
      throw new IllegalArgumentException("there are causes, or a reason why not");
    }
  }

  static RootCauses noTrouble(String reason) {
    return new RootCauses(List.of(), List.of(), List.of(), false, reason);
  }
}
