// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.point;

import io.plimsoll.diagnosis.finding.Severity;

/**
 * Keeps what is striking but costs next to nothing from being called severe: from 1, 3, 10 and 25 %
 * of the run on a finding may be low, moderate, severe and critical. A short job that runs often is
 * judged like a long one.
 */
final class PaidShare {
  private static final Thresholds LIMITS =
      new Thresholds("share of the run that was paid", 0.01, 0.03, 0.1, 0.25);

  private PaidShare() {}

  /** The severity, or the lower one that the share of the run allows. */
  static Severity limit(Severity severity, double shareOfRun) {
    Severity paid = LIMITS.severity(shareOfRun);
    return severity.compareTo(paid) <= 0 ? severity : paid;
  }
}
