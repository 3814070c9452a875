// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.spark;

import static io.plimsoll.wire.EventNumber.ATTEMPT_NUMBER;
import static io.plimsoll.wire.EventNumber.CPU_TIME_NANOS;
import static io.plimsoll.wire.EventNumber.DESERIALIZE_CPU_NANOS;
import static io.plimsoll.wire.EventNumber.DESERIALIZE_TIME_MILLIS;
import static io.plimsoll.wire.EventNumber.DISK_SPILL_BYTES;
import static io.plimsoll.wire.EventNumber.FINISHED_MILLIS;
import static io.plimsoll.wire.EventNumber.GC_TIME_MILLIS;
import static io.plimsoll.wire.EventNumber.INPUT_BYTES;
import static io.plimsoll.wire.EventNumber.INPUT_RECORDS;
import static io.plimsoll.wire.EventNumber.LAUNCHED_MILLIS;
import static io.plimsoll.wire.EventNumber.MEMORY_SPILL_BYTES;
import static io.plimsoll.wire.EventNumber.OUTPUT_BYTES;
import static io.plimsoll.wire.EventNumber.OUTPUT_RECORDS;
import static io.plimsoll.wire.EventNumber.PARTITION;
import static io.plimsoll.wire.EventNumber.PEAK_EXECUTION_BYTES;
import static io.plimsoll.wire.EventNumber.RESULT_BYTES;
import static io.plimsoll.wire.EventNumber.RESULT_SERIALIZATION_MILLIS;
import static io.plimsoll.wire.EventNumber.RUN_TIME_MILLIS;
import static io.plimsoll.wire.EventNumber.SHUFFLE_FETCH_WAIT_MILLIS;
import static io.plimsoll.wire.EventNumber.SHUFFLE_READ_BYTES;
import static io.plimsoll.wire.EventNumber.SHUFFLE_READ_RECORDS;
import static io.plimsoll.wire.EventNumber.SHUFFLE_REMOTE_BYTES;
import static io.plimsoll.wire.EventNumber.SHUFFLE_WRITE_BYTES;
import static io.plimsoll.wire.EventNumber.SHUFFLE_WRITE_NANOS;
import static io.plimsoll.wire.EventNumber.SHUFFLE_WRITE_RECORDS;
import static io.plimsoll.wire.EventNumber.SPECULATIVE;
import static io.plimsoll.wire.EventNumber.STAGE_ATTEMPT;
import static io.plimsoll.wire.EventNumber.STAGE_ID;
import static io.plimsoll.wire.EventNumber.TASK_ID;

import io.plimsoll.agent.secret.Redaction;
import io.plimsoll.wire.AttemptOutcome;
import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.EventKind;
import io.plimsoll.wire.EventNumber;
import io.plimsoll.wire.EventText;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads Spark's own account of a task attempt. */
final class TaskEnds {
  private static final class Group {
    private final @Nullable Accessor member;
    private final Map<EventNumber, Accessor> numbers = new EnumMap<>(EventNumber.class);

    private Group(@Nullable String member) {
      this.member = member == null ? null : new Accessor(member);
    }

    private Group number(EventNumber field, String name) {
      numbers.put(field, new Accessor(name));
      return this;
    }

    private void read(@Nullable Object metrics, EngineEvent.Builder into) {
      Object of = member == null ? metrics : member.read(metrics);
      if (of == null) {
        return;
      }
      for (Map.Entry<EventNumber, Accessor> number : numbers.entrySet()) {
        Object value = number.getValue().read(of);
        if (value instanceof Number) {
          into.put(number.getKey(), ((Number) value).longValue());
        }
      }
    }
  }

