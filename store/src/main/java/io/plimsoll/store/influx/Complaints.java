// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.store.influx;

import java.util.HashMap;
import java.util.Map;

/** Log lines of which each kind is written at most once a minute. */
final class Complaints {
  private static final System.Logger logger = System.getLogger(InfluxStore.class.getName());
  private static final long PAUSE_NANOS = 60_000_000_000L;

  private final Map<String, Long> lastNanos = new HashMap<>();

  void tell(String kind, String line) {
    long now = System.nanoTime();
    Long last = lastNanos.get(kind);
    if (last == null || now - last >= PAUSE_NANOS) {
      lastNanos.put(kind, now);
      logger.log(System.Logger.Level.WARNING, line);
    }
  }
}
