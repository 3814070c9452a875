// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.locate;

import io.plimsoll.diagnosis.cause.Baseline;
import io.plimsoll.diagnosis.cause.Deviation;
import io.plimsoll.diagnosis.cause.Direction;
import io.plimsoll.diagnosis.cause.MetricUnit;
import io.plimsoll.diagnosis.cause.Severity;
import io.plimsoll.diagnosis.graph.ComponentType;
import io.plimsoll.diagnosis.graph.Family;
import io.plimsoll.diagnosis.graph.LinkGraph;
import io.plimsoll.diagnosis.graph.LinkType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Series of nodes that have peers, kept until all of them are there. Peers are of the same type
 * and, where something contains them, parts of the same whole. A peer's deviation does not count
 * where the node's own history says that nothing has changed: it was different before.
 */
final class PeerBook {
  /** Above it every other one is left in: a single value does not move a median of so many. */
  private static final int EXACT = 64;

  private final LinkGraph graph;
  private final Map<Key, List<Row>> groups = new LinkedHashMap<>();

  /** What makes series comparable. */
  private record Key(
      ComponentType type, int whole, String metric, String unit, Family family, Direction way) {}

  /** One of them: the middle value of its incident, and what its own history says. */
  private record Row(int node, List<String> target, double value, Optional<Deviation> own) {}

  /** Takes a judged series of a node; nothing where it could not be judged. */
  interface Judge {
    void judge(int node, CaseSeries series, Optional<Deviation> deviation);
  }

  PeerBook(LinkGraph graph) {
    this.graph = graph;
  }

  static MetricUnit unit(CaseSeries one) {
    return MetricUnit.of(one.unit());
  }

  void add(int node, CaseSeries one, double value, Optional<Deviation> own) {
    Key key =
        new Key(
            graph.type(node), whole(node), one.metric(), one.unit(), one.family(), one.direction());
    groups
        .computeIfAbsent(key, unused -> new ArrayList<>(4))
        .add(new Row(node, one.target(), value, own));
  }

  private int whole(int node) {
    for (int i = graph.dependentsFrom(node); i < graph.dependentsTo(node); i++) {
      if (graph.dependentLink(i) == LinkType.CONTAINS.ordinal()) {
        return graph.dependent(i);
      }
    }
    return -1;
  }

  void judge(Severity severity, Judge judge) {
    groups.forEach((key, rows) -> judge(key, rows, severity, judge));
  }

  private static void judge(Key key, List<Row> rows, Severity severity, Judge judge) {
    double[] values = rows.stream().mapToDouble(Row::value).toArray();
    Baseline all = Baseline.of(values);
    MetricUnit unit = MetricUnit.of(key.unit());
    for (int i = 0; i < values.length; i++) {
      Row row = rows.get(i);
      double[] value = {row.value()};
      Baseline others = values.length > EXACT ? all : Baseline.of(without(values, i));
      Optional<Deviation> beside = severity.besidePeers(others, value, key.way(), unit);
      Optional<Deviation> judged =
          row.own()
              .map(own -> own.z() >= 1 && beside.isPresent() ? own.orWorse(beside.get()) : own)
              .or(() -> beside)
              .or(() -> Severity.besideLimit(key.family(), value, unit));
      CaseSeries series =
          new CaseSeries(
              row.target(),
              key.metric(),
              key.unit(),
              key.family(),
              key.way(),
              Samples.NONE,
              Samples.NONE);
      judge.judge(row.node(), series, judged);
    }
  }

  private static double[] without(double[] values, int left) {
    double[] others = new double[values.length - 1];
    System.arraycopy(values, 0, others, 0, left);
    System.arraycopy(values, left + 1, others, left, others.length - left);
    return others;
  }
}