  private final Group event =
      new Group(null).number(STAGE_ID, "stageId").number(STAGE_ATTEMPT, "stageAttemptId");
  private final Group info =
      new Group("taskInfo")
          .number(TASK_ID, "taskId")
          .number(ATTEMPT_NUMBER, "attemptNumber")
          .number(LAUNCHED_MILLIS, "launchTime")
          .number(FINISHED_MILLIS, "finishTime");
  private final Group[] metrics = {
    new Group(null)
        .number(RUN_TIME_MILLIS, "executorRunTime")
        .number(CPU_TIME_NANOS, "executorCpuTime")
        .number(DESERIALIZE_TIME_MILLIS, "executorDeserializeTime")
        .number(DESERIALIZE_CPU_NANOS, "executorDeserializeCpuTime")
        .number(GC_TIME_MILLIS, "jvmGCTime")
        .number(RESULT_BYTES, "resultSize")
        .number(RESULT_SERIALIZATION_MILLIS, "resultSerializationTime")
        .number(MEMORY_SPILL_BYTES, "memoryBytesSpilled")
        .number(DISK_SPILL_BYTES, "diskBytesSpilled")
        .number(PEAK_EXECUTION_BYTES, "peakExecutionMemory"),
    new Group("inputMetrics").number(INPUT_BYTES, "bytesRead").number(INPUT_RECORDS, "recordsRead"),
    new Group("outputMetrics")
        .number(OUTPUT_BYTES, "bytesWritten")
        .number(OUTPUT_RECORDS, "recordsWritten"),
    new Group("shuffleReadMetrics")
        .number(SHUFFLE_READ_BYTES, "totalBytesRead")
        .number(SHUFFLE_REMOTE_BYTES, "remoteBytesRead")
        .number(SHUFFLE_READ_RECORDS, "recordsRead")
        .number(SHUFFLE_FETCH_WAIT_MILLIS, "fetchWaitTime"),
    new Group("shuffleWriteMetrics")
        .number(SHUFFLE_WRITE_BYTES, "bytesWritten")
        .number(SHUFFLE_WRITE_NANOS, "writeTime")
        .number(SHUFFLE_WRITE_RECORDS, "recordsWritten"),
  };

  private final Accessor taskInfo = new Accessor("taskInfo");
  private final Accessor taskMetrics = new Accessor("taskMetrics");
  private final Accessor finishTime = new Accessor("finishTime");
  private final Accessor partitionId = new Accessor("partitionId");
  private final Accessor index = new Accessor("index");
  private final Accessor speculative = new Accessor("speculative");
  private final Accessor executorId = new Accessor("executorId");
  private final Accessor host = new Accessor("host");
  private final Accessor reason = new Accessor("reason");
  private final Accessor toErrorString = new Accessor("toErrorString");

  EngineEvent of(Object taskEnd, Redaction redaction) {
    Object task = taskInfo.read(taskEnd);
    Object why = reason.read(taskEnd);
    AttemptOutcome outcome = outcomeOf(why);
    EngineEvent.Builder built =
        EngineEvent.builder(
                EventKind.TASK_ENDED, finishTime.number(task, System.currentTimeMillis()))
            .put(EventText.OUTCOME, outcome.name())
            .put(EventText.EXECUTOR_ID, executorId.text(task))
            .put(EventText.HOST, host.text(task))
            .put(SPECULATIVE, Boolean.TRUE.equals(speculative.read(task)) ? 1 : 0);
    event.read(taskEnd, built);
    info.read(taskEnd, built);
    long place = partitionId.number(task, -1);
    built.put(PARTITION, place >= 0 ? place : index.number(task, -1));
    Object measured = taskMetrics.read(taskEnd);
    for (Group group : metrics) {
      group.read(measured, built);
    }
    if (outcome != AttemptOutcome.SUCCEEDED && why != null) {
      built.put(
          EventText.REASON,
          SparkEvents.shortened(simpleName(why) + ": " + toErrorString.text(why), redaction));
    }
    return built.build();
  }

  /** By the reason's class: the task's own flags stay "successful" for a result that was lost. */
  static AttemptOutcome outcomeOf(@Nullable Object reason) {
    switch (reason == null ? "" : simpleName(reason)) {
      case "":
        return AttemptOutcome.UNKNOWN;
      case "Success":
        return AttemptOutcome.SUCCEEDED;
      case "TaskKilled":
      case "TaskCommitDenied":
        return AttemptOutcome.KILLED;
      default:
        return AttemptOutcome.FAILED;
    }
  }

  private static String simpleName(Object reason) {
    String name = reason.getClass().getName();
    String simple = name.substring(name.lastIndexOf('.') + 1);
    return simple.endsWith("$") ? simple.substring(0, simple.length() - 1) : simple;
  }
}
