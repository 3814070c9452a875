// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.spark;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.plimsoll.engines.spark.file.LineReader;
import io.plimsoll.engines.spark.file.LogFiles;
import io.plimsoll.engines.spark.file.PartStream;
import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.EventKind;
import io.plimsoll.wire.EventNumber;
import io.plimsoll.wire.EventText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One reading of one log, from its first part to its last. Used once. */
final class LogPass {
  /** Longer lines are parsed as they come instead of being held. */
  private static final int LONGEST_HELD_BYTES = 8 << 20;

  private static final int MOST_PROBLEMS = 20;
  private static final int LONGEST_REASON = 200;

  private final LogFiles files;
  private final EventSink sink;
  private final LogMemory memory;
  private final EventLines events;
  private final List<LogReading.Problem> problems = new ArrayList<>();
  private long mostLines = Long.MAX_VALUE;
  private long lineCount;
  private long eventCount;
  private long unusedLines;
  private long brokenLines;
  private long damagedParts;
  private long rawBytes;
  private LogPosition last = new LogPosition(0, 0);

  LogPass(LogFiles files, LogMemory memory, EventSink sink) {
    this.files = files;
    this.memory = memory;
    this.sink = sink;
    this.events = new EventLines(memory);
  }

  LogReading run() {
    for (int part = 0; part < files.parts().size(); part++) {
      part(part, files.parts().get(part));
    }
    if (files.missingParts() > 0) {
      damagedParts += files.missingParts();
      tell(files.name(), 0, 0, files.missingParts() + " rolled files between others are missing");
    }
    LogReading reading = reading();
    sink.accept(last, end(reading));
    return reading;
  }

  /** Gives the events of the first lines alone; nothing is told of the log as a whole. */
  void head(int lines) {
    mostLines = lines;
    if (!files.parts().isEmpty()) {
      part(0, files.parts().get(0));
    }
  }

  private void part(int number, Path file) {
    String name = String.valueOf(file.getFileName());
    try (PartStream stream = PartStream.open(file)) {
      LineReader lines = new LineReader(stream, LONGEST_HELD_BYTES);
      while (lineCount < mostLines && lines.next()) {
        last = new LogPosition(number, lines.offset());
        if (lines.isLong() || !isBlank(lines)) {
          lineCount++;
          line(name, lines);
        }
      }
      rawBytes += lines.bytes();
      String damage = stream.damage();
      if (damage != null) {
        damagedParts++;
        tell(name, 0, lines.bytes(), damage);
      }
    } catch (IOException e) {
      damagedParts++;
      tell(name, 0, 0, "cannot be opened: " + e);
    }
  }

  private void line(String file, LineReader lines) {
    EngineEvent event;
    try {
      event =
          lines.isLong()
              ? events.read(lines.stream())
              : events.read(lines.buffer(), lines.start(), lines.length());
    } catch (StreamConstraintsException e) {
      broken(file, lines, "too large or too deep: " + e.getOriginalMessage());
      return;
    } catch (JsonProcessingException e) {
      broken(
          file,
          lines,
          lines.isTerminated() || lines.isLong()
              ? "no event: " + e.getOriginalMessage()
              : "the file ends within the line");
      return;
    } catch (IOException e) {
      // The stream itself does not fail: the parser takes the bytes for an encoding they are not.
      broken(file, lines, "no event: " + e.getMessage());
      return;
    }
    if (event == null) {
      unusedLines++;
    } else {
      eventCount++;
      sink.accept(last, event);
    }
  }

  private void broken(String file, LineReader lines, String reason) {
    brokenLines++;
    tell(file, lines.number(), last.offsetBytes(), reason);
  }

  private void tell(String file, long line, long offset, String reason) {
    if (problems.size() >= MOST_PROBLEMS && line > 0) {
      return;
    }
    String oneLine = memory.redaction().text(reason.replaceAll("\\p{Cntrl}+", " "));
    LogReading.Problem problem =
        new LogReading.Problem(
            file, line, offset, oneLine.substring(0, Math.min(LONGEST_REASON, oneLine.length())));
    problems.add(problem);
    EngineEvent.Builder event =
        EngineEvent.builder(EventKind.LOG_BROKEN, events.lastMillis())
            .put(EventText.LOG_FILE, file)
            .put(EventText.REASON, problem.reason())
            .put(EventNumber.OFFSET_BYTES, offset);
    if (line > 0) {
      event.put(EventNumber.LINE, line);
    }
    sink.accept(last, event.build());
  }

  private LogReading reading() {
    return new LogReading(
        state(),
        memory.version(),
        memory.application(),
        memory.attempt(),
        lineCount,
        eventCount,
        unusedLines,
        brokenLines,
        damagedParts,
        rawBytes,
        problems);
  }

  private LogState state() {
    if (lineCount == 0 && damagedParts == 0) {
      return files.isInProgress() ? LogState.RUNNING : LogState.EMPTY;
    }
    if (eventCount + unusedLines == 0) {
      return LogState.UNREADABLE;
    }
    if (memory.hasEnded()) {
      return damagedParts == 0 ? LogState.COMPLETE : LogState.DAMAGED;
    }
    return files.isInProgress() ? LogState.RUNNING : LogState.TRUNCATED;
  }

  private EngineEvent end(LogReading reading) {
    return EngineEvent.builder(EventKind.LOG_READ, events.lastMillis())
        .put(EventText.LOG_FILE, files.name())
        .put(EventText.LOG_STATE, reading.state().name())
        .put(EventNumber.LINE_COUNT, lineCount)
        .put(EventNumber.BROKEN_LINE_COUNT, brokenLines)
        .put(EventNumber.DAMAGE_COUNT, damagedParts)
        .put(EventNumber.UNUSED_LINE_COUNT, unusedLines)
        .put(EventNumber.RAW_BYTES, rawBytes)
        .build();
  }

  private static boolean isBlank(LineReader lines) {
    byte[] buffer = lines.buffer();
    int end = lines.start() + lines.length();
    for (int i = lines.start(); i < end; i++) {
      if (buffer[i] > ' ' || buffer[i] < 0) {
        return false;
      }
    }
    return true;
  }
}
