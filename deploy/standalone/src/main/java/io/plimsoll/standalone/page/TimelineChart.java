// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.page;

import io.plimsoll.profile.ExecutorProfile;
import io.plimsoll.profile.RunProfile;
import io.plimsoll.profile.StageProfile;
import io.plimsoll.standalone.terminal.Amount;
import io.plimsoll.standalone.terminal.Safe;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Executors and stages over the run's time, as an inline picture. */
final class TimelineChart {
  private static final int WIDTH = 720;
  private static final int LEFT = 150;
  private static final int ROW = 16;
  private static final int TICKS = 4;
  private static final int MOST_EXECUTORS = 24;
  private static final int MOST_STAGES = 30;

  private final RunProfile run;
  private final long start;
  private final long span;

  TimelineChart(RunProfile run) {
    this.run = run;
    this.start = run.startMillis();
    this.span = Math.max(1, run.wallMillis());
  }

  boolean isDrawn() {
    return start >= 0
        && run.wallMillis() > 0
        && !(run.executors().isEmpty() && run.stages().isEmpty());
  }

  /** One bar. */
  private record Bar(String label, long from, long to, String type, String title) {}

  String svg() {
    List<Bar> bars = new ArrayList<>();
    List<ExecutorProfile> executors = run.executors().stream().limit(MOST_EXECUTORS).toList();
    for (ExecutorProfile executor : executors) {
      bars.add(executor(executor));
    }
    int after = bars.size();
    List<StageProfile> longest =
        run.stages().stream()
            .filter(stage -> stage.submittedMillis() >= 0)
            .sorted(Comparator.comparingLong(this::length).reversed())
            .limit(MOST_STAGES)
            .sorted(
                Comparator.comparingLong(StageProfile::submittedMillis)
                    .thenComparingInt(StageProfile::stageId))
            .toList();
    for (StageProfile stage : longest) {
      bars.add(stage(stage));
    }
    return draw(bars, after);
  }

  /** What the picture leaves out; empty when nothing. */
  String leftOut() {
    long stages = run.stages().stream().filter(stage -> stage.submittedMillis() >= 0).count();
    List<String> parts = new ArrayList<>();
    if (run.executors().size() > MOST_EXECUTORS) {
      parts.add("the first " + MOST_EXECUTORS + " of " + run.executors().size() + " executors");
    }
    if (stages > MOST_STAGES) {
      parts.add("the longest " + MOST_STAGES + " of " + stages + " stages");
    }
    return parts.isEmpty() ? "" : "Shown: " + String.join(", ", parts) + ".";
  }

  private long length(StageProfile stage) {
    return (stage.isComplete() ? stage.completedMillis() : start + span) - stage.submittedMillis();
  }

  private Bar executor(ExecutorProfile executor) {
    long to = executor.removedMillis() < 0 ? start + span : executor.removedMillis();
    String name =
        executor.executorId().equals("driver") ? "driver" : "executor " + executor.executorId();
    return new Bar(
        name,
        executor.addedMillis(),
        to,
        executor.removedMillis() < 0 ? "b-exec" : "b-gone",
        name
            + " on "
            + Safe.name(executor.host())
            + ", "
            + Amount.counted(executor.cores(), "core")
            + (executor.removedReason() == null
                ? ""
                : ", removed: " + Safe.cut(executor.removedReason(), 120)));
  }

  private Bar stage(StageProfile stage) {
    return new Bar(
        "stage " + stage.id(),
        stage.submittedMillis(),
        stage.submittedMillis() + length(stage),
        stage.failure() == null ? "b-stage" : "b-fail",
        "stage "
            + stage.id()
            + " "
            + Safe.cut(stage.name(), 100)
            + ", "
            + Amount.counted(stage.taskCount(), "task")
            + ", "
            + Amount.time(length(stage)));
  }

  private String draw(List<Bar> bars, int gapAfter) {
    int height = bars.size() * ROW + 34;
    StringBuilder svg = new StringBuilder();
    svg.append(
        String.format(
            Locale.ROOT,
            "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"timeline of executors and stages\">",
            WIDTH,
            height));
    for (int i = 0; i <= TICKS; i++) {
      double x = LEFT + (double) (WIDTH - LEFT - 10) * i / TICKS;
      svg.append(
          String.format(
              Locale.ROOT,
              "<line class=\"grid\" x1=\"%.1f\" y1=\"4\" x2=\"%.1f\" y2=\"%d\"/><text class=\"tick\""
                  + " text-anchor=\"%s\" x=\"%.1f\" y=\"%d\">%s</text>",
              x,
              x,
              height - 18,
              i == TICKS ? "end" : i == 0 ? "start" : "middle",
              x,
              height - 5,
              Amount.time((double) span * i / TICKS)));
    }
    for (int i = 0; i < bars.size(); i++) {
      Bar bar = bars.get(i);
      int y = 6 + i * ROW + (i >= gapAfter ? 6 : 0);
      double from = x(bar.from());
      double width = Math.max(1.5, x(bar.to()) - from);
      svg.append(
          String.format(
              Locale.ROOT,
              "<g><title>%s</title><text class=\"lab\" text-anchor=\"end\" x=\"%d\""
                  + " y=\"%d\">%s</text><rect class=\"%s\" x=\"%.1f\" y=\"%d\" width=\"%.1f\""
                  + " height=\"%d\" rx=\"2\"/></g>",
              Markup.escape(bar.title()),
              LEFT - 8,
              y + ROW - 5,
              Markup.escape(Safe.cut(bar.label(), 20)),
              bar.type(),
              from,
              y,
              width,
              ROW - 5));
    }
    return svg.append("</svg>").toString();
  }

  private double x(long millis) {
    double share = Math.max(0, Math.min(1, (double) (millis - start) / span));
    return LEFT + share * (WIDTH - LEFT - 10);
  }
}
