// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.rootcause;

import io.plimsoll.diagnosis.finding.Evidence;
import io.plimsoll.diagnosis.finding.Finding;
import io.plimsoll.diagnosis.finding.Impact;
import io.plimsoll.diagnosis.finding.Severity;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * One problem in one place, and the findings that see it.
 *
 * @param findings at least one, the plainest first
 * @param own wall time it takes by itself, ms
 */
record Trouble(Problem problem, Place place, List<Finding> findings, double own) {
  private static final int MOST_EVIDENCE = 12;

  Trouble {
    findings = findings.stream().sorted(plainest(problem)).toList();
  }

  private static Comparator<Finding> plainest(Problem problem) {
    return Comparator.comparing(Finding::severity, Comparator.reverseOrder())
        .thenComparingInt(each -> problem.points().indexOf(each.point()))
        .thenComparing(each -> each.impact().wallMillis(), Comparator.reverseOrder())
        .thenComparing(each -> each.impact().coreMillis(), Comparator.reverseOrder())
        .thenComparing(Finding::point)
        .thenComparing(Finding::component);
  }

  /** The finding that sees it most plainly. */
  Finding plainest() {
    return findings.get(0);
  }

  Severity severity() {
    return plainest().severity();
  }

  /** Of the finding that is surest. */
  double confidence() {
    return findings.stream().mapToDouble(Finding::confidence).max().orElse(0);
  }

  RootCause.Related related() {
    return new RootCause.Related(plainest().point(), plainest().component());
  }

  /** The most that any of its findings says it costs, with this much wall time. */
  Impact impact(double wallMillis) {
    long memory = 0;
    long cores = 0;
    for (Finding finding : findings) {
      memory = Math.max(memory, finding.impact().mebibyteMillis());
      cores = Math.max(cores, finding.impact().coreMillis());
    }
    return Impact.of(memory, cores, Math.round(wallMillis));
  }

  List<Evidence> evidence() {
    return distinct(Finding::evidence);
  }

  List<Evidence> counterEvidence() {
    return distinct(Finding::counterEvidence);
  }

  private List<Evidence> distinct(Function<Finding, List<Evidence>> which) {
    Map<String, Evidence> found = new LinkedHashMap<>();
    for (Finding finding : findings) {
      which.apply(finding).forEach(each -> found.putIfAbsent(each.name() + each.source(), each));
    }
    return found.values().stream().limit(MOST_EVIDENCE).toList();
  }
}
