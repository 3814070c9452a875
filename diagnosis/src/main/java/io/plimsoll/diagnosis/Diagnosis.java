// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis;

import io.plimsoll.diagnosis.finding.CatalogueCoverage;
import io.plimsoll.diagnosis.finding.Finding;
import io.plimsoll.diagnosis.finding.FindingState;
import io.plimsoll.diagnosis.finding.Impact;
import io.plimsoll.diagnosis.finding.Mute;
import io.plimsoll.diagnosis.finding.Severity;
import io.plimsoll.diagnosis.point.Catalogue;
import io.plimsoll.diagnosis.point.DiagnosisPoint;
import io.plimsoll.diagnosis.point.Observed;
import io.plimsoll.diagnosis.rootcause.RootCauseSearch;
import io.plimsoll.diagnosis.rootcause.RootCauses;
import io.plimsoll.diagnosis.signal.SignalSet;
import io.plimsoll.diagnosis.signal.Signals;
import io.plimsoll.profile.RunProfile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Evaluates the diagnosis points on a run. */
public final class Diagnosis {
  private static final Comparator<Finding> WORST_FIRST =
      Comparator.comparing(Finding::state)
          .thenComparing(Finding::severity, Comparator.reverseOrder())
          .thenComparing(finding -> finding.impact().mebibyteMillis(), Comparator.reverseOrder())
          .thenComparing(finding -> finding.impact().coreMillis(), Comparator.reverseOrder())
          .thenComparing(Finding::point)
          .thenComparing(Finding::component);

  private Diagnosis() {}

  /**
   * The findings of all points on a run alone, fired ones first and the worst of them at the top.
   * Every point answers, also for a run that is still going; a point that breaks is not evaluated
   * and says why.
   */
  public static List<Finding> evaluate(RunProfile run) {
    return diagnose(DiagnosisRequest.of(run)).findings();
  }

  /** As {@link #evaluate}, with history, components of the link, mutes and the coverage. */
  public static DiagnosisResult diagnose(DiagnosisRequest request) {
    SignalSet signals = Signals.of(request.run(), request.components(), request.history());
    Observed observed = new Observed(request.run(), signals, request.history());
    List<Finding> findings =
        evaluate(observed, Catalogue.all()).stream()
            .map(finding -> muted(finding, request))
            .sorted(WORST_FIRST)
            .toList();
    RootCauses causes = RootCauseSearch.of(request.run(), findings);
    return new DiagnosisResult(findings, causes, coverage(findings), signals);
  }

  /** How much of the catalogue was looked at, by findings that were kept. */
  public static CatalogueCoverage coverage(List<Finding> findings) {
    return CoverageCount.of(Catalogue.all(), findings);
  }

  static List<Finding> evaluate(Observed observed, List<DiagnosisPoint> points) {
    List<Finding> findings = new ArrayList<>();
    for (DiagnosisPoint point : points) {
      findings.addAll(evaluate(observed, point));
    }
    findings.sort(WORST_FIRST);
    return List.copyOf(findings);
  }

  private static Finding muted(Finding finding, DiagnosisRequest request) {
    if (finding.state() == FindingState.FIRED) {
      for (Mute mute : request.mutes()) {
        if (mute.silences(finding, request.nowMillis())) {
          return finding.muted(mute);
        }
      }
    }
    return finding;
  }

  private static List<Finding> evaluate(Observed observed, DiagnosisPoint point) {
    try {
      List<Finding> findings = point.evaluate(observed);
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
        Impact.NONE,
        "",
        List.of(),
        List.of(),
        "The point could not be evaluated: " + why,
        "");
  }
}
