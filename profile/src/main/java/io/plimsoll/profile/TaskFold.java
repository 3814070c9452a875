// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.profile;

import io.plimsoll.wire.AttemptOutcome;
import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.EventNumber;
import io.plimsoll.wire.EventText;

/** The task-ended events of one stage, as the engine's own scheduler and metrics saw them. */
final class TaskFold {
  private EngineSums sums = EngineSums.ZERO;
  private final TaskDetailFold details = new TaskDetailFold();
  private final SketchDistribution runMillis = new SketchDistribution();
  private final SketchDistribution readBytes = new SketchDistribution();

  EngineSums sums() {
    return sums;
  }

  TaskDetails details() {
    return details.details();
  }

  SketchDistribution runMillis() {
    return runMillis;
  }

  SketchDistribution readBytes() {
    return readBytes;
  }

  void add(EngineEvent event) {
    String outcome = event.text(EventText.OUTCOME);
    boolean succeeded =
        outcome == null
            ? event.number(EventNumber.SUCCEEDED, 0) == 1
            : outcome.equals(AttemptOutcome.SUCCEEDED.name());
    boolean killed = AttemptOutcome.KILLED.name().equals(outcome);
    long input = amount(event, EventNumber.INPUT_BYTES);
    long shuffleRead = amount(event, EventNumber.SHUFFLE_READ_BYTES);
    long run = amount(event, EventNumber.RUN_TIME_MILLIS);
    sums =
        sums.plus(
            new EngineSums(
                1,
                succeeded || killed ? 0 : 1,
                killed ? 1 : 0,
                run,
                amount(event, EventNumber.CPU_TIME_NANOS),
                amount(event, EventNumber.GC_TIME_MILLIS),
                amount(event, EventNumber.RESULT_BYTES),
                amount(event, EventNumber.MEMORY_SPILL_BYTES),
                amount(event, EventNumber.DISK_SPILL_BYTES),
                amount(event, EventNumber.PEAK_EXECUTION_BYTES),
                input,
                amount(event, EventNumber.OUTPUT_BYTES),
                shuffleRead,
                amount(event, EventNumber.SHUFFLE_FETCH_WAIT_MILLIS),
                amount(event, EventNumber.SHUFFLE_WRITE_BYTES)));
    details.add(event, succeeded, !succeeded && !killed);
    if (succeeded) {
      runMillis.add(run);
      readBytes.add(input + shuffleRead);
    }
  }

  void addAll(TaskFold other) {
    sums = sums.plus(other.sums);
    details.addAll(other.details);
    runMillis.absorb(other.runMillis);
    readBytes.absorb(other.readBytes);
  }

  void write(FoldOutput out) {
    out.number(sums.tasks());
    out.number(sums.failedTasks());
    out.number(sums.killedTasks());
    out.number(sums.runMillis());
    out.number(sums.cpuNanos());
    out.number(sums.gcMillis());
    out.number(sums.resultBytes());
    out.number(sums.memorySpillBytes());
    out.number(sums.diskSpillBytes());
    out.number(sums.peakExecutionBytes());
    out.number(sums.inputBytes());
    out.number(sums.outputBytes());
    out.number(sums.shuffleReadBytes());
    out.number(sums.shuffleFetchWaitMillis());
    out.number(sums.shuffleWriteBytes());
    runMillis.write(out);
    readBytes.write(out);
    details.details().write(out);
  }

  /**
   * @param withDetails false for folds of before details were kept
   */
  static TaskFold read(FoldInput in, boolean withDetails) {
    TaskFold tasks = new TaskFold();
    tasks.sums =
        new EngineSums(
            in.number(),
            in.number(),
            in.number(),
            in.number(),
            in.number(),
            in.number(),
            in.number(),
            in.number(),
            in.number(),
            in.number(),
            in.number(),
            in.number(),
            in.number(),
            in.number(),
            in.number());
    tasks.runMillis.absorb(SketchDistribution.read(in));
    tasks.readBytes.absorb(SketchDistribution.read(in));
    if (withDetails) {
      tasks.details.add(TaskDetails.read(in));
    }
    return tasks;
  }

  /** What the engine does not tell, or tells as -1, adds nothing. */
  static long amount(EngineEvent event, EventNumber field) {
    return Math.max(0, event.number(field, 0));
  }
}
