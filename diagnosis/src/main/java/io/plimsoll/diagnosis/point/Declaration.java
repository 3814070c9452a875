// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.point;

import io.plimsoll.diagnosis.signal.ComponentType;
import io.plimsoll.diagnosis.signal.Direction;
import io.plimsoll.diagnosis.signal.Origin;
import io.plimsoll.diagnosis.signal.SignalMetric;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Declares a point over one metric of one type of component: what is declared here is all that the
 * point is. One thread only; {@link #build} makes the immutable point.
 */
final class Declaration {
  /** The point has no meaning for a component whose metric is below this. */
  record Gate(SignalMetric metric, double least, String why) {}

  /** A metric that speaks against the finding when it reaches this value on its bad side. */
  record Counter(SignalMetric metric, Direction side, double limit, String words) {
    boolean holds(double value) {
      return side == Direction.HIGH ? value >= limit : value <= limit;
    }
  }

  final String id;
  final String catalogueId;
  final ComponentType type;
  final SignalMetric metric;
  final List<Gate> gates = new ArrayList<>();
  final List<Counter> counters = new ArrayList<>();
  final List<SignalMetric> evidence = new ArrayList<>();
  String title = "";
  String meaning = "";
  String source = "";
  String advice = "";
  Engines engines = Engines.SPARK;
  boolean history;
  boolean peers;
  boolean proportional;
  long support = 1;
  @Nullable Thresholds thresholds;
  @Nullable SignalMetric paid;
  @Nullable SignalMetric memoryCost;
  @Nullable SignalMetric coreCost;
  @Nullable SignalMetric wallCost;

  private Declaration(String id, String catalogueId, ComponentType type, SignalMetric metric) {
    this.id = id;
    this.catalogueId = catalogueId;
    this.type = type;
    this.metric = metric;
  }

  static Declaration point(String id, String catalogueId, ComponentType type, SignalMetric metric) {
    return new Declaration(id, catalogueId, type, metric);
  }

  Declaration title(String words) {
    title = words;
    return this;
  }

  /** What it means when it fires, for a person. */
  Declaration meaning(String words) {
    meaning = words;
    return this;
  }

  /** The mildest values at low, moderate, severe and critical, and where they come from. */
  Declaration limits(double low, double moderate, double severe, double critical, String from) {
    thresholds = new Thresholds(metric.words(), metric.bad(), low, moderate, severe, critical);
    source = from;
    return this;
  }

  /** One limit: what reaches it, on the metric's bad side, is of low severity. */
  Declaration lowAt(double limit, String from) {
    double never = Thresholds.never(metric.bad());
    return limits(limit, never, never, never, from);
  }

  Declaration advice(String words) {
    advice = words;
    return this;
  }

  /** May be held against earlier runs of the job. */
  Declaration history() {
    history = true;
    return this;
  }

  /** May be held against the other components of its type. */
  Declaration peers() {
    peers = true;
    return this;
  }

  Declaration flink() {
    engines = Engines.FLINK;
    return this;
  }

  Declaration anyEngine() {
    engines = Engines.ANY;
    return this;
  }

  /** Fewer observations than this say nothing. */
  Declaration support(long least) {
    support = least;
    return this;
  }

  Declaration gate(SignalMetric gating, double least, String why) {
    gates.add(new Gate(gating, least, why));
    return this;
  }

  /** Severity is limited by this share of the run: 1, 3, 10, 25 %. */
  Declaration paid(SignalMetric share) {
    paid = share;
    return this;
  }

  /**
   * Severity is limited by this share of the run, of which the judged metric is itself a share
   * (what is missing of it where low is bad).
   */
  Declaration paidInProportion(SignalMetric share) {
    paid = share;
    proportional = true;
    return this;
  }

  Declaration memoryCost(SignalMetric mebibyteMillis) {
    memoryCost = mebibyteMillis;
    return this;
  }

  Declaration coreCost(SignalMetric coreMillis) {
    coreCost = coreMillis;
    return this;
  }

  Declaration wallCost(SignalMetric millis) {
    wallCost = millis;
    return this;
  }

  /** Further metrics that are shown where they are known. */
  Declaration show(SignalMetric... metrics) {
    evidence.addAll(List.of(metrics));
    return this;
  }

  Declaration counterAbove(SignalMetric against, double limit, String words) {
    counters.add(new Counter(against, Direction.HIGH, limit, words));
    return this;
  }

  Declaration counterBelow(SignalMetric against, double limit, String words) {
    counters.add(new Counter(against, Direction.LOW, limit, words));
    return this;
  }

  /** All metrics without which nothing can be judged. */
  List<SignalMetric> required() {
    List<SignalMetric> required = new ArrayList<>();
    required.add(metric);
    gates.forEach(gate -> required.add(gate.metric()));
    if (paid != null) {
      required.add(paid);
    }
    return List.copyOf(required);
  }

  SignalPoint build() {
    Thresholds limits = Objects.requireNonNull(thresholds, id + " has no limits");
    List<String> references = new ArrayList<>();
    if (history) {
      references.add("own history");
    }
    if (peers) {
      references.add("peers");
    }
    references.add("static default");
    Set<Origin> origins = new TreeSet<>();
    required().forEach(each -> origins.add(each.origin()));
    PointDescription description =
        new PointDescription(
            id,
            catalogueId,
            title,
            type.word(),
            meaning,
            required().stream().map(SignalMetric::name).distinct().toList(),
            limits,
            source,
            advice,
            engines,
            references,
            origins);
    return new SignalPoint(this, description);
  }
}
