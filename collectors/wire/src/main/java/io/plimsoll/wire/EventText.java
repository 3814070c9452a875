// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.wire;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A text field of an {@link EngineEvent}. */
public enum EventText {
  APPLICATION_NAME(1),
  /** Lower case: spark or flink. */
  ENGINE(2),
  ENGINE_VERSION(3),
  USER(4),
  STAGE_NAME(5),
  /** Comma separated. */
  PARENT_IDS(6),
  /** Comma separated. */
  STAGE_IDS(7),
  REASON(8),
  EXECUTOR_ID(9),
  HOST(10),
  /** Of a task attempt: an {@link AttemptOutcome} name. */
  OUTCOME(11),
  COLLECTOR(12),
  CAUSE(13),
  DESCRIPTION(14),
  /** What a process cannot tell and why, items parted by "; ". */
  DEGRADED(15);

  private static final Map<Integer, EventText> BY_ID = new HashMap<>();

  static {
    for (EventText value : values()) {
      BY_ID.put(value.id, value);
    }
  }

  private final int id;

  EventText(int id) {
    this.id = id;
  }

  /** The number that stands for this constant on the wire; never reused. */
  public int id() {
    return id;
  }

  /** The constant with this id, or null when this version does not know it. */
  public static @Nullable EventText byId(int id) {
    return BY_ID.get(id);
  }
}
