// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.agent.attempt.Attempts;
import io.plimsoll.agent.attempt.ThreadCounters;
import io.plimsoll.agent.emit.Outbox;
import io.plimsoll.agent.emit.Outboxes;
import io.plimsoll.wire.AttemptHook;
import io.plimsoll.wire.AttemptKind;
import io.plimsoll.wire.AttemptOutcome;
import io.plimsoll.wire.AttemptRecord;
import java.util.List;
import org.junit.jupiter.api.Test;

class TaskAttemptsTest {
  private final Outbox outbox = new Outbox();
  private final FakeCounters counters = new FakeCounters();
  private final TaskAttempts attempts = new TaskAttempts(new Attempts(outbox, counters, id -> -1));

  @Test
  void anAttemptIsWhatItsThreadUsedBetweenItsEdges() {
    FakeRunner runner = new FakeRunner(42, "task 3.1 in stage 7.2 (TID 42)", 30, 1);
    counters.cpu = 100;
    counters.allocated = 1_000;
    attempts.enter(runner);
    counters.cpu = 350;
    counters.allocated = 9_000;
    attempts.status(42, "RUNNING");
    attempts.status(42, "FINISHED");
    attempts.exit(runner);
    AttemptRecord record = only();
    assertThat(record.taskId()).isEqualTo(42);
    assertThat(record.stageId()).isEqualTo(7);
    assertThat(record.stageAttempt()).isEqualTo(2);
    assertThat(record.partition()).isEqualTo(30);
    assertThat(record.attemptNumber()).isEqualTo(1);
    assertThat(record.cpuNanos()).isEqualTo(250);
    assertThat(record.allocatedBytes()).isEqualTo(8_000);
    assertThat(record.outcome()).isEqualTo(AttemptOutcome.SUCCEEDED);
    assertThat(record.kind()).isEqualTo(AttemptKind.WHOLE);
    assertThat(record.hook()).isEqualTo(AttemptHook.BYTECODE);
    assertThat(record.wallNanos()).isNotNegative();
  }

  @Test
  void withoutAFinalStateTheOutcomeIsUnknown() {
    FakeRunner runner = new FakeRunner(1, "task 0.0 in stage 0.0 (TID 1)", 0, 0);
    attempts.enter(runner);
    attempts.exit(runner);
    assertThat(only().outcome()).isEqualTo(AttemptOutcome.UNKNOWN);
  }

  @Test
  void aBeginningThatIsToldTwiceCountsOnce() {
    FakeRunner runner = new FakeRunner(1, "task 0.0 in stage 0.0 (TID 1)", 0, 0);
    attempts.enter(runner);
    counters.cpu = 10;
    attempts.enter(runner);
    attempts.exit(runner);
    attempts.exit(runner);
    assertThat(only().cpuNanos()).isEqualTo(10);
  }

  @Test
  void anEndWithoutABeginningCountsNothing() {
    attempts.exit(new FakeRunner(1, "task 0.0 in stage 0.0 (TID 1)", 0, 0));
    assertThat(Outboxes.attempts(outbox)).isEmpty();
  }

  @Test
  void nestedAttemptsEndInTheirOwnOrder() {
    FakeRunner outer = new FakeRunner(1, "task 0.0 in stage 0.0 (TID 1)", 0, 0);
    FakeRunner inner = new FakeRunner(2, "task 1.0 in stage 0.0 (TID 2)", 1, 0);
    attempts.enter(outer);
    attempts.enter(inner);
    attempts.exit(outer);
    attempts.exit(inner);
    attempts.exit(outer);
    assertThat(Outboxes.attempts(outbox)).extracting(AttemptRecord::taskId).containsExactly(2L, 1L);
  }

  @Test
  void aStateFromAnotherThreadFindsItsAttempt() throws InterruptedException {
    FakeRunner runner = new FakeRunner(5, "task 0.0 in stage 0.0 (TID 5)", 0, 0);
    attempts.enter(runner);
    Thread other = new Thread(() -> attempts.status(5, "KILLED"));
    other.start();
    other.join();
    attempts.status(5, "FAILED");
    attempts.status(77, "FAILED");
    attempts.exit(runner);
    assertThat(only().outcome()).isEqualTo(AttemptOutcome.KILLED);
  }

  @Test
  void statesAreSparks() {
    assertThat(TaskAttempts.outcomeOf("FINISHED")).isEqualTo(AttemptOutcome.SUCCEEDED);
    assertThat(TaskAttempts.outcomeOf("FAILED")).isEqualTo(AttemptOutcome.FAILED);
    assertThat(TaskAttempts.outcomeOf("LOST")).isEqualTo(AttemptOutcome.FAILED);
    assertThat(TaskAttempts.outcomeOf("KILLED")).isEqualTo(AttemptOutcome.KILLED);
    assertThat(TaskAttempts.outcomeOf("RUNNING")).isEqualTo(AttemptOutcome.UNKNOWN);
    assertThat(TaskAttempts.outcomeOf("LAUNCHING")).isEqualTo(AttemptOutcome.UNKNOWN);
  }

  @Test
  void aRunnerWithoutADescriptionStillCounts() {
    Object strange = new Object();
    attempts.enter(strange);
    attempts.exit(strange);
    AttemptRecord record = only();
    assertThat(record.taskId()).isEqualTo(-1);
    assertThat(record.stageId()).isEqualTo(-1);
  }

  @Test
  void thePluginsCallsNeedNotBePaired() {
    attempts.pluginExit("TaskKilled");
    attempts.pluginEnter(1, 2, 3, 4, 5);
    attempts.pluginEnter(2, 2, 3, 5, 0);
    attempts.pluginExit("TaskKilled");
    List<AttemptRecord> all = Outboxes.attempts(outbox);
    assertThat(all).extracting(AttemptRecord::taskId).containsExactly(1L, 2L);
    assertThat(all)
        .extracting(AttemptRecord::outcome)
        .containsExactly(AttemptOutcome.UNKNOWN, AttemptOutcome.KILLED);
    assertThat(all).allMatch(a -> a.hook() == AttemptHook.PLUGIN && a.stageAttempt() == 3);
  }

  private AttemptRecord only() {
    List<AttemptRecord> all = Outboxes.attempts(outbox);
    assertThat(all).hasSize(1);
    return all.get(0);
  }

  private static final class FakeCounters extends ThreadCounters {
    private long cpu;
    private long allocated;

    @Override
    public long cpuNanos() {
      return cpu;
    }

    @Override
    public long allocatedBytes() {
      return allocated;
    }
  }

  /** Has the members of Spark's TaskRunner that the agent reads. */
  static final class FakeRunner {
    private final long taskId;
    private final FakeDescription taskDescription;

    FakeRunner(long taskId, String name, int partitionId, int attemptNumber) {
      this.taskId = taskId;
      this.taskDescription = new FakeDescription(name, partitionId, attemptNumber);
    }

    public long taskId() {
      return taskId;
    }

    public FakeDescription taskDescription() {
      return taskDescription;
    }
  }

  /** Has the members of Spark's TaskDescription that the agent reads. */
  record FakeDescription(String name, int partitionId, int attemptNumber) {}
}
