// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.page;

import io.plimsoll.diagnosis.finding.Evidence;
import io.plimsoll.diagnosis.finding.Finding;
import io.plimsoll.diagnosis.finding.FindingState;
import io.plimsoll.profile.RunProfile;
import io.plimsoll.standalone.reading.AnalyzedRun;
import io.plimsoll.standalone.reading.LogFacts;
import io.plimsoll.standalone.reading.MemoryEvidence;
import io.plimsoll.standalone.reading.Phrases;
import io.plimsoll.standalone.terminal.Amount;
import io.plimsoll.tuner.recommendation.Change;
import io.plimsoll.tuner.recommendation.Recommendation;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One run on the page. */
final class RunArticle {
  private static final int MOST_FINDINGS = 40;
  private static final int MOST_EXECUTORS = 50;

  private final AnalyzedRun analyzed;
  private final RunProfile run;
  private final Markup page = new Markup();

  RunArticle(AnalyzedRun analyzed) {
    this.analyzed = analyzed;
    this.run = analyzed.profile();
  }

  String html() {
    page.open("article", "");
    head();
    failures();
    new CauseSection(page).write(analyzed.rootCauses());
    findings();
    if (analyzed.flink() != null) {
      new FlinkSection(page).write(analyzed.flink());
    }
    recommendation();
    if (analyzed.scorecard() != null) {
      new ScoreSection(page).write(analyzed.scorecard());
    }
    charts();
    memory();
    coverage();
    return page.close("article").toString();
  }

  private void head() {
    page.element("h1", run.name().isEmpty() ? analyzed.job() : run.name());
    page.element("p", "facts", Phrases.facts(run));
    page.open("div", "verdict " + analyzed.verdict().level().name().toLowerCase(Locale.ROOT));
    page.element("strong", analyzed.verdict().level().name()).raw(" ");
    page.text(analyzed.verdict().sentence());
    Phrases.caveats(run).forEach(each -> page.element("p", "dim", each));
    page.close("div");
  }

  private void failures() {
    if (analyzed.facts().failureKinds().isEmpty()) {
      return;
    }
    page.element("h2", "Failed or killed task ends").raw("<table><tr><th class=\"n\">times</th>");
    page.raw("<th>reason</th></tr>");
    analyzed
        .facts()
        .failureReasons()
        .forEach(
            (reason, count) ->
                page.raw("<tr><td class=\"n\">" + count + "</td>")
                    .element("td", reason)
                    .raw("</tr>"));
    page.raw("</table>");
  }

  private void findings() {
    page.element("h2", "Findings");
    List<Finding> fired = analyzed.fired();
    if (fired.isEmpty()) {
      page.element("p", "No point fired; what was not looked at stands under Coverage.");
    }
    fired.stream().limit(MOST_FINDINGS).forEach(this::finding);
    if (fired.size() > MOST_FINDINGS) {
      page.element("p", "dim", "and " + (fired.size() - MOST_FINDINGS) + " more, less severe");
    }
    analyzed.findings().stream()
        .filter(each -> each.state() == FindingState.MUTED)
        .forEach(
            each ->
                page.element(
                    "p",
                    "dim",
                    Phrases.title(each.point()) + ", " + each.component() + ": " + each.reason()));
  }

  private void finding(Finding finding) {
    String severity = finding.severity().name();
    page.open("section", "finding").open("h3", "");
    page.element("span", "sev " + severity.toLowerCase(Locale.ROOT), severity);
    page.text(Phrases.title(finding.point()) + ", " + finding.component()).close("h3");
    page.element("p", finding.reason());
    if (!finding.advice().isEmpty()) {
      page.open("p", "").raw("<strong>Do:</strong> ").text(finding.advice()).close("p");
    }
    page.raw("<details><summary>Evidence</summary><table>");
    finding.evidence().forEach(each -> evidence(each, "for"));
    finding.counterEvidence().forEach(each -> evidence(each, "against"));
    String costs = Phrases.costs(finding);
    page.raw("</table>");
    page.element(
        "p",
        "dim",
        finding.point()
            + ", confidence "
            + Amount.percent(finding.confidence())
            + (costs.isEmpty() ? "" : ", costs this run " + costs));
    page.raw("</details>").close("section");
  }

  private void evidence(Evidence evidence, String side) {
    page.raw("<tr>").element("td", side).element("td", evidence.name());
    page.element("td", "n", Amount.of(evidence.value(), evidence.unit()));
    page.element("td", "dim", evidence.source()).raw("</tr>");
  }

  private void recommendation() {
    page.element("h2", "Recommendation");
    Recommendation recommendation = analyzed.recommendation();
    if (recommendation == null) {
      page.element("p", "None: settings are advised for Spark jobs only.");
      return;
    }
    if (recommendation.changes().isEmpty()) {
      page.element("p", "No setting is advised from this log.");
    } else {
      page.open("pre", "");
      for (Change change : recommendation.changes()) {
        page.element("span", "del", "- " + change.key() + " " + change.from()).raw("\n");
        page.element("span", "add", "+ " + change.key() + " " + change.to()).raw("\n");
      }
      page.close("pre");
      recommendation.changes().forEach(this::change);
    }
    Phrases.abstentions(recommendation)
        .forEach(
            (reason, keys) ->
                page.element(
                    "p", "dim", "No advice for " + String.join(", ", keys) + ": " + reason));
    MemoryEvidence.hint(analyzed).ifPresent(hint -> page.element("p", hint));
  }

