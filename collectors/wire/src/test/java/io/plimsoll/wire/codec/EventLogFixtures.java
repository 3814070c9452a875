// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.wire.codec;

import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.Envelope;
import io.plimsoll.wire.EventKind;
import io.plimsoll.wire.EventNumber;
import io.plimsoll.wire.EventText;
import java.util.List;
import java.util.Map;

/** What a reader of event logs says of the log itself. */
final class EventLogFixtures {
  private static final long START = 1_763_900_000_000L;

  private EventLogFixtures() {}

  static Map<String, Envelope> expected() {
    return Map.of(
        "events-event-log",
        WireFixtures.events(
            List.of(
                EngineEvent.builder(EventKind.LOG_BROKEN, START)
                    .put(EventText.LOG_FILE, "events_2_app-1.zstd")
                    .put(EventText.REASON, "unexpected end of input")
                    .put(EventNumber.LINE, 1234)
                    .put(EventNumber.OFFSET_BYTES, 5_000_000_000L)
                    .build(),
                EngineEvent.builder(EventKind.LOG_READ, START + 1)
                    .put(EventText.LOG_FILE, "eventlog_v2_app-1")
                    .put(EventText.LOG_STATE, "TRUNCATED")
                    .put(EventNumber.LINE_COUNT, 1234)
                    .put(EventNumber.BROKEN_LINE_COUNT, 1)
                    .put(EventNumber.DAMAGE_COUNT, 2)
                    .put(EventNumber.UNUSED_LINE_COUNT, 500)
                    .put(EventNumber.RAW_BYTES, 5_000_000_321L)
                    .build())));
  }
}
