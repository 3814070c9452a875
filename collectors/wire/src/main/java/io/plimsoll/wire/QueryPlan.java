// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.wire;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A query's plan as a tree of operators in pre-order, each with the ids of its metrics. Its text
 * form has one line per node: depth, name, description and metrics with tabs between; a metric is
 * {@code id:type:name}, metrics are separated by bars; backslash, tab, line breaks and bar are
 * escaped as {@code \\ \t \n \r \p}. Its size is bounded: what does not fit is counted.
 */
public final class QueryPlan {
  /** More operators than this are not kept. */
  public static final int MOST_NODES = 1_000;

  /** A longer description of one operator is cut to this many characters. */
  public static final int LONGEST_DESCRIPTION = 400;

  /**
   * When a plan's text has this many characters, later operators go without description; with twice
   * as many it is full.
   */
  public static final int MOST_CHARS = 48 * 1024;

  private static final int LONGEST_NAME = 200;
  private static final int LONGEST_METRIC = 300;
  private static final int MOST_METRICS = 60;
  private static final int MOST_DEPTH = 1_000;

  private final List<Node> nodes;
  private final int cutCount;

  private QueryPlan(List<Node> nodes, int cutCount) {
    this.nodes = Collections.unmodifiableList(new ArrayList<>(nodes));
    this.cutCount = cutCount;
  }

  public static Builder builder() {
    return new Builder();
  }

  /** Operators, a parent before its children. */
  public List<Node> nodes() {
    return nodes;
  }

  /** How many operators, descriptions and metrics were left out or shortened when it was built. */
  public int cutCount() {
    return cutCount;
  }

  /** The text form. */
  public String encode() {
    StringBuilder text = new StringBuilder();
    for (Node node : nodes) {
      text.append(node.depth).append('\t');
      escape(node.name, text);
      text.append('\t');
      escape(node.description, text);
      text.append('\t').append(encode(node.metrics)).append('\n');
    }
    return text.toString();
  }

  /** Metrics alone, as they stand in a plan's text. */
  public static String encode(List<Metric> metrics) {
    StringBuilder text = new StringBuilder();
    for (Metric metric : metrics) {
      text.append(text.length() == 0 ? "" : "|").append(metric.id).append(':');
      escape(metric.type.replace(':', '_'), text);
      text.append(':');
      escape(metric.name, text);
    }
    return text.toString();
  }

  /** Reads the text form; a line that is not a node is passed over and counted as cut. */
  public static QueryPlan parse(String text) {
    Builder plan = builder();
    int start = 0;
    while (start < text.length()) {
      int line = text.indexOf('\n', start);
      int end = line < 0 ? text.length() : line;
      String[] fields = text.substring(start, end).split("\t", -1);
      Integer depth = fields.length < 4 ? null : number(fields[0]);
      if (depth == null) {
        plan.cut();
      } else {
        plan.node(depth, unescape(fields[1]), unescape(fields[2]), parseMetrics(fields[3]));
      }
      start = end + 1;
    }
    return plan.build();
  }

  /** Reads metrics alone; what is not one is passed over. */
  public static List<Metric> parseMetrics(String text) {
    List<Metric> metrics = new ArrayList<>();
    for (String one : text.isEmpty() ? new String[0] : text.split("\\|", -1)) {
      int first = one.indexOf(':');
      int second = one.indexOf(':', first + 1);
      if (first > 0 && second > first) {
        try {
          long id = Long.parseLong(one.substring(0, first));
          String type = unescape(one.substring(first + 1, second));
          metrics.add(Metric.of(id, unescape(one.substring(second + 1)), type));
        } catch (NumberFormatException notOurs) {
          continue;
        }
      }
    }
    return metrics;
  }

  private static @Nullable Integer number(String text) {
    try {
      return Integer.valueOf(text);
    } catch (NumberFormatException notOurs) {
      return null;
    }
  }

