// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.component;

import io.plimsoll.wire.Metric;
import io.plimsoll.wire.MetricKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A described metric of one labelled thing, as it stands in the instance of a wire metric: {@code
 * kafka.topic.bytes_in{topic=clicks}}, or the bare name where there is no label. Labels are in
 * alphabetical order; in a value, backslash, comma and closing brace follow a backslash.
 *
 * @param name of the metric, as described
 * @param labels what it speaks of: topic, queue, port...; empty for the component as a whole
 */
public record Series(String name, SortedMap<String, String> labels) {
  private static final int VALUE_LIMIT = 200;

  public Series {
    labels = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(labels));
  }

  /** Values beyond 200 characters are cut. */
  public static Series of(String name, Map<String, String> labels) {
    TreeMap<String, String> cut = new TreeMap<>();
    labels.forEach((label, value) -> cut.put(label, cut(value)));
    return new Series(name, cut);
  }

  /** Reads what {@link #instance} wrote; a text that is not of that form is all name. */
  public static Series parse(String instance) {
    int open = instance.indexOf('{');
    if (open < 0 || !instance.endsWith("}")) {
      return new Series(instance, new TreeMap<>());
    }
    TreeMap<String, String> labels = new TreeMap<>();
    for (String pair : split(instance.substring(open + 1, instance.length() - 1))) {
      int equals = pair.indexOf('=');
      if (equals < 0) {
        return new Series(instance, new TreeMap<>());
      }
      labels.put(pair.substring(0, equals), pair.substring(equals + 1));
    }
    return new Series(instance.substring(0, open), labels);
  }

  public String instance() {
    if (labels.isEmpty()) {
      return name;
    }
    StringBuilder text = new StringBuilder(name).append('{');
    labels.forEach(
        (label, value) -> {
          text.append(text.charAt(text.length() - 1) == '{' ? "" : ",").append(label).append('=');
          escape(value, text);
        });
    return text.append('}').toString();
  }

  /** The key under which this series stands in a sample. */
  public MetricKey key(Metric metric) {
    return MetricKey.of(metric, instance());
  }

  private static void escape(String value, StringBuilder text) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '\\' || c == ',' || c == '}' || c == '{') {
        text.append('\\');
      }
      text.append(c);
    }
  }

  private static List<String> split(String pairs) {
    List<String> parts = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    for (int i = 0; i < pairs.length(); i++) {
      char c = pairs.charAt(i);
      if (c == '\\' && i + 1 < pairs.length()) {
        i++;
        part.append(pairs.charAt(i));
      } else if (c == ',') {
        parts.add(part.toString());
        part.setLength(0);
      } else {
        part.append(c);
      }
    }
    parts.add(part.toString());
    return parts;
  }

  private static String cut(String value) {
    return value.length() <= VALUE_LIMIT ? value : value.substring(0, VALUE_LIMIT);
  }
}
