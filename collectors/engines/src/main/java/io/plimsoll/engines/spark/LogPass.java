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
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One reading of one log, from its first part to its last. Used once. */
final class LogPass {
  private static final int MOST_PROBLEMS = 20;
  private static final int LONGEST_REASON = 200;

  private final LogFiles files;
  private final EventSink sink;
  private final LogMemory memory;
  private final EventLines events;
  private final List<LogReading.Problem> problems = new ArrayList<>();
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
    try (LogAhead ahead = new LogAhead(files.parts())) {
      for (LogPiece piece = ahead.next(); piece != null; piece = ahead.next()) {
        take(piece);
        ahead.done(piece);
      }
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
    if (files.parts().isEmpty()) {
      return;
    }
    try (PartStream stream = PartStream.open(files.parts().get(0))) {
      LineReader reader = new LineReader(stream, LogAhead.LONGEST_HELD_BYTES);
      while (lineCount < lines && reader.next()) {
        lineCount++;
        last = new LogPosition(0, reader.offset());
        head(reader);
      }
    } catch (IOException e) {
      // It is told when the log is read to its end.
      damagedParts++;
    }
  }

  private void head(LineReader line) {
    try {
      taken(
          line.isLong()
              ? events.read(line.stream())
              : events.read(line.buffer(), line.start(), line.length()));
    } catch (IOException e) {
      // So is this.
      brokenLines++;
    }
  }

  private void take(LogPiece piece) {
    String file = String.valueOf(files.parts().get(piece.part()).getFileName());
    if (piece instanceof LineBatch batch) {
      lines(file, batch);
    } else if (piece instanceof LogPiece.LongLine line) {
      line(file, line);
    } else if (piece instanceof LogPiece.PartEnd end) {
      partEnd(file, end);
    }
  }

  private void partEnd(String file, LogPiece.PartEnd end) {
    rawBytes += end.rawBytes();
    if (end.damage() != null) {
      damagedParts++;
      tell(file, 0, end.rawBytes(), end.damage());
    }
    if (end.failure() != null) {
      damagedParts++;
      tell(file, 0, 0, "cannot be opened: " + end.failure());
    }
  }

  private void lines(String file, LineBatch batch) {
    for (int line = 0; line < batch.count(); line++) {
      last = new LogPosition(batch.part(), batch.offset(line));
      EarlyEvent early = batch.early(line);
      if (early != null) {
        lineCount++;
        early(early);
      } else if (!batch.isBlank(line)) {
        lineCount++;
        line(file, batch, line);
      }
    }
  }

  private void early(EarlyEvent early) {
    EngineEvent event = early.event();
    if (event != null) {
      events.taken(event);
    }
    taken(event);
  }

  private void line(String file, LineBatch batch, int line) {
    try {
      taken(events.read(batch.bytes(), batch.start(line), batch.length(line)));
    } catch (IOException e) {
      boolean isCut = !batch.isTerminated(line) && isNoJson(e);
      broken(file, batch.number(line), isCut ? "the file ends within the line" : reason(e));
    }
  }

  private void line(String file, LogPiece.LongLine line) {
    last = new LogPosition(line.part(), line.lines().offset());
    lineCount++;
    try {
      taken(events.read(line.lines().stream()));
    } catch (IOException e) {
      broken(file, line.lines().number(), reason(e));
    }
  }

  private void taken(@Nullable EngineEvent event) {
    if (event == null) {
      unusedLines++;
    } else {
      eventCount++;
      sink.accept(last, event);
    }
  }

  private static boolean isNoJson(IOException problem) {
    return problem instanceof JsonProcessingException
        && !(problem instanceof StreamConstraintsException);
  }

  private static String reason(IOException problem) {
    if (problem instanceof StreamConstraintsException limit) {
      return "too large or too deep: " + limit.getOriginalMessage();
    }
    // What is no JSON may also be taken for an encoding that it is not.
    return "no event: "
        + (problem instanceof JsonProcessingException json
            ? json.getOriginalMessage()
            : problem.getMessage());
  }

  private void broken(String file, long line, String reason) {
    brokenLines++;
    tell(file, line, last.offsetBytes(), reason);
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
}
