// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.spark;

import io.plimsoll.engines.spark.file.LineReader;
import io.plimsoll.engines.spark.file.PartStream;
import io.plimsoll.wire.EngineEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What a log tells when it is read line by line, each in its turn. */
final class OneThread {
  /** An event and its place. */
  record Told(LogPosition position, EngineEvent event) {}

  private OneThread() {}

  /**
   * Without events about the log itself. In a thread that has unpacked nothing yet, as the log's
   * own reading is: the LZF codec gives damaged references what its thread unpacked before.
   */
  static List<Told> events(EventLog log) {
    return CompletableFuture.supplyAsync(() -> eventsHere(log), work -> new Thread(work).start())
        .join();
  }

  private static List<Told> eventsHere(EventLog log) {
    List<Told> told = new ArrayList<>();
    EventLines events = new EventLines(new LogMemory());
    for (int part = 0; part < log.parts().size(); part++) {
      read(log.parts().get(part), part, events, told);
    }
    return told;
  }

  private static void read(Path file, int part, EventLines events, List<Told> told) {
    try (PartStream stream = PartStream.open(file)) {
      LineReader lines = new LineReader(stream, LogAhead.LONGEST_HELD_BYTES);
      while (lines.next()) {
        LogPosition position = new LogPosition(part, lines.offset());
        try {
          EngineEvent event =
              lines.isLong()
                  ? events.read(lines.stream())
                  : events.read(lines.buffer(), lines.start(), lines.length());
          if (event != null) {
            told.add(new Told(position, event));
          }
        } catch (IOException noEvent) {
          // What is told of such a line is not compared.
        }
      }
    } catch (IOException noPart) {
      // Nor what is told of such a part.
    }
  }

  /** The same as told by the log's own reading. */
  static List<Told> ahead(EventLog log) {
    List<Told> told = new ArrayList<>();
    log.read(
        (position, event) -> {
          if (event.kind().id() < 100 || event.kind().id() > 109) {
            told.add(new Told(position, event));
          }
        });
    return told;
  }
}
