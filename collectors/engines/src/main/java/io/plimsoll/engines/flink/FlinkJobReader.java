// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.flink;

import com.fasterxml.jackson.databind.JsonNode;
import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.EventKind;
import io.plimsoll.wire.EventNumber;
import io.plimsoll.wire.EventText;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Turns what a source says of one job into events; the same code reads a JobManager and an archive,
 * so both tell the same facts of an ended job. Times are Flink's own, never the reader's.
 */
final class FlinkJobReader {
  /** The states that a job does not leave. */
  static final Set<String> TERMINAL = Set.of("FINISHED", "CANCELED", "FAILED");

  private static final int MAX_VERTICES = 2_000;
  private static final int MAX_EARLIER_ATTEMPTS = 20;
  private static final int MAX_CHECKPOINT_DETAILS = 20;
  private static final Pattern VERSION =
      Pattern.compile("flink-(?:dist|runtime)(?:_[\\d.]+)?-(\\d[\\w.]{0,20}?)\\.jar");

  private final FlinkSource source;
  private final String job;
  private final Consumer<EngineEvent> sink;
  private long jobStart;

  FlinkJobReader(FlinkSource source, String job, Consumer<EngineEvent> sink) {
    this.source = source;
    this.job = job;
    this.sink = sink;
  }

  /** What of a job the poller needs to know to ask on. */
  record Shape(String state, long startMillis, long endMillis, List<Vertex> vertices) {
    Shape {
      vertices = List.copyOf(vertices);
    }

    boolean isEnded() {
      return TERMINAL.contains(state);
    }
  }

  /** A vertex's id and parallelism. */
  record Vertex(String id, int parallelism) {}

  /** Reads the job's own answer: state, vertices and edges. Empty state: the source has no job. */
  Shape overview() throws FlinkSourceException {
    JsonNode answer = source.get("/jobs/" + job);
    jobStart = Math.max(0, Json.orMinusOne(answer.path("start-time")));
    if (!answer.path("state").isTextual()) {
      if (!answer.isMissingNode()) {
        throw new FlinkSourceException(
            FlinkSourceException.Reason.BAD_ANSWER, "/jobs/" + job + " tells no state");
      }
      return new Shape("", jobStart, jobStart, List.of());
    }
    String state = answer.path("state").asText();
    emitJob(answer);
    List<Vertex> vertices = new ArrayList<>();
    for (JsonNode vertex : answer.path("vertices")) {
      long parallelism = Json.orMinusOne(vertex.path("parallelism"));
      String id = vertex.path("id").asText("");
      if (vertices.size() < MAX_VERTICES && isId(id) && parallelism >= 0) {
        vertices.add(new Vertex(id, (int) Math.min(parallelism, Integer.MAX_VALUE)));
        emitVertex(vertex, id);
      }
    }
    for (JsonNode node : answer.path("plan").path("nodes")) {
      emitEdges(node);
    }
    long end = Json.orMinusOne(answer.path("end-time"));
    return new Shape(state, jobStart, Math.max(jobStart, end), vertices);
  }

  /** Reads what stays the same while the job lives: its configuration and its engine's. */
  void configuration(String name) throws FlinkSourceException {
    EngineEvent.Builder started =
        EngineEvent.builder(EventKind.APPLICATION_STARTED, jobStart)
            .put(EventText.ENGINE, "flink")
            .put(EventText.APPLICATION_NAME, Json.clean(name));
    part(
        "/jobs/" + job + "/jobmanager/environment",
        answer -> {
          Matcher version =
              VERSION.matcher(
                  answer.path("jvm").path("options").toString() + answer.path("classpath"));
          if (version.find()) {
            started.put(EventText.ENGINE_VERSION, version.group(1));
          }
        });
    sink.accept(started.build());
    part("/jobs/" + job + "/config", answer -> emitJobConfiguration(answer));
    part("/jobs/" + job + "/jobmanager/config", answer -> emitClusterConfiguration(answer));
    part("/jobs/" + job + "/checkpoints/config", answer -> emitCheckpointConfiguration(answer));
  }

