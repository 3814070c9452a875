// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.profile;

import java.util.Collections;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The complete aggregate of one entity in one event-time window. A later revision of the same (run,
 * level, entity, window) replaces an earlier one; it is never a delta.
 *
 * @param entity of the level: the process's UUID, {@code stage.attempt}, the task id, or empty for
 *     the run
 * @param windowStartMillis epoch milliseconds, a multiple of {@code windowMillis}
 * @param values metric name to whole number: for a counter its growth in the window, for a gauge
 *     {@code name.integral} (value·ms), {@code name.max} and {@code name.last}
 */
public record Rollup(
    RunKey run,
    Level level,
    String entity,
    long windowStartMillis,
    long windowMillis,
    long revision,
    SortedMap<String, Long> values) {
  /** What a rollup speaks of. */
  public enum Level {
    TASK,
    STAGE,
    PROCESS,
    RUN
  }

  /** The width of all rollups. */
  public static final long WINDOW_MILLIS = 10_000;

  public Rollup {
    Objects.requireNonNull(entity, "entity is null");
    values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
  }

  /** The start of the window that holds this moment. */
  public static long windowStart(long epochMillis) {
    return Math.floorDiv(epochMillis, WINDOW_MILLIS) * WINDOW_MILLIS;
  }
}
