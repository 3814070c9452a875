// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.page;

import io.plimsoll.diagnosis.finding.Evidence;
import io.plimsoll.diagnosis.rootcause.RootCause;
import io.plimsoll.diagnosis.rootcause.RootCauses;
import io.plimsoll.standalone.reading.Phrases;
import io.plimsoll.standalone.terminal.Amount;
import java.util.List;
import java.util.stream.Collectors;

/** What caused a run's trouble, on the page. */
final class CauseSection {
  private final Markup page;

  CauseSection(Markup page) {
    this.page = page;
  }

  void write(RootCauses causes) {
    page.element("h2", "Causes");
    if (!causes.reason().isEmpty()) {
      page.element("p", (causes.isAbstained() ? "Nobody is named. " : "None. ") + causes.reason());
    }
    CausePicture picture = new CausePicture(causes);
    if (picture.isDrawn()) {
      page.element("p", "dim", "What is seen stands above, what follows between, causes below.");
      page.open("div", "causes").raw(picture.svg()).close("div");
    }
    int place = 1;
    for (RootCause cause : causes.causes()) {
      cause(place++ + ". ", cause);
    }
    if (!causes.suspects().isEmpty()) {
      page.open("details", "")
          .element("summary", causes.isAbstained() ? "Hints" : "What else may be behind it");
      causes.suspects().forEach(each -> cause("", each));
      page.close("details");
    }
    away(causes);
  }

  private void cause(String place, RootCause cause) {
    page.open("section", "finding").open("h3", "");
    page.text(place + cause.title() + ", " + cause.component()).close("h3");
    page.element("p", cause.sentence());
    page.element(
        "p",
        "dim",
        Phrases.title(cause.point())
            + ", took "
            + Phrases.losses(cause.impact())
            + ", probability "
            + Amount.percent(cause.probability()));
    if (!cause.advice().isEmpty()) {
      page.open("p", "").raw("<strong>Do:</strong> ").text(cause.advice()).close("p");
    }
    if (!cause.doubts().isEmpty()) {
      page.element("p", "dim", "In doubt: " + String.join("; ", cause.doubts()) + ".");
    }
    page.raw("<details><summary>Path and evidence</summary>");
    page.element(
        "p",
        cause.path().stream()
            .map(step -> step.what() + " (" + step.component() + ")")
            .collect(Collectors.joining(" ← ")));
    page.raw("<table>");
    cause.evidence().forEach(each -> evidence(each, "for"));
    cause.counterEvidence().forEach(each -> evidence(each, "against"));
    page.raw("</table></details>").close("section");
  }

  private void evidence(Evidence evidence, String side) {
    page.raw("<tr>").element("td", side).element("td", evidence.name());
    page.element("td", "n", Amount.of(evidence.value(), evidence.unit()));
    page.element("td", "dim", evidence.source()).raw("</tr>");
  }

  private void away(RootCauses causes) {
    if (causes.explainedAway().isEmpty()) {
      return;
    }
    page.raw("<details><summary>What follows from others</summary><table>");
    for (RootCauses.ExplainedAway each : causes.explainedAway()) {
      page.raw("<tr>")
          .element("td", Phrases.title(each.point()) + ", " + each.component())
          .element("td", "dim", each.by().isEmpty() ? "" : "from " + names(each.by()))
          .raw("</tr>");
    }
    page.raw("</table></details>");
  }

  private static String names(List<RootCause.Related> related) {
    return related.stream()
        .map(each -> Phrases.title(each.point()) + " (" + each.component() + ")")
        .collect(Collectors.joining("; "));
  }
}
