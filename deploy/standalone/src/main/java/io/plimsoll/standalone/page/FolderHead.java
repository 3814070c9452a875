// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.page;

import io.plimsoll.diagnosis.scorecard.Score;
import io.plimsoll.standalone.reading.Folder;
import io.plimsoll.standalone.reading.RunLine;
import io.plimsoll.standalone.reading.Unreadable;
import io.plimsoll.standalone.reading.Verdict;
import io.plimsoll.standalone.terminal.Amount;
import java.util.List;
import java.util.Locale;

/** What stands above the runs of a folder: jobs by waste and by trouble, and what did not count. */
final class FolderHead {
  private static final int MOST = 200;

  private final Markup page = new Markup();
  private final Folder folder;
  private final String currency;

  FolderHead(Folder folder, String currency) {
    this.folder = folder;
    this.currency = currency;
  }

  /**
   * @param shown how many of the runs follow whole
   */
  String html(int shown) {
    long failed = folder.count(Verdict.Level.FAILED);
    boolean isHealthy = folder.count(Verdict.Level.HEALTHY) == folder.runs();
    page.element("h1", Amount.counted(folder.runs(), "run"));
    page.open("div", "verdict " + (failed > 0 ? "failed" : isHealthy ? "healthy" : "problems"));
    page.text(
            Amount.count(failed)
                + " failed, "
                + Amount.count(folder.count(Verdict.Level.UNFINISHED))
                + " without an end, "
                + Amount.count(folder.count(Verdict.Level.PROBLEMS))
                + " with problems, "
                + Amount.count(folder.count(Verdict.Level.HEALTHY))
                + " healthy; "
                + Amount.counted(folder.unreadable().size(), "file")
                + " did not count.")
        .close("div");
    waste(folder.byWaste());
    trouble(folder.byTrouble());
    unreadable(folder.unreadable());
    if (shown < folder.runs()) {
      page.element(
          "p",
          "dim",
          "The " + shown + " runs with the most trouble follow; analyze one by itself.");
    }
    return page.toString();
  }

  private void waste(List<Folder.Job> jobs) {
    page.element("h2", "Jobs by waste");
    page.element("p", "dim", "What was held and not used, as far as it is known, in " + currency);
    page.raw("<div class=\"wide\"><table><tr><th>job</th><th class=\"n\">runs</th>");
    page.raw("<th class=\"n\">wasted</th><th class=\"n\">cost</th><th class=\"n\">efficiency</th>");
    page.raw("<th class=\"n\">stability</th><th>last run</th></tr>");
    for (Folder.Job job : jobs.stream().limit(MOST).toList()) {
      page.raw("<tr>").element("td", job.name());
      page.element("td", "n", Amount.count(job.runs().size()));
      page.element("td", "n", Amount.number(job.wasted()));
      for (Score.Kind kind : Score.Kind.values()) {
        page.element("td", "n", job.score(kind));
      }
      page.element("td", "w", job.last().verdict().word().toLowerCase(Locale.ROOT)).raw("</tr>");
    }
    page.raw("</table></div>");
  }

  private void trouble(List<Folder.Job> jobs) {
    if (jobs.isEmpty()) {
      return;
    }
    page.element("h2", "Jobs by trouble");
    for (Folder.Job job : jobs.stream().limit(MOST).toList()) {
      RunLine worst = job.worst();
      page.open("section", "finding").open("h3", "");
      boolean isFailed = worst.verdict().level() == Verdict.Level.FAILED;
      page.element("span", isFailed ? "sev critical" : "sev moderate", worst.verdict().word());
      page.text(
              job.name()
                  + ", "
                  + job.problems()
                  + " of "
                  + Amount.counted(job.runs().size(), "run"))
          .close("h3");
      page.element("p", worst.source() + ": " + worst.verdict().sentence()).close("section");
    }
  }

  private void unreadable(List<Unreadable> unreadable) {
    if (unreadable.isEmpty()) {
      return;
    }
    page.raw("<details><summary>Files that did not count</summary><table>");
    for (Unreadable each : unreadable.stream().limit(MOST).toList()) {
      page.raw("<tr>").element("td", each.name()).element("td", each.reason()).raw("</tr>");
    }
    page.raw("</table></details>");
  }
}
