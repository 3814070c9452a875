// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.wire;

import java.util.Objects;

/**
 * What one task attempt used on its own thread, from its first to its last instruction there. Ids
 * are Spark's: the task id is unique in one application attempt.
 */
public final class AttemptRecord {
  private final long taskId;
  private final int stageId;
  private final int stageAttempt;
  private final int partition;
  private final int attemptNumber;
  private final long startEpochMillis;
  private final long wallNanos;
  private final long cpuNanos;
  private final long allocatedBytes;
  private final AttemptOutcome outcome;

  private AttemptRecord(Builder builder) {
    taskId = builder.taskId;
    stageId = builder.stageId;
    stageAttempt = builder.stageAttempt;
    partition = builder.partition;
    attemptNumber = builder.attemptNumber;
    startEpochMillis = builder.startEpochMillis;
    wallNanos = builder.wallNanos;
    cpuNanos = builder.cpuNanos;
    allocatedBytes = builder.allocatedBytes;
    outcome = builder.outcome;
  }

  public static Builder builder(long taskId) {
    return new Builder(taskId);
  }

  public long taskId() {
    return taskId;
  }

  /** -1 when the hook could not read it. */
  public int stageId() {
    return stageId;
  }

  public int stageAttempt() {
    return stageAttempt;
  }

  public int partition() {
    return partition;
  }

  public int attemptNumber() {
    return attemptNumber;
  }

  public long startEpochMillis() {
    return startEpochMillis;
  }

  /** The moment of the attempt's last instruction, to the millisecond. */
  public long endEpochMillis() {
    return startEpochMillis + wallNanos / 1_000_000L;
  }

  public long wallNanos() {
    return wallNanos;
  }

  /** User and system CPU time of the attempt's thread. */
  public long cpuNanos() {
    return cpuNanos;
  }

  /** Heap bytes the attempt's thread allocated; says nothing of how long they lived. */
  public long allocatedBytes() {
    return allocatedBytes;
  }

  public AttemptOutcome outcome() {
    return outcome;
  }

  @Override
  public boolean equals(Object other) {
    if (!(other instanceof AttemptRecord)) {
      return false;
    }
    AttemptRecord that = (AttemptRecord) other;
    return taskId == that.taskId
        && stageId == that.stageId
        && stageAttempt == that.stageAttempt
        && partition == that.partition
        && attemptNumber == that.attemptNumber
        && startEpochMillis == that.startEpochMillis
        && wallNanos == that.wallNanos
        && cpuNanos == that.cpuNanos
        && allocatedBytes == that.allocatedBytes
        && outcome == that.outcome;
  }

  @Override
  public int hashCode() {
    return Objects.hash(taskId, stageId, stageAttempt, startEpochMillis, wallNanos);
  }

  @Override
  public String toString() {
    return "AttemptRecord[task "
        + taskId
        + " stage "
        + stageId
        + "."
        + stageAttempt
        + " partition "
        + partition
        + "."
        + attemptNumber
        + " "
        + outcome
        + " wall "
        + wallNanos
        + " ns cpu "
        + cpuNanos
        + " ns allocated "
        + allocatedBytes
        + " B at "
        + startEpochMillis
        + "]";
  }

  /** Collects an attempt's fields; ids that are never set stay -1, measures 0. */
  public static final class Builder {
    private final long taskId;
    private int stageId = -1;
    private int stageAttempt = -1;
    private int partition = -1;
    private int attemptNumber = -1;
    private long startEpochMillis;
    private long wallNanos;
    private long cpuNanos;
    private long allocatedBytes;
    private AttemptOutcome outcome = AttemptOutcome.UNKNOWN;

    private Builder(long taskId) {
      this.taskId = taskId;
    }

    public Builder stage(int id, int attempt) {
      stageId = id;
      stageAttempt = attempt;
      return this;
    }

    public Builder partition(int index, int attempt) {
      partition = index;
      attemptNumber = attempt;
      return this;
    }

    public Builder startEpochMillis(long value) {
      startEpochMillis = value;
      return this;
    }

    public Builder wallNanos(long value) {
      wallNanos = value;
      return this;
    }

    public Builder cpuNanos(long value) {
      cpuNanos = value;
      return this;
    }

    public Builder allocatedBytes(long value) {
      allocatedBytes = value;
      return this;
    }

    public Builder outcome(AttemptOutcome value) {
      outcome = Objects.requireNonNull(value, "outcome is null");
      return this;
    }

    public AttemptRecord build() {
      return new AttemptRecord(this);
    }
  }
}
