// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.spark;

import static io.plimsoll.wire.EventNumber.BROKEN_LINE_COUNT;
import static io.plimsoll.wire.EventNumber.CPU_TIME_NANOS;
import static io.plimsoll.wire.EventNumber.DISK_SPILL_BYTES;
import static io.plimsoll.wire.EventNumber.GC_TIME_MILLIS;
import static io.plimsoll.wire.EventNumber.INPUT_BYTES;
import static io.plimsoll.wire.EventNumber.MEMORY_SPILL_BYTES;
import static io.plimsoll.wire.EventNumber.OUTPUT_BYTES;
import static io.plimsoll.wire.EventNumber.RUN_TIME_MILLIS;
import static io.plimsoll.wire.EventNumber.SHUFFLE_READ_BYTES;
import static io.plimsoll.wire.EventNumber.SHUFFLE_WRITE_BYTES;

import io.plimsoll.wire.AttemptOutcome;
import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.EventKind;
import io.plimsoll.wire.EventNumber;
import io.plimsoll.wire.EventText;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What a run's engine told, in sums: a pure fold of events, the same for a log and for a live
 * driver. Sums are over all task-ended events, failed ones included. Not thread-safe.
 */
public final class EventLogTotals implements EventSink {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private static final List<EventNumber> SUMMED =
      List.of(
          RUN_TIME_MILLIS,
          CPU_TIME_NANOS,
          GC_TIME_MILLIS,
          INPUT_BYTES,
          OUTPUT_BYTES,
          SHUFFLE_READ_BYTES,
          SHUFFLE_WRITE_BYTES,
          MEMORY_SPILL_BYTES,
          DISK_SPILL_BYTES);

  private final Map<EventKind, Long> counts = new EnumMap<>(EventKind.class);
  private final long[] sums = new long[EventNumber.values().length];
  private long failedTasks;
  private long killedTasks;
  private long spillingTasks;
  private long failedStages;
  private long failedJobs;
  private long badLines;

  @Override
  public void accept(LogPosition position, EngineEvent event) {
    add(event);
  }

  /** Adds an event; each is to be given once. */
  public void add(EngineEvent event) {
    counts.merge(event.kind(), 1L, Long::sum);
    switch (event.kind()) {
      case TASK_ENDED -> task(event);
      case STAGE_COMPLETED -> failedStages += event.text(EventText.REASON) == null ? 0 : 1;
      case JOB_ENDED -> failedJobs += event.number(EventNumber.SUCCEEDED, 0) == 1 ? 0 : 1;
      case LOG_READ -> badLines += event.number(BROKEN_LINE_COUNT, 0);
      default -> {
        // Counting it is all.
      }
    }
  }

  private void task(EngineEvent event) {
    String outcome = event.text(EventText.OUTCOME);
    if (AttemptOutcome.KILLED.name().equals(outcome)) {
      killedTasks++;
    } else if (!AttemptOutcome.SUCCEEDED.name().equals(outcome)) {
      failedTasks++;
    }
    if (event.number(MEMORY_SPILL_BYTES, 0) > 0 || event.number(DISK_SPILL_BYTES, 0) > 0) {
      spillingTasks++;
    }
    for (EventNumber field : SUMMED) {
      long value = event.number(field, 0);
      if (value > 0) {
        int place = field.ordinal();
        sums[place] = saturated(sums[place], value);
      }
    }
  }

  private static long saturated(long one, long other) {
    long sum = one + other;
    return sum < 0 ? Long.MAX_VALUE : sum;
  }

  /** Task-ended events. */
  public long tasks() {
    return count(EventKind.TASK_ENDED);
  }

  /** Task ends that are neither a success nor a kill; outputs that were lost later among them. */
  public long failedTasks() {
    return failedTasks;
  }

  public long killedTasks() {
    return killedTasks;
  }

  /** Task ends that spilled to memory or disk. */
  public long spillingTasks() {
    return spillingTasks;
  }

  public long runMillis() {
    return sum(RUN_TIME_MILLIS);
  }

  public long cpuMillis() {
    return sum(CPU_TIME_NANOS) / NANOS_PER_MILLI;
  }

  public long gcMillis() {
    return sum(GC_TIME_MILLIS);
  }

  public long inputBytes() {
    return sum(INPUT_BYTES);
  }

  public long outputBytes() {
    return sum(OUTPUT_BYTES);
  }

  public long shuffleReadBytes() {
    return sum(SHUFFLE_READ_BYTES);
  }

  public long shuffleWriteBytes() {
    return sum(SHUFFLE_WRITE_BYTES);
  }

  public long memorySpillBytes() {
    return sum(MEMORY_SPILL_BYTES);
  }

  public long diskSpillBytes() {
    return sum(DISK_SPILL_BYTES);
  }

  public long executorsAdded() {
    return count(EventKind.EXECUTOR_ADDED);
  }

  public long executorsRemoved() {
    return count(EventKind.EXECUTOR_REMOVED);
  }

  /** Stage-completed events. */
  public long stages() {
    return count(EventKind.STAGE_COMPLETED);
  }

  public long failedStages() {
    return failedStages;
  }

  /** Job-started events. */
  public long jobs() {
    return count(EventKind.JOB_STARTED);
  }

  public long failedJobs() {
    return failedJobs;
  }

  public long sqlExecutions() {
    return count(EventKind.SQL_STARTED);
  }

  /** Lines of the log that could not be used; 0 for a live run. */
  public long badLines() {
    return badLines;
  }

  private long count(EventKind kind) {
    return counts.getOrDefault(kind, 0L);
  }

  private long sum(EventNumber field) {
    return sums[field.ordinal()];
  }
}
