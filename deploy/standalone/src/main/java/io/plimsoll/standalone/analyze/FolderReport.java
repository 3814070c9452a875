// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.analyze;

import io.plimsoll.diagnosis.scorecard.Prices;
import io.plimsoll.diagnosis.scorecard.Score;
import io.plimsoll.standalone.reading.Folder;
import io.plimsoll.standalone.reading.RunLine;
import io.plimsoll.standalone.reading.Unreadable;
import io.plimsoll.standalone.reading.Verdict;
import io.plimsoll.standalone.terminal.Amount;
import io.plimsoll.standalone.terminal.Ink;
import io.plimsoll.standalone.terminal.Safe;
import io.plimsoll.standalone.terminal.Screen;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Many runs on a terminal: what is the matter, which jobs waste, which are in trouble. */
final class FolderReport {
  private static final int MOST_JOBS = 15;
  private static final int MOST_UNREADABLE = 30;
  private static final int MOST_RUNS = 8;

  private final Screen screen;
  private final Prices prices;
  private final boolean isWhole;

  FolderReport(Screen screen, Prices prices, boolean isWhole) {
    this.screen = screen;
    this.prices = prices;
    this.isWhole = isWhole;
  }

  void print(Folder folder) {
    verdict(folder);
    waste(folder.byWaste());
    trouble(folder.byTrouble());
    history(folder.byWaste());
    unreadable(folder.unreadable());
    screen.flush();
  }

  private void verdict(Folder folder) {
    long failed = folder.count(Verdict.Level.FAILED);
    long unfinished = folder.count(Verdict.Level.UNFINISHED);
    long problems = folder.count(Verdict.Level.PROBLEMS);
    boolean isProblem = failed + unfinished + problems > 0;
    int jobs = folder.byWaste().size();
    screen.text(
        isProblem ? "PROBLEMS   " : "HEALTHY    ",
        failed > 0 ? Ink.RED : isProblem ? Ink.YELLOW : Ink.GREEN,
        11,
        Amount.counted(folder.runs(), "run")
            + " of "
            + Amount.counted(jobs, "job")
            + ": "
            + Amount.count(failed)
            + " failed, "
            + Amount.count(unfinished)
            + " without an end, "
            + Amount.count(problems)
            + " with problems, "
            + Amount.count(folder.count(Verdict.Level.HEALTHY))
            + " healthy"
            + (folder.unreadable().isEmpty()
                ? "."
                : "; " + Amount.counted(folder.unreadable().size(), "file") + " did not count."));
  }

  private void waste(List<Folder.Job> jobs) {
    screen.heading(
        "Jobs by waste",
        "what was held and not used, as far as the logs tell, in " + prices.currency());
    List<List<String>> rows = new ArrayList<>();
    for (Folder.Job job : shown(jobs)) {
      rows.add(
          List.of(
              Safe.cut(job.name(), 34),
              Amount.count(job.runs().size()),
              Amount.number(job.wasted()),
              job.scorecard()
                  .filter(card -> card.executors().price() >= 0)
                  .map(card -> Amount.number(card.executors().price()))
                  .orElse("-"),
              job.score(Score.Kind.COST),
              job.score(Score.Kind.EFFICIENCY),
              job.score(Score.Kind.STABILITY),
              job.last().verdict().word().toLowerCase(Locale.ROOT)));
    }
    screen.table(
        List.of("job", ">runs", ">wasted", ">price", ">cost", ">effic.", ">stab.", "last run"),
        rows);
    rest(jobs.size());
  }

  private void trouble(List<Folder.Job> jobs) {
    screen.heading("Jobs by trouble", jobs.isEmpty() ? "none" : "");
    for (Folder.Job job : shown(jobs)) {
      RunLine worst = job.worst();
      String word = worst.verdict().word();
      screen.text(
          "  " + word + " ".repeat(11 - word.length()),
          worst.verdict().level() == Verdict.Level.FAILED ? Ink.RED : Ink.YELLOW,
          13,
          Safe.cut(job.name(), 40)
              + ", "
              + job.problems()
              + " of "
              + Amount.counted(job.runs().size(), "run")
              + "; "
              + Safe.cut(worst.source(), 60)
              + ": "
              + Safe.cut(worst.verdict().sentence(), 240));
    }
    rest(jobs.size());
  }

  private void history(List<Folder.Job> jobs) {
    List<Folder.Job> recurring = jobs.stream().filter(job -> job.runs().size() > 1).toList();
    for (Folder.Job job : recurring.stream().limit(isWhole ? Integer.MAX_VALUE : 3).toList()) {
      screen.heading(
          "History of " + Safe.cut(job.name(), 60), Amount.counted(job.runs().size(), "run"));
      List<List<String>> rows = new ArrayList<>();
      List<RunLine> last =
          job.runs()
              .subList(
                  Math.max(0, job.runs().size() - (isWhole ? Integer.MAX_VALUE : MOST_RUNS)),
                  job.runs().size());
      for (RunLine run : last) {
        rows.add(
            List.of(
                Amount.moment(run.startMillis()),
                Amount.time(run.wallMillis()),
                Amount.number(run.wasted()),
                run.verdict().word().toLowerCase(Locale.ROOT),
                run.worst(),
                Safe.cut(run.source(), 30)));
      }
      screen.table(List.of("start", ">wall", ">wasted", "verdict", "worst point", "log"), rows);
    }
  }

  private void unreadable(List<Unreadable> unreadable) {
    if (unreadable.isEmpty()) {
      return;
    }
    screen.heading("Not counted", Amount.counted(unreadable.size(), "file"));
    for (Unreadable each :
        unreadable.stream().limit(isWhole ? Integer.MAX_VALUE : MOST_UNREADABLE).toList()) {
      screen.text("  ", 4, Safe.cut(each.name(), 70) + " " + Safe.cut(each.reason(), 200));
    }
    if (!isWhole && unreadable.size() > MOST_UNREADABLE) {
      screen.text("  ", 2, "and " + (unreadable.size() - MOST_UNREADABLE) + " more (--all)");
    }
  }

  private List<Folder.Job> shown(List<Folder.Job> jobs) {
    return isWhole ? jobs : jobs.subList(0, Math.min(MOST_JOBS, jobs.size()));
  }

  private void rest(int jobs) {
    if (!isWhole && jobs > MOST_JOBS) {
      screen.text("  ", 2, "and " + (jobs - MOST_JOBS) + " more (--all)");
    }
  }
}
