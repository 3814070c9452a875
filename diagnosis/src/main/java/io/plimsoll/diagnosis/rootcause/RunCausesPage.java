// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.rootcause;

import java.util.Locale;
import java.util.stream.Collectors;

/** The part of docs/root-causes.md that speaks of runs, made from the tables themselves. */
public final class RunCausesPage {
  private static final String HEAD =
      """

      ## In a run

      `analyze`, the API's run object and the demo say which findings of a run are causes and which \
      follow from them. Why it works so: [decision 23](decisions/0023-causes-of-a-run.md).

      In the run object `rootCauses` is the list of causes, the likeliest first: `{point, component, \
      kind, title, sentence, probability, path, explains, costWallSeconds, costCoreHours, \
      costGiBHours, evidence, counterEvidence, doubts, advice}`. It is empty for a run without \
      trouble, and where nobody can be named. `causeSearch` says which of the two: `{abstained, \
      reason, suspects, explainedAway}`; `suspects` are what else may be behind it, or hints where \
      it abstained.

      1. Findings that say the same of the same place are one problem.
      2. Each problem takes so much of the run's wall time: tails beyond the median, cores without \
      work, shares of collections, waits and spill in the stages, gaps without a job, work done \
      again. What is no matter of time counts 3, 8, 20 or 40 %% of the run by its severity. Below \
      %s %% of the run, or %s s, it is no trouble.
      3. What takes no time by itself takes 50 to 95 %% of what it brings about.
      4. severity `s = ln(1 + per cent of the run)`; then residual, gate, score and confidence as \
      above. Symptoms are: the run failed, the run lost time, the run was unsteady.
      5. probability = confidence × that of the finding, × 0.8 where something could be behind it \
      and was not looked at. Below 0.4 nobody is named.

      A failure is explained only by what fits the engine's own words. Memory and cores that are \
      held and not used are waste, not trouble: they are findings and never causes.

      ### Problems

      A symptom or consequence is never named. An open problem may have something behind it.

      | kind | what | part | family | seen by |
      |---|---|---|---|---|
      """;

  private RunCausesPage() {}

  /** The section as Markdown. */
  public static String markdown() {
    StringBuilder page =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                HEAD,
                plain(100 * TroubleGraph.LEAST_SHARE),
                plain(TroubleGraph.LEAST_MILLIS / 1e3)));
    for (Problem problem : Problem.values()) {
      page.append("| `")
          .append(problem.kind())
          .append("` | ")
          .append(problem.words())
          .append(" | ")
          .append(problem.nature().name().toLowerCase(Locale.ROOT))
          .append(" | ")
          .append(problem.family().id())
          .append(" | ")
          .append(
              problem.points().stream()
                  .map(point -> "`" + point + "`")
                  .collect(Collectors.joining(", ")))
          .append(" |\n");
    }
    page.append("\n### What explains what\n\n| cause | explains | since |\n|---|---|---|\n");
    for (Propagation.Rule rule : Propagation.all()) {
      page.append("| `")
          .append(rule.cause().kind())
          .append("` | ")
          .append(
              rule.effects().stream()
                  .map(effect -> "`" + effect.kind() + "`")
                  .collect(Collectors.joining(", ")))
          .append(" | ")
          .append(rule.why())
          .append(" |\n");
    }
    return page.toString();
  }

  private static String plain(double value) {
    return String.format(Locale.ROOT, "%.0f", value);
  }
}
