// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.reading;

import io.plimsoll.diagnosis.finding.Finding;
import io.plimsoll.diagnosis.finding.FindingState;
import io.plimsoll.diagnosis.finding.Severity;
import io.plimsoll.engines.spark.EventLogTotals;
import io.plimsoll.profile.RunProfile;
import io.plimsoll.standalone.terminal.Amount;
import java.util.List;
import java.util.Map;

/** Makes the one sentence that a report begins with. */
final class Verdicts {
  /** Below this a finding is a remark and no problem. */
  private static final Severity LEAST = Severity.MODERATE;

  /** Part of the reason of a job that ran when the application was ended. */
  private static final String SHUT_DOWN = "SparkContext was shut down";

  private Verdicts() {}

  static Verdict spark(
      RunProfile run,
      List<Finding> findings,
      LogFacts facts,
      EventLogTotals totals,
      LogCondition condition) {
    Severity worst = worst(findings);
    if (totals.failedJobs() > 0 && facts.lastJobFailed()) {
      boolean isItsOwn =
          !facts.lastJobFailure().contains(SHUT_DOWN)
              || facts.failureKinds().containsKey("ExceptionFailure");
      return new Verdict(
          isItsOwn ? Verdict.Level.FAILED : Verdict.Level.PROBLEMS,
          isItsOwn ? Severity.CRITICAL : max(worst, Severity.MODERATE),
          lastJob(facts, run) + theRest(findings));
    }
    if (!facts.hasEnded()) {
      String why =
          switch (condition.state()) {
            case "running" -> "The application still runs, or died without closing its log.";
            case "damaged" -> "Parts of the log are missing.";
            default ->
                "The log ends before the application does: it was killed, or the log was cut.";
          };
      return new Verdict(
          Verdict.Level.UNFINISHED, worst, why + " What is there was looked at." + said(findings));
    }
    if (totals.failedJobs() > 0) {
      return new Verdict(
          Verdict.Level.PROBLEMS,
          max(worst, Severity.MODERATE),
          Amount.counted(totals.failedJobs(), "job")
              + " of "
              + totals.jobs()
              + " failed and the application went on"
              + because(facts, run)
              + theRest(findings));
    }
    return judged(
        findings,
        totals.tasks() == 0 ? "No task ran, so there is little to judge." : "No point fired.");
  }

  static Verdict flink(FlinkFacts flink, List<Finding> findings, LogCondition condition) {
    if (flink.state().equals("FAILED")) {
      String why =
          flink.exceptions().isEmpty() ? "" : ": " + sentence(flink.exceptions().get(0).reason());
      return new Verdict(Verdict.Level.FAILED, Severity.CRITICAL, "The job failed" + dot(why));
    }
    if (flink.state().isEmpty()) {
      return new Verdict(
          Verdict.Level.UNFINISHED, Severity.NONE, "The archive does not tell the job's state.");
    }
    String ended = "The job ended as " + flink.state() + ". ";
    if (!flink.exceptions().isEmpty()) {
      return new Verdict(
          Verdict.Level.PROBLEMS,
          Severity.SEVERE,
          ended
              + "It had "
              + Amount.counted(flink.exceptions().size(), "exception")
              + dot(", the latest: " + sentence(flink.exceptions().get(0).reason())));
    }
    if (flink.checkpoints().failed() > 0) {
      return new Verdict(
          Verdict.Level.PROBLEMS,
          Severity.MODERATE,
          ended + Amount.counted(flink.checkpoints().failed(), "checkpoint") + " failed.");
    }
    Verdict judged = judged(findings, "Nothing in the archive speaks against it.");
    String doubt = condition.isWhole() ? "" : " Parts of the archive could not be read.";
    return new Verdict(judged.level(), judged.severity(), ended + judged.sentence() + doubt);
  }

  private static Verdict judged(List<Finding> findings, String nothing) {
    List<Finding> problems = problems(findings);
    if (!problems.isEmpty()) {
      return new Verdict(
          Verdict.Level.PROBLEMS, problems.get(0).severity(), said(findings).strip());
    }
    long remarks = findings.stream().filter(each -> each.state() == FindingState.FIRED).count();
    return new Verdict(
        Verdict.Level.HEALTHY,
        Severity.NONE,
        remarks == 0 ? nothing : Amount.counted(remarks, "remark") + ", no problem.");
  }

  /** A job that is cancelled as the context goes down has not failed by itself. */
  private static String lastJob(LogFacts facts, RunProfile run) {
    if (!facts.lastJobFailure().contains(SHUT_DOWN)) {
      return "The last job failed" + because(facts, run);
    }
    String before =
        facts.failureReasons().entrySet().stream()
            .filter(reason -> !reason.getKey().startsWith("TaskKilled"))
            .filter(reason -> !reason.getKey().startsWith("Resubmitted"))
            .max(Map.Entry.comparingByValue())
            .map(
                reason ->
                    "; before that "
                        + Amount.counted(reason.getValue(), "task")
                        + " failed: "
                        + sentence(reason.getKey()))
            .orElse("");
    return dot("The last job was cut off as the application shut down" + before);
  }

  private static String because(LogFacts facts, RunProfile run) {
    String told = facts.lastJobFailure();
    if (told.isEmpty()) {
      told =
          run.stages().stream()
              .map(stage -> stage.failure() == null ? "" : stage.failure())
              .filter(reason -> !reason.isEmpty())
              .reduce("", (first, last) -> last);
    }
    return dot(told.isEmpty() ? "" : ": " + sentence(told));
  }

  private static String theRest(List<Finding> findings) {
    return problems(findings).isEmpty() ? "" : " " + said(findings).strip();
  }

  private static String said(List<Finding> findings) {
    List<Finding> problems = problems(findings);
    if (problems.isEmpty()) {
      return "";
    }
    Finding first = problems.get(0);
    long points = problems.stream().map(Finding::point).distinct().count();
    return " "
        + Amount.counted(points, "problem")
        + (points == 1 ? ", on " : "; the worst, on ")
        + first.component()
        + ": "
        + first.reason();
  }

  private static List<Finding> problems(List<Finding> findings) {
    return findings.stream()
        .filter(each -> each.state() == FindingState.FIRED)
        .filter(each -> each.severity().compareTo(LEAST) >= 0)
        .toList();
  }

  private static Severity worst(List<Finding> findings) {
    return findings.stream().map(Finding::severity).max(Severity::compareTo).orElse(Severity.NONE);
  }

  private static Severity max(Severity one, Severity other) {
    return one.compareTo(other) >= 0 ? one : other;
  }

  /** The first line of a reason that may be a stack trace. */
  private static String sentence(String reason) {
    String line = reason.lines().findFirst().orElse("").strip();
    return line.length() <= 240 ? line : line.substring(0, 240) + "…";
  }

  private static String dot(String text) {
    String bare = text.endsWith(":") ? text.substring(0, text.length() - 1) : text;
    return bare.endsWith(".") || bare.endsWith("…") ? bare : bare + ".";
  }
}
