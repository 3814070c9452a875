// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.proc;

import io.plimsoll.wire.Metric;
import io.plimsoll.wire.MetricKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The values of one moment, each with the source that told it. A value below zero is not told and
 * stays absent. Sources are remembered from moment to moment, so that a change shows.
 */
public final class Readings {
  private static final int METRICS = Metric.values().length;

  /** What a last sample has to tell by itself. */
  private static final Set<Metric> ALWAYS =
      EnumSet.of(Metric.PROCESS_CPU, Metric.RSS, Metric.RSS_ANON, Metric.HEAP_USED);

  private final MetricKey[] keys = new MetricKey[METRICS];
  private final Map<Metric, Map<String, MetricKey>> instances = new HashMap<>();
  private final @Nullable String[] sources = new @Nullable String[METRICS];
  private final @Nullable String[] reasons = new @Nullable String[METRICS];
  private final Map<MetricKey, Long> taken = new HashMap<>();
  private Map<MetricKey, Long> values = new HashMap<>();
  private boolean changed;

  public Readings() {
    for (Metric metric : Metric.values()) {
      keys[metric.ordinal()] = MetricKey.of(metric);
    }
  }

  /** Begins a new moment, without any value. */
  public void begin() {
    values = new HashMap<>(128);
  }

  /** The values since {@link #begin}. */
  public Map<MetricKey, Long> values() {
    return values;
  }

  /**
   * The values since {@link #begin} that are not what was taken last; all of them when {@code all}.
   * A reader holds a value until the next one, so what did not change need not be said again.
   */
  public Map<MetricKey, Long> take(boolean all) {
    if (all) {
      taken.clear();
    }
    Map<MetricKey, Long> changed = new HashMap<>(values.size());
    for (Map.Entry<MetricKey, Long> value : values.entrySet()) {
      Long before = taken.put(value.getKey(), value.getValue());
      if (!value.getValue().equals(before) || ALWAYS.contains(value.getKey().metric())) {
        changed.put(value.getKey(), value.getValue());
      }
    }
    return changed;
  }

  /** Notes a value that {@code source} told; nothing when it is below zero. */
  public void put(Metric metric, long value, String source) {
    if (value >= 0) {
      values.put(keys[metric.ordinal()], value);
      from(metric, source);
    }
  }

  /** Notes the value of one instance, such as a memory pool. */
  public void put(Metric metric, String instance, long value, String source) {
    if (value >= 0) {
      values.put(key(metric, instance), value);
      from(metric, source);
    }
  }

  private MetricKey key(Metric metric, String instance) {
    Map<String, MetricKey> known = instances.get(metric);
    if (known == null) {
      known = new HashMap<>();
      instances.put(metric, known);
    }
    MetricKey key = known.get(instance);
    if (key == null) {
      key = MetricKey.of(metric, instance);
      known.put(instance, key);
    }
    return key;
  }

  /** Says why these metrics are not told; the first reason counts, and none where a value was. */
  public void absent(String reason, Metric... metrics) {
    for (Metric metric : metrics) {
      int at = metric.ordinal();
      if (reasons[at] == null && sources[at] == null) {
        reasons[at] = reason;
        changed = true;
      }
    }
  }

  /** Whether any source is another one than at the last call. */
  public boolean sourcesChanged() {
    boolean answer = changed;
    changed = false;
    return answer;
  }

  /** Public names of metrics to their sources. */
  public Map<String, String> sources() {
    Map<String, String> told = new TreeMap<>();
    for (Metric metric : Metric.values()) {
      String source = sources[metric.ordinal()];
      if (source != null) {
        told.put(metric.wireName(), source);
      }
    }
    return told;
  }

  /** What is not told and why, such as "no a, b: no /proc; no c: ..."; empty when nothing is. */
  public String degraded() {
    Map<String, List<String>> byReason = new LinkedHashMap<>();
    for (Metric metric : Metric.values()) {
      String reason = reasons[metric.ordinal()];
      if (reason != null && sources[metric.ordinal()] == null) {
        byReason.computeIfAbsent(reason, any -> new ArrayList<>()).add(metric.wireName());
      }
    }
    StringBuilder text = new StringBuilder();
    for (Map.Entry<String, List<String>> reason : byReason.entrySet()) {
      text.append(text.length() == 0 ? "no " : "; no ")
          .append(String.join(", ", reason.getValue()))
          .append(": ")
          .append(reason.getKey());
    }
    return text.toString();
  }

  private void from(Metric metric, String source) {
    int at = metric.ordinal();
    if (!source.equals(sources[at])) {
      sources[at] = source;
      changed = true;
    }
  }

  @Override
  public String toString() {
    return "Readings[" + values + " " + Arrays.toString(sources) + "]";
  }
}
