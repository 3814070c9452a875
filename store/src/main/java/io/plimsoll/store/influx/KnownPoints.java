// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.store.influx;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is stored of the late windows of one run at one level, so that no write needs a read before
 * it: read once when the run is first touched, then kept by the only writer.
 */
final class KnownPoints {
  /**
   * Windows that end so long before the latest are forgotten; touched again they are read again.
   */
  static final long KEPT_MILLIS = 20 * 60_000L;

  /**
   * @param shape hash of the names of its values
   */
  record Stored(long revision, long shape) {}

  private final TreeMap<Long, Map<String, Stored>> byWindow = new TreeMap<>();
  private final Set<String> entities = new HashSet<>();
  private long fromMillis = Long.MAX_VALUE;

  /** Whether the window has been read. */
  boolean covers(long windowStartMillis) {
    return windowStartMillis >= fromMillis;
  }

  /** From now on all windows from this one on are known. */
  void coverFrom(long windowStartMillis) {
    fromMillis = Math.min(fromMillis, windowStartMillis);
  }

  @Nullable Stored stored(String entity, long windowStartMillis) {
    return byWindow.getOrDefault(windowStartMillis, Map.of()).get(entity);
  }

  void put(String entity, long windowStartMillis, Stored stored) {
    byWindow.computeIfAbsent(windowStartMillis, any -> new HashMap<>()).put(entity, stored);
  }

  /** Forgets the windows that are too old to be written again soon. */
  void forgetOld() {
    if (byWindow.isEmpty()) {
      return;
    }
    long kept = byWindow.lastKey() - KEPT_MILLIS;
    if (byWindow.firstKey() < kept) {
      byWindow.headMap(kept).clear();
      fromMillis = Math.max(fromMillis, kept);
    }
  }

  /** Remembers an entity that has a series; false when there are {@code limit} others. */
  boolean admit(String entity, int limit) {
    if (entities.contains(entity)) {
      return true;
    }
    return entities.size() < limit && entities.add(entity);
  }

  int size() {
    return byWindow.values().stream().mapToInt(Map::size).sum();
  }
}
