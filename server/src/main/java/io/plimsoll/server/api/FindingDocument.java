// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.server.api;

import io.plimsoll.diagnosis.finding.Evidence;
import io.plimsoll.diagnosis.finding.Finding;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Findings as JSON objects. */
final class FindingDocument {
  /** As people read: fired first and worst first, then by point and component. */
  static final Comparator<Finding> ORDER =
      Comparator.comparing(Finding::state)
          .thenComparing(Finding::severity, Comparator.reverseOrder())
          .thenComparing(each -> each.impact().mebibyteMillis(), Comparator.reverseOrder())
          .thenComparing(each -> each.impact().coreMillis(), Comparator.reverseOrder())
          .thenComparing(Finding::point)
          .thenComparing(Finding::component);

  private FindingDocument() {}

  static List<Object> list(List<Finding> findings) {
    return Document.list(
        findings.stream().sorted(ORDER).toList(), finding -> document(finding).fields());
  }

  /** As {@link #list}, each with what to do about it. */
  static List<Object> listWithAdvice(List<Finding> findings) {
    return Document.list(
        findings.stream().sorted(ORDER).toList(),
        finding -> document(finding).putKnown("advice", finding.advice()).fields());
  }

  private static Document document(Finding finding) {
    return new Document()
        .put("point", finding.point())
        .put("component", finding.component())
        .put("state", Words.of(finding.state()))
        .put("severity", Words.of(finding.severity()))
        .put("confidence", finding.confidence())
        .put("costGiBHours", finding.impact().gibHours())
        .put("costCoreHours", finding.impact().coreHours())
        .put("costWallSeconds", finding.impact().wallSeconds())
        .putKnown("reference", finding.reference())
        .put("evidence", Document.list(finding.evidence(), FindingDocument::evidence))
        .put("counterEvidence", Document.list(finding.counterEvidence(), FindingDocument::evidence))
        .put("reason", finding.reason());
  }

  static Map<String, Object> evidence(Evidence evidence) {
    return new Document()
        .put("name", evidence.name())
        .putKnown("value", evidence.value())
        .put("unit", evidence.unit())
        .put("source", evidence.source())
        .fields();
  }
}
