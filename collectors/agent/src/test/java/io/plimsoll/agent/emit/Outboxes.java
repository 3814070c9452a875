// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.emit;

import io.plimsoll.wire.AttemptRecord;
import io.plimsoll.wire.EngineEvent;
import java.util.ArrayList;
import java.util.List;

/** Empties an outbox in tests of other packages. */
public final class Outboxes {
  private Outboxes() {}

  public static List<AttemptRecord> attempts(Outbox outbox) {
    List<AttemptRecord> all = new ArrayList<>();
    for (AttemptRecord next = outbox.nextAttempt(); next != null; next = outbox.nextAttempt()) {
      all.add(next);
    }
    return all;
  }

  public static List<EngineEvent> events(Outbox outbox) {
    List<EngineEvent> all = new ArrayList<>();
    for (Object next = outbox.nextEvent(); next != null; next = outbox.nextEvent()) {
      if (next instanceof EngineEvent) {
        all.add((EngineEvent) next);
      }
    }
    return all;
  }

  public static long lostAttempts(Outbox outbox) {
    return outbox.loss().counters().attempts();
  }

  public static long lostEvents(Outbox outbox) {
    return outbox.loss().counters().events();
  }
}
