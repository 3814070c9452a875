// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.spark;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plimsoll.wire.AttemptOutcome;
import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.EventKind;
import io.plimsoll.wire.EventNumber;
import io.plimsoll.wire.EventText;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * A plain (uncompressed, single-file) Spark event log. Only task-ended events are read so far; the
 * other lines are counted and passed over.
 */
public final class SparkEventLog {
  private static final ObjectMapper JSON = new ObjectMapper();

  private SparkEventLog() {}

  /**
   * How much of a log could be read.
   *
   * @param lines all lines
   * @param tasks task-ended events among them
   * @param badLines lines that are not JSON, a truncated last line among them
   * @param firstBadLine its number from 1, 0 when there is none
   */
  public record Reading(long lines, long tasks, long badLines, long firstBadLine) {}

  /**
   * Reads a log line by line, in bounded memory.
   *
   * @throws IOException when the file cannot be read; a broken line is counted instead
   */
  public static Reading tasks(Path file, Consumer<EngineEvent> sink) throws IOException {
    long lines = 0;
    long tasks = 0;
    long bad = 0;
    long firstBad = 0;
    try (BufferedReader reader = Files.newBufferedReader(file)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines++;
        try {
          JsonNode event = JSON.readTree(line);
          if ("SparkListenerTaskEnd".equals(event.path("Event").asText())) {
            sink.accept(taskEnded(event));
            tasks++;
          }
        } catch (JsonProcessingException e) {
          bad++;
          firstBad = firstBad == 0 ? lines : firstBad;
        }
      }
    }
    return new Reading(lines, tasks, bad, firstBad);
  }

  private static EngineEvent taskEnded(JsonNode event) {
    JsonNode info = event.path("Task Info");
    EngineEvent.Builder builder =
        EngineEvent.builder(EventKind.TASK_ENDED, info.path("Finish Time").asLong());
    builder
        .put(EventNumber.STAGE_ID, event.path("Stage ID").asLong())
        .put(EventNumber.STAGE_ATTEMPT, event.path("Stage Attempt ID").asLong())
        .put(EventNumber.TASK_ID, info.path("Task ID").asLong())
        .put(EventNumber.PARTITION, info.path("Partition ID").asLong(info.path("Index").asLong()))
        .put(EventNumber.ATTEMPT_NUMBER, info.path("Attempt").asLong())
        .put(EventNumber.LAUNCHED_MILLIS, info.path("Launch Time").asLong())
        .put(EventNumber.FINISHED_MILLIS, info.path("Finish Time").asLong())
        .put(EventText.EXECUTOR_ID, info.path("Executor ID").asText(""))
        .put(EventText.HOST, info.path("Host").asText(""))
        .put(EventText.OUTCOME, outcome(event, info).name());
    JsonNode metrics = event.path("Task Metrics");
    put(builder, EventNumber.RUN_TIME_MILLIS, metrics.path("Executor Run Time"));
    put(builder, EventNumber.CPU_TIME_NANOS, metrics.path("Executor CPU Time"));
    put(builder, EventNumber.DESERIALIZE_CPU_NANOS, metrics.path("Executor Deserialize CPU Time"));
    put(builder, EventNumber.GC_TIME_MILLIS, metrics.path("JVM GC Time"));
    put(builder, EventNumber.MEMORY_SPILL_BYTES, metrics.path("Memory Bytes Spilled"));
    put(builder, EventNumber.DISK_SPILL_BYTES, metrics.path("Disk Bytes Spilled"));
    return builder.build();
  }

  private static void put(EngineEvent.Builder builder, EventNumber field, JsonNode value) {
    if (value.isNumber()) {
      builder.put(field, value.asLong());
    }
  }

  private static AttemptOutcome outcome(JsonNode event, JsonNode info) {
    String reason = event.path("Task End Reason").path("Reason").asText();
    if (reason.equals("Success")) {
      return AttemptOutcome.SUCCEEDED;
    }
    boolean killed = info.path("Killed").asBoolean() || reason.equals("TaskKilled");
    return killed || reason.equals("TaskCommitDenied")
        ? AttemptOutcome.KILLED
        : AttemptOutcome.FAILED;
  }
}
