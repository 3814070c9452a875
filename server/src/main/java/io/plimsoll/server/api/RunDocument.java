// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.server.api;

import io.plimsoll.diagnosis.Diagnosis;
import io.plimsoll.diagnosis.finding.CatalogueCoverage;
import io.plimsoll.diagnosis.finding.Finding;
import io.plimsoll.diagnosis.finding.FindingState;
import io.plimsoll.diagnosis.rootcause.RootCauseSearch;
import io.plimsoll.diagnosis.rootcause.RootCauses;
import io.plimsoll.diagnosis.scorecard.Scorecard;
import io.plimsoll.profile.Books;
import io.plimsoll.profile.EngineSums;
import io.plimsoll.profile.JobProfile;
import io.plimsoll.profile.RunCosts;
import io.plimsoll.profile.RunProfile;
import io.plimsoll.profile.StageProfile;
import io.plimsoll.tuner.recommendation.Recommendation;
import io.plimsoll.wire.Role;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The run object: one run as a whole, the same in the API and in what the command line writes. What
 * is not known is absent.
 */
public final class RunDocument {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private RunDocument() {}

  /**
   * The object as maps, lists, texts, numbers and booleans, for {@link Json}; the caller may add
   * what only it knows.
   *
   * @param findings empty while the run has not been diagnosed
   * @param recommendation null while there is none
   */
  public static Map<String, Object> of(
      RunProfile run, List<Finding> findings, @Nullable Recommendation recommendation) {
    boolean isScored = hasDriver(run) && run.engine().equals("spark");
    return of(run, findings, recommendation, isScored ? Scorecard.of(run) : null);
  }

  /**
   * As {@link #of(RunProfile, List, Recommendation)}, with a scorecard at the caller's prices.
   *
   * @param scorecard null where the run cannot be scored
   */
  public static Map<String, Object> of(
      RunProfile run,
      List<Finding> findings,
      @Nullable Recommendation recommendation,
      @Nullable Scorecard scorecard) {
    Document document =
        new Document()
            .put("run", run.key().id())
            .put("job", JobNames.of(run.name()))
            .putKnown("engine", run.engine())
            .putKnown("version", run.engineVersion())
            .put("complete", run.complete())
            .put("config", run.config());
    if (run.startMillis() >= 0) {
      document.put("wallMillis", run.wallMillis());
    }
    if (hasDriver(run)) {
      document.put("totals", totals(run));
    }
    putCosts(document, run);
    document.put("books", Document.list(Books.of(run), RunDocument::books));
    if (scorecard != null) {
      document.put("scorecard", ScorecardDocument.of(scorecard));
    }
    document.put("findings", FindingDocument.list(findings));
    if (!findings.isEmpty()) {
      RootCauses causes = RootCauseSearch.of(run, findings);
      document.put("rootCauses", RootCauseDocument.causes(causes));
      document.put("causeSearch", RootCauseDocument.search(causes));
    }
    if (recommendation != null) {
      document.put("recommendation", RecommendationDocument.of(recommendation).fields());
    }
    return document.put("coverage", coverage(run, findings)).fields();
  }

  private static Map<String, Object> coverage(RunProfile run, List<Finding> findings) {
    Map<String, Object> coverage = new LinkedHashMap<>(ProcessDocument.coverage(run.coverage()));
    if (!findings.isEmpty()) {
      coverage.put("points", points(findings));
    }
    return coverage;
  }

  /** What was looked at, and why the rest was not. */
  private static Map<String, Object> points(List<Finding> findings) {
    return new Document()
        .put("fired", count(findings, FindingState.FIRED))
        .put("muted", count(findings, FindingState.MUTED))
        .put("clear", count(findings, FindingState.CLEAR))
        .put("notEvaluated", count(findings, FindingState.NOT_EVALUATED))
        .put("notApplicable", count(findings, FindingState.NOT_APPLICABLE))
        .put("groups", Document.list(Diagnosis.coverage(findings).groups(), RunDocument::group))
        .fields();
  }

  private static long count(List<Finding> findings, FindingState state) {
    return findings.stream().filter(each -> each.state() == state).count();
  }

  private static Map<String, Object> group(CatalogueCoverage.Group group) {
    return new Document()
        .put("name", group.name())
        .put("catalogued", group.catalogued())
        .put("declared", group.declared())
        .put("evaluated", group.evaluated())
        .put("notApplicable", group.notApplicable())
        .put("notEvaluated", group.notEvaluated())
        .fields();
  }

