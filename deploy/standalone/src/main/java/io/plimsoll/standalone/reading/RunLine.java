// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.reading;

import io.plimsoll.diagnosis.finding.Finding;
import io.plimsoll.diagnosis.scorecard.CostLine;
import io.plimsoll.diagnosis.scorecard.Measures;
import io.plimsoll.diagnosis.scorecard.Score;
import io.plimsoll.diagnosis.scorecard.Scorecard;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a run when there are many.
 *
 * @param worst point of the worst problem, empty when there is none
 * @param wasted price of what was held and not used, as far as it is known; 0 when not
 */
public record RunLine(
    String source,
    String run,
    String job,
    long startMillis,
    long wallMillis,
    boolean isWhole,
    Verdict verdict,
    String worst,
    double wasted,
    @Nullable Measures measures) {
  /** The line of this run. */
  public static RunLine of(AnalyzedRun run) {
    return new RunLine(
        run.source(),
        run.profile().key().id(),
        run.job(),
        run.profile().startMillis(),
        run.profile().wallMillis(),
        run.log().isWhole(),
        run.verdict(),
        run.fired().stream().map(Finding::point).findFirst().orElse(""),
        run.scorecard() == null ? 0 : wasted(run.scorecard()),
        run.measures());
  }

  /** The known losses of cost, in money. */
  static double wasted(Scorecard card) {
    double wasted = 0;
    CostLine line = card.executors();
    for (Score.Loss loss : card.cost().losses()) {
      double price =
          switch (loss.part()) {
            case MEMORY_NOT_RESIDENT -> card.prices().of(Math.max(0, line.allocatedGiBHours()), 0);
            case CORES_WITHOUT_TASK -> card.prices().of(0, line.allocatedCoreHours());
            default -> 0;
          };
      wasted += price * Math.min(1, loss.value());
    }
    return wasted;
  }
}
