// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.locate;

import io.plimsoll.diagnosis.cause.Direction;
import io.plimsoll.diagnosis.graph.Family;
import java.util.List;
import java.util.Objects;

/**
 * One metric of a node or of an edge.
 *
 * @param target one node, or the two ends of an edge: who depends, on whom
 * @param metric its name
 * @param unit as given, empty where it is not known
 * @param family the kind of symptom it shows
 * @param direction which way it gets worse
 * @param normal samples of normal time
 * @param incident samples of the incident
 */
public record CaseSeries(
    List<String> target,
    String metric,
    String unit,
    Family family,
    Direction direction,
    Samples normal,
    Samples incident) {
  public CaseSeries {
    target = List.copyOf(target);
    if (target.isEmpty() || target.size() > 2) {
      throw new IllegalArgumentException("a target is a node or the two ends of an edge");
    }
    Objects.requireNonNull(metric, "metric is null");
    Objects.requireNonNull(unit, "unit is null");
  }

  boolean isOfEdge() {
    return target.size() == 2;
  }

  String where() {
    return String.join(" → ", target);
  }
}
