// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.analyze;

import io.plimsoll.diagnosis.finding.Evidence;
import io.plimsoll.diagnosis.rootcause.RootCause;
import io.plimsoll.diagnosis.rootcause.RootCauses;
import io.plimsoll.standalone.reading.Phrases;
import io.plimsoll.standalone.terminal.Amount;
import io.plimsoll.standalone.terminal.Ink;
import io.plimsoll.standalone.terminal.Screen;
import java.util.List;
import java.util.stream.Collectors;

/** What caused a run's trouble, on a terminal. */
final class CauseReport {
  private static final int LABEL = 11;
  private static final int MOST_EVIDENCE = 4;
  private static final int MOST_RELATED = 4;
  private static final int MOST_SUSPECTS = 2;

  private final Screen screen;
  private final boolean isWhole;

  CauseReport(Screen screen, boolean isWhole) {
    this.screen = screen;
    this.isWhole = isWhole;
  }

  void print(RootCauses causes) {
    screen.heading("Causes", beside(causes));
    if (!causes.reason().isEmpty()) {
      screen.text("  ", 2, causes.reason());
    }
    int place = 1;
    for (RootCause cause : causes.causes()) {
      cause(place++ + ".", Ink.RED, cause);
    }
    int shown = 0;
    for (RootCause suspect : causes.suspects()) {
      if (shown++ < (isWhole ? Integer.MAX_VALUE : MOST_SUSPECTS)) {
        screen.text(
            "  " + (causes.isAbstained() ? "hint     " : "perhaps  "),
            Ink.DIM,
            LABEL,
            head(suspect) + ": " + suspect.sentence());
      }
    }
    if (isWhole) {
      away(causes);
    }
  }

  private static String beside(RootCauses causes) {
    if (causes.isAbstained()) {
      return "nobody is named";
    }
    return causes.causes().isEmpty() ? "none" : "";
  }

  private void cause(String place, Ink ink, RootCause cause) {
    String first = "  " + place;
    screen.text(
        first + " ".repeat(LABEL - first.length()),
        ink,
        LABEL,
        head(cause) + ": " + cause.sentence());
    String margin = " ".repeat(LABEL);
    screen.text(margin + "path: ", LABEL + 2, path(cause));
    if (!cause.explains().isEmpty()) {
      screen.text(margin + "explains: ", LABEL + 2, related(cause.explains()));
    }
    screen.text(margin + "seen: ", LABEL + 2, evidence(cause.evidence()));
    if (!cause.counterEvidence().isEmpty()) {
      screen.text(margin + "against: ", LABEL + 2, evidence(cause.counterEvidence()));
    }
    if (!cause.doubts().isEmpty()) {
      screen.text(margin + "doubt: ", LABEL + 2, String.join("; ", cause.doubts()));
    }
    screen.text(
        margin + "took: ",
        LABEL + 2,
        Phrases.losses(cause.impact()) + ", probability " + Amount.percent(cause.probability()));
    if (!cause.advice().isEmpty()) {
      screen.text(margin + "do: ", LABEL + 2, cause.advice());
    }
  }

  private static String head(RootCause cause) {
    return cause.title() + " (" + Phrases.title(cause.point()) + ", " + cause.component() + ")";
  }

  private static String path(RootCause cause) {
    return cause.path().stream()
        .map(step -> step.what() + " (" + step.component() + ")")
        .collect(Collectors.joining(" <- "));
  }

  private String related(List<RootCause.Related> related) {
    int most = isWhole ? Integer.MAX_VALUE : MOST_RELATED;
    String named =
        related.stream()
            .limit(most)
            .map(each -> Phrases.title(each.point()) + " (" + each.component() + ")")
            .collect(Collectors.joining("; "));
    return related.size() <= most ? named : named + " and " + (related.size() - most) + " more";
  }

  private String evidence(List<Evidence> evidence) {
    return evidence.stream()
        .limit(isWhole ? Integer.MAX_VALUE : MOST_EVIDENCE)
        .map(each -> each.name() + " " + Amount.of(each.value(), each.unit()))
        .collect(Collectors.joining("; "));
  }

  private void away(RootCauses causes) {
    for (RootCauses.ExplainedAway each : causes.explainedAway()) {
      screen.text(
          "  follows  ",
          Ink.DIM,
          LABEL,
          Phrases.title(each.point())
              + " ("
              + each.component()
              + ")"
              + (each.by().isEmpty() ? "" : " from " + related(each.by())));
    }
  }
}
