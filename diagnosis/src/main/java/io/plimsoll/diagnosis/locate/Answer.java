// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.locate;

import java.util.List;

/**
 * The ranking of a case in the case's own names.
 *
 * @param ranking suspects, worst first
 * @param abstained whether the evidence is too thin to name one; the ranking is then a list of
 *     hints
 * @param reason why it abstained, empty where it did not
 * @param explainedAway anomalous nodes that others explain
 * @param notes what of the case could not be used, and why
 * @param series how many series the case has
 * @param evaluated how many of them could be judged
 */
public record Answer(
    List<Entry> ranking,
    boolean abstained,
    String reason,
    List<Consequence> explainedAway,
    List<String> notes,
    long series,
    long evaluated) {
  public Answer {
    ranking = List.copyOf(ranking);
    explainedAway = List.copyOf(explainedAway);
    notes = List.copyOf(notes);
  }

  /**
   * A suspect.
   *
   * @param node its id
   * @param rank 1 for the highest score; equal scores have an equal rank
   * @param tied whether another suspect has the same rank
   * @param score how well it explains the symptom, 0 or more
   * @param confidence how likely it is the cause, 0 to 1
   * @param cause whether it is one of those that together explain what is wrong
   * @param inferred whether nothing of it was measured
   * @param evidence its metrics and edges, worst first
   * @param path from the symptom to it
   * @param explains anomalies that follow from it
   * @param circle nodes that cannot be told from it, as they explain each other
   * @param counterEvidence what speaks against it
   */
  public record Entry(
      String node,
      int rank,
      boolean tied,
      double score,
      double confidence,
      boolean cause,
      boolean inferred,
      List<EvidenceLine> evidence,
      List<Step> path,
      List<Consequence> explains,
      List<String> circle,
      List<String> counterEvidence) {
    public Entry {
      evidence = List.copyOf(evidence);
      path = List.copyOf(path);
      explains = List.copyOf(explains);
      circle = List.copyOf(circle);
      counterEvidence = List.copyOf(counterEvidence);
    }
  }

  /** A step on the path: its node, the node's severity, the type of the edge that led to it. */
  public record Step(String node, double severity, String edge) {}

  /** An anomaly that follows from another: its node, its severity, what stays unexplained. */
  public record Consequence(String node, double severity, double residual) {}
}
