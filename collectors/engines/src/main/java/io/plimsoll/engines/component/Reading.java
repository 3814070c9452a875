// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.component;

import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.MetricKey;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one poll of a component told.
 *
 * @param values a sample's values; what is not known is absent
 * @param events what happened since the poll before
 * @param unread described metrics that the component does not tell, with the reason
 */
public record Reading(
    SortedMap<MetricKey, Long> values, List<EngineEvent> events, Map<String, String> unread) {
  /** A reading keeps this many values; what is beyond is told as unread. */
  public static final int MAX_VALUES = 5_000;

  public Reading {
    values = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(values));
    events = List.copyOf(events);
    unread = Map.copyOf(unread);
  }
}