  /** Reads one vertex's subtasks; with their earlier attempts when asked. */
  void subtasks(Vertex vertex, boolean earlierAttempts) throws FlinkSourceException {
    String path = "/jobs/" + job + "/vertices/" + vertex.id();
    List<long[]> earlier = new ArrayList<>();
    part(
        path,
        answer -> {
          for (JsonNode subtask : answer.path("subtasks")) {
            emitSubtask(vertex.id(), subtask);
            long attempt = Json.orMinusOne(subtask.path("attempt"));
            long index = Json.orMinusOne(subtask.path("subtask"));
            for (long a = Math.max(0, attempt - MAX_EARLIER_ATTEMPTS); a < attempt; a++) {
              earlier.add(new long[] {index, a});
            }
          }
        });
    if (earlierAttempts) {
      for (long[] at : earlier) {
        part(
            path + "/subtasks/" + at[0] + "/attempts/" + at[1],
            answer -> emitSubtask(vertex.id(), answer));
      }
    }
  }

  /**
   * Reads counts and history of the checkpoints, and of the newest completed {@code details} ones
   * what each subtask did.
   */
  void checkpoints(List<Vertex> vertices, int details) throws FlinkSourceException {
    List<Long> completed = new ArrayList<>();
    part(
        "/jobs/" + job + "/checkpoints",
        answer -> {
          emitCounts(answer.path("counts"));
          for (JsonNode checkpoint : answer.path("history")) {
            emitCheckpoint(checkpoint);
            if (checkpoint.path("status").asText().equals("COMPLETED")) {
              completed.add(Json.orMinusOne(checkpoint.path("id")));
            }
          }
        });
    int limit = Math.min(Math.min(details, MAX_CHECKPOINT_DETAILS), completed.size());
    for (long checkpoint : completed.subList(0, limit)) {
      for (Vertex vertex : vertices) {
        part(
            "/jobs/" + job + "/checkpoints/details/" + checkpoint + "/subtasks/" + vertex.id(),
            answer -> emitCheckpointSubtasks(checkpoint, vertex.id(), answer));
      }
    }
  }

  /** Reads the exception history. */
  void exceptions() throws FlinkSourceException {
    part(
        "/jobs/" + job + "/exceptions",
        answer -> {
          JsonNode history = answer.path("exceptionHistory");
          for (JsonNode entry : history.path("entries")) {
            emitException(entry, history.path("truncated").asBoolean());
            for (JsonNode concurrent : entry.path("concurrentExceptions")) {
              emitException(concurrent, false);
            }
          }
        });
  }

  /** Everything of an ended job, its end included. */
  void everything(Shape shape, String name) throws FlinkSourceException {
    configuration(name);
    for (Vertex vertex : shape.vertices()) {
      subtasks(vertex, true);
    }
    checkpoints(shape.vertices(), MAX_CHECKPOINT_DETAILS);
    exceptions();
  }

  /** Tells the end of a job whose last answer this is. */
  void ended(long endMillis, String state) {
    sink.accept(
        EngineEvent.builder(EventKind.APPLICATION_ENDED, endMillis)
            .put(EventText.FLINK_STATE, state)
            .build());
  }

  private interface Part {
    void read(JsonNode answer);
  }

  /** A part that cannot be used is told and passed over, unless nothing else would come either. */
  private void part(String path, Part part) throws FlinkSourceException {
    try {
      part.read(source.get(path));
    } catch (FlinkSourceException e) {
      if (e.endsTheRound()) {
        throw e;
      }
      sink.accept(incomplete(jobStart, path, e));
    }
  }

  static EngineEvent incomplete(long atMillis, String path, FlinkSourceException e) {
    return EngineEvent.builder(EventKind.SOURCE_INCOMPLETE, atMillis)
        .put(EventText.SOURCE_PATH, path)
        .put(EventText.REASON, Json.clean(String.valueOf(e.getMessage())))
        .put(EventNumber.BAD_PARTS, 1)
        .build();
  }

