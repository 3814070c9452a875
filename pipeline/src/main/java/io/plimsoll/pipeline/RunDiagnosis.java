// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.pipeline;

import io.plimsoll.diagnosis.finding.Finding;
import io.plimsoll.profile.RunProfile;
import java.io.Serializable;
import java.util.List;

/** What is said of a run's profile; travels with the job. */
interface RunDiagnosis extends Serializable {
  List<Finding> findings(RunProfile profile);
}
