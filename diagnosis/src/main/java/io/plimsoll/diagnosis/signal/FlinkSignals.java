// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.signal;

import io.plimsoll.profile.GaugeProfile;
import io.plimsoll.profile.ProcessProfile;
import io.plimsoll.profile.RunProfile;
import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.EventKind;
import io.plimsoll.wire.EventNumber;
import io.plimsoll.wire.EventText;
import io.plimsoll.wire.Metric;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes signals of a Flink job by what its REST API told. */
public final class FlinkSignals {
  private final RunProfile run;
  private final SignalSet.Builder signals;

  private FlinkSignals(RunProfile run, SignalSet.Builder signals) {
    this.run = run;
    this.signals = signals;
  }

  /** Nothing for a run of another engine. */
  public static SignalSet of(RunProfile run) {
    SignalSet.Builder signals = SignalSet.builder();
    if (run.engine().equals("flink")) {
      new FlinkSignals(run, signals).all();
    }
    return signals.build();
  }

  private void all() {
    if (run.wallMillis() > 0) {
      signals.put(ComponentId.RUN, RunMetrics.WALL, run.wallMillis());
    }
    for (ProcessProfile process : run.processes()) {
      vertices(process);
      taskManagers(process);
      jobManager(process);
      restarts(process);
    }
    edges();
    CheckpointSignals.add(run, signals);
    ExceptionSignals.add(run, signals);
  }

  private void vertices(ProcessProfile process) {
    Map<String, VertexSignals> vertices = new HashMap<>();
    for (EngineEvent vertex : run.details().facts(EventKind.FLINK_VERTEX)) {
      String id = String.valueOf(vertex.text(EventText.VERTEX_ID));
      vertices.put(id, VertexSignals.of(id, process));
      String name = vertex.text(EventText.VERTEX_NAME);
      signals.label(VertexSignals.id(id), "operator " + (name == null ? id : name));
    }
    vertices.values().forEach(vertex -> vertex.add(signals));
    for (EngineEvent edge : run.details().facts(EventKind.FLINK_EDGE)) {
      VertexSignals from = vertices.get(edge.text(EventText.SOURCE_VERTEX_ID));
      VertexSignals to = vertices.get(edge.text(EventText.VERTEX_ID));
      if (from != null && to != null) {
        to.behind(from);
      }
    }
    vertices.values().forEach(vertex -> vertex.addRoot(signals));
    for (VertexSignals vertex : vertices.values()) {
      if (!vertex.hasInput()) {
        vertex.addSource(signals);
      }
    }
  }

  private void edges() {
    Map<String, Long> parallelism = new HashMap<>();
    for (EngineEvent vertex : run.details().facts(EventKind.FLINK_VERTEX)) {
      parallelism.put(
          String.valueOf(vertex.text(EventText.VERTEX_ID)),
          vertex.number(EventNumber.PARALLELISM, -1));
    }
    Map<String, Integer> needless = new HashMap<>();
    for (EngineEvent edge : run.details().facts(EventKind.FLINK_EDGE)) {
      String from = String.valueOf(edge.text(EventText.SOURCE_VERTEX_ID));
      String to = String.valueOf(edge.text(EventText.VERTEX_ID));
      boolean rebalanced = "REBALANCE".equals(edge.text(EventText.SHIP_STRATEGY));
      boolean equal =
          parallelism.containsKey(to) && parallelism.get(to).equals(parallelism.get(from));
      needless.merge(to, rebalanced && equal ? 1 : 0, Integer::sum);
    }
    needless.forEach(
        (to, count) -> signals.put(VertexSignals.id(to), FlinkMetrics.NEEDLESS_SHUFFLE, count));
  }

  private void taskManagers(ProcessProfile process) {
    Map<String, EngineEvent> told = new HashMap<>();
    for (EngineEvent event : run.details().facts(EventKind.FLINK_TASK_MANAGER)) {
      told.put(String.valueOf(event.text(EventText.TASK_MANAGER_ID)), event);
    }
    signals.put(
        ComponentId.of(ComponentType.JOB_MANAGER, ""), FlinkMetrics.TASK_MANAGERS, told.size());
    told.forEach((id, event) -> slots(taskManager(id), event));
    long observed = process.lastSampleMillis() - process.firstSampleMillis();
    for (String id : process.instances(Metric.FLINK_HEAP_USED).keySet()) {
      if (!id.isEmpty()) {
        memory(process, id);
        work(process, id, observed, told.get(id));
      }
    }
  }

