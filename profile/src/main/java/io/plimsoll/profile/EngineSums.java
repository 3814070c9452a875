// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.profile;

/**
 * Sums over task-ended events in the engine's own words, kept beside {@link AttemptSums} and never
 * mixed into them.
 *
 * @param tasks task-ended events
 * @param failedTasks of them, neither succeeded nor killed
 * @param killedTasks of them
 * @param runMillis Σ executorRunTime
 * @param cpuNanos Σ executorCpuTime
 * @param gcMillis Σ jvmGCTime; concurrent tasks each count the whole process's collections
 * @param resultBytes Σ serialized result
 * @param memorySpillBytes Σ in-memory size of what was spilled
 * @param diskSpillBytes Σ on-disk size of what was spilled
 * @param peakExecutionBytes highest execution memory of any one task
 * @param inputBytes Σ bytes read from storage
 * @param outputBytes Σ bytes written to storage
 * @param shuffleReadBytes Σ local and remote
 * @param shuffleFetchWaitMillis Σ waiting for remote blocks
 * @param shuffleWriteBytes Σ bytes
 */
public record EngineSums(
    long tasks,
    long failedTasks,
    long killedTasks,
    long runMillis,
    long cpuNanos,
    long gcMillis,
    long resultBytes,
    long memorySpillBytes,
    long diskSpillBytes,
    long peakExecutionBytes,
    long inputBytes,
    long outputBytes,
    long shuffleReadBytes,
    long shuffleFetchWaitMillis,
    long shuffleWriteBytes) {
  /** No tasks. */
  public static final EngineSums ZERO = new EngineSums(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  public EngineSums plus(EngineSums other) {
    return new EngineSums(
        tasks + other.tasks,
        failedTasks + other.failedTasks,
        killedTasks + other.killedTasks,
        runMillis + other.runMillis,
        cpuNanos + other.cpuNanos,
        gcMillis + other.gcMillis,
        resultBytes + other.resultBytes,
        memorySpillBytes + other.memorySpillBytes,
        diskSpillBytes + other.diskSpillBytes,
        Math.max(peakExecutionBytes, other.peakExecutionBytes),
        inputBytes + other.inputBytes,
        outputBytes + other.outputBytes,
        shuffleReadBytes + other.shuffleReadBytes,
        shuffleFetchWaitMillis + other.shuffleFetchWaitMillis,
        shuffleWriteBytes + other.shuffleWriteBytes);
  }
}
