// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.compare;

import io.plimsoll.standalone.reading.AnalyzedRun;
import io.plimsoll.standalone.reading.Phrases;
import io.plimsoll.standalone.terminal.Amount;
import io.plimsoll.standalone.terminal.Ink;
import io.plimsoll.standalone.terminal.Safe;
import io.plimsoll.standalone.terminal.Screen;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Two runs side by side on a terminal. */
final class ComparisonReport {
  private static final int MOST_PARTS = 8;
  private static final int MOST_SETTINGS = 40;

  private final Screen screen;

  ComparisonReport(Screen screen) {
    this.screen = screen;
  }

  void print(RunComparison comparison) {
    run("A", comparison.a());
    run("B", comparison.b());
    screen.gap();
    screen.text("VERDICT    ", Ink.BOLD, 11, comparison.verdict());
    parts(comparison.explanations());
    figures(comparison.figures());
    settings("Settings that differ", comparison.settings(), MOST_SETTINGS);
    settings("Plan operators that differ", comparison.operators(), MOST_SETTINGS);
    screen.flush();
  }

  private void run(String letter, AnalyzedRun run) {
    screen.text(
        letter + "  ",
        Ink.BOLD,
        3,
        Safe.cut(run.profile().name(), 50) + " · " + Phrases.facts(run.profile()));
    screen.text("   ", 3, run.verdict().word() + " " + Safe.cut(run.verdict().sentence(), 240));
  }

  private void parts(List<Explanation> parts) {
    screen.heading("Where the time went", "wall time of the run divided among its parts");
    List<List<String>> rows = new ArrayList<>();
    List<Explanation> shown =
        parts.stream()
            .filter(each -> Math.abs(each.wallChange()) >= 1 || Math.abs(each.coreChange()) >= 1)
            .limit(MOST_PARTS)
            .toList();
    for (Explanation part : shown) {
      rows.add(
          List.of(
              Safe.cut(part.part(), 44),
              Amount.time(part.wallA()),
              Amount.time(part.wallB()),
              RunComparison.signed(part.wallChange()),
              RunComparison.signed(part.coreChange())));
    }
    if (rows.isEmpty()) {
      screen.text("  ", 2, "no part differs");
      return;
    }
    screen.table(List.of("part", ">A", ">B", ">change", ">task time"), rows);
    for (Explanation part : shown) {
      if (!part.reasons().isEmpty()) {
        screen.text("  ", 4, Safe.cut(part.part(), 44) + ": " + String.join("; ", part.reasons()));
      }
    }
  }

  private void figures(List<RunComparison.Figure> figures) {
    screen.heading("Figures", "");
    List<List<String>> rows = new ArrayList<>();
    for (RunComparison.Figure figure : figures) {
      rows.add(
          List.of(
              figure.name(),
              Amount.of(figure.a(), figure.unit()),
              Amount.of(figure.b(), figure.unit()),
              change(figure)));
    }
    screen.table(List.of("", ">A", ">B", ">change"), rows);
  }

  /** Small changes as percent, large ones as a factor; empty when nothing can be said. */
  private static String change(RunComparison.Figure figure) {
    if (!figure.differs() || figure.a() <= 0 || figure.b() < 0) {
      return "";
    }
    double factor = figure.b() / figure.a();
    if (factor > 0.5 && factor < 2) {
      return (factor > 1 ? "+" : "") + Amount.percent(factor - 1);
    }
    return factor == 0 ? "none" : Amount.number(factor) + " times";
  }

  private void settings(String title, Map<String, RunComparison.Pair> pairs, int most) {
    screen.heading(title, pairs.isEmpty() ? "none" : Amount.count(pairs.size()));
    pairs.entrySet().stream()
        .limit(most)
        .forEach(
            entry -> {
              String key = Safe.cut(entry.getKey(), 80);
              screen.text("  - ", Ink.RED, 6, key + " " + value(entry.getValue().a()));
              screen.text("  + ", Ink.GREEN, 6, key + " " + value(entry.getValue().b()));
            });
    if (pairs.size() > most) {
      screen.text("  ", 2, "and " + (pairs.size() - most) + " more (--json has them all)");
    }
  }

  private static String value(String text) {
    return text.isEmpty() ? "(not there)" : Safe.cut(text, 200);
  }
}
