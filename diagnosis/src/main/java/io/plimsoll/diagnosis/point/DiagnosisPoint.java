// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.point;

import io.plimsoll.diagnosis.finding.Finding;
import java.util.List;

/**
 * One check on one kind of component. It judges what was observed, also while the run is still
 * going, and never guesses: an input that is missing is named in a finding of state not evaluated.
 */
public interface DiagnosisPoint {
  /** What the point looks at and by which limits. */
  PointDescription description();

  /**
   * The findings of this point, at least one. More than one fired finding means that several
   * components are hit.
   */
  List<Finding> evaluate(Observed observed);
}
