// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.page;

import io.plimsoll.profile.Distribution;
import io.plimsoll.profile.RunProfile;
import io.plimsoll.profile.StageProfile;
import io.plimsoll.standalone.terminal.Amount;
import io.plimsoll.standalone.terminal.Safe;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** How long the tasks of the stages with the most task time took, on a logarithmic axis. */
final class TaskChart {
  private static final int WIDTH = 720;
  private static final int LEFT = 150;
  private static final int RIGHT = 118;
  private static final int ROW = 22;
  private static final int MOST_STAGES = 12;
  private static final int LEAST_TASKS = 3;

  private final List<StageProfile> stages;

  TaskChart(RunProfile run) {
    stages =
        run.stages().stream()
            .filter(stage -> time(stage).count() >= LEAST_TASKS)
            .sorted(Comparator.comparingLong((StageProfile stage) -> time(stage).sum()).reversed())
            .limit(MOST_STAGES)
            .toList();
  }

  boolean isDrawn() {
    return !stages.isEmpty();
  }

  private static Distribution time(StageProfile stage) {
    return stage.attemptWallMillis().count() > 0
        ? stage.attemptWallMillis()
        : stage.taskRunMillis();
  }

  String svg() {
    double most = 10;
    for (StageProfile stage : stages) {
      most = Math.max(most, time(stage).max());
    }
    int decades = (int) Math.ceil(Math.log10(most));
    int height = stages.size() * ROW + 30;
    StringBuilder svg = new StringBuilder();
    svg.append(
        String.format(
            Locale.ROOT,
            "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"task times by stage\">",
            WIDTH,
            height));
    for (int decade = 0; decade <= decades; decade++) {
      double x = LEFT + (double) (WIDTH - LEFT - RIGHT) * decade / decades;
      svg.append(
          String.format(
              Locale.ROOT,
              "<line class=\"grid\" x1=\"%.1f\" y1=\"2\" x2=\"%.1f\" y2=\"%d\"/><text class=\"tick\""
                  + " text-anchor=\"middle\" x=\"%.1f\" y=\"%d\">%s</text>",
              x,
              x,
              height - 18,
              x,
              height - 5,
              Amount.time(Math.pow(10, decade))));
    }
    for (int i = 0; i < stages.size(); i++) {
      svg.append(row(stages.get(i), 4 + i * ROW, decades));
    }
    return svg.append("</svg>").toString();
  }

  private static String row(StageProfile stage, int y, int decades) {
    Distribution time = time(stage);
    double low = x(time.min(), decades);
    double high = x(time.max(), decades);
    double from = x(time.quantile(0.25), decades);
    double to = x(time.quantile(0.75), decades);
    double median = x(time.median(), decades);
    int middle = y + ROW / 2 - 2;
    return String.format(
        Locale.ROOT,
        "<g><title>%s</title><text class=\"lab\" text-anchor=\"end\" x=\"%d\" y=\"%d\">%s</text>"
            + "<line class=\"whisker\" x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\"/>"
            + "<rect class=\"b-stage\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" rx=\"2\"/>"
            + "<line class=\"median\" x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\"/>"
            + "<text class=\"tick\" x=\"%d\" y=\"%d\">max %s</text></g>",
        Markup.escape(
            Safe.cut(stage.name(), 100)
                + ": "
                + Amount.counted(time.count(), "task")
                + ", median "
                + Amount.time(time.median())
                + ", longest "
                + Amount.time(time.max())),
        LEFT - 8,
        middle + 4,
        "stage " + stage.id() + " (" + time.count() + ")",
        low,
        middle,
        high,
        middle,
        from,
        middle - 5,
        Math.max(1.5, to - from),
        10,
        median,
        middle - 7,
        median,
        middle + 7,
        WIDTH - RIGHT + 8,
        middle + 4,
        Amount.time(time.max()));
  }

  private static double x(long millis, int decades) {
    double share = millis <= 1 ? 0 : Math.log10(millis) / decades;
    return LEFT + share * (WIDTH - LEFT - RIGHT);
  }
}
