// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.profile;

import io.plimsoll.wire.QueryPlan;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One SQL execution of a run.
 *
 * @param id the engine's execution id
 * @param description in the user's or the engine's words, may be empty
 * @param startMillis epoch milliseconds, -1 unknown
 * @param endMillis epoch milliseconds, -1 while running or unknown
 * @param failure the engine's reason when it failed, else null
 * @param plan the latest plan
 * @param adapted whether adaptive execution changed the plan
 * @param values the plan's metrics by accumulator id, as far as they were told: Σ over tasks, each
 *     in the unit of its {@link QueryPlan.Metric}
 */
public record QueryProfile(
    long id,
    String description,
    long startMillis,
    long endMillis,
    @Nullable String failure,
    QueryPlan plan,
    boolean adapted,
    SortedMap<Long, Long> values) {
  public QueryProfile {
    values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
  }
}
