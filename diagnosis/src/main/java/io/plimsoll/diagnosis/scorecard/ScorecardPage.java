// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.scorecard;

import java.util.Locale;

/** The page docs/scorecard.md, made from the parts themselves. */
public final class ScorecardPage {
  private static final String HEAD =
      """
      # The scorecard

      Made from the constants of `diagnosis.scorecard`; a test fails when this page differs from them.

      A run, and a job over its runs, has three scores from 0 to 100: **cost**, **efficiency** and \
      **stability**. Each starts at 100, and each part below takes points away:

      ```
      badness = min(1, max(0, (metric - good) / (bad - good)))
      lost    = weight × badness
      score   = 100 - Σ lost
      ```

      Points are counted in whole hundredths, so the losses add up to what is missing from 100, exactly.

      What is not known scores neither as good nor as bad: the part is left out, the weights of the \
      known ones are scaled to 100, and **coverage** says which share of the full weights is known. \
      A score with a coverage of 40 % is an opinion on 40 % of the matter. Nothing known: no score.

      A job's metric is that of its runs together: the sum of the numerators over the sum of the \
      denominators, over the runs in which it is known; for the distance to the limit the worst run. Runs whose \
      price is not known are left out of cost and lower its coverage.

      In local mode the driver is the only process and stands for the executors.

      """;

  private ScorecardPage() {}

  /** The page as Markdown. */
  public static String markdown() {
    StringBuilder page = new StringBuilder(HEAD);
    page.append("## Cost\n\nOne point is one percent of what the executors' allocation cost: the");
    page.append(" weight of memory and of cores is its share of the price.\n\n");
    table(page, Score.Kind.COST);
    page.append("\nDefault prices: ")
        .append(number(Prices.DEFAULT.gibHour()))
        .append(" ")
        .append(Prices.DEFAULT.currency())
        .append(" per GiB·h and ")
        .append(number(Prices.DEFAULT.coreHour()))
        .append(
            " per core·h (list prices of Amazon EMR Serverless on x86, us-east-1, a GB taken for a")
        .append(" GiB). Give your own: `--price gib-hour=0.004,core-hour=0.04,currency=EUR`.\n");
    page.append("\n## Efficiency\n\nCore time is divided without overlap: time in tasks, too few");
    page.append(" tasks, waiting for the last tasks, and the rest as idle.\n\n");
    table(page, Score.Kind.EFFICIENCY);
    page.append("\n## Stability\n\n");
    table(page, Score.Kind.STABILITY);
    return page.toString();
  }

  private static void table(StringBuilder page, Score.Kind kind) {
    page.append("| part | weight | metric | good | bad |\n|---|---|---|---|---|\n");
    for (Part part : Part.values()) {
      if (part.kind() == kind) {
        page.append("| `")
            .append(part.id())
            .append("` | ")
            .append(kind == Score.Kind.COST ? "share of the price" : "" + part.weight())
            .append(" | ")
            .append(part.meaning())
            .append(" | ")
            .append(number(part.good()))
            .append(" | ")
            .append(number(part.bad()))
            .append(" |\n");
      }
    }
  }

  private static String number(double value) {
    return value == Math.rint(value)
        ? String.format(Locale.ROOT, "%.0f", value)
        : Double.toString(value);
  }
}