  private void emitJob(JsonNode answer) {
    long latest = jobStart;
    EngineEvent.Builder event = null;
    for (JsonNode at : answer.path("timestamps")) {
      latest = Math.max(latest, Json.orMinusOne(at));
    }
    event = EngineEvent.builder(EventKind.FLINK_JOB, latest);
    Json.put(event, EventText.FLINK_STATE, answer.path("state"));
    Json.put(event, EventText.JOB_TYPE, answer.path("job-type"));
    event.put(EventText.APPLICATION_NAME, Json.clean(answer.path("name").asText("")));
    Json.put(event, EventNumber.LAUNCHED_MILLIS, answer.path("start-time"));
    Json.put(event, EventNumber.FINISHED_MILLIS, answer.path("end-time"));
    Json.put(event, EventNumber.MAX_PARALLELISM, answer.path("maxParallelism"));
    if (Json.orMinusOne(answer.path("end-time")) > 0) {
      Json.put(event, EventNumber.DURATION_MILLIS, answer.path("duration"));
    }
    positives(event, "timestamp.", answer.path("timestamps"));
    sink.accept(event.build());
  }

  private void emitVertex(JsonNode vertex, String id) {
    EngineEvent.Builder event =
        EngineEvent.builder(EventKind.FLINK_VERTEX, timeOf(vertex))
            .put(EventText.VERTEX_ID, id)
            .put(EventText.VERTEX_NAME, Json.clean(vertex.path("name").asText("")));
    Json.put(event, EventText.FLINK_STATE, vertex.path("status"));
    Json.put(event, EventNumber.PARALLELISM, vertex.path("parallelism"));
    Json.put(event, EventNumber.MAX_PARALLELISM, vertex.path("maxParallelism"));
    times(event, vertex);
    positives(event, "tasks.", vertex.path("tasks"));
    metrics(event, vertex.path("metrics"));
    sink.accept(event.build());
  }

  private void emitEdges(JsonNode node) {
    for (JsonNode input : node.path("inputs")) {
      EngineEvent.Builder event = EngineEvent.builder(EventKind.FLINK_EDGE, jobStart);
      Json.put(event, EventText.VERTEX_ID, node.path("id"));
      Json.put(event, EventText.SOURCE_VERTEX_ID, input.path("id"));
      Json.put(event, EventText.SHIP_STRATEGY, input.path("ship_strategy"));
      Json.put(event, EventText.EXCHANGE, input.path("exchange"));
      sink.accept(event.build());
    }
  }

  private void emitSubtask(String vertex, JsonNode subtask) {
    if (!subtask.path("subtask").isIntegralNumber()) {
      return;
    }
    EngineEvent.Builder event =
        EngineEvent.builder(EventKind.FLINK_SUBTASK, timeOf(subtask))
            .put(EventText.VERTEX_ID, vertex);
    Json.put(event, EventNumber.SUBTASK, subtask.path("subtask"));
    Json.put(event, EventNumber.ATTEMPT_NUMBER, subtask.path("attempt"));
    Json.put(event, EventText.FLINK_STATE, subtask.path("status"));
    // Flink 1.x says host without a port, 2.x says endpoint.
    JsonNode host = subtask.path(subtask.has("endpoint") ? "endpoint" : "host");
    Json.put(event, EventText.HOST, host);
    Json.put(event, EventText.TASK_MANAGER_ID, subtask.path("taskmanager-id"));
    times(event, subtask);
    metrics(event, subtask.path("metrics"));
    JsonNode durations = subtask.path("status-duration");
    if (TERMINAL.contains(subtask.path("status").asText())) {
      positives(event, "duration.", durations);
    }
    sink.accept(event.build());
  }

  private static void times(EngineEvent.Builder event, JsonNode node) {
    if (Json.orMinusOne(node.path("start-time")) > 0) {
      Json.put(event, EventNumber.LAUNCHED_MILLIS, node.path("start-time"));
    }
    if (Json.orMinusOne(node.path("end-time")) > 0) {
      Json.put(event, EventNumber.FINISHED_MILLIS, node.path("end-time"));
      Json.put(event, EventNumber.DURATION_MILLIS, node.path("duration"));
    }
  }

  /** Flink says zero and "not complete" for numbers that have not reached the JobManager. */
  private static void metrics(EngineEvent.Builder event, JsonNode metrics) {
    complete(event, EventNumber.READ_BYTES, metrics, "read-bytes");
    complete(event, EventNumber.WRITTEN_BYTES, metrics, "write-bytes");
    complete(event, EventNumber.READ_RECORDS, metrics, "read-records");
    complete(event, EventNumber.WRITTEN_RECORDS, metrics, "write-records");
    if (metrics.path("read-records-complete").asBoolean()) {
      Json.put(
          event,
          EventNumber.ACCUMULATED_BACK_PRESSURED_MILLIS,
          metrics.path("accumulated-backpressured-time"));
      Json.put(event, EventNumber.ACCUMULATED_IDLE_MILLIS, metrics.path("accumulated-idle-time"));
      Json.put(event, EventNumber.ACCUMULATED_BUSY_MILLIS, metrics.path("accumulated-busy-time"));
    }
  }

