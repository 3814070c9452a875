// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.component;

import java.util.List;

/**
 * Beans of one kind and what is read of each.
 *
 * @param pattern their names
 * @param optional whether such beans may be missing from a healthy component
 * @param metrics at least one
 */
public record BeanFamily(BeanPattern pattern, boolean optional, List<MetricRule> metrics) {
  public BeanFamily {
    metrics = List.copyOf(metrics);
  }

  /** The attributes to ask for, each once. */
  public List<String> attributes() {
    return metrics.stream().map(MetricRule::topAttribute).distinct().toList();
  }
}
