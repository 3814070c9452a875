// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.flink;

import java.time.Duration;
import java.util.Objects;

/**
 * How a JobManager is polled.
 *
 * @param interval between two rounds; a slow JobManager gets longer ones, up to 32 times
 * @param requestsPerRound bound of a round; what did not fit comes first in the next one
 * @param timeout of one answer
 * @param maxAnswerBytes of one answer
 * @param subtasksPerVertex whose metrics are read; of more parallel vertices the first ones
 */
public record PollSettings(
    Duration interval,
    int requestsPerRound,
    Duration timeout,
    int maxAnswerBytes,
    int subtasksPerVertex) {
  /** Ten seconds, as Flink renews its own numbers; 200 requests; 5 s; 16 MiB; 512 subtasks. */
  public static final PollSettings DEFAULT =
      new PollSettings(Duration.ofSeconds(10), 200, Duration.ofSeconds(5), 16 << 20, 512);

  public PollSettings {
    Objects.requireNonNull(interval, "interval is null");
    Objects.requireNonNull(timeout, "timeout is null");
    if (interval.toMillis() < 100 || timeout.toMillis() < 1) {
      throw new IllegalArgumentException(
          "interval is at least 100 ms and timeout 1 ms: " + interval + ", " + timeout);
    }
    if (requestsPerRound < 10 || maxAnswerBytes < 1024 || subtasksPerVertex < 1) {
      throw new IllegalArgumentException(
          "at least 10 requests, 1024 bytes and 1 subtask: "
              + requestsPerRound
              + ", "
              + maxAnswerBytes
              + ", "
              + subtasksPerVertex);
    }
  }
}
