// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.spark;

import io.plimsoll.engines.spark.file.LogFiles;
import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.EventKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * Finds Spark's event logs: plain, gzip, zstd, lz4, snappy or lzf, in one file or rolled, of one
 * attempt or several, finished or still written.
 */
public final class SparkEventLog {
  private SparkEventLog() {}

  /**
   * The logs at a path: one for a file or a rolled log's folder, else one for each log in the
   * folder.
   *
   * @throws EventLogException when nothing there can be a log
   */
  public static List<EventLog> open(Path path) throws EventLogException {
    if (!Files.exists(path)) {
      throw new EventLogException(
          "no event log at " + path + "; name a file or folder that exists");
    }
    List<LogFiles> found;
    try {
      found = LogFiles.at(path);
    } catch (IOException | java.io.UncheckedIOException e) {
      throw new EventLogException(
          "cannot list " + path + " (" + e.getMessage() + "); name a folder that can be read");
    }
    if (found.isEmpty()) {
      throw new EventLogException(
          "no event log in folder " + path + "; name a folder that spark.eventLog.dir points to");
    }
    return found.stream().map(EventLog::new).toList();
  }

  /**
   * Reads the task-ended events of all logs at a path; the reading is that of the last log.
   *
   * @throws EventLogException when nothing there can be a log
   */
  public static LogReading tasks(Path path, Consumer<EngineEvent> consumer)
      throws EventLogException {
    List<EventLog> logs = open(path);
    LogReading reading = null;
    for (EventLog log : logs) {
      reading =
          log.read(
              (position, event) -> {
                if (event.kind() == EventKind.TASK_ENDED) {
                  consumer.accept(event);
                }
              });
    }
    return java.util.Objects.requireNonNull(reading, "a path has at least one log");
  }
}
