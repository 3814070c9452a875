// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.server.api;

import io.plimsoll.diagnosis.rootcause.RootCause;
import io.plimsoll.diagnosis.rootcause.RootCauses;
import java.util.List;
import java.util.Map;

/** Root causes as JSON objects. */
final class RootCauseDocument {
  private RootCauseDocument() {}

  /** The causes that are named, the likeliest first. */
  static List<Object> causes(RootCauses causes) {
    return Document.list(causes.causes(), RootCauseDocument::cause);
  }

  /** How the search went: whether it abstained and why, further suspects, consequences. */
  static Map<String, Object> search(RootCauses causes) {
    return new Document()
        .put("abstained", causes.isAbstained())
        .putKnown("reason", causes.reason())
        .put("suspects", Document.list(causes.suspects(), RootCauseDocument::cause))
        .put("explainedAway", Document.list(causes.explainedAway(), RootCauseDocument::away))
        .fields();
  }

  private static Map<String, Object> cause(RootCause cause) {
    return new Document()
        .put("point", cause.point())
        .put("component", cause.component())
        .put("kind", cause.kind())
        .put("title", cause.title())
        .put("sentence", cause.sentence())
        .put("probability", cause.probability())
        .put("path", Document.list(cause.path(), RootCauseDocument::step))
        .put("explains", Document.list(cause.explains(), RootCauseDocument::related))
        .put("costWallSeconds", cause.impact().wallSeconds())
        .put("costCoreHours", cause.impact().coreHours())
        .put("costGiBHours", cause.impact().gibHours())
        .put("evidence", Document.list(cause.evidence(), FindingDocument::evidence))
        .put("counterEvidence", Document.list(cause.counterEvidence(), FindingDocument::evidence))
        .put("doubts", cause.doubts())
        .putKnown("advice", cause.advice())
        .fields();
  }

  private static Map<String, Object> step(RootCause.Step step) {
    return new Document()
        .put("component", step.component())
        .put("what", step.what())
        .putKnown("by", step.by())
        .fields();
  }

  private static Map<String, Object> away(RootCauses.ExplainedAway away) {
    return new Document()
        .put("point", away.point())
        .put("component", away.component())
        .put("by", Document.list(away.by(), RootCauseDocument::related))
        .fields();
  }

  private static Map<String, Object> related(RootCause.Related related) {
    return new Document()
        .put("point", related.point())
        .put("component", related.component())
        .fields();
  }
}