  private void change(Change change) {
    page.raw("<details><summary>").text(change.key()).raw(": on what it rests</summary><dl>");
    page.element("dt", "formula").element("dd", change.formula());
    page.element("dt", "inputs").element("dd", change.inputs().toString());
    page.element("dt", "evidence").element("dd", change.grade().name().toLowerCase(Locale.ROOT));
    page.element("dt", "risk").element("dd", change.risk());
    page.element("dt", "taken back when").element("dd", change.revertedBy());
    page.raw("</dl></details>");
  }

  private void charts() {
    TimelineChart timeline = new TimelineChart(run);
    if (timeline.isDrawn()) {
      page.element("h2", "Timeline").open("p", "dim key").raw("<span>");
      page.raw(key("teal", "executor present")).raw(key("gone", "removed later"));
      page.raw(key("blue", "stage")).raw(key("red", "failed stage")).raw("</span>").close("p");
      page.open("div", "chart").raw(timeline.svg()).close("div");
      if (!timeline.leftOut().isEmpty()) {
        page.element("p", "dim", timeline.leftOut());
      }
    }
    TaskChart tasks = new TaskChart(run);
    if (tasks.isDrawn()) {
      page.element("h2", "Task times");
      page.element(
          "p",
          "dim",
          "The stages with the most task time (tasks in brackets): shortest to longest task as a"
              + " line, the middle half as a bar, the median as a stroke; logarithmic.");
      page.open("div", "chart").raw(tasks.svg()).close("div");
    }
  }

  private static String key(String colour, String meaning) {
    return "<i style=\"background:var(--" + colour + ")\"></i>" + meaning;
  }

  private void memory() {
    if (analyzed.facts().peaks().isEmpty()) {
      return;
    }
    page.element("h2", "Memory")
        .element(
            "p",
            "dim",
            "Highest values by the engine's own heartbeats; used heap holds garbage too. A dash: not"
                + " recorded.");
    page.raw("<div class=\"wide\"><table><tr><th>process</th><th class=\"n\">heap</th>");
    page.raw("<th class=\"n\">JVM outside heap</th><th class=\"n\">direct</th>");
    page.raw("<th class=\"n\">resident</th>");
    long container = Phrases.containerBytes(run);
    page.raw(container > 0 ? "<th>of the container</th></tr>" : "</tr>");
    analyzed.facts().peaks().entrySet().stream()
        .limit(MOST_EXECUTORS)
        .forEach(entry -> peak(entry.getKey(), entry.getValue(), container));
    page.raw("</table></div>");
  }

  private void peak(String executor, LogFacts.MemoryPeak peak, long container) {
    page.raw("<tr>").element("td", executor.equals("driver") ? executor : "executor " + executor);
    for (long bytes :
        new long[] {peak.heapBytes(), peak.offHeapBytes(), peak.directBytes(), peak.rssBytes()}) {
      page.element("td", "n", bytes == 0 ? "-" : Amount.bytes(bytes));
    }
    if (container > 0) {
      page.raw("<td>").raw(executor.equals("driver") ? "" : bar(peak, container)).raw("</td>");
    }
    page.raw("</tr>");
  }

  /** The larger of resident set and heap over what the executor was given. */
  private static String bar(LogFacts.MemoryPeak peak, long container) {
    double share = (double) Math.max(peak.rssBytes(), peak.heapBytes()) / container;
    return String.format(
        Locale.ROOT,
        "%s<div class=\"bar\"><i%s style=\"width:%.0f%%\"></i></div>",
        Amount.percent(share),
        share > 1 ? " class=\"over\"" : "",
        100 * Math.min(1, share));
  }

  private void coverage() {
    page.element("h2", "Coverage");
    page.element(
        "p",
        analyzed.source()
            + ": "
            + analyzed.log().state()
            + ", "
            + Amount.counted(analyzed.log().lines(), analyzed.flink() == null ? "line" : "part")
            + ", "
            + Amount.count(analyzed.log().badLines())
            + " not usable. Points: "
            + analyzed.count(FindingState.FIRED)
            + " fired, "
            + analyzed.count(FindingState.CLEAR)
            + " clear, "
            + analyzed.count(FindingState.NOT_EVALUATED)
            + " not evaluated, "
            + analyzed.count(FindingState.NOT_APPLICABLE)
            + " not applicable.");
    analyzed.log().problems().forEach(problem -> page.element("p", "dim", problem));
    Map<String, List<String>> byReason = Phrases.unlooked(analyzed.findings());
    if (byReason.isEmpty()) {
      return;
    }
    page.raw("<details><summary>Not looked at, and why</summary><table>");
    byReason.forEach(
        (reason, points) ->
            page.raw("<tr>")
                .element("td", String.join(", ", points))
                .element("td", reason)
                .raw("</tr>"));
    page.raw("</table></details>");
  }
}