  private static void escape(String text, StringBuilder into) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int place = "\\\t\n\r|".indexOf(c);
      if (place < 0) {
        into.append(c);
      } else {
        into.append('\\').append("\\tnrp".charAt(place));
      }
    }
  }

  private static String unescape(String text) {
    if (text.indexOf('\\') < 0) {
      return text;
    }
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && i + 1 < text.length()) {
        i++;
        int place = "\\tnrp".indexOf(text.charAt(i));
        plain.append(place < 0 ? text.charAt(i) : "\\\t\n\r|".charAt(place));
      } else {
        plain.append(c);
      }
    }
    return plain.toString();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof QueryPlan && nodes.equals(((QueryPlan) other).nodes);
  }

  @Override
  public int hashCode() {
    return nodes.hashCode();
  }

  @Override
  public String toString() {
    return encode();
  }

  /** One operator. */
  public static final class Node {
    private final int depth;
    private final String name;
    private final String description;
    private final List<Metric> metrics;

    private Node(int depth, String name, String description, List<Metric> metrics) {
      this.depth = depth;
      this.name = name;
      this.description = description;
      this.metrics = Collections.unmodifiableList(new ArrayList<>(metrics));
    }

    /** 0 for the root; a node's parent is the last one before it that is one less deep. */
    public int depth() {
      return depth;
    }

    public String name() {
      return name;
    }

    /** The engine's one-line string of it, redacted; empty when it was left out. */
    public String description() {
      return description;
    }

    public List<Metric> metrics() {
      return metrics;
    }

    @Override
    public boolean equals(Object other) {
      if (!(other instanceof Node)) {
        return false;
      }
      Node that = (Node) other;
      return depth == that.depth
          && name.equals(that.name)
          && description.equals(that.description)
          && metrics.equals(that.metrics);
    }

    @Override
    public int hashCode() {
      return Objects.hash(depth, name, description, metrics);
    }
  }

  /** A metric of an operator; its values come by the accumulator's id. */
  public static final class Metric {
    private final long id;
    private final String name;
    private final String type;

    private Metric(long id, String name, String type) {
      this.id = id;
      this.name = Objects.requireNonNull(name, "name is null");
      this.type = Objects.requireNonNull(type, "type is null");
    }

    public static Metric of(long id, String name, String type) {
      return new Metric(id, name, type);
    }

    /** The accumulator's id. */
    public long id() {
      return id;
    }

    public String name() {
      return name;
    }

    /** Spark's word: sum, size (bytes), timing (ms), nsTiming, average (tenths). */
    public String type() {
      return type;
    }

    @Override
    public boolean equals(Object other) {
      if (!(other instanceof Metric)) {
        return false;
      }
      Metric that = (Metric) other;
      return id == that.id && name.equals(that.name) && type.equals(that.type);
    }

    @Override
    public int hashCode() {
      return Objects.hash(id, name, type);
    }

    @Override
    public String toString() {
      return id + ":" + type + ":" + name;
    }
  }

  /** Takes operators in pre-order and keeps within the bounds. One thread only. */
  public static final class Builder {
    private final List<Node> nodes = new ArrayList<>();
    private long chars;
    private int cutCount;

    private Builder() {}

    /** Adds an operator whose texts are redacted already; false when the plan is full. */
    public boolean node(int depth, String name, String description, List<Metric> metrics) {
      boolean full = nodes.size() >= MOST_NODES || chars > 2 * MOST_CHARS;
      if (full || depth > MOST_DEPTH || depth < 0) {
        cutCount++;
        return false;
      }
      String title = within(name, LONGEST_NAME);
      String line = within(description, chars > MOST_CHARS ? 0 : LONGEST_DESCRIPTION);
      chars += title.length() + line.length();
      nodes.add(new Node(depth, title, line, within(metrics)));
      return true;
    }

    /** Counts something that the caller left out. */
    public void cut() {
      cutCount++;
    }

    public QueryPlan build() {
      return new QueryPlan(nodes, cutCount);
    }

    private List<Metric> within(List<Metric> metrics) {
      List<Metric> kept = new ArrayList<>();
      for (Metric metric : metrics) {
        if (kept.size() == MOST_METRICS
            || metric.name.length() + metric.type.length() > LONGEST_METRIC) {
          cutCount++;
        } else {
          kept.add(metric);
          chars += metric.name.length() + metric.type.length() + 10;
        }
      }
      return kept;
    }

    private String within(String text, int most) {
      if (text.length() <= most) {
        return text;
      }
      cutCount++;
      return text.substring(0, most);
    }
  }
}
