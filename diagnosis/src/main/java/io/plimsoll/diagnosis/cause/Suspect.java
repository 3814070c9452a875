// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.cause;

import java.util.List;

/**
 * A component that may be to blame, and all that speaks for and against it.
 *
 * @param component the suspect
 * @param score residual · anomaly · gate, or its links' evidence where that is more
 * @param confidence calibrated share of the cases like this in which it is the cause, 0 to 1
 * @param isCause whether it is one of the smallest set of suspects that explains what is wrong
 * @param rank 1 for the highest score; equal scores have an equal rank
 * @param severity of its worst family
 * @param residual what none of its own causes explains
 * @param linkSeverity the mean severity of its observed links
 * @param gate how far suspicion reaches it from the symptom, 0 to 1
 * @param isInferred whether nothing of it was measured and what depends on it told
 * @param path from the symptom to it
 * @param explains anomalies that follow from it
 * @param circle others that it explains and that explain it, so that the data cannot tell them
 *     apart; empty where it is in no circle
 * @param against what speaks against it, one sentence each
 */
public record Suspect(
    int component,
    double score,
    double confidence,
    boolean isCause,
    int rank,
    double severity,
    double residual,
    double linkSeverity,
    double gate,
    boolean isInferred,
    List<Hop> path,
    List<Explained> explains,
    List<Integer> circle,
    List<String> against) {
  public Suspect {
    path = List.copyOf(path);
    explains = List.copyOf(explains);
    circle = List.copyOf(circle);
    against = List.copyOf(against);
  }
}
