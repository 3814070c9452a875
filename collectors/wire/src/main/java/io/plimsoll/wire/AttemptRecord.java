// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.wire;

import java.util.Objects;

/**
 * What one task attempt used on its own thread, from its first to its last instruction there; see
 * {@link AttemptKind} for the other things that a record can count. Spark's ids are numbers: the
 * task id is unique in one application attempt. Flink's are texts: {@link #job()}, {@link
 * #operator()} (the job vertex) and {@link #attemptId()} (the execution attempt); its task id is
 * derived from the latter, its partition is the subtask's index, its stage id -1.
 */
public final class AttemptRecord {
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private final long taskId;
  private final int stageId;
  private final int stageAttempt;
  private final int partition;
  private final int attemptNumber;
  private final long startEpochMillis;
  private final long wallNanos;
  private final long spanMillis;
  private final long cpuNanos;
  private final long allocatedBytes;
  private final AttemptOutcome outcome;
  private final AttemptKind kind;
  private final AttemptHook hook;
  private final int count;
  private final long runQueueNanos;
  private final String job;
  private final String operator;
  private final String attemptId;
  private final String helper;

  private AttemptRecord(Builder builder) {
    taskId = builder.taskId;
    stageId = builder.stageId;
    stageAttempt = builder.stageAttempt;
    partition = builder.partition;
    attemptNumber = builder.attemptNumber;
    startEpochMillis = builder.startEpochMillis;
    wallNanos = builder.wallNanos;
    spanMillis = builder.spanMillis;
    cpuNanos = builder.cpuNanos;
    allocatedBytes = builder.allocatedBytes;
    outcome = builder.outcome;
    kind = builder.kind;
    hook = builder.hook;
    count = builder.count;
    runQueueNanos = builder.runQueueNanos;
    job = builder.job;
    operator = builder.operator;
    attemptId = builder.attemptId;
    helper = builder.helper;
  }

  /** The task id that stands for an attempt id of Flink: FNV-1a of its text, never negative. */
  public static long taskId(String attemptId) {
    long hash = FNV_OFFSET;
    for (int i = 0; i < attemptId.length(); i++) {
      hash = (hash ^ attemptId.charAt(i)) * FNV_PRIME;
    }
    return hash & Long.MAX_VALUE;
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

  /**
   * The moment of the attempt's last instruction, to the millisecond; of sums that of the attempt
   * that ended last. Sums without a span say only when it was at the earliest.
   */
  public long endEpochMillis() {
    return startEpochMillis + (spanMillis >= 0 ? spanMillis : wallNanos / 1_000_000L / count);
  }

  /** From the first to the last instruction; of sums all attempts' time, side by side or not. */
  public long wallNanos() {
    return wallNanos;
  }

  /** From the first attempt's start to the last one's end; -1 unless the kind is SUM. */
  public long spanMillis() {
    return spanMillis;
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

  public AttemptKind kind() {
    return kind;
  }

  /** The rung of the ladder that saw this attempt. */
  public AttemptHook hook() {
    return hook;
  }

  /** How many attempts these sums are of; 1 unless the kind is {@link AttemptKind#SUM}. */
  public int count() {
    return count;
  }

  /** How long the thread was runnable and waited for a CPU; -1 when the platform cannot tell. */
  public long runQueueNanos() {
    return runQueueNanos;
  }

  /** Flink's job id in hexadecimal; empty for Spark. */
  public String job() {
    return job;
  }

  /** Flink's job vertex id in hexadecimal; empty for Spark. */
  public String operator() {
    return operator;
  }

  /** Flink's execution attempt id; empty for Spark. */
  public String attemptId() {
    return attemptId;
  }

  /** What the helper thread is, such as "source fetcher"; empty unless the kind is HELPER. */
  public String helper() {
    return helper;
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
        && spanMillis == that.spanMillis
        && cpuNanos == that.cpuNanos
        && allocatedBytes == that.allocatedBytes
        && outcome == that.outcome
        && kind == that.kind
        && hook == that.hook
        && count == that.count
        && runQueueNanos == that.runQueueNanos
        && job.equals(that.job)
        && operator.equals(that.operator)
        && attemptId.equals(that.attemptId)
        && helper.equals(that.helper);
  }

  @Override
  public int hashCode() {
    return Objects.hash(taskId, stageId, stageAttempt, startEpochMillis, wallNanos);
  }

  @Override
  public String toString() {
    return "AttemptRecord["
        + kind
        + (count == 1 ? "" : " of " + count)
        + " task "
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
        + " by "
        + hook
        + (runQueueNanos < 0 ? "" : " waited " + runQueueNanos + " ns")
        + (job.isEmpty() ? "" : " job " + job + " operator " + operator + " id " + attemptId)
        + (helper.isEmpty() ? "" : " helper " + helper)
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
    private long spanMillis = -1;
    private long cpuNanos;
    private long allocatedBytes;
    private AttemptOutcome outcome = AttemptOutcome.UNKNOWN;
    private AttemptKind kind = AttemptKind.WHOLE;
    private AttemptHook hook = AttemptHook.UNKNOWN;
    private int count = 1;
    private long runQueueNanos = -1;
    private String job = "";
    private String operator = "";
    private String attemptId = "";
    private String helper = "";

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

    public Builder spanMillis(long value) {
      spanMillis = value;
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

    public Builder kind(AttemptKind value) {
      kind = Objects.requireNonNull(value, "kind is null");
      return this;
    }

    public Builder hook(AttemptHook value) {
      hook = Objects.requireNonNull(value, "hook is null");
      return this;
    }

    /** At least 1. */
    public Builder count(int value) {
      if (value < 1) {
        throw new IllegalArgumentException("a record of " + value + " attempts");
      }
      count = value;
      return this;
    }

    public Builder runQueueNanos(long value) {
      runQueueNanos = value;
      return this;
    }

    /** Flink's job, job vertex and execution attempt. */
    public Builder flink(String jobId, String operatorId, String executionAttemptId) {
      job = Objects.requireNonNull(jobId, "job is null");
      operator = Objects.requireNonNull(operatorId, "operator is null");
      attemptId = Objects.requireNonNull(executionAttemptId, "attempt id is null");
      return this;
    }

    public Builder helper(String value) {
      helper = Objects.requireNonNull(value, "helper is null");
      return this;
    }

    public AttemptRecord build() {
      return new AttemptRecord(this);
    }
  }
}
