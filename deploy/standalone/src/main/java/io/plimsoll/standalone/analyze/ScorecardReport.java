// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.analyze;

import io.plimsoll.diagnosis.scorecard.Score;
import io.plimsoll.diagnosis.scorecard.Scorecard;
import io.plimsoll.standalone.reading.Phrases;
import io.plimsoll.standalone.terminal.Amount;
import io.plimsoll.standalone.terminal.Screen;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The three scores on a terminal. */
final class ScorecardReport {
  private final Screen screen;

  ScorecardReport(Screen screen) {
    this.screen = screen;
  }

  void print(Scorecard card) {
    screen.heading(
        "Scorecard",
        card.runs() == 1
            ? "of 100 (docs/scorecard.md)"
            : "of 100, " + card.runs() + " runs together");
    screen.text("  executors  ", 13, Phrases.costs(card.executors(), card.prices().currency()));
    if (card.driver().allocatedCoreHours() > 0) {
      screen.text("  driver     ", 13, Phrases.costs(card.driver(), card.prices().currency()));
    }
    card.scores().forEach(this::score);
  }

  private void score(Score score) {
    String name = score.kind().name().toLowerCase(Locale.ROOT);
    String points =
        score.points() < 0 ? "  -" : String.format(Locale.ROOT, "%3d", (score.points() + 50) / 100);
    screen.text(
        String.format(Locale.ROOT, "  %-10s %s  ", name, points),
        18,
        score.points() < 0
            ? "nothing is known of it"
            : "of 100; " + Amount.percent(score.coverage()) + " of it is known");
    for (Score.Loss loss : score.losses()) {
      if (loss.lost() > 0) {
        screen.text(
            String.format(Locale.ROOT, "      -%-5s ", Phrases.points(loss.lost())),
            13,
            Amount.percent(loss.value())
                + ": "
                + loss.part().meaning()
                + " ("
                + loss.part().id()
                + ")");
      }
    }
    Map<String, List<String>> unknown = new LinkedHashMap<>();
    score
        .unknown()
        .forEach(
            each ->
                unknown
                    .computeIfAbsent(each.reason(), any -> new ArrayList<>())
                    .add(each.part().id().substring(each.part().id().indexOf('.') + 1)));
    unknown.forEach(
        (reason, parts) ->
            screen.text("      not known: ", 13, String.join(", ", parts) + ": " + reason));
  }
}
