// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.wire.AttemptKind;
import io.plimsoll.wire.AttemptOutcome;
import io.plimsoll.wire.AttemptRecord;
import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.EventKind;
import io.plimsoll.wire.EventNumber;
import io.plimsoll.wire.EventText;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LogJoinTest {
  @Test
  void of_sameAttempts_hasNothingUnexplained() {
    LogJoin join =
        LogJoin.of(List.of(logged(1, "1", 900)), List.of(told(1, 1_000).build()), Set.of(), 0);

    assertThat(join.joined()).isEqualTo(1);
    assertThat(join.unexplained()).isZero();
    assertThat(join.cpuBelow()).isZero();
  }

  @Test
  void of_lessCpuThanSparkSaw_isCounted() {
    LogJoin join =
        LogJoin.of(
            List.of(logged(1, "1", 9_000_000)), List.of(told(1, 1_000).build()), Set.of(), 0);

    assertThat(join.cpuBelow()).isEqualTo(1);
  }

  @Test
  void of_attemptOfALostExecutor_hasItsReason() {
    LogJoin join =
        LogJoin.of(
            List.of(logged(1, "7", 0)),
            List.of(told(1, 1_000).kind(AttemptKind.PROGRESS).build()),
            Set.of("7"),
            0);

    assertThat(join.unexplained()).isZero();
    assertThat(join.differences().keySet()).anyMatch(what -> what.endsWith("seen while it ran"));
  }

  @Test
  void of_attemptNobodyTold_isUnexplained() {
    LogJoin join = LogJoin.of(List.of(logged(1, "1", 900)), List.of(), Set.of(), 0);

    assertThat(join.unexplained()).isEqualTo(1);
  }

  @Test
  void of_attemptThatTheLogDoesNotKnow_isUnexplained() {
    LogJoin join = LogJoin.of(List.of(), List.of(told(1, 1_000).build()), Set.of(), 0);

    assertThat(join.unexplained()).isEqualTo(1);
  }

  private static EngineEvent logged(long task, String executor, long cpuNanos) {
    return EngineEvent.builder(EventKind.TASK_ENDED, 1_000)
        .put(EventNumber.STAGE_ID, 3)
        .put(EventNumber.STAGE_ATTEMPT, 0)
        .put(EventNumber.TASK_ID, task)
        .put(EventNumber.CPU_TIME_NANOS, cpuNanos)
        .put(EventNumber.RUN_TIME_MILLIS, 5)
        .put(EventText.EXECUTOR_ID, executor)
        .put(EventText.OUTCOME, AttemptOutcome.SUCCEEDED.name())
        .build();
  }

  private static AttemptRecord.Builder told(long task, long cpuNanos) {
    return AttemptRecord.builder(task)
        .stage(3, 0)
        .startEpochMillis(1_000)
        .wallNanos(2_000_000)
        .cpuNanos(cpuNanos)
        .outcome(AttemptOutcome.SUCCEEDED);
  }
}
