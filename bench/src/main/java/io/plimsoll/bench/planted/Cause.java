// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.bench.planted;

import java.util.Set;

/**
 * One cause as it is ranked.
 *
 * @param component as findings name it, {@code stage:7.0}
 * @param points ids of the diagnosis points that it rests on
 */
record Cause(String component, Set<String> points) {
  Cause {
    points = Set.copyOf(points);
  }

  String type() {
    int colon = component.indexOf(':');
    return colon < 0 ? component : component.substring(0, colon);
  }

  /** What stands after the colon; empty for a component of which a run has one. */
  String id() {
    int colon = component.indexOf(':');
    return colon < 0 ? "" : component.substring(colon + 1);
  }

  String text() {
    return component + " " + String.join("+", points.stream().sorted().toList());
  }
}
