// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.analyze;

import io.plimsoll.diagnosis.finding.Evidence;
import io.plimsoll.diagnosis.finding.Finding;
import io.plimsoll.diagnosis.finding.FindingState;
import io.plimsoll.diagnosis.finding.Severity;
import io.plimsoll.profile.RunProfile;
import io.plimsoll.standalone.reading.AnalyzedRun;
import io.plimsoll.standalone.reading.LogCondition;
import io.plimsoll.standalone.reading.MemoryEvidence;
import io.plimsoll.standalone.reading.Phrases;
import io.plimsoll.standalone.reading.Verdict;
import io.plimsoll.standalone.terminal.Amount;
import io.plimsoll.standalone.terminal.Ink;
import io.plimsoll.standalone.terminal.Safe;
import io.plimsoll.standalone.terminal.Screen;
import io.plimsoll.tuner.recommendation.Change;
import io.plimsoll.tuner.recommendation.Recommendation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One run on a terminal: verdict, causes, findings, recommendation, scorecard, coverage. */
final class RunReport {
  private static final int MOST_FINDINGS = 6;
  private static final int MOST_EVIDENCE = 4;
  private static final int MOST_NAMED = 6;
  private static final int LABEL = 11;

  private final Screen screen;
  private final boolean isWhole;

  /**
   * @param isWhole every finding, evidence and reason instead of the first ones
   */
  RunReport(Screen screen, boolean isWhole) {
    this.screen = screen;
    this.isWhole = isWhole;
  }

  void print(AnalyzedRun run) {
    head(run);
    verdict(run);
    failures(run);
    new CauseReport(screen, isWhole).print(run.rootCauses());
    findings(run);
    if (run.flink() != null) {
      new FlinkReport(screen).print(run.flink());
    }
    recommendation(run);
    if (run.scorecard() != null) {
      new ScorecardReport(screen).print(run.scorecard());
    }
    coverage(run);
    screen.flush();
  }

  private void head(AnalyzedRun analyzed) {
    RunProfile run = analyzed.profile();
    screen.raw(
        Ink.BOLD.on(Safe.cut(run.name().isEmpty() ? analyzed.job() : run.name(), 70), screen));
    screen.text("", 0, Phrases.facts(run));
  }

  private void verdict(AnalyzedRun run) {
    Verdict verdict = run.verdict();
    Ink ink =
        switch (verdict.level()) {
          case HEALTHY -> Ink.GREEN;
          case PROBLEMS, UNFINISHED -> Ink.YELLOW;
          case FAILED -> Ink.RED;
        };
    screen.gap();
    screen.text(label(verdict.word()), ink, LABEL, verdict.sentence());
    Phrases.caveats(run.profile()).forEach(each -> screen.text(" ".repeat(LABEL), LABEL, each));
  }

  private void failures(AnalyzedRun run) {
    if (run.facts().failureKinds().isEmpty()) {
      return;
    }
    List<String> kinds = new ArrayList<>();
    run.facts().failureKinds().forEach((kind, count) -> kinds.add(count + " × " + kind));
    screen.heading("Failed or killed task ends", String.join(", ", kinds));
    int shown = 0;
    for (Map.Entry<String, Long> reason : run.facts().failureReasons().entrySet()) {
      if (shown++ >= (isWhole ? Integer.MAX_VALUE : 3)) {
        screen.text("  ", 2, "and other reasons (--all shows the first 20)");
        break;
      }
      screen.text("  ", 4, reason.getValue() + " × " + Safe.cut(reason.getKey(), 280));
    }
  }

  private void findings(AnalyzedRun run) {
    List<Finding> fired = run.fired();
    Map<String, List<Finding>> byPoint = new LinkedHashMap<>();
    fired.forEach(
        each -> byPoint.computeIfAbsent(each.point(), any -> new ArrayList<>()).add(each));
    screen.heading(
        "Findings",
        fired.isEmpty()
            ? "none of " + points(run) + " points fired"
            : byPoint.size() + " of " + points(run) + " points fired");
    int shown = 0;
    for (List<Finding> same : byPoint.values()) {
      if (shown++ >= (isWhole ? Integer.MAX_VALUE : MOST_FINDINGS)) {
        screen.text(
            "  ", 2, "and " + (byPoint.size() - MOST_FINDINGS) + " more, less severe (--all)");
        break;
      }
      finding(same);
    }
    run.findings().stream()
        .filter(each -> each.state() == FindingState.MUTED)
        .forEach(
            each ->
                screen.text(
                    "  muted    ",
                    Ink.DIM,
                    LABEL,
                    Phrases.title(each.point()) + " (" + each.component() + "): " + each.reason()));
  }

  private static long points(AnalyzedRun run) {
    return run.findings().stream().map(Finding::point).distinct().count();
  }

