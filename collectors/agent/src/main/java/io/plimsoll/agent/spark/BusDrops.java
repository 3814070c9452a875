// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.spark;

import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.EventKind;
import io.plimsoll.wire.EventNumber;
import io.plimsoll.wire.EventText;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads from Spark's own metrics how many events each queue of the listener bus has given up. Spark
 * before 2.3 has one queue and no such count. One thread only.
 */
final class BusDrops {
  private static final String PREFIX = "queue.";
  private static final String SUFFIX = ".numDroppedEvents";
  private static final long PAUSE_MILLIS = 5_000;

  private final Accessor metrics = new Accessor("metrics");
  private final Accessor metricRegistry = new Accessor("metricRegistry");
  private final Accessor counters = new Accessor("getCounters");
  private final Accessor count = new Accessor("getCount");
  private final @Nullable Object bus;
  private final Map<String, Long> told = new HashMap<>();
  private long lastMillis;

  BusDrops(@Nullable Object bus) {
    this.bus = bus;
  }

  /** Tells the counts that have grown, at most every five seconds; all of them at the end. */
  void check(long epochMillis, boolean end, Consumer<EngineEvent> to) {
    if (bus == null || (!end && Math.abs(epochMillis - lastMillis) < PAUSE_MILLIS)) {
      return;
    }
    lastMillis = epochMillis;
    Object all = counters.read(metricRegistry.read(metrics.read(bus)));
    if (!(all instanceof Map)) {
      return;
    }
    for (Map.Entry<?, ?> counter : ((Map<?, ?>) all).entrySet()) {
      String name = String.valueOf(counter.getKey());
      long dropped = count.number(counter.getValue(), -1);
      if (name.startsWith(PREFIX) && name.endsWith(SUFFIX) && dropped >= 0) {
        String queue = name.substring(PREFIX.length(), name.length() - SUFFIX.length());
        Long before = told.put(queue, dropped);
        if (end || dropped > (before == null ? 0 : before)) {
          to.accept(
              EngineEvent.builder(EventKind.LISTENER_EVENTS_DROPPED, epochMillis)
                  .put(EventText.QUEUE, queue)
                  .put(EventNumber.DROPPED_COUNT, dropped)
                  .build());
        }
      }
    }
  }
}
