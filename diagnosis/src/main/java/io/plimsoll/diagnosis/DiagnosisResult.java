// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis;

import io.plimsoll.diagnosis.finding.CatalogueCoverage;
import io.plimsoll.diagnosis.finding.Finding;
import io.plimsoll.diagnosis.point.Catalogue;
import io.plimsoll.diagnosis.rootcause.RootCauses;
import io.plimsoll.diagnosis.signal.SignalSet;
import java.util.List;

/**
 * What came of a diagnosis.
 *
 * @param findings of all points, fired ones first and the worst of them at the top
 * @param rootCauses which of the findings are causes, and which consequences
 * @param coverage how much of the catalogue was looked at
 * @param signals what the points judged
 */
public record DiagnosisResult(
    List<Finding> findings, RootCauses rootCauses, CatalogueCoverage coverage, SignalSet signals) {
  public DiagnosisResult {
    findings = List.copyOf(findings);
  }

  /** What is to be kept of the run as history of later ones: some twenty numbers. */
  public SignalSet remembered() {
    return signals.remembered(Catalogue.withHistory());
  }
}
