// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.point;

import io.plimsoll.diagnosis.finding.Evidence;
import io.plimsoll.diagnosis.finding.Finding;
import io.plimsoll.diagnosis.finding.FindingState;
import io.plimsoll.diagnosis.finding.Impact;
import io.plimsoll.diagnosis.finding.Severity;
import java.util.ArrayList;
import java.util.List;

/** Collects what a point has to say of one component until it is judged. */
final class FindingDraft {
  private final String point;
  private final String component;
  private final List<Evidence> evidence = new ArrayList<>();
  private final List<Evidence> counterEvidence = new ArrayList<>();
  private double confidence = 1;
  private Impact impact = Impact.NONE;
  private String reference = "static default";

  FindingDraft(PointDescription description, String component) {
    this.point = description.id();
    this.component = component;
  }

  FindingDraft evidence(String name, double value, String unit, String source) {
    evidence.add(new Evidence(name, value, unit, source));
    return this;
  }

  FindingDraft counter(String name, double value, String unit, String source) {
    counterEvidence.add(new Evidence(name, value, unit, source));
    return this;
  }

  FindingDraft confidence(double value) {
    confidence = Math.max(0, Math.min(1, value));
    return this;
  }

  /** Costs below zero count as none. */
  FindingDraft cost(long mebibyteMillis, long coreMillis) {
    return cost(mebibyteMillis, coreMillis, 0);
  }

  /** Costs below zero count as none. */
  FindingDraft cost(long mebibyteMillis, long coreMillis, long wallMillis) {
    impact = Impact.of(mebibyteMillis, coreMillis, wallMillis);
    return this;
  }

  /** What the value was held against, in words. */
  FindingDraft reference(String words) {
    reference = words;
    return this;
  }

  /** Fired with this severity, or clear where it is NONE; what is clear costs nothing. */
  Finding judge(Severity severity, String reason, String advice) {
    boolean fired = severity != Severity.NONE;
    return new Finding(
        point,
        component,
        fired ? FindingState.FIRED : FindingState.CLEAR,
        severity,
        confidence,
        fired ? impact : Impact.NONE,
        reference,
        evidence,
        counterEvidence,
        reason,
        fired ? advice : "");
  }

  /** An input is missing. */
  Finding notEvaluated(String missing, String suppliedBy) {
    return silent(
        FindingState.NOT_EVALUATED,
        "Missing: " + missing + ". " + suppliedBy + " would supply it.");
  }

  Finding notApplicable(String why) {
    return silent(FindingState.NOT_APPLICABLE, why);
  }

  private Finding silent(FindingState state, String reason) {
    return new Finding(
        point,
        component,
        state,
        Severity.NONE,
        1,
        Impact.NONE,
        "",
        evidence,
        counterEvidence,
        reason,
        "");
  }
}
