// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.point;

import io.plimsoll.diagnosis.finding.Finding;
import io.plimsoll.profile.RunProfile;
import java.util.List;

/** A point written by hand over a run's profile, where a declaration cannot say it. */
interface RunPoint extends DiagnosisPoint {
  /** The findings of this point, at least one. */
  List<Finding> evaluate(RunProfile run);

  @Override
  default List<Finding> evaluate(Observed observed) {
    return evaluate(observed.run());
  }
}
