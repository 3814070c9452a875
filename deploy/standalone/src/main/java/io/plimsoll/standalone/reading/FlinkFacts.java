// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.reading;

import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.EventNumber;
import io.plimsoll.wire.EventText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an archive tells of a Flink job.
 *
 * @param state Flink's word: FINISHED, CANCELED, FAILED; empty when not told
 * @param durationMillis from start to end, -1 unknown
 * @param vertices in the order of the job graph
 * @param exceptions latest first
 * @param checkpoints counts and the slowest of the kept ones
 */
public record FlinkFacts(
    String state,
    long durationMillis,
    List<Vertex> vertices,
    List<Failure> exceptions,
    Checkpoints checkpoints) {
  /**
   * One vertex; times are Σ over its subtasks, -1 where Flink had not gathered them all.
   *
   * @param restarts subtask attempts beyond the first
   */
  public record Vertex(
      String name,
      String state,
      long parallelism,
      long durationMillis,
      long readRecords,
      long writtenRecords,
      long busyMillis,
      long idleMillis,
      long backPressuredMillis,
      long restarts) {}

  /** One entry of the exception history. */
  public record Failure(long epochMillis, String name, String task, String reason) {}

  /**
   * Checkpoints by outcome; -1 where not told.
   *
   * @param longestMillis end to end, of those that are kept in the history
   * @param stateBytes of the latest completed one that is kept
   */
  public record Checkpoints(
      long completed,
      long failed,
      long restored,
      long longestMillis,
      long stateBytes,
      List<String> failures) {
    public Checkpoints {
      failures = List.copyOf(failures);
    }
  }

  public FlinkFacts {
    vertices = List.copyOf(vertices);
    exceptions = List.copyOf(exceptions);
  }

  /** What these events of one job say. */
  static FlinkFacts of(List<EngineEvent> events) {
    String state = "";
    long duration = -1;
    Map<String, EngineEvent> vertices = new LinkedHashMap<>();
    Map<String, Long> restarts = new LinkedHashMap<>();
    List<Failure> failures = new ArrayList<>();
    long[] counts = {-1, -1, -1};
    long longest = -1;
    EngineEvent latest = null;
    List<String> reasons = new ArrayList<>();
    for (EngineEvent event : events) {
      switch (event.kind()) {
        case FLINK_JOB -> {
          state = text(event, EventText.FLINK_STATE);
          duration = event.number(EventNumber.DURATION_MILLIS, -1);
        }
        case FLINK_VERTEX -> vertices.put(text(event, EventText.VERTEX_ID), event);
        case FLINK_SUBTASK -> {
          if (event.number(EventNumber.ATTEMPT_NUMBER, 0) > 0) {
            restarts.merge(text(event, EventText.VERTEX_ID), 1L, Long::sum);
          }
        }
        case FLINK_EXCEPTION ->
            failures.add(
                new Failure(
                    event.epochMillis(),
                    text(event, EventText.EXCEPTION_NAME),
                    text(event, EventText.TASK_NAME),
                    text(event, EventText.REASON)));
        case FLINK_CHECKPOINTS -> {
          counts[0] = event.number(EventNumber.COMPLETED_COUNT, -1);
          counts[1] = event.number(EventNumber.FAILED_COUNT, -1);
          counts[2] = event.number(EventNumber.RESTORED_COUNT, -1);
        }
        case FLINK_CHECKPOINT -> {
          longest = Math.max(longest, event.number(EventNumber.END_TO_END_MILLIS, -1));
          boolean isDone = text(event, EventText.FLINK_STATE).equals("COMPLETED");
          if (isDone && (latest == null || event.epochMillis() > latest.epochMillis())) {
            latest = event;
          }
          if (!text(event, EventText.REASON).isEmpty()) {
            reasons.add(text(event, EventText.REASON));
          }
        }
        default -> {
          // Told by the profile, or nothing that the report shows.
        }
      }
    }
    failures.sort(Comparator.comparingLong(Failure::epochMillis).reversed());
    long bytes = latest == null ? -1 : latest.number(EventNumber.STATE_BYTES, -1);
    return new FlinkFacts(
        state,
        duration,
        vertices.entrySet().stream()
            .map(each -> vertex(each.getValue(), restarts.getOrDefault(each.getKey(), 0L)))
            .toList(),
        failures,
        new Checkpoints(counts[0], counts[1], counts[2], longest, bytes, reasons));
  }

  private static Vertex vertex(EngineEvent event, long restarts) {
    return new Vertex(
        text(event, EventText.VERTEX_NAME),
        text(event, EventText.FLINK_STATE),
        event.number(EventNumber.PARALLELISM, -1),
        event.number(EventNumber.DURATION_MILLIS, -1),
        event.number(EventNumber.READ_RECORDS, -1),
        event.number(EventNumber.WRITTEN_RECORDS, -1),
        event.number(EventNumber.ACCUMULATED_BUSY_MILLIS, -1),
        event.number(EventNumber.ACCUMULATED_IDLE_MILLIS, -1),
        event.number(EventNumber.ACCUMULATED_BACK_PRESSURED_MILLIS, -1),
        restarts);
  }

  private static String text(EngineEvent event, EventText field) {
    String text = event.text(field);
    return text == null ? "" : text;
  }
}
