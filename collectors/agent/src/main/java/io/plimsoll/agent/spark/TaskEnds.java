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
    private final @Nullable MissingMembers missing;

    private Group(@Nullable String member, @Nullable MissingMembers missing) {
      this.member = member == null ? null : new Accessor(member, missing);
      this.missing = missing;
    }

    private Group number(EventNumber field, String name) {
      numbers.put(field, new Accessor(name, missing));
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

    /** As {@link #read}, without what is zero. */
    private void readSome(@Nullable Object metrics, EngineEvent.Builder into) {
      Object of = member == null ? metrics : member.read(metrics);
      if (of == null) {
        return;
      }
      for (Map.Entry<EventNumber, Accessor> number : numbers.entrySet()) {
        long value = number.getValue().number(of, 0);
        if (value != 0) {
          into.put(number.getKey(), value);
        }
      }
    }
  }

  private final Group event =
      new Group(null, null).number(STAGE_ID, "stageId").number(STAGE_ATTEMPT, "stageAttemptId");
  private final Group info =
      new Group("taskInfo", null)
          .number(TASK_ID, "taskId")
          .number(ATTEMPT_NUMBER, "attemptNumber")
          .number(LAUNCHED_MILLIS, "launchTime")
          .number(FINISHED_MILLIS, "finishTime");
  private final Group[] sums;
  private final Group peaks;
  private final Group merged;
  private final Group fetchFailed =
      new Group(null, null)
          .number(EventNumber.FETCH_FAILED_SHUFFLE, "shuffleId")
          .number(EventNumber.FETCH_FAILED_MAP, "mapId")
          .number(EventNumber.FETCH_FAILED_MAP_PARTITION, "mapIndex")
          .number(EventNumber.FETCH_FAILED_REDUCE_PARTITION, "reduceId");

  private final Accessor taskInfo = new Accessor("taskInfo");
  private final Accessor taskMetrics = new Accessor("taskMetrics");
  private final Accessor taskExecutorMetrics;
  private final Accessor stageId = new Accessor("stageId");
  private final Accessor stageAttemptId = new Accessor("stageAttemptId");
  private final Accessor finishTime = new Accessor("finishTime");
  private final Accessor gettingResultTime;
  private final Accessor taskLocality;
  private final Accessor partitionId = new Accessor("partitionId");
  private final Accessor index = new Accessor("index");
  private final Accessor speculative = new Accessor("speculative");
  private final Accessor executorId = new Accessor("executorId");
  private final Accessor host = new Accessor("host");
  private final Accessor reason = new Accessor("reason");
  private final Accessor toErrorString = new Accessor("toErrorString");
  private final Accessor className = new Accessor("className");
  private final Accessor bmAddress = new Accessor("bmAddress");

  TaskEnds(MissingMembers missing) {
    taskExecutorMetrics = new Accessor("taskExecutorMetrics", missing);
    gettingResultTime = new Accessor("gettingResultTime", missing);
    taskLocality = new Accessor("taskLocality", missing);
    peaks =
        new Group(null, missing)
            .number(PEAK_EXECUTION_BYTES, "peakExecutionMemory")
            .number(EventNumber.TASK_PEAK_ON_HEAP_BYTES, "peakOnHeapExecutionMemory")
            .number(EventNumber.TASK_PEAK_OFF_HEAP_BYTES, "peakOffHeapExecutionMemory");
    merged =
        new Group("shuffleReadMetrics", missing)
            .number(EventNumber.MERGED_LOCAL_BLOCKS, "localMergedBlocksFetched")
            .number(EventNumber.MERGED_REMOTE_BLOCKS, "remoteMergedBlocksFetched")
            .number(EventNumber.MERGED_LOCAL_BYTES, "localMergedBytesRead")
            .number(EventNumber.MERGED_REMOTE_BYTES, "remoteMergedBytesRead")
            .number(EventNumber.MERGED_FALLBACKS, "mergedFetchFallbackCount")
            .number(EventNumber.MERGED_CORRUPT_CHUNKS, "corruptMergedBlockChunks");
    sums = sums(missing);
  }

  private static Group[] sums(MissingMembers missing) {
    return new Group[] {
      new Group(null, missing)
          .number(RUN_TIME_MILLIS, "executorRunTime")
          .number(CPU_TIME_NANOS, "executorCpuTime")
          .number(DESERIALIZE_TIME_MILLIS, "executorDeserializeTime")
          .number(DESERIALIZE_CPU_NANOS, "executorDeserializeCpuTime")
          .number(GC_TIME_MILLIS, "jvmGCTime")
          .number(RESULT_BYTES, "resultSize")
          .number(RESULT_SERIALIZATION_MILLIS, "resultSerializationTime")
          .number(MEMORY_SPILL_BYTES, "memoryBytesSpilled")
          .number(DISK_SPILL_BYTES, "diskBytesSpilled"),
      new Group("inputMetrics", missing)
          .number(INPUT_BYTES, "bytesRead")
          .number(INPUT_RECORDS, "recordsRead"),
      new Group("outputMetrics", missing)
          .number(OUTPUT_BYTES, "bytesWritten")
          .number(OUTPUT_RECORDS, "recordsWritten"),
      new Group("shuffleReadMetrics", missing)
          .number(SHUFFLE_READ_BYTES, "totalBytesRead")
          .number(SHUFFLE_REMOTE_BYTES, "remoteBytesRead")
          .number(SHUFFLE_READ_RECORDS, "recordsRead")
          .number(SHUFFLE_FETCH_WAIT_MILLIS, "fetchWaitTime")
          .number(EventNumber.SHUFFLE_REMOTE_TO_DISK_BYTES, "remoteBytesReadToDisk")
          .number(EventNumber.SHUFFLE_LOCAL_BLOCKS, "localBlocksFetched")
          .number(EventNumber.SHUFFLE_REMOTE_BLOCKS, "remoteBlocksFetched")
          .number(EventNumber.SHUFFLE_REMOTE_REQUEST_MILLIS, "remoteReqsDuration"),
      new Group("shuffleWriteMetrics", missing)
          .number(SHUFFLE_WRITE_BYTES, "bytesWritten")
          .number(SHUFFLE_WRITE_NANOS, "writeTime")
          .number(SHUFFLE_WRITE_RECORDS, "recordsWritten"),
    };
  }

  EngineEvent of(Object taskEnd, EventTexts texts) {
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
    long fetched = gettingResultTime.number(task, 0);
    if (fetched > 0) {
      built.put(EventNumber.RESULT_FETCH_STARTED_MILLIS, fetched);
    }
    Object locality = taskLocality.read(task);
    if (locality != null) {
      built.put(EventText.LOCALITY, locality.toString());
    }
    Object measured = taskMetrics.read(taskEnd);
    sums(measured, built);
    peaks.read(measured, built);
    if (outcome != AttemptOutcome.SUCCEEDED && why != null) {
      failure(why, built, texts);
    }
    return built.build();
  }

  /** What adds up over task attempts; of one attempt or of all of a stage. */
  void sums(@Nullable Object taskMetrics, EngineEvent.Builder into) {
    for (Group group : sums) {
      group.read(taskMetrics, into);
    }
    merged.readSome(taskMetrics, into);
  }

  /** Hands over what the executor's process reached while the task ran. */
  void peaks(Object taskEnd, ExecutorPeaks to) {
    Object values = taskExecutorMetrics.read(taskEnd);
    if (values != null) {
      to.task(
          stageId.number(taskEnd, -1),
          stageAttemptId.number(taskEnd, 0),
          executorId.text(taskInfo.read(taskEnd)),
          values);
    }
  }

  private void failure(Object why, EngineEvent.Builder built, EventTexts texts) {
    String kind = simpleName(why);
    built.put(EventText.FAILURE_KIND, kind);
    built.put(EventText.REASON, texts.line(kind + ": " + toErrorString.text(why)));
    switch (kind) {
      case "ExceptionFailure":
        built.put(EventText.FAILURE_CLASS, className.text(why));
        break;
      case "FetchFailed":
        fetchFailed.read(why, built);
        Object from = bmAddress.read(why);
        if (from != null) {
          built.put(EventText.FETCH_FAILED_HOST, host.text(from));
          built.put(EventText.FETCH_FAILED_EXECUTOR, executorId.text(from));
        }
        break;
      default:
        break;
    }
  }

  /** By the reason's class: the task's own flags stay "successful" for a result that was lost. */
  static AttemptOutcome outcomeOf(@Nullable Object reason) {
    return outcomeOfReason(reason == null ? "" : simpleName(reason));
  }

  /** By the simple name of the reason's class. */
  static AttemptOutcome outcomeOfReason(String reason) {
    switch (reason) {
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
