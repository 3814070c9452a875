// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.rootcause;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FailureWordsTest {
  /**
   * Ids of tasks, stages and executors are no exit codes, and words of the job's own no engine's.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Task 137 in stage 4.0 failed 4 times, most recent failure: Lost task 137.3 in stage 4.0 (TID 1433) (h executor 1): java.lang.NullPointerException",
        "Job aborted: (h executor 1): java.io.IOException: connection lost",
        "java.lang.IllegalStateException: cannot shuffle the deck of 143 cards"
      })
  void digitsAndWordsOfTheJobItself_blameNobody(String reason) {
    for (Problem cause :
        new Problem[] {
          Problem.EXECUTORS_LOST,
          Problem.KILLED_FOR_MEMORY,
          Problem.OUTSIDE_HEAP,
          Problem.BLOCKS_LOST
        }) {
      assertThat(FailureWords.says(cause, reason)).as(cause.name()).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          KILLED_FOR_MEMORY | ExecutorLostFailure (executor 2 exited) Reason: Container killed by YARN for exceeding memory limits
          KILLED_FOR_MEMORY | Command exited with code 137
          KILLED_FOR_MEMORY | Container exited with exit code 143
          EXECUTORS_LOST    | Executor 7 lost
          EXECUTORS_LOST    | executor 12 was removed as it was idle
          EXECUTORS_LOST    | Exit status: 137. Diagnostics: Killed by external signal
          BLOCKS_LOST       | org.apache.spark.shuffle.FetchFailedException: failed to connect
          BLOCKS_LOST       | org.apache.spark.shuffle.MetadataFetchFailedException: Missing an output location for shuffle 3
          """)
  void theEnginesOwnWords_areUnderstood(Problem cause, String reason) {
    assertThat(FailureWords.says(cause, reason)).isTrue();
  }

  @Test
  void aHostIsItselfWithPortOrDomain_andNoOtherOfTheSameBeginning() {
    assertThat(RunMap.isOnHost("node1", "node1")).isTrue();
    assertThat(RunMap.isOnHost("node1:8042", "node1")).isTrue();
    assertThat(RunMap.isOnHost("node1.example.org", "node1")).isTrue();
    assertThat(RunMap.isOnHost("node10", "node1")).isFalse();
    assertThat(RunMap.isOnHost("10.0.0.12", "10.0.0.1")).isFalse();
    assertThat(RunMap.isOnHost("node1", "")).isFalse();
  }
}
