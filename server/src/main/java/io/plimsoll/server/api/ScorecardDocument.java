// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.server.api;

import io.plimsoll.diagnosis.scorecard.CostLine;
import io.plimsoll.diagnosis.scorecard.Score;
import io.plimsoll.diagnosis.scorecard.Scorecard;
import java.math.BigDecimal;
import java.util.Map;

/** A scorecard as a JSON object; points are written with two decimals and add up exactly. */
public final class ScorecardDocument {
  private ScorecardDocument() {}

  /** As maps, lists, texts and numbers for {@link Json}. */
  public static Map<String, Object> of(Scorecard card) {
    return new Document()
        .put("runs", card.runs())
        .put(
            "prices",
            new Document()
                .put("gibHour", card.prices().gibHour())
                .put("coreHour", card.prices().coreHour())
                .put("currency", card.prices().currency())
                .fields())
        .put("executors", line(card.executors()))
        .put("driver", line(card.driver()))
        .put("cost", score(card.cost()))
        .put("efficiency", score(card.efficiency()))
        .put("stability", score(card.stability()))
        .fields();
  }

  private static Map<String, Object> line(CostLine line) {
    Document document = new Document();
    put(document, "allocatedGiBHours", line.allocatedGiBHours());
    put(document, "allocatedCoreHours", line.allocatedCoreHours());
    put(document, "usedRssGiBHours", line.usedRssGiBHours());
    put(document, "usedLiveGiBHours", line.usedLiveGiBHours());
    put(document, "usedCoreHours", line.usedCoreHours());
    put(document, "taskCoreHours", line.taskCoreHours());
    put(document, "price", line.price());
    return document.fields();
  }

  private static void put(Document document, String key, double value) {
    if (value >= 0) {
      document.putKnown(key, value);
    }
  }

  private static Map<String, Object> score(Score score) {
    Document document = new Document();
    if (score.points() >= 0) {
      document.put("score", points(score.points()));
    }
    return document
        .put("coverage", score.coverage())
        .put(
            "parts",
            Document.list(
                score.losses(),
                loss ->
                    new Document()
                        .put("part", loss.part().id())
                        .put("metric", loss.part().meaning())
                        .put("value", loss.value())
                        .put("good", loss.part().good())
                        .put("bad", loss.part().bad())
                        .put("weight", points(loss.weight()))
                        .put("lost", points(loss.lost()))
                        .fields()))
        .put(
            "unknown",
            Document.list(
                score.unknown(),
                each ->
                    new Document()
                        .put("part", each.part().id())
                        .put("reason", each.reason())
                        .fields()))
        .fields();
  }

  private static BigDecimal points(int hundredths) {
    return BigDecimal.valueOf(hundredths, 2);
  }
}
