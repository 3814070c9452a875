// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.locate;

import io.plimsoll.diagnosis.cause.MetricUnit;
import io.plimsoll.diagnosis.graph.ComponentType;
import io.plimsoll.diagnosis.graph.Family;
import io.plimsoll.diagnosis.graph.LinkType;
import io.plimsoll.diagnosis.rootcause.RunCausesPage;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The page docs/root-causes.md, its tables made from the types themselves. */
public final class RootCausesPage {
  private static final String HEAD =
      """
      # Root causes

      Made from the types of `diagnosis.graph`, `diagnosis.locate` and `diagnosis.rootcause`; a test fails when this page \
      differs from them. Why it works so: [decision 22](decisions/0022-causes-by-explaining-away.md).

      `./plimsoll locate CASE.json [--json FILE]` ranks the nodes of your own graph. No server, no \
      agent. Exit code 0 for an answer or an abstention, 2 for wrong usage or a case that cannot be \
      read; the one line of the error names the place in the file.

      ## The case

      ```json
      {
        "nodes": [{"id": "web", "type": "service"}, {"id": "db", "type": "database"}],
        "edges": [{"from": "web", "to": "db", "type": "depends_on"}],
        "series": [
          {"node": "web", "metric": "p95", "unit": "ms", "family": "time", "direction": "up",
           "normal": [[1700000000, 110], [1700000060, 104]], "incident": [[1700001800, 930]]},
          {"edge": ["web", "db"], "metric": "p95 web - db", "unit": "ms", "family": "time",
           "direction": "up", "normal": [[1700000000, 1]], "incident": [[1700001800, 2]]}
        ],
        "symptom": {"node": "web", "metric": "p95"},
        "incidentStart": 1700001800
      }
      ```

      - An edge goes from the one that depends to the one it depends on. An edge's series is the \
      caller's view minus the callee's, subtracted by whoever writes the case.
      - Times are seconds or milliseconds since 1970, told apart by their size.
      - `type`, `unit`, `family` and `direction` may be left out: component, depends_on, no floor, \
      other, both. Unknown types and families are read as those, and noted.
      - `null`, `NaN` and `Infinity` are absent values, never zero. A node that only edges name is \
      one that did not report.
      - A series needs eight samples of normal time before the incident, or four peers; two samples \
      in a row have to deviate. Samples of normal time after `incidentStart` are cut off.

      ## The answer

      `{ranking:[{node, score, confidence, evidence, path}], abstained, reason}`. Beside these an \
      entry has `rank` (equal scores have an equal one, and `tied` is true; at most 1,000 are \
      listed, a note counts the others), `cause` (it is one of the few that together explain what is \
      wrong), `inferred` (nothing of it was measured), `explains`, `circle`, `counterEvidence`; the \
      answer has `explainedAway`, `notes` (all that could not be used) and `coverage`. Where it abstained, the ranking is a list of hints.

      ## How a rank comes about

      1. severity of a metric: `s = ln(1 + z)`, `z` = steps away from the worse of the normal median \
      and the median just before the incident; a step is the largest of 1.4826·MAD, (q99 − median)/3, \
      the unit's floor, 5 % of the median. References: own normal time, peers, fixed limits.
      2. what did not report is concluded from what depends on it, if at least two of those are bad.
      3. residual: `r = max(0, s − max w·s(cause)) + 0.05·s` over the causes whose families fit.
      4. gate: 1 at the symptom, times g and times how anomalous each component on the way is.
      5. score: `r · e · gate`, or the mean severity of its links times the gate where that is more.
      6. confidence: its share among the first five, times how sure the symptom is, times how much of \
      what should have reported did; then calibrated. It abstains when the symptom does not stand \
      out, the first score is below 0.3, the next is nearer than a factor of 1.2, too little reported \
      for a confidence of 0.5, or the first is the symptom itself and nothing that it depends on \
      reported.

      """;

  private RootCausesPage() {}

  /** The page as Markdown. */
  public static String markdown() {
    StringBuilder page = new StringBuilder(HEAD);
    page.append("## Families\n\n| family | what stands under it |\n|---|---|\n");
    for (Family family : Family.values()) {
      row(page, code(family.id()), family.meaning());
    }
    page.append("\n## Units\n\n");
    page.append(
        "The floor is the smallest step that counts. A unit that is not listed has none.\n\n");
    page.append("| unit | floor |\n|---|---|\n");
    for (String unit : MetricUnit.KNOWN) {
      row(page, code(unit), plain(MetricUnit.of(unit).floor()) + " " + unit);
    }
    page.append("\n## Link types\n\n");
    page.append(
        "A dependent's symptom of an explained family is explained by an explaining family of the"
            + " cause. `other` fits everything.\n\n");
    page.append("| type | dependent | cause | w | g | explained | explaining | rule |\n");
    page.append("|---|---|---|---|---|---|---|---|\n");
    for (LinkType type : LinkType.values()) {
      row(
          page,
          code(type.id()),
          type.dependent(),
          type.cause(),
          number(type.explainWeight()),
          number(type.gateWeight()),
          type == LinkType.VIEW_OF ? "all" : type.explainedFamilies(),
          type == LinkType.VIEW_OF ? "all" : type.explainingFamilies(),
          type.rule());
    }
    page.append("\n## Component types\n\n");
    page.append(
        "Peers are compared with each other. Expected families count for the coverage.\n\n");
    page.append("| type | of | peers | expected families | its links |\n|---|---|---|---|---|\n");
    for (ComponentType type : ComponentType.values()) {
      row(
          page,
          code(type.id()),
          type.system(),
          type.hasPeers() ? "yes" : "no",
          type.expectedFamilies().isEmpty() ? "none" : type.expectedFamilies(),
          type.links());
    }
    return page.append(RunCausesPage.markdown()).toString();
  }

  private static void row(StringBuilder page, String... cells) {
    page.append(Stream.of(cells).collect(Collectors.joining(" | ", "| ", " |\n")));
  }

  private static String code(String text) {
    return "`" + text + "`";
  }

  private static String plain(double value) {
    return BigDecimal.valueOf(value).round(new MathContext(7)).stripTrailingZeros().toPlainString();
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}
