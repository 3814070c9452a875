// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.rootcause;

import io.plimsoll.diagnosis.finding.Evidence;
import io.plimsoll.diagnosis.finding.Impact;
import java.util.List;
import java.util.Objects;

/**
 * Something that made a run fail, slow or unsteady, and is not itself explained by anything else
 * that was found.
 *
 * @param point id of the point that sees it most plainly
 * @param component where it is, as findings name components
 * @param kind what is wrong, lower case with dashes, for programs
 * @param title what is wrong, in a few words
 * @param sentence what was found, one sentence for a person
 * @param probability from 0 to 1, that it is a cause
 * @param path from the symptom to the cause, at least the cause itself
 * @param explains findings that follow from it, the worst first
 * @param impact what it took of the run; wall time is what the run could have been shorter by
 * @param evidence what speaks for it
 * @param counterEvidence what speaks against it
 * @param doubts what could be behind it and was not looked at, one sentence each
 * @param advice what to do
 */
public record RootCause(
    String point,
    String component,
    String kind,
    String title,
    String sentence,
    double probability,
    List<Step> path,
    List<Related> explains,
    Impact impact,
    List<Evidence> evidence,
    List<Evidence> counterEvidence,
    List<String> doubts,
    String advice) {
  /**
   * One station on the way from the symptom to the cause.
   *
   * @param component where
   * @param what what is wrong there, in a few words
   * @param by how the station before depends on this one, in words; empty for the first
   */
  public record Step(String component, String what, String by) {
    public Step {
      Objects.requireNonNull(component, "component is null");
      Objects.requireNonNull(what, "what is null");
      Objects.requireNonNull(by, "by is null");
    }
  }

  /** A finding that is spoken of, by its point and component. */
  public record Related(String point, String component) {
    public Related {
      Objects.requireNonNull(point, "point is null");
      Objects.requireNonNull(component, "component is null");
    }
  }

  public RootCause {
    Objects.requireNonNull(point, "point is null");
    Objects.requireNonNull(component, "component is null");
    Objects.requireNonNull(kind, "kind is null");
    Objects.requireNonNull(title, "title is null");
    Objects.requireNonNull(sentence, "sentence is null");
    Objects.requireNonNull(impact, "impact is null");
    Objects.requireNonNull(advice, "advice is null");
    path = List.copyOf(path);
    explains = List.copyOf(explains);
    evidence = List.copyOf(evidence);
    counterEvidence = List.copyOf(counterEvidence);
    doubts = List.copyOf(doubts);
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException("probability " + probability + " is not within 0 and 1");
    }
  }
}
