// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.bench.causes;

import io.plimsoll.bench.causes.NezhaDay.Fault;
import io.plimsoll.diagnosis.cause.CauseOptions;
import io.plimsoll.diagnosis.cause.Direction;
import io.plimsoll.diagnosis.cause.Severity;
import io.plimsoll.diagnosis.graph.Family;
import io.plimsoll.diagnosis.locate.Answer;
import io.plimsoll.diagnosis.locate.CaseGraph;
import io.plimsoll.diagnosis.locate.CaseSeries;
import io.plimsoll.diagnosis.locate.Locator;
import io.plimsoll.diagnosis.locate.Samples;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes a case of each fault of a day and has it located. */
final class NezhaCases {
  /** After the last fault of the day, what is left is taken for normal time. */
  private static final long RECOVERY_MILLIS = 30 * 60_000;

  private static final long BEFORE_MILLIS = 5 * 60_000;
  private static final long INCIDENT_MILLIS = 4 * 60_000;

  /** A column of a pod's file, as what it is used. */
  private record Column(String name, String unit, Family family, Direction direction) {}

  private static final List<Column> COLUMNS =
      List.of(
          new Column("CpuUsageRate(%)", "%", Family.CPU, Direction.UP),
          new Column("MemoryUsageRate(%)", "%", Family.MEMORY, Direction.UP),
          new Column("PodClientLatencyP95(s)", "s", Family.TIME, Direction.UP),
          new Column("PodServerLatencyP95(s)", "s", Family.TIME, Direction.UP),
          new Column("NetworkReceiveBytes", "bytes/s", Family.NETWORK, Direction.UP),
          new Column("NetworkTransmitBytes", "bytes/s", Family.NETWORK, Direction.UP),
          new Column("PodWorkload(Ops)", "ops/s", Family.THROUGHPUT, Direction.DOWN));

  private final NezhaDay history;
  private final NezhaDay day;
  private final long calmSince;

  /** A day that is its own history is put a day earlier, or its calm would lie after its faults. */
  private final long shift;

  NezhaCases(NezhaDay history, NezhaDay day) {
    this.history = history;
    this.day = day;
    this.shift = history == day ? 86_400_000 : 0;
    this.calmSince = history.faults().get(history.faults().size() - 1).millis() + RECOVERY_MILLIS;
  }

  /** The answer to one fault; options decide whether the calls' own latencies count. */
  Answer locate(Fault fault, Severity severity, CauseOptions options) {
    CaseGraph.Builder graph = CaseGraph.builder();
    day.services().keySet().forEach(service -> graph.node(service, "service"));
    for (String[] call : day.calls()) {
      graph.edge(call[0], call[1], "depends_on");
      graph.edge(call[1], call[0], "starved_by");
    }
    Locator locator =
        new Locator(graph.build(), "frontend", "LatencyP95(s)", fault.millis(), severity, options);
    day.services()
        .forEach(
            (service, columns) -> {
              for (Column column : COLUMNS) {
                add(
                    locator,
                    List.of(service),
                    column,
                    history.services().getOrDefault(service, Map.of()).get(column.name()),
                    columns.get(column.name()),
                    fault);
              }
            });
    add(
        locator,
        List.of("frontend"),
        new Column("LatencyP95(s)", "s", Family.TIME, Direction.UP),
        history.front().get("LatencyP95(s)"),
        day.front().get("LatencyP95(s)"),
        fault);
    for (String[] call : day.calls()) {
      add(
          locator,
          List.of(call),
          new Column("p50 caller - callee", "s", Family.TIME, Direction.UP),
          gap(history, call),
          gap(day, call),
          fault);
    }
    return locator.answer();
  }

  private void add(
      Locator locator,
      List<String> target,
      Column column,
      @Nullable NavigableMap<Long, Double> earlier,
      @Nullable NavigableMap<Long, Double> now,
      Fault fault) {
    NavigableMap<Long, Double> normal = new TreeMap<>();
    if (earlier != null) {
      earlier.tailMap(calmSince, true).forEach((at, value) -> normal.put(at - shift, value));
    }
    NavigableMap<Long, Double> today = now == null ? new TreeMap<>() : now;
    normal.putAll(today.subMap(fault.millis() - BEFORE_MILLIS, true, fault.millis(), false));
    locator.add(
        new CaseSeries(
            target,
            column.name(),
            column.unit(),
            column.family(),
            column.direction(),
            samples(normal),
            samples(today.subMap(fault.millis(), true, fault.millis() + INCIDENT_MILLIS, true))));
  }

  /** What the caller waits longer than the callee works, where both said something. */
  private static NavigableMap<Long, Double> gap(NezhaDay day, String[] call) {
    NavigableMap<Long, Double> callers = day.callers().get(call[0] + "_" + call[1]);
    NavigableMap<Long, Double> callees = day.callees().get(call[0] + "_" + call[1]);
    NavigableMap<Long, Double> gap = new TreeMap<>();
    if (callers == null || callees == null) {
      return gap;
    }
    callers.forEach(
        (millis, seen) -> {
          Map.Entry<Long, Double> worked = callees.floorEntry(millis + 20_000);
          if (worked != null && worked.getKey() >= millis - 20_000) {
            gap.put(millis, seen - worked.getValue());
          }
        });
    return gap;
  }

  private static Samples samples(NavigableMap<Long, Double> values) {
    return Samples.of(
        values.keySet().stream().mapToLong(Long::longValue).toArray(),
        values.values().stream().mapToDouble(Double::doubleValue).toArray());
  }
}
