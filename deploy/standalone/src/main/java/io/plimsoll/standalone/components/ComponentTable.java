// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.components;

import io.plimsoll.engines.component.Reading;
import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.EventText;
import io.plimsoll.wire.Metric;
import io.plimsoll.wire.MetricKey;
import io.plimsoll.wire.secret.Redaction;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Prints what targets told, a line each: component, metric, value, unit, age. */
final class ComponentTable {
  private static final Redaction REDACTION = Redaction.standard();
  private static final int VALUE = 2;
  private static final int LONGEST_WORDS = 120;

  private ComponentTable() {}

  /** The table, then one line for each target that did not answer or left metrics out. */
  static void print(PrintWriter out, List<Rounds.Seen> all, long nowMillis) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("component", "metric", "value", "unit", "age"));
    for (Rounds.Seen seen : all) {
      Reading reading = seen.reading();
      if (reading != null) {
        String age = seconds(Math.max(0, nowMillis - seen.readMillis()));
        rows(seen.target().name(), reading, age, rows);
      }
    }
    if (rows.size() > 1) {
      print(out, rows);
    }
    all.forEach(seen -> remarks(out, seen));
    out.flush();
  }

  private static void rows(String name, Reading reading, String age, List<List<String>> rows) {
    for (Map.Entry<MetricKey, Long> value : reading.values().entrySet()) {
      MetricKey key = value.getKey();
      String instance = key.instance().isEmpty() ? key.metric().wireName() : key.instance();
      rows.add(List.of(name, instance, value.getValue().toString(), unit(key.metric()), age));
    }
    for (EngineEvent event : reading.events()) {
      String kind = event.kind().name().toLowerCase(Locale.ROOT);
      rows.add(List.of(name, kind + "{" + subject(event) + "}", words(event), "event", age));
    }
  }

  private static String unit(Metric metric) {
    return metric == Metric.COMPONENT_LEVEL_MILLI
        ? "thousandths"
        : metric.unit().name().toLowerCase(Locale.ROOT);
  }

  private static String subject(EngineEvent event) {
    for (EventText each :
        List.of(
            EventText.CONTAINER_ID, EventText.APPLICATION_ID, EventText.OBJECT, EventText.HOST)) {
      String text = event.text(each);
      if (text != null) {
        return text;
      }
    }
    return "";
  }

  private static String words(EngineEvent event) {
    List<String> words = new ArrayList<>();
    for (EventText each :
        List.of(EventText.STATE, EventText.OUTCOME, EventText.CAUSE, EventText.REASON)) {
      String text = event.text(each);
      if (text != null) {
        words.add(text);
      }
    }
    String all = String.join(" ", words).replaceAll("\\s+", " ");
    return all.length() <= LONGEST_WORDS ? all : all.substring(0, LONGEST_WORDS);
  }

  private static void remarks(PrintWriter out, Rounds.Seen seen) {
    String complaint = seen.complaint();
    if (complaint != null) {
      out.println(seen.target().name() + ": " + REDACTION.text(complaint));
    }
    Reading reading = seen.reading();
    if (reading != null && !reading.unread().isEmpty()) {
      TreeMap<String, String> unread = new TreeMap<>(reading.unread());
      out.printf(
          Locale.ROOT,
          "%s: %d described metrics are not told, such as %s: %s%n",
          seen.target().name(),
          unread.size(),
          unread.firstKey(),
          REDACTION.text(unread.firstEntry().getValue()));
    }
  }

  private static void print(PrintWriter out, List<List<String>> rows) {
    int[] widths = new int[rows.get(0).size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        String pad = " ".repeat(widths[i] - row.get(i).length());
        line.append(i == VALUE ? pad + row.get(i) : row.get(i) + pad).append("  ");
      }
      out.println(line.toString().stripTrailing());
    }
  }

  private static String seconds(long millis) {
    return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
  }
}
