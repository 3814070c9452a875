// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.locate;

import io.plimsoll.diagnosis.cause.Deviation;
import io.plimsoll.diagnosis.locate.Answer;
import io.plimsoll.diagnosis.locate.EvidenceLine;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.stream.Collectors;

/** Prints an answer for a person. */
final class AnswerText {
  private static final int EVIDENCE = 4;

  /** What would be printed as next to nothing is left to the JSON. */
  private static final double LEAST_SHOWN = 0.05;

  private final PrintWriter out;

  AnswerText(PrintWriter out) {
    this.out = out;
  }

  void print(Answer answer) {
    if (answer.abstained()) {
      out.println("No cause is named: " + answer.reason() + ".");
      if (!answer.ranking().isEmpty()) {
        out.println("Hints, best first:");
      }
    }
    answer.ranking().stream()
        .filter(entry -> entry.score() >= LEAST_SHOWN)
        .forEach(entry -> print(entry, answer.abstained()));
    answer.explainedAway().stream()
        .map(one -> safe(one.node()))
        .reduce((a, b) -> a + ", " + b)
        .ifPresent(nodes -> out.println("Explained by others: " + nodes));
    out.printf(
        Locale.ROOT, "%d of %d series could be judged.%n", answer.evaluated(), answer.series());
    answer.notes().forEach(note -> out.println("Note: " + safe(note)));
    out.flush();
  }

  private void print(Answer.Entry entry, boolean isHint) {
    out.printf(
        Locale.ROOT,
        "%d. %s%s: score %.2f, confidence %.2f%s%s%n",
        entry.rank(),
        safe(entry.node()),
        entry.cause() ? " (cause)" : "",
        entry.score(),
        entry.confidence(),
        entry.tied() ? ", tied" : "",
        entry.inferred() ? ", inferred" : "");
    if (!entry.cause() && !isHint) {
      return;
    }
    out.println(
        "   way: "
            + entry.path().stream()
                .map(step -> safe(step.node()))
                .collect(Collectors.joining(" -> ")));
    entry.evidence().stream().limit(EVIDENCE).forEach(this::print);
    if (!entry.explains().isEmpty()) {
      out.println(
          "   explains: "
              + entry.explains().stream()
                  .map(one -> safe(one.node()))
                  .collect(Collectors.joining(", ")));
    }
    if (!entry.circle().isEmpty()) {
      out.println("   in a circle with: " + safe(String.join(", ", entry.circle())));
    }
    entry.counterEvidence().forEach(text -> out.println("   against it: " + safe(text)));
  }

  private void print(EvidenceLine line) {
    Deviation deviation = line.deviation();
    out.printf(
        Locale.ROOT,
        "   %s %s: %.4g %s, %s %.4g by %s (%.1f steps)%n",
        safe(String.join(" -> ", line.target())),
        safe(line.metric()),
        deviation.value(),
        safe(line.unit()),
        deviation.up() ? "above" : "below",
        deviation.centre(),
        deviation.reference().text(),
        deviation.z());
  }

  /** Names without what could move a terminal's cursor or change its colours. */
  static String safe(String text) {
    return text.codePoints()
        .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? '?' : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