  private static void complete(
      EngineEvent.Builder event, EventNumber field, JsonNode metrics, String name) {
    if (metrics.path(name + "-complete").asBoolean()) {
      Json.put(event, field, metrics.path(name));
    }
  }

  private void emitCounts(JsonNode counts) {
    if (!counts.isObject()) {
      return;
    }
    EngineEvent.Builder event = EngineEvent.builder(EventKind.FLINK_CHECKPOINTS, jobStart);
    Json.put(event, EventNumber.COMPLETED_COUNT, counts.path("completed"));
    Json.put(event, EventNumber.FAILED_COUNT, counts.path("failed"));
    Json.put(event, EventNumber.IN_PROGRESS_COUNT, counts.path("in_progress"));
    Json.put(event, EventNumber.RESTORED_COUNT, counts.path("restored"));
    Json.put(event, EventNumber.TOTAL_COUNT, counts.path("total"));
    sink.accept(event.build());
  }

  private void emitCheckpoint(JsonNode checkpoint) {
    long triggered = Math.max(jobStart, Json.orMinusOne(checkpoint.path("trigger_timestamp")));
    EngineEvent.Builder event = EngineEvent.builder(EventKind.FLINK_CHECKPOINT, triggered);
    Json.put(event, EventNumber.CHECKPOINT_ID, checkpoint.path("id"));
    Json.put(event, EventText.FLINK_STATE, checkpoint.path("status"));
    Json.put(event, EventText.CHECKPOINT_TYPE, checkpoint.path("checkpoint_type"));
    Json.put(event, EventNumber.TRIGGERED_MILLIS, checkpoint.path("trigger_timestamp"));
    checkpointNumbers(event, checkpoint);
    Json.put(event, EventNumber.SUBTASK_COUNT, checkpoint.path("num_subtasks"));
    Json.put(
        event, EventNumber.ACKNOWLEDGED_SUBTASKS, checkpoint.path("num_acknowledged_subtasks"));
    if (checkpoint.path("failure_message").isTextual()) {
      event.put(EventText.REASON, Json.clean(checkpoint.path("failure_message").asText()));
    }
    sink.accept(event.build());
  }

  private static void checkpointNumbers(EngineEvent.Builder event, JsonNode node) {
    JsonNode acknowledged =
        node.path(node.has("ack_timestamp") ? "ack_timestamp" : "latest_ack_timestamp");
    Json.put(event, EventNumber.ACKNOWLEDGED_MILLIS, acknowledged);
    Json.put(event, EventNumber.END_TO_END_MILLIS, node.path("end_to_end_duration"));
    Json.put(event, EventNumber.STATE_BYTES, node.path("state_size"));
    Json.put(event, EventNumber.CHECKPOINTED_BYTES, node.path("checkpointed_size"));
    JsonNode alignment = node.path("alignment");
    JsonNode processed =
        alignment.isObject() ? alignment.path("processed") : node.path("processed_data");
    JsonNode persisted =
        alignment.isObject() ? alignment.path("persisted") : node.path("persisted_data");
    Json.put(event, EventNumber.ALIGNMENT_PROCESSED_BYTES, processed);
    Json.put(event, EventNumber.ALIGNMENT_PERSISTED_BYTES, persisted);
  }

