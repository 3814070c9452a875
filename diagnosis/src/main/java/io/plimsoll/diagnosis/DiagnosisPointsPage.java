// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis;

import io.plimsoll.diagnosis.point.Catalogue;
import io.plimsoll.diagnosis.point.DiagnosisPoint;
import io.plimsoll.diagnosis.point.Group;
import io.plimsoll.diagnosis.point.PointDescription;
import io.plimsoll.diagnosis.point.Thresholds;
import io.plimsoll.diagnosis.signal.Direction;
import io.plimsoll.diagnosis.signal.Origin;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The page docs/diagnosis-points.md, made from the points themselves. */
public final class DiagnosisPointsPage {
  private static final String HEAD =
      """
      # Diagnosis points

      Made from the points of `diagnosis`; a test fails when this page differs from them.

      Every point answers for every run: **fired** (with a severity), **clear**, **not evaluated** \
      (an input is missing; the finding names it and what would supply it), **not applicable**, or \
      **muted** (fired, and somebody does not want to be told for now). The four limits are the \
      mildest values of severity low, moderate, severe and critical; a worse value is never less \
      severe. Most points are no more severe than what the run paid for the problem (1, 3, 10, \
      25 % of it).

      A value is held against the strongest reference with enough support: the job's own earlier \
      runs (at least five), the component's peers (at least four others), or the static default. \
      What is learned moves the default by a factor of two at most. The catalogue has 219 points; \
      a point *waits* while no source of Plimsoll's fills one of its inputs.

      """;

  private DiagnosisPointsPage() {}

  /** The page as Markdown. */
  public static String markdown() {
    StringBuilder page = new StringBuilder(HEAD);
    page.append(groups());
    for (Group group : Group.values()) {
      List<PointDescription> members = members(group);
      if (!members.isEmpty()) {
        page.append("\n## ").append(group.words()).append("\n\n");
        page.append("| id | catalogue | says of | fires on | low | moderate | severe | critical |");
        page.append(" held against | inputs from |\n|---|---|---|---|---|---|---|---|---|---|\n");
        members.forEach(each -> page.append(row(each)));
        members.forEach(each -> page.append(entry(each)));
      }
    }
    return page.toString();
  }

  private static String groups() {
    StringBuilder table = new StringBuilder();
    table.append("| group | in the catalogue | of them here | with a source | entries |\n");
    table.append("|---|---|---|---|---|\n");
    long[] all = new long[4];
    for (Group group : Group.values()) {
      long[] counts = counts(group.points(), members(group));
      table.append(line(group.words(), counts));
      Arrays.setAll(all, column -> all[column] + counts[column]);
    }
    return table.append(line("together", all)).toString();
  }

  /** A point of the catalogue may have several entries here, and a source for one of them only. */
  private static long[] counts(long catalogued, List<PointDescription> members) {
    long here = members.stream().map(PointDescription::catalogueId).distinct().count();
    long live =
        members.stream()
            .filter(PointDescription::isLive)
            .map(PointDescription::catalogueId)
            .distinct()
            .count();
    return new long[] {catalogued, here, live, members.size()};
  }

  private static String line(String name, long[] counts) {
    StringBuilder row = new StringBuilder("| ").append(name).append(" |");
    for (long count : counts) {
      row.append(' ').append(count).append(" |");
    }
    return row.append('\n').toString();
  }

  private static List<PointDescription> members(Group group) {
    return Catalogue.all().stream()
        .map(DiagnosisPoint::description)
        .filter(each -> each.group() == group)
        .toList();
  }

  private static String row(PointDescription description) {
    Thresholds limits = description.thresholds();
    String bound = limits.bad() == Direction.HIGH ? "≥ " : "≤ ";
    return "| `"
        + description.id()
        + "` | "
        + description.catalogueId()
        + " | "
        + description.component()
        + " | "
        + limits.metric()
        + " | "
        + number(bound, limits.low())
        + " | "
        + number(bound, limits.moderate())
        + " | "
        + number(bound, limits.severe())
        + " | "
        + number(bound, limits.critical())
        + " | "
        + String.join(", ", description.references())
        + " | "
        + origins(description)
        + " |\n";
  }

  private static String entry(PointDescription description) {
    return "\n### `"
        + description.id()
        + "`: "
        + description.title()
        + "\n\n"
        + description.meaning()
        + "\n\nInputs: "
        + String.join(", ", description.inputs())
        + "\n\nThresholds: "
        + description.source()
        + "\n\nAdvice: "
        + description.advice()
        + "\n";
  }

  private static String origins(PointDescription description) {
    return description.origins().stream()
        .sorted()
        .map(DiagnosisPointsPage::word)
        .collect(Collectors.joining(", "));
  }

  private static String word(Origin origin) {
    return origin.isLive() ? origin.name().toLowerCase(Locale.ROOT).replace('_', ' ') : "*waits*";
  }

  private static String number(String bound, double value) {
    if (value == Double.MAX_VALUE || value == Double.MIN_VALUE) {
      return "–";
    }
    if (value > 0 && value < 1e-6) {
      return "any";
    }
    return bound
        + (value == Math.rint(value)
            ? String.format(Locale.ROOT, "%.0f", value)
            : String.format(Locale.ROOT, "%s", value));
  }
}
