// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis;

import io.plimsoll.diagnosis.finding.Finding;
import io.plimsoll.diagnosis.finding.FindingState;
import io.plimsoll.diagnosis.finding.Severity;
import io.plimsoll.diagnosis.point.Catalogue;
import io.plimsoll.diagnosis.point.DiagnosisPoint;
import io.plimsoll.profile.RunProfile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Asks every diagnosis point what it says of a run. */
public final class Diagnosis {
  private static final Comparator<Finding> WORST_FIRST =
      Comparator.comparing(Finding::state)
          .thenComparing(Finding::severity, Comparator.reverseOrder())
          .thenComparing(Finding::costByteMillis, Comparator.reverseOrder())
          .thenComparing(Finding::point)
          .thenComparing(Finding::component);

  private Diagnosis() {}

  /**
   * The findings of all points, fired ones first and the worst of them at the top. Every point
   * answers, also for a run that is still going; a point that breaks is not evaluated and says why.
   */
  public static List<Finding> evaluate(RunProfile run) {
    return evaluate(run, Catalogue.all());
  }

  static List<Finding> evaluate(RunProfile run, List<DiagnosisPoint> points) {
    List<Finding> findings = new ArrayList<>();
    for (DiagnosisPoint point : points) {
      findings.addAll(evaluate(run, point));
    }
    findings.sort(WORST_FIRST);
    return List.copyOf(findings);
  }

  private static List<Finding> evaluate(RunProfile run, DiagnosisPoint point) {
    try {
      List<Finding> findings = point.evaluate(run);
      return findings.isEmpty() ? List.of(broken(point, "it gave no answer")) : findings;
    } catch (RuntimeException e) { // the edge of a plug-in: told in its finding
      return List.of(broken(point, String.valueOf(e.getMessage())));
    }
  }

  private static Finding broken(DiagnosisPoint point, String why) {
    return new Finding(
        point.description().id(),
        point.description().component(),
        FindingState.NOT_EVALUATED,
        Severity.NONE,
        0,
        0,
        0,
        List.of(),
        List.of(),
        "The point could not be evaluated: " + why,
        "");
  }
}