  private void emitCheckpointSubtasks(long checkpoint, String vertex, JsonNode answer) {
    for (JsonNode subtask : answer.path("subtasks")) {
      long acknowledged = Json.orMinusOne(subtask.path("ack_timestamp"));
      EngineEvent.Builder event =
          EngineEvent.builder(EventKind.FLINK_CHECKPOINT_SUBTASK, Math.max(jobStart, acknowledged))
              .put(EventNumber.CHECKPOINT_ID, checkpoint)
              .put(EventText.VERTEX_ID, vertex);
      Json.put(event, EventNumber.SUBTASK, subtask.path("index"));
      Json.put(event, EventText.FLINK_STATE, subtask.path("className"));
      checkpointNumbers(event, subtask);
      Json.put(event, EventNumber.SYNC_MILLIS, subtask.path("checkpoint").path("sync"));
      Json.put(event, EventNumber.ASYNC_MILLIS, subtask.path("checkpoint").path("async"));
      Json.put(event, EventNumber.ALIGNMENT_MILLIS, subtask.path("alignment").path("duration"));
      Json.put(event, EventNumber.START_DELAY_MILLIS, subtask.path("start_delay"));
      if (subtask.path("unaligned_checkpoint").isBoolean()) {
        Json.put(event, EventNumber.UNALIGNED, subtask.path("unaligned_checkpoint").booleanValue());
      }
      sink.accept(event.build());
    }
  }

  private void emitException(JsonNode entry, boolean older) {
    long at = Math.max(jobStart, Json.orMinusOne(entry.path("timestamp")));
    EngineEvent.Builder event = EngineEvent.builder(EventKind.FLINK_EXCEPTION, at);
    Json.put(event, EventText.EXCEPTION_NAME, entry.path("exceptionName"));
    Json.put(event, EventText.TASK_NAME, entry.path("taskName"));
    JsonNode host = entry.path(entry.has("endpoint") ? "endpoint" : "location");
    Json.put(event, EventText.HOST, host);
    Json.put(event, EventText.TASK_MANAGER_ID, entry.path("taskManagerId"));
    String trace = Json.clean(entry.path("stacktrace").asText(""));
    event.put(EventText.STACK_TRACE, trace);
    event.put(EventText.REASON, trace.lines().findFirst().orElse(""));
    if (older) {
      event.put(EventNumber.ENTRIES_DROPPED, 1);
    }
    sink.accept(event.build());
  }

  private void emitJobConfiguration(JsonNode answer) {
    EngineEvent.Builder event = configurationEvent("job");
    answer
        .path("execution-config")
        .properties()
        .forEach(
            field -> {
              if (field.getValue().isValueNode()) {
                property(event, field.getKey(), field.getValue().asText());
              }
            });
    answer
        .path("execution-config")
        .path("user-config")
        .properties()
        .forEach(field -> property(event, field.getKey(), field.getValue().asText()));
    sink.accept(event.build());
  }

  private void emitClusterConfiguration(JsonNode answer) {
    EngineEvent.Builder event = configurationEvent("cluster");
    for (JsonNode pair : answer) {
      property(event, pair.path("key").asText(""), pair.path("value").asText(""));
    }
    sink.accept(event.build());
  }

  private void emitCheckpointConfiguration(JsonNode answer) {
    EngineEvent.Builder event = configurationEvent("checkpoints");
    Json.put(event, EventText.STATE_BACKEND, answer.path("state_backend"));
    Json.put(event, EventText.CHECKPOINT_STORAGE, answer.path("checkpoint_storage"));
    answer
        .properties()
        .forEach(
            field -> {
              if (field.getValue().isValueNode()) {
                property(event, field.getKey(), field.getValue().asText());
              }
            });
    sink.accept(event.build());
  }

  private EngineEvent.Builder configurationEvent(String scope) {
    return EngineEvent.builder(EventKind.FLINK_CONFIGURATION, jobStart).put(EventText.SCOPE, scope);
  }

  private static void property(EngineEvent.Builder event, String key, String value) {
    if (!key.isEmpty()) {
      event.property(Json.shortened(key), Json.clean(key, value));
    }
  }

  private static void positives(EngineEvent.Builder event, String prefix, JsonNode counts) {
    counts
        .properties()
        .forEach(
            field -> {
              long value = Json.orMinusOne(field.getValue());
              if (value > 0) {
                event.property(prefix + Json.shortened(field.getKey()), Long.toString(value));
              }
            });
  }

  private long timeOf(JsonNode node) {
    long end = Json.orMinusOne(node.path("end-time"));
    return Math.max(jobStart, end > 0 ? end : Json.orMinusOne(node.path("start-time")));
  }

  static boolean isId(String text) {
    if (text.length() != 32) {
      return false;
    }
    return text.chars().allMatch(c -> Character.digit(c, 16) >= 0 && c < 128);
  }
}
