// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.profile;

/**
 * Sums over task attempts as the agent's hook measured them on the attempts' own threads.
 *
 * @param attempts number of records
 * @param succeeded of them, by the engine's own word
 * @param failed of them
 * @param killed of them
 * @param wallNanos Σ wall time
 * @param cpuNanos Σ CPU time of the attempts' threads
 * @param allocatedBytes Σ heap bytes allocated by the attempts' threads
 */
public record AttemptSums(
    long attempts,
    long succeeded,
    long failed,
    long killed,
    long wallNanos,
    long cpuNanos,
    long allocatedBytes) {
  /** No attempts. */
  public static final AttemptSums ZERO = new AttemptSums(0, 0, 0, 0, 0, 0, 0);

  public AttemptSums plus(AttemptSums other) {
    return new AttemptSums(
        attempts + other.attempts,
        succeeded + other.succeeded,
        failed + other.failed,
        killed + other.killed,
        wallNanos + other.wallNanos,
        cpuNanos + other.cpuNanos,
        allocatedBytes + other.allocatedBytes);
  }
}
