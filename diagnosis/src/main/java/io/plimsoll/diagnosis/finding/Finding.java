// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.finding;

import java.util.List;
import java.util.Objects;

/**
 * What one diagnosis point says of one component.
 *
 * @param point the point's stable id, for example {@code memory.over-asked}
 * @param component what it speaks of: {@code run}, {@code driver}, {@code executors}, {@code
 *     executor:1}, {@code stage:7.0}
 * @param severity {@link Severity#NONE} unless fired or muted
 * @param confidence from 0 to 1, in the state itself
 * @param impact what the problem costs this run
 * @param reference what the value was held against: a static default, the job's own history or its
 *     peers, in words; empty when it was not judged
 * @param evidence what speaks for the state
 * @param counterEvidence what speaks against it
 * @param reason one sentence for a person: what was found, or why it was not evaluated
 * @param advice what to do, empty when nothing
 */
public record Finding(
    String point,
    String component,
    FindingState state,
    Severity severity,
    double confidence,
    Impact impact,
    String reference,
    List<Evidence> evidence,
    List<Evidence> counterEvidence,
    String reason,
    String advice) {
  public Finding {
    Objects.requireNonNull(point, "point is null");
    Objects.requireNonNull(component, "component is null");
    Objects.requireNonNull(state, "state is null");
    Objects.requireNonNull(severity, "severity is null");
    Objects.requireNonNull(impact, "impact is null");
    Objects.requireNonNull(reference, "reference is null");
    Objects.requireNonNull(reason, "reason is null");
    Objects.requireNonNull(advice, "advice is null");
    evidence = List.copyOf(evidence);
    counterEvidence = List.copyOf(counterEvidence);
    if (!(confidence >= 0 && confidence <= 1)) {
      throw new IllegalArgumentException("confidence " + confidence + " is not within 0 and 1");
    }
    boolean bad = state == FindingState.FIRED || state == FindingState.MUTED;
    if (bad == (severity == Severity.NONE)) {
      throw new IllegalArgumentException(point + ": severity " + severity + " with state " + state);
    }
    if (reason.isBlank()) {
      throw new IllegalArgumentException(point + ": a finding says why");
    }
  }

  /** Whether the problem is there, muted or not: a mute spares people, it makes nothing safe. */
  public boolean hasFired() {
    return state == FindingState.FIRED || state == FindingState.MUTED;
  }

  /** The same, told as muted for this reason. */
  public Finding muted(Mute mute) {
    return new Finding(
        point,
        component,
        FindingState.MUTED,
        severity,
        confidence,
        impact,
        reference,
        evidence,
        counterEvidence,
        reason + " Muted: " + mute.reason(),
        advice);
  }
}