  private void slots(ComponentId id, EngineEvent event) {
    long slots = event.number(EventNumber.SLOTS, -1);
    long free = event.number(EventNumber.FREE_SLOTS, -1);
    if (slots > 0 && free >= 0) {
      signals
          .put(id, FlinkMetrics.SLOTS, slots)
          .share(id, FlinkMetrics.FREE_SLOTS, free, slots, slots);
    }
  }

  private void memory(ProcessProfile process, String instance) {
    ComponentId id = taskManager(instance);
    both(
        process,
        instance,
        Metric.FLINK_HEAP_USED,
        Metric.FLINK_HEAP_MAX,
        id,
        List.of(FlinkMetrics.HEAP, FlinkMetrics.HEAP_LOW));
    both(
        process,
        instance,
        Metric.FLINK_MANAGED_USED,
        Metric.FLINK_MANAGED_TOTAL,
        id,
        List.of(FlinkMetrics.MANAGED_FULL, FlinkMetrics.MANAGED_SPARE));
    both(
        process,
        instance,
        Metric.FLINK_NETWORK_USED,
        Metric.FLINK_NETWORK_TOTAL,
        id,
        List.of(FlinkMetrics.NETWORK_FULL));
    GaugeProfile metaspace = process.instances(Metric.FLINK_METASPACE_USED).get(instance);
    if (metaspace != null && metaspace.min() > 0) {
      signals.put(
          id,
          FlinkMetrics.METASPACE_GROWTH,
          (double) (metaspace.last() - metaspace.min()) / metaspace.min());
    }
  }

  private void both(
      ProcessProfile process,
      String instance,
      Metric used,
      Metric limit,
      ComponentId id,
      List<SignalMetric> metrics) {
    GaugeProfile part = process.instances(used).get(instance);
    GaugeProfile whole = process.instances(limit).get(instance);
    if (part != null && whole != null) {
      metrics.forEach(metric -> signals.share(id, metric, part.max(), whole.max(), 1));
    }
  }

  private void work(
      ProcessProfile process, String instance, long observed, @Nullable EngineEvent told) {
    ComponentId id = taskManager(instance);
    if (observed <= 0) {
      return;
    }
    signals.put(id, FlinkMetrics.OBSERVED, observed);
    process
        .counters()
        .forEach(
            (key, total) -> {
              if (!key.instance().equals(instance)) {
                return;
              }
              double value = process.growth(key);
              if (key.metric() == Metric.FLINK_GC_TIME) {
                signals.put(id, FlinkMetrics.GC_SHARE, value / observed);
              } else if (key.metric() == Metric.FLINK_JVM_CPU && told != null) {
                double slots = Math.max(1, told.number(EventNumber.SLOTS, 1));
                double share = value / 1e6 / observed / slots;
                signals
                    .put(id, FlinkMetrics.CPU_PER_SLOT, share)
                    .put(id, FlinkMetrics.CPU_PER_SLOT_LOW, share);
              }
            });
  }

  private void jobManager(ProcessProfile process) {
    GaugeProfile used = process.instances(Metric.FLINK_HEAP_USED).get("");
    GaugeProfile max = process.instances(Metric.FLINK_HEAP_MAX).get("");
    if (used != null && max != null) {
      signals.share(
          ComponentId.of(ComponentType.JOB_MANAGER, ""),
          FlinkMetrics.JOB_MANAGER_HEAP,
          used.max(),
          max.max(),
          1);
    }
  }

  private void restarts(ProcessProfile process) {
    long restarts = process.counter(Metric.FLINK_RESTARTS, -1);
    if (restarts >= 0 && run.wallMillis() > 0) {
      double hours = Math.max(1, run.wallMillis() / 3.6e6);
      signals
          .put(ComponentId.RUN, FlinkMetrics.RESTARTS, restarts)
          .put(ComponentId.RUN, FlinkMetrics.RESTART_RATE, restarts / hours);
    }
  }

  private static ComponentId taskManager(String id) {
    return ComponentId.of(ComponentType.TASK_MANAGER, id);
  }
}
