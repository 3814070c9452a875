// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.spark;

import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.EventKind;
import io.plimsoll.wire.EventNumber;
import io.plimsoll.wire.EventText;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The event of the line that is being read: fields stand in any order there, the time among them.
 * Used again for each line. Not thread-safe.
 */
final class Draft {
  /** The year 10000: later times are no times. */
  private static final long LATEST_MILLIS = 253_402_300_800_000L;

  private static final EventNumber[] NUMBERS = EventNumber.values();

  private final long[] numbers = new long[NUMBERS.length];
  private final boolean[] isPresent = new boolean[NUMBERS.length];
  private final int[] present = new int[NUMBERS.length];
  private int count;
  private final Map<EventText, String> texts = new EnumMap<>(EventText.class);
  private final Map<String, String> properties = new TreeMap<>();
  private long millis;
  private long lastMillis;

  /** Forgets the line before. */
  void clear() {
    for (int i = 0; i < count; i++) {
      isPresent[present[i]] = false;
    }
    count = 0;
    millis = 0;
    texts.clear();
    properties.clear();
  }

  /** When it happened; what is no time is as if it were not told. */
  void at(long epochMillis) {
    millis = epochMillis;
  }

  void put(EventNumber field, long value) {
    int place = field.ordinal();
    if (!isPresent[place]) {
      isPresent[place] = true;
      present[count++] = place;
    }
    numbers[place] = value;
  }

  void put(EventText field, String value) {
    texts.put(field, value);
  }

  void property(String key, String value) {
    properties.put(key, value);
  }

  long number(EventNumber field, long absent) {
    return isPresent[field.ordinal()] ? numbers[field.ordinal()] : absent;
  }

  /** Whether this text has been put. */
  boolean says(EventText field, String value) {
    return value.equals(texts.get(field));
  }

  /** Whether the line tells its own time. */
  boolean hasTime() {
    return millis > 0 && millis < LATEST_MILLIS;
  }

  /** The time of the latest line that told one; 0 before. */
  long lastMillis() {
    return lastMillis;
  }

  /** A line that was read elsewhere has told this time. */
  void lastMillis(long told) {
    lastMillis = told;
  }

  /** The event; at the time of the one before when the line tells none. */
  EngineEvent build(EventKind kind) {
    if (hasTime()) {
      lastMillis = millis;
    }
    EngineEvent.Builder event = EngineEvent.builder(kind, lastMillis);
    for (int i = 0; i < count; i++) {
      event.put(NUMBERS[present[i]], numbers[present[i]]);
    }
    texts.forEach(event::put);
    properties.forEach(event::property);
    return event.build();
  }
}
