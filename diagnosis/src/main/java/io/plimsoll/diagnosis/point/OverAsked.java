// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.point;

import io.plimsoll.diagnosis.finding.Finding;
import io.plimsoll.diagnosis.finding.Severity;
import io.plimsoll.diagnosis.signal.RunFacts;

/** What executors and driver are judged by alike. */
final class OverAsked {
  private OverAsked() {}

  static Finding judge(
      Thresholds limits,
      FindingDraft draft,
      String who,
      MemoryNeed need,
      long askedBytes,
      RunFacts facts,
      long lifetimeMillis,
      String role) {
    double unused = askedBytes <= 0 ? 0 : Math.max(0, 1 - (double) need.bytes() / askedBytes);
    Severity severity = limits.severity(unused);
    draft
        .evidence("container asked", askedBytes, "bytes", "configuration")
        .evidence("highest resident set", need.rssBytes(), "bytes", who)
        .evidence("unused share", unused, "ratio", who)
        .confidence(facts.trust() * need.trust())
        .cost(RunFacts.mebibyteMillis(Math.max(0, askedBytes - need.bytes()), lifetimeMillis), 0);
    if (need.heldBytes() >= 0) {
      draft.evidence(
          "heap after collections and non-heap, " + need.grade(), need.heldBytes(), "bytes", who);
      if (need.rssBytes() > need.heldBytes()) {
        draft.counter(
            "touched beyond what was held", need.rssBytes() - need.heldBytes(), "bytes", who);
      }
    }
    String reason =
        "The "
            + role
            + " that needed most held "
            + Wording.size(need.bytes())
            + " of "
            + Wording.size(askedBytes)
            + ": "
            + Wording.percent(unused)
            + " were never needed.";
    return draft.judge(
        severity, reason, "Lower spark." + role + ".memory; the recommendation says how far.");
  }
}
