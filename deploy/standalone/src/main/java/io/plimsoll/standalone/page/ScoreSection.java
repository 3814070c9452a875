// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.page;

import io.plimsoll.diagnosis.scorecard.Score;
import io.plimsoll.diagnosis.scorecard.Scorecard;
import io.plimsoll.standalone.reading.Phrases;
import io.plimsoll.standalone.terminal.Amount;
import java.util.Locale;

/** The scorecard on the page. */
final class ScoreSection {
  private final Markup page;

  ScoreSection(Markup page) {
    this.page = page;
  }

  void write(Scorecard card) {
    page.element("h2", "Scorecard");
    page.element(
        "p", "facts", "Executors: " + Phrases.costs(card.executors(), card.prices().currency()));
    if (card.driver().allocatedCoreHours() > 0) {
      page.element(
          "p", "facts", "Driver: " + Phrases.costs(card.driver(), card.prices().currency()));
    }
    page.open("div", "scores");
    card.scores().forEach(this::score);
    page.close("div");
  }

  private void score(Score score) {
    page.open("div", "score").text(score.kind().name().toLowerCase(Locale.ROOT));
    page.element("b", score.points() < 0 ? "–" : "" + score.rounded().orElse(0));
    page.element("span", "dim", Amount.percent(score.coverage()) + " of it is known");
    page.raw("<ul>");
    for (Score.Loss loss : score.losses()) {
      if (loss.lost() > 0) {
        page.raw("<li>").element("strong", "-" + Phrases.points(loss.lost())).raw(" ");
        page.text(Amount.percent(loss.value()) + ": " + loss.part().meaning()).raw("</li>");
      }
    }
    for (Score.Unknown unknown : score.unknown()) {
      page.raw("<li class=\"dim\">not known: ")
          .text(unknown.part().id() + " (" + unknown.reason() + ")")
          .raw("</li>");
    }
    page.raw("</ul>").close("div");
  }
}