  /** Whether anything was heard of what only the driver can say. */
  private static boolean hasDriver(RunProfile run) {
    return !run.name().isEmpty() || !run.jobs().isEmpty() || !run.executors().isEmpty();
  }

  private static Map<String, Object> totals(RunProfile run) {
    EngineSums sums = run.engineSums();
    return new Document()
        .put("tasks", sums.tasks())
        .put("failedTasks", sums.failedTasks())
        .put("runMillis", sums.runMillis())
        .put("cpuMillis", sums.cpuNanos() / NANOS_PER_MILLI)
        .put("gcMillis", sums.gcMillis())
        .put("inputBytes", sums.inputBytes())
        .put("shuffleReadBytes", sums.shuffleReadBytes())
        .put("shuffleWriteBytes", sums.shuffleWriteBytes())
        .put("memorySpillBytes", sums.memorySpillBytes())
        .put("diskSpillBytes", sums.diskSpillBytes())
        .put("executorsAdded", run.executors().size())
        .put(
            "executorsRemoved",
            run.executors().stream().filter(executor -> executor.removedMillis() >= 0).count())
        .put("stages", run.stages().stream().filter(StageProfile::isComplete).count())
        .put("failedStages", run.stages().stream().filter(stage -> stage.failure() != null).count())
        .put("jobs", run.jobs().size())
        .put("failedJobs", run.jobs().stream().filter(RunDocument::hasFailed).count())
        .put(
            "sqlExecutions",
            run.jobs().stream()
                .mapToLong(JobProfile::sqlExecution)
                .filter(execution -> execution >= 0)
                .distinct()
                .count())
        .fields();
  }

  private static boolean hasFailed(JobProfile job) {
    return job.endMillis() >= 0 && !job.succeeded();
  }

  /** The executors' costs: what a driver is given is no matter of the executors' sizes. */
  private static void putCosts(Document document, RunProfile run) {
    RunCosts.Line costs = costs(run);
    Document allocated = new Document();
    if (costs.allocatedMebibyteMillis() > 0) {
      allocated.put("memoryGiBSeconds", costs.allocatedGiBSeconds());
    }
    if (costs.allocatedCoreMillis() > 0) {
      allocated.put("coreSeconds", costs.allocatedCoreSeconds());
    }
    Document used = new Document();
    if (run.processes(Role.EXECUTOR).stream().anyMatch(process -> process.lastSampleMillis() > 0)) {
      used.put("rssGiBSeconds", costs.usedRssGiBSeconds());
      if (costs.usedLiveMebibyteMillis() >= 0) {
        used.put("liveGiBSeconds", costs.usedLiveGiBSeconds());
      }
      used.put("cpuSeconds", costs.usedCpuSeconds());
    }
    if (!allocated.fields().isEmpty()) {
      document.put("allocated", allocated.fields());
    }
    if (!used.fields().isEmpty()) {
      document.put("used", used.fields());
    }
  }

  private static RunCosts.Line costs(RunProfile run) {
    try {
      return RunCosts.of(run).executors();
    } catch (IllegalArgumentException e) {
      // A size in the configuration that Spark itself would refuse: what was asked is not known.
      return RunCosts.of(withoutConfig(run)).executors();
    }
  }

  private static RunProfile withoutConfig(RunProfile run) {
    return new RunProfile(
        run.key(),
        run.name(),
        run.engine(),
        run.engineVersion(),
        run.startMillis(),
        run.endMillis(),
        run.complete(),
        new TreeMap<>(),
        run.processes(),
        run.stages(),
        run.jobs(),
        run.executors());
  }

  private static Map<String, Object> books(Books.Line line) {
    return new Document()
        .put("role", Words.of(line.role()))
        .put("attempts", line.attempts())
        .put("processCpuMillis", line.processCpuNanos() / NANOS_PER_MILLI)
        .put("attemptCpuMillis", line.attemptCpuNanos() / NANOS_PER_MILLI)
        .put("gcCpuMillis", line.gcCpuNanos() / NANOS_PER_MILLI)
        .put("jitCpuMillis", line.jitCpuNanos() / NANOS_PER_MILLI)
        .put("agentCpuMillis", line.agentCpuNanos() / NANOS_PER_MILLI)
        .put("satelliteCpuMillis", line.satelliteCpuNanos() / NANOS_PER_MILLI)
        .put("gcOfAttemptsCpuMillis", line.gcOfAttemptsCpuNanos() / NANOS_PER_MILLI)
        .put("residualCpuMillis", line.residualCpuNanos() / NANOS_PER_MILLI)
        .fields();
  }
}
