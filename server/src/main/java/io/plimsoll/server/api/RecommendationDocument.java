// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.server.api;

import io.plimsoll.tuner.recommendation.Abstention;
import io.plimsoll.tuner.recommendation.Change;
import io.plimsoll.tuner.recommendation.Interval;
import io.plimsoll.tuner.recommendation.Recommendation;
import java.util.Map;

/** A recommendation as a JSON object. */
final class RecommendationDocument {
  private RecommendationDocument() {}

  /** What the run object holds: the changes, and what was left alone. */
  static Document of(Recommendation recommendation) {
    return new Document()
        .put("changes", Document.list(recommendation.changes(), RecommendationDocument::change))
        .put(
            "abstained",
            Document.list(recommendation.abstained(), RecommendationDocument::abstention));
  }

  /** As {@link #of}, with the run it rests on and the savings that are expected. */
  static Map<String, Object> whole(Recommendation recommendation, String job) {
    Document document = new Document().put("run", recommendation.basedOn().id()).put("job", job);
    of(recommendation).fields().forEach(document::put);
    return document
        .putKnown("allocatedMemoryFactor", recommendation.allocatedMemoryFactor())
        .putKnown("allocatedCoresFactor", recommendation.allocatedCoresFactor())
        .fields();
  }

  private static Map<String, Object> change(Change change) {
    return new Document()
        .put("key", change.key())
        .putKnown("from", change.from())
        .put("to", change.to())
        .put("formula", change.formula())
        .put("inputs", change.inputs())
        .put("grade", Words.of(change.grade()))
        .put("interval", interval(change.interval()))
        .put("risk", change.risk())
        .put("revertedBy", change.revertedBy())
        .fields();
  }

  private static Map<String, Object> interval(Interval interval) {
    return new Document()
        .put("low", interval.low())
        .put("high", interval.high())
        .put("unit", interval.unit())
        .putKnown("confidence", interval.confidence())
        .put("basis", interval.basis())
        .fields();
  }

  private static Map<String, Object> abstention(Abstention abstention) {
    return new Document()
        .put("key", abstention.key())
        .put("reason", abstention.reason())
        .put("wouldNeed", abstention.wouldNeed())
        .fields();
  }
}
