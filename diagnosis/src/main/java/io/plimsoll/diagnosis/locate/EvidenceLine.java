// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.locate;

import io.plimsoll.diagnosis.cause.Deviation;
import io.plimsoll.diagnosis.graph.Family;
import java.util.List;

/**
 * One metric that speaks against a node or one of its edges.
 *
 * @param target one node, or the two ends of an edge
 * @param metric its name
 * @param unit as given
 * @param family the kind of symptom it shows
 * @param deviation from which reference, how far
 */
public record EvidenceLine(
    List<String> target, String metric, String unit, Family family, Deviation deviation) {
  public EvidenceLine {
    target = List.copyOf(target);
  }
}
