// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.spark;

import io.plimsoll.agent.emit.Outbox;
import io.plimsoll.wire.AttemptOutcome;
import io.plimsoll.wire.AttemptRecord;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The attempts that run now. Counters are read last at the beginning and first at the end, so that
 * an attempt does not pay for the agent. An attempt that begins twice counts once, an end without a
 * beginning counts nothing.
 */
final class TaskAttempts {
  private static final int DEEPEST = 8;

  private static final class Open {
    private final Object runner;
    private final @Nullable Open below;
    private final int depth;
    private final long taskId;
    private TaskName name = TaskName.UNKNOWN;
    private int partition = -1;
    private int attemptNumber = -1;
    private volatile AttemptOutcome outcome = AttemptOutcome.UNKNOWN;
    private long startEpochMillis;
    private long startNanos;
    private long startCpuNanos;
    private long startAllocatedBytes;

    private Open(Object runner, @Nullable Open below, long taskId) {
      this.runner = runner;
      this.below = below;
      this.depth = below == null ? 1 : below.depth + 1;
      this.taskId = taskId;
    }
  }

  private final Accessor runnerTaskId = new Accessor("taskId");
  private final Accessor runnerDescription = new Accessor("taskDescription");
  private final Accessor name = new Accessor("name");
  private final Accessor partitionId = new Accessor("partitionId");
  private final Accessor index = new Accessor("index");
  private final Accessor attemptNumber = new Accessor("attemptNumber");

  private final Outbox outbox;
  private final ThreadCounters counters;
  private final ThreadLocal<@Nullable Open> current = new ThreadLocal<>();
  private final ConcurrentHashMap<Long, Open> open = new ConcurrentHashMap<>();

  TaskAttempts(Outbox outbox, ThreadCounters counters) {
    this.outbox = outbox;
    this.counters = counters;
  }

  void enter(Object runner) {
    Open top = current.get();
    for (Open at = top; at != null; at = at.below) {
      if (at.runner == runner) {
        return;
      }
    }
    if (top != null && top.depth >= DEEPEST) {
      return;
    }
    Open begun = new Open(runner, top, runnerTaskId.number(runner, -1));
    describe(begun);
    open.put(begun.taskId, begun);
    current.set(begun);
    begun.startEpochMillis = System.currentTimeMillis();
    begun.startNanos = System.nanoTime();
    begun.startAllocatedBytes = counters.allocatedBytes();
    begun.startCpuNanos = counters.cpuNanos();
  }

  void exit(Object runner) {
    Open top = current.get();
    if (top == null) {
      return;
    }
    long cpuNanos = counters.cpuNanos();
    long allocatedBytes = counters.allocatedBytes();
    long nanos = System.nanoTime();
    if (top.runner != runner) {
      return;
    }
    if (top.below == null) {
      current.remove();
    } else {
      current.set(top.below);
    }
    open.remove(top.taskId, top);
    outbox.attempt(
        AttemptRecord.builder(top.taskId)
            .stage(top.name.stageId(), top.name.stageAttempt())
            .partition(top.partition, top.attemptNumber)
            .startEpochMillis(top.startEpochMillis)
            .wallNanos(nanos - top.startNanos)
            .cpuNanos(Math.max(0, cpuNanos - top.startCpuNanos))
            .allocatedBytes(Math.max(0, allocatedBytes - top.startAllocatedBytes))
            .outcome(top.outcome)
            .build());
  }

  /** Any thread; the first final state stays. */
  void status(long taskId, Object state) {
    Open attempt = current.get();
    if (attempt == null || attempt.taskId != taskId) {
      attempt = open.get(taskId);
    }
    if (attempt != null && attempt.outcome == AttemptOutcome.UNKNOWN) {
      attempt.outcome = outcomeOf(String.valueOf(state));
    }
  }

  static AttemptOutcome outcomeOf(String taskState) {
    switch (taskState) {
      case "FINISHED":
        return AttemptOutcome.SUCCEEDED;
      case "FAILED":
      case "LOST":
        return AttemptOutcome.FAILED;
      case "KILLED":
        return AttemptOutcome.KILLED;
      default:
        return AttemptOutcome.UNKNOWN;
    }
  }

  private void describe(Open begun) {
    Object description = runnerDescription.read(begun.runner);
    if (description == null) {
      return;
    }
    Object text = name.read(description);
    begun.name = TaskName.parse(text == null ? "" : text.toString());
    begun.attemptNumber = (int) attemptNumber.number(description, begun.name.attemptNumber());
    long place = partitionId.number(description, -1);
    begun.partition = (int) (place >= 0 ? place : index.number(description, begun.name.index()));
  }
}