  private void finding(List<Finding> same) {
    Finding first = same.get(0);
    String word = first.severity().name();
    Ink ink = first.severity().compareTo(Severity.SEVERE) >= 0 ? Ink.RED : Ink.YELLOW;
    screen.text(
        "  " + word + " ".repeat(Math.max(1, LABEL - 2 - word.length())),
        first.severity() == Severity.LOW ? Ink.DIM : ink,
        LABEL,
        Phrases.title(first.point())
            + " ("
            + first.component()
            + others(same)
            + "): "
            + first.reason());
    String costs = Phrases.costs(first);
    String evidence = evidence(first.evidence());
    if (!evidence.isEmpty()) {
      screen.text(" ".repeat(LABEL) + "seen: ", LABEL + 2, evidence);
    }
    if (!first.counterEvidence().isEmpty()) {
      screen.text(" ".repeat(LABEL) + "against: ", LABEL + 2, evidence(first.counterEvidence()));
    }
    if (!costs.isEmpty()) {
      screen.text(
          " ".repeat(LABEL) + "costs: ",
          LABEL + 2,
          costs + ", confidence " + Amount.percent(first.confidence()));
    }
    if (!first.advice().isEmpty()) {
      screen.text(" ".repeat(LABEL) + "do: ", LABEL + 2, first.advice());
    }
  }

  private static String others(List<Finding> same) {
    return same.size() == 1 ? "" : " and " + (same.size() - 1) + " more";
  }

  private String evidence(List<Evidence> evidence) {
    List<String> parts = new ArrayList<>();
    for (Evidence each : evidence) {
      if (parts.size() >= (isWhole ? Integer.MAX_VALUE : MOST_EVIDENCE)) {
        break;
      }
      parts.add(each.name() + " " + Amount.of(each.value(), each.unit()));
    }
    return String.join("; ", parts);
  }

  private void recommendation(AnalyzedRun run) {
    Recommendation recommendation = run.recommendation();
    if (recommendation == null) {
      screen.heading("Recommendation", "none: settings are advised for Spark jobs only");
      return;
    }
    screen.heading(
        "Recommendation",
        recommendation.changes().isEmpty() ? "no setting is advised from this log" : "");
    for (Change change : recommendation.changes()) {
      screen.text("  - ", Ink.RED, 4, change.key() + " " + change.from());
      screen.text("  + ", Ink.GREEN, 4, change.key() + " " + change.to());
      screen.text(
          "      ",
          6,
          change.formula()
              + " ("
              + change.grade().name().toLowerCase(Locale.ROOT)
              + "). Risk: "
              + change.risk());
    }
    Phrases.abstentions(recommendation)
        .forEach(
            (reason, keys) ->
                screen.text("  no advice for ", 4, String.join(", ", keys) + ": " + reason));
    MemoryEvidence.hint(run).ifPresent(hint -> screen.text("  ", 4, hint));
  }

  private void coverage(AnalyzedRun run) {
    LogCondition log = run.log();
    screen.heading("Coverage", "");
    screen.text(
        "  log     ",
        10,
        log.state()
            + ", "
            + Amount.counted(log.lines(), run.flink() == null ? "line" : "part")
            + ", "
            + (log.badLines() == 0 ? "all usable" : Amount.count(log.badLines()) + " not usable")
            + ", "
            + Amount.bytes(log.rawBytes())
            + (run.facts().droppedEvents() > 0
                ? "; Spark itself dropped " + Amount.count(run.facts().droppedEvents()) + " events"
                : ""));
    int shown = 0;
    for (String problem : log.problems()) {
      if (shown++ < (isWhole ? 20 : 3)) {
        screen.text("          ", 12, Safe.cut(problem, 240));
      }
    }
    screen.text(
        "  points  ",
        10,
        points(run)
            + " asked on all components they speak of: "
            + run.count(FindingState.FIRED)
            + " fired, "
            + (run.count(FindingState.MUTED) > 0 ? run.count(FindingState.MUTED) + " muted, " : "")
            + run.count(FindingState.CLEAR)
            + " clear, "
            + run.count(FindingState.NOT_EVALUATED)
            + " not evaluated, "
            + run.count(FindingState.NOT_APPLICABLE)
            + " not applicable");
    if (run.flink() == null) {
      unlooked(run);
    } else {
      screen.text(
          "  ",
          2,
          "Most points speak of Spark's metrics; of a Flink job the facts above are told.");
    }
  }

  private void unlooked(AnalyzedRun run) {
    Map<String, List<String>> byReason = Phrases.unlooked(run.findings());
    byReason.entrySet().stream()
        .limit(isWhole ? Integer.MAX_VALUE : 8)
        .forEach(
            entry ->
                screen.text(
                    "  not looked at  ", 4, named(entry.getValue()) + ": " + entry.getKey()));
    if (!isWhole && byReason.size() > 8) {
      screen.text("  ", 4, "and " + (byReason.size() - 8) + " other reasons (--all)");
    }
  }

  private String named(List<String> points) {
    if (isWhole || points.size() <= MOST_NAMED) {
      return String.join(", ", points);
    }
    return String.join(", ", points.subList(0, MOST_NAMED))
        + " and "
        + (points.size() - MOST_NAMED)
        + " more";
  }

  private static String label(String word) {
    return word + " ".repeat(Math.max(1, LABEL - word.length()));
  }
}
