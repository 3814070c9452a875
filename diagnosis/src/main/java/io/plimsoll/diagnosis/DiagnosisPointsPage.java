// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis;

import io.plimsoll.diagnosis.point.Catalogue;
import io.plimsoll.diagnosis.point.DiagnosisPoint;
import io.plimsoll.diagnosis.point.PointDescription;
import io.plimsoll.diagnosis.point.Thresholds;
import java.util.Locale;

/** The page docs/diagnosis-points.md, made from the points themselves. */
public final class DiagnosisPointsPage {
  private static final String HEAD =
      """
      # Diagnosis points

      Made from the point classes of `diagnosis`; a test fails when this page differs from them.

      Every point answers for every run: **fired** (with a severity), **clear**, **not evaluated** \
      (an input is missing; the finding names it and what would supply it) or **not applicable**. \
      The four thresholds are the lowest values of severity low, moderate, severe and critical; a \
      higher value is never less severe.

      """;

  private DiagnosisPointsPage() {}

  /** The page as Markdown. */
  public static String markdown() {
    StringBuilder page = new StringBuilder(HEAD);
    page.append("| id | says of | fires on | low | moderate | severe | critical | inputs |\n");
    page.append("|---|---|---|---|---|---|---|---|\n");
    for (DiagnosisPoint point : Catalogue.all()) {
      page.append(row(point.description()));
    }
    page.append("\n## What each one means\n");
    for (DiagnosisPoint point : Catalogue.all()) {
      PointDescription description = point.description();
      page.append("\n### `").append(description.id()).append("`: ").append(description.title());
      page.append("\n\n").append(description.meaning()).append('\n');
      page.append("\nThresholds: ").append(description.source()).append('\n');
    }
    return page.toString();
  }

  private static String row(PointDescription description) {
    Thresholds limits = description.thresholds();
    return "| `"
        + description.id()
        + "` | "
        + description.component()
        + " | "
        + limits.metric()
        + " | "
        + number(limits.low())
        + " | "
        + number(limits.moderate())
        + " | "
        + number(limits.severe())
        + " | "
        + number(limits.critical())
        + " | "
        + String.join(", ", description.inputs())
        + " |\n";
  }

  private static String number(double value) {
    if (value < 0.001) {
      return "any";
    }
    return value == Math.rint(value)
        ? String.format(Locale.ROOT, "%.0f", value)
        : String.format(Locale.ROOT, "%s", value);
  }
}
