// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.signal;

import io.plimsoll.profile.GaugeProfile;
import io.plimsoll.profile.ProcessProfile;
import io.plimsoll.wire.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Signals of one operator of a Flink job, by the gauges and counters of its subtasks. */
final class VertexSignals {
  private static final double MILLIS_PER_SECOND = 1_000;

  /**
   * From this share on an operator counts as back-pressured, below it does not (Flink's web UI).
   */
  private static final double PRESSED = 0.1;

  private final String vertex;
  private final ProcessProfile process;
  private final List<VertexSignals> inputs = new ArrayList<>();

  private VertexSignals(String vertex, ProcessProfile process) {
    this.vertex = vertex;
    this.process = process;
  }

  static VertexSignals of(String vertex, ProcessProfile process) {
    return new VertexSignals(vertex, process);
  }

  static ComponentId id(String vertex) {
    return ComponentId.of(ComponentType.VERTEX, vertex);
  }

  void behind(VertexSignals input) {
    inputs.add(input);
  }

  boolean hasInput() {
    return !inputs.isEmpty();
  }

  void add(SignalSet.Builder signals) {
    ComponentId id = id(vertex);
    long observed = process.lastSampleMillis() - process.firstSampleMillis();
    if (observed > 0 && !gauges(Metric.FLINK_BUSY).isEmpty()) {
      signals.put(id, FlinkMetrics.OBSERVED, observed);
    }
    List<Double> busy = means(Metric.FLINK_BUSY);
    mean(signals, FlinkMetrics.BUSY, busy);
    mean(signals, FlinkMetrics.IDLE, means(Metric.FLINK_IDLE));
    mean(signals, FlinkMetrics.BACK_PRESSURED, means(Metric.FLINK_BACK_PRESSURED));
    if (!busy.isEmpty()) {
      double most = highest(busy);
      signals
          .put(id, FlinkMetrics.BUSIEST, most, busy.size())
          .share(id, FlinkMetrics.BUSY_SKEW, most, mean(busy), busy.size());
    }
    records(signals);
    pools(signals);
    watermark(signals);
    state(signals);
  }

  /** Whether this is where the back pressure of those before it comes from. */
  void addRoot(SignalSet.Builder signals) {
    List<Double> busy = means(Metric.FLINK_BUSY);
    List<Double> pressed = means(Metric.FLINK_BACK_PRESSURED);
    if (busy.isEmpty() || pressed.isEmpty()) {
      return;
    }
    boolean before = inputs.stream().anyMatch(VertexSignals::isPressed);
    boolean root = before && mean(pressed) < PRESSED;
    signals.put(id(vertex), FlinkMetrics.ROOT, root ? mean(busy) : 0, busy.size());
  }

  /** What only sources have: silence, and subtasks that never made a record. */
  void addSource(SignalSet.Builder signals) {
    Map<String, Long> made = counters(Metric.FLINK_RECORDS_OUT);
    long observed = process.lastSampleMillis() - process.firstSampleMillis();
    if (made.isEmpty() || observed <= 0) {
      return;
    }
    long idle = made.values().stream().filter(count -> count == 0).count();
    signals
        .share(
            id(vertex),
            FlinkMetrics.IDLE_SOURCES,
            idle == made.size() ? 0 : idle,
            made.size(),
            made.size())
        .put(id(vertex), FlinkMetrics.NO_TRAFFIC, idle == made.size() ? observed : 0);
  }

  private boolean isPressed() {
    List<Double> pressed = means(Metric.FLINK_BACK_PRESSURED);
    return !pressed.isEmpty() && mean(pressed) >= PRESSED;
  }

  private void records(SignalSet.Builder signals) {
    Map<String, Long> read = counters(Metric.FLINK_RECORDS_IN);
    Map<String, Long> made = counters(Metric.FLINK_RECORDS_OUT);
    List<Double> counts = new ArrayList<>();
    boolean reads = read.values().stream().anyMatch(count -> count > 0);
    (reads ? read : made).values().forEach(count -> counts.add((double) count));
    if (counts.isEmpty()) {
      return;
    }
    double sum = counts.stream().mapToDouble(each -> each).sum();
    signals.put(id(vertex), FlinkMetrics.RECORDS, sum, counts.size());
    if (counts.size() > 1) {
      signals.share(
          id(vertex), FlinkMetrics.RECORD_SKEW, highest(counts), mean(counts), counts.size());
    }
  }

  private void pools(SignalSet.Builder signals) {
    List<Double> in = means(Metric.FLINK_IN_POOL_USAGE_MILLI);
    List<Double> out = means(Metric.FLINK_OUT_POOL_USAGE_MILLI);
    if (!in.isEmpty() && !out.isEmpty()) {
      signals
          .put(id(vertex), FlinkMetrics.POOL_GAP, Math.max(0, mean(in) - mean(out)), in.size())
          .put(id(vertex), FlinkMetrics.POOL_FULL, Math.max(highest(in), highest(out)));
    }
  }

  private void watermark(SignalSet.Builder signals) {
    long stalled = -1;
    for (GaugeProfile gauge : gauges(Metric.FLINK_WATERMARK)) {
      long still = gauge.min() == gauge.max() ? gauge.observedMillis() : 0;
      stalled = Math.max(stalled, still);
    }
    if (stalled >= 0) {
      signals.put(id(vertex), FlinkMetrics.WATERMARK_STALL, stalled);
    }
  }

  private void state(SignalSet.Builder signals) {
    List<GaugeProfile> stopped = gauges(Metric.ROCKSDB_WRITE_STOPPED);
    if (!stopped.isEmpty()) {
      signals.put(
          id(vertex),
          FlinkMetrics.WRITE_STOPPED,
          stopped.stream().mapToLong(GaugeProfile::max).max().orElse(0));
    }
    List<GaugeProfile> pending = gauges(Metric.ROCKSDB_PENDING_COMPACTION);
    if (!pending.isEmpty()) {
      signals.put(
          id(vertex),
          FlinkMetrics.COMPACTION,
          pending.stream().mapToLong(GaugeProfile::max).max().orElse(0));
    }
  }

  private void mean(SignalSet.Builder signals, SignalMetric metric, List<Double> values) {
    if (!values.isEmpty()) {
      signals.put(id(vertex), metric, mean(values), values.size());
    }
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(each -> each).average().orElse(0);
  }

  private static double highest(List<Double> values) {
    return values.stream().mapToDouble(each -> each).max().orElse(0);
  }

  /** Thousandths, or milliseconds of a second, as shares: one for each subtask. */
  private List<Double> means(Metric metric) {
    List<Double> means = new ArrayList<>();
    gauges(metric).forEach(gauge -> means.add(gauge.mean() / MILLIS_PER_SECOND));
    return means;
  }

  private List<GaugeProfile> gauges(Metric metric) {
    List<GaugeProfile> found = new ArrayList<>();
    process
        .instances(metric)
        .forEach(
            (instance, gauge) -> {
              if (instance.startsWith(vertex + "/")) {
                found.add(gauge);
              }
            });
    return found;
  }

  private Map<String, Long> counters(Metric metric) {
    Map<String, Long> found = new TreeMap<>();
    process
        .counters()
        .forEach(
            (key, value) -> {
              if (key.metric() == metric && key.instance().startsWith(vertex + "/")) {
                found.put(key.instance(), value);
              }
            });
    return found;
  }
}
