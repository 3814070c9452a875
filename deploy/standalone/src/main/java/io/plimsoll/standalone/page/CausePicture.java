// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.page;

import io.plimsoll.diagnosis.rootcause.RootCause;
import io.plimsoll.diagnosis.rootcause.RootCauses;
import io.plimsoll.standalone.reading.Phrases;
import io.plimsoll.standalone.terminal.Amount;
import io.plimsoll.standalone.terminal.Safe;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Causes, what follows from them and what people see of it, as an inline picture: symptoms above,
 * causes below, as narrow as a phone.
 */
final class CausePicture {
  private static final int WIDTH = 360;
  private static final int HALF = 174;
  private static final int SMALL = 34;
  private static final int LARGE = 44;
  private static final int ROW_GAP = 8;
  private static final int LEVEL_GAP = 34;
  private static final int MOST_BETWEEN = 8;
  private static final double COLUMN = 6.1;

  private final List<RootCause> causes;
  private final Map<String, Box> boxes = new LinkedHashMap<>();
  private final StringBuilder lines = new StringBuilder();
  private int height;

  /** What is drawn of one station. */
  private record Box(
      String type, int x, int y, int width, int height, String first, String second) {
    double middle() {
      return x + width / 2.0;
    }
  }

  CausePicture(RootCauses causes) {
    this.causes = causes.causes();
  }

  boolean isDrawn() {
    return !causes.isEmpty();
  }

  String svg() {
    Set<String> symptoms = new LinkedHashSet<>();
    Set<RootCause.Related> between = new LinkedHashSet<>();
    for (RootCause cause : causes) {
      symptoms.add(cause.path().get(0).what());
      between.addAll(cause.explains());
    }
    int y = level(new ArrayList<>(symptoms));
    List<RootCause.Related> shown = between.stream().limit(MOST_BETWEEN).toList();
    y = consequences(shown, between.size(), y);
    for (int i = 0; i < causes.size(); i++) {
      RootCause cause = causes.get(i);
      String what = i + 1 + ". " + cause.title() + " · " + cause.component();
      String sure =
          "took "
              + Amount.time(cause.impact().wallMillis())
              + ", probability "
              + Amount.percent(cause.probability());
      boxes.put("cause " + i, new Box("n-cause", 4, y, WIDTH - 8, LARGE, what, sure));
      y += LARGE + ROW_GAP;
    }
    height = y;
    for (int i = 0; i < causes.size(); i++) {
      edges(causes.get(i), "cause " + i, shown);
    }
    return draw();
  }

  private int level(List<String> symptoms) {
    for (int i = 0; i < symptoms.size(); i++) {
      boolean isWide = symptoms.size() == 1 || (i == symptoms.size() - 1 && i % 2 == 0);
      boxes.put(
          "symptom " + symptoms.get(i),
          new Box(
              "n-symptom",
              4 + i % 2 * (HALF + 4),
              4 + i / 2 * (SMALL + ROW_GAP),
              isWide ? WIDTH - 8 : HALF,
              SMALL,
              symptoms.get(i),
              ""));
    }
    int rows = (symptoms.size() + 1) / 2;
    return 4 + rows * (SMALL + ROW_GAP) - ROW_GAP + LEVEL_GAP;
  }

  private int consequences(List<RootCause.Related> shown, int all, int top) {
    int y = top;
    for (int i = 0; i < shown.size(); i++) {
      RootCause.Related each = shown.get(i);
      boolean isLast = i == shown.size() - 1 && all > shown.size();
      String more = isLast ? " and " + (all - shown.size()) + " more" : "";
      boxes.put(
          key(each),
          new Box(
              "n-between",
              4 + i % 2 * (HALF + 4),
              y,
              HALF,
              SMALL,
              Phrases.title(each.point()),
              each.component() + more));
      y += i % 2 == 1 || i == shown.size() - 1 ? SMALL + ROW_GAP : 0;
    }
    return shown.isEmpty() ? top : y - ROW_GAP + LEVEL_GAP;
  }

  private static String key(RootCause.Related related) {
    return "between " + related.point() + " " + related.component();
  }

  private void edges(RootCause cause, String from, List<RootCause.Related> shown) {
    String symptom = "symptom " + cause.path().get(0).what();
    boolean isDirect = true;
    for (RootCause.Related each : cause.explains()) {
      if (shown.contains(each)) {
        line(from, key(each));
        line(key(each), symptom);
        isDirect = false;
      }
    }
    if (isDirect) {
      line(from, symptom);
    }
  }

  /** From the top of the lower one to the bottom of the upper one. */
  private void line(String lower, String upper) {
    Box from = boxes.get(lower);
    Box to = boxes.get(upper);
    if (from == null || to == null) {
      return;
    }
    double bend = (from.y() - to.y() - to.height()) / 2.0;
    lines.append(
        String.format(
            Locale.ROOT,
            "<path class=\"n-edge\" d=\"M%.1f %d C%.1f %.1f %.1f %.1f %.1f %d\"/>",
            from.middle(),
            from.y(),
            from.middle(),
            from.y() - bend,
            to.middle(),
            to.y() + to.height() + bend,
            to.middle(),
            to.y() + to.height()));
  }

  private String draw() {
    StringBuilder svg = new StringBuilder();
    svg.append(
        String.format(
            Locale.ROOT,
            "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"causes, what follows from them and"
                + " what is seen of it\">",
            WIDTH,
            height));
    svg.append(lines);
    boxes.values().forEach(box -> draw(box, svg));
    return svg.append("</svg>").toString();
  }

  private static void draw(Box box, StringBuilder svg) {
    int columns = (int) ((box.width() - 14) / COLUMN);
    boolean isTwo = !box.second().isEmpty();
    int baseline = box.y() + (isTwo ? box.height() / 2 - 3 : box.height() / 2 + 4);
    svg.append(
        String.format(
            Locale.ROOT,
            "<g><title>%s</title><rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\""
                + " rx=\"5\"/><text x=\"%d\" y=\"%d\">%s</text>",
            Markup.escape(Safe.cut(box.first() + (isTwo ? ", " + box.second() : ""), 300)),
            box.type(),
            box.x(),
            box.y(),
            box.width(),
            box.height(),
            box.x() + 7,
            baseline,
            Markup.escape(Safe.cut(box.first(), columns))));
    if (isTwo) {
      svg.append(
          String.format(
              Locale.ROOT,
              "<text class=\"tick\" x=\"%d\" y=\"%d\">%s</text>",
              box.x() + 7,
              baseline + 14,
              Markup.escape(Safe.cut(box.second(), columns))));
    }
    svg.append("</g>");
  }
}
