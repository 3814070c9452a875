// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.cause;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was seen of links themselves. A component's link score is the mean over those of its links
 * that were observed: it is high for the end all of whose links are bad. One that only waits, on a
 * single link to a cause, has none: that link speaks of the other end.
 */
final class LinkEvidence {
  private final Map<Integer, Map<Integer, Double>> byEnd = new HashMap<>();
  private final Map<Integer, Map<Integer, Double>> byDependent = new HashMap<>();

  /** Sets the severity of a link, 0 where nothing is wrong with it. */
  void set(int dependent, int cause, double severity) {
    byEnd.computeIfAbsent(dependent, unused -> new TreeMap<>()).put(cause, severity);
    byEnd.computeIfAbsent(cause, unused -> new TreeMap<>()).put(dependent, severity);
    byDependent.computeIfAbsent(dependent, unused -> new TreeMap<>()).put(cause, severity);
  }

  /** The observed links of a component: other end to severity. */
  Map<Integer, Double> of(int component) {
    return byEnd.getOrDefault(component, Collections.emptyMap());
  }

  /** The observed links to what a component depends on: the cause to severity. */
  Map<Integer, Double> toCauses(int component) {
    return byDependent.getOrDefault(component, Collections.emptyMap());
  }

  /** The mean severity of a component's observed links, 0 where there are none to judge it by. */
  double score(int component) {
    Map<Integer, Double> links = of(component);
    if (links.size() == 1 && toCauses(component).size() == 1) {
      return 0;
    }
    double sum = 0;
    for (double severity : links.values()) {
      sum += severity;
    }
    return links.isEmpty() ? 0 : sum / links.size();
  }
}
