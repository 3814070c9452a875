// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.profile.Coverage;
import io.plimsoll.profile.ExecutorProfile;
import io.plimsoll.profile.RunKey;
import io.plimsoll.profile.RunProfile;
import io.plimsoll.store.AttemptArchive.ArchivedAttempt;
import io.plimsoll.wire.AttemptOutcome;
import io.plimsoll.wire.AttemptRecord;
import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.EventKind;
import io.plimsoll.wire.EventNumber;
import io.plimsoll.wire.EventText;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AttemptJoinTest {
  private static final UUID PROCESS = new UUID(1, 2);

  private static RunProfile run(List<ExecutorProfile> executors) {
    return new RunProfile(
        new RunKey("c", "app-1", 0),
        "n",
        "spark",
        "4.0.1",
        0,
        1,
        true,
        new TreeMap<>(),
        List.of(),
        List.of(),
        List.of(),
        executors);
  }

  private static ArchivedAttempt seen(long task, long cpuNanos, AttemptOutcome outcome) {
    return new ArchivedAttempt(
        PROCESS,
        "0",
        AttemptRecord.builder(task).stage(3, 0).cpuNanos(cpuNanos).outcome(outcome).build());
  }

  private static EngineEvent logged(long task, long cpuNanos, String outcome, long runMillis) {
    return EngineEvent.builder(EventKind.TASK_ENDED, 0)
        .put(EventNumber.STAGE_ID, 3)
        .put(EventNumber.STAGE_ATTEMPT, 0)
        .put(EventNumber.TASK_ID, task)
        .put(EventNumber.CPU_TIME_NANOS, cpuNanos)
        .put(EventNumber.RUN_TIME_MILLIS, runMillis)
        .put(EventText.EXECUTOR_ID, "0")
        .put(EventText.OUTCOME, outcome)
        .build();
  }

  @Test
  void sameAttempts_joinWithoutDifference() {
    AttemptJoin join =
        AttemptJoin.of(
            List.of(logged(1, 1_000_000, "SUCCEEDED", 5)),
            List.of(seen(1, 1_200_000, AttemptOutcome.SUCCEEDED)),
            run(List.of()));

    assertThat(join.joined()).isEqualTo(1);
    assertThat(join.cpuBelow()).isZero();
    assertThat(join.cpuRatio()).isEqualTo(1.2);
    assertThat(join.differences()).isEmpty();
  }

  @Test
  void cpuBelowSparksOwn_isCounted() {
    AttemptJoin join =
        AttemptJoin.of(
            List.of(logged(1, 1_000_000, "SUCCEEDED", 5)),
            List.of(seen(1, 900_000, AttemptOutcome.SUCCEEDED)),
            run(List.of()));

    assertThat(join.cpuBelow()).isEqualTo(1);
  }

  @Test
  void missingAttempts_areClassified() {
    List<EngineEvent> log =
        List.of(
            logged(1, 0, "KILLED", 0), logged(2, 5, "SUCCEEDED", 5), logged(3, 5, "SUCCEEDED", 5));
    ExecutorProfile lost = new ExecutorProfile("0", "h", 1, 0, 9, "exit code 137");

    assertThat(AttemptJoin.of(log, List.of(), run(List.of(lost))).differences())
        .containsEntry("log only: never ran on a thread", 1L)
        .containsEntry("log only: its executor was lost before the record was sent", 2L);
    assertThat(AttemptJoin.of(log, List.of(), run(List.of())).differences())
        .containsEntry("log only: unexplained", 2L);
  }

  @Test
  void attemptsOfTheAgentAlone_doublesAndOtherOutcomes_areNamed() {
    AttemptJoin join =
        AttemptJoin.of(
            List.of(logged(1, 1, "SUCCEEDED", 5)),
            List.of(
                seen(1, 5, AttemptOutcome.KILLED),
                seen(2, 5, AttemptOutcome.FAILED),
                seen(2, 5, AttemptOutcome.FAILED)),
            run(List.of()));

    assertThat(join.differences())
        .containsEntry("outcome: log SUCCEEDED, agent KILLED", 1L)
        .containsEntry("agent only: FAILED", 1L)
        .containsEntry("agent: the same attempt twice", 1L);
    assertThat(Coverage.ZERO.isComplete()).isTrue();
  }
}
