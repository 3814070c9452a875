// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.bench.planted;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** {@code docs/planted.md}, made from the table of kinds. */
final class PlantedPage {
  private static final String HEAD =
      """
      # Planted problems

      <!-- Written by a test: PlantedPageTest with -Dplimsoll.pages.write=true. -->

      What `./plimsoll bench planted` plants, how it proves that the problem is there, and which answers count as right. The
      answers were written down before the first log was looked at ([decision 25](decisions/0025-planted-runs.md)).

      An answer is right when the cause's component is of one of the named types and in place (a stage, plan node or query of the
      planted step; the executor that was killed or starved), and one of the named diagnosis points is its reason. A plant takes
      when its number reaches the limit and its step is at least 0.4 of the run; one that did not is told and not counted. Of
      Dr. Elephant what is severe or critical counts as said, of DataFlint every alert; a dash stands where they publish no rule
      for the problem.

      """;

  private PlantedPage() {}

  static String markdown() {
    StringBuilder page = new StringBuilder(HEAD);
    for (PlantedKind.Group group :
        List.of(PlantedKind.Group.DEVELOPMENT, PlantedKind.Group.SET_ASIDE)) {
      page.append("## ").append(capital(group.words())).append("\n\n");
      page.append(
          "| kind | planted | proof that it took | components | points | Dr. Elephant | DataFlint |\n");
      page.append("|---|---|---|---|---|---|---|\n");
      Kinds.all().stream()
          .filter(kind -> kind.group() == group)
          .forEach(kind -> page.append(row(kind)));
      page.append("\n");
    }
    page.append("## Healthy\n\n");
    page.append("Nothing may be named of these.\n\n");
    Kinds.all().stream()
        .filter(PlantedKind::isHealthy)
        .forEach(
            kind ->
                page.append("- `")
                    .append(kind.name())
                    .append("`, runs: ")
                    .append(kind.variants())
                    .append("\n"));
    return page.toString();
  }

  private static String row(PlantedKind kind) {
    Answer answer = kind.answer();
    PlantedKind.Proof proof = kind.proof();
    if (answer == null || proof == null) {
      throw new IllegalStateException(kind.name() + " has no answer");
    }
    return String.format(
        Locale.ROOT,
        "| `%s` | %s | %s ≥ %s | %s | %s | %s | %s |%n",
        kind.name(),
        kind.problem(),
        proof.what(),
        Double.toString(proof.least()).replaceAll("\\.0$", ""),
        answer.components().stream().sorted().collect(Collectors.joining(", ")),
        answer.points().stream().map(point -> "`" + point + "`").collect(Collectors.joining(", ")),
        listed(answer.drElephant()),
        listed(answer.dataFlint()));
  }

  private static String listed(List<String> rules) {
    return rules.isEmpty() ? "-" : String.join(", ", rules);
  }

  private static String capital(String words) {
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }
}
