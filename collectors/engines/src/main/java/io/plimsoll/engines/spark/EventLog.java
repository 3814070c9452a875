// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.spark;

import io.plimsoll.engines.spark.file.LogFiles;
import io.plimsoll.wire.Envelope;
import io.plimsoll.wire.EventKind;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * The log of one attempt of one application, however many files it has. Each reading starts anew;
 * none holds more than a line of bounded length in memory, and none fails: what cannot be read is
 * told in the {@link LogReading} and as events of kinds LOG_BROKEN and LOG_READ.
 */
public final class EventLog {
  /** The start of the application stands among the first few events. */
  private static final int HEAD_LINES = 24;

  private final LogFiles files;

  EventLog(LogFiles files) {
    this.files = files;
  }

  /** The name of its file or folder. */
  public String name() {
    return files.name();
  }

  /** Its files in the order in which they were written. */
  public List<Path> parts() {
    return files.parts();
  }

  /** When the application started, in epoch milliseconds, by the log's first lines alone. */
  public OptionalLong startMillis() {
    AtomicLong start = new AtomicLong(-1);
    EventSink sink =
        (position, event) -> {
          if (event.kind() == EventKind.APPLICATION_STARTED) {
            start.compareAndSet(-1, event.epochMillis());
          }
        };
    new LogPass(files, new LogMemory(), sink).head(HEAD_LINES);
    return start.get() < 0 ? OptionalLong.empty() : OptionalLong.of(start.get());
  }

  /** Gives each event to the sink, in the constants that the agent in a live driver uses too. */
  public LogReading read(EventSink sink) {
    return new LogPass(files, new LogMemory(), sink).run();
  }

  /**
   * Gives the events as envelopes of the driver's process, as an agent in it would have sent them.
   * The process's id follows from cluster, application and attempt alone, and how the log is packed
   * and cut into files changes nothing but the events about the log itself.
   *
   * @param cluster of the run, as the agents of the same cluster name it
   */
  public LogReading envelopes(String cluster, Consumer<Envelope> consumer) {
    LogMemory memory = new LogMemory();
    EventBatches batches = new EventBatches(cluster, files.name(), memory, consumer);
    LogReading reading = new LogPass(files, memory, batches).run();
    batches.end(reading.brokenLines());
    return reading;
  }
}
