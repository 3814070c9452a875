// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.reading;

import io.plimsoll.diagnosis.finding.CatalogueCoverage;
import io.plimsoll.diagnosis.finding.Finding;
import io.plimsoll.diagnosis.finding.FindingState;
import io.plimsoll.diagnosis.rootcause.RootCauses;
import io.plimsoll.diagnosis.scorecard.Measures;
import io.plimsoll.diagnosis.scorecard.Scorecard;
import io.plimsoll.engines.spark.EventLogTotals;
import io.plimsoll.profile.RunProfile;
import io.plimsoll.tuner.recommendation.Recommendation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of one run from its file.
 *
 * @param source the file or folder as the user knows it
 * @param job the recurring job that it is a run of
 * @param profile with the last moment that the log tells as its end where the log has none
 * @param totals the engine's sums over the log's events; null for Flink
 * @param log how the log itself was
 * @param flink what a Flink archive tells; null for Spark
 * @param rootCauses which of the findings are causes, and which consequences
 * @param catalogue how much of the catalogue of diagnosis points was looked at
 * @param recommendation null for Flink
 * @param scorecard null for Flink
 */
public record AnalyzedRun(
    String source,
    String job,
    RunProfile profile,
    @Nullable EventLogTotals totals,
    LogFacts facts,
    LogCondition log,
    @Nullable FlinkFacts flink,
    List<Finding> findings,
    RootCauses rootCauses,
    CatalogueCoverage catalogue,
    @Nullable Recommendation recommendation,
    @Nullable Scorecard scorecard,
    @Nullable Measures measures,
    Verdict verdict) {
  public AnalyzedRun {
    findings = List.copyOf(findings);
  }

  AnalyzedRun from(String name) {
    return new AnalyzedRun(
        name,
        job,
        profile,
        totals,
        facts,
        log,
        flink,
        findings,
        rootCauses,
        catalogue,
        recommendation,
        scorecard,
        measures,
        verdict);
  }

  /** The findings of points that fired, worst first. */
  public List<Finding> fired() {
    return findings.stream().filter(each -> each.state() == FindingState.FIRED).toList();
  }

  /** How many findings are in this state. */
  public long count(FindingState state) {
    return findings.stream().filter(each -> each.state() == state).count();
  }
}
