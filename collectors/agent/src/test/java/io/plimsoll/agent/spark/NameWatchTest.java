// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.agent.attempt.Attempt;
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

class NameWatchTest {
  private static final String TASK =
      "Executor task launch worker for task 1.0 in stage 2.3 (TID 9)";
  private static final String NEXT =
      "Executor task launch worker for task 2.0 in stage 2.3 (TID 10)";

  private final Outbox outbox = new Outbox();
  private final Attempts hooked = new Attempts(outbox);
  private final Counters counters = new Counters();
  private String name = TASK;
  private boolean alive = true;
  private int looks;
  private final NameWatch watch =
      new NameWatch(
          outbox,
          hooked,
          counters,
          () -> {
            looks++;
            return alive
                ? List.of(new NameWatch.Named(5, name), new NameWatch.Named(6, "main"))
                : List.of();
          });

  @Test
  void aWorkingTaskThreadIsAnAttemptFromTheFirstLookToTheNextName() {
    watch.look();
    counters.cpu += 70;
    watch.look();
    counters.cpu += 30;
    watch.look();
    name = NEXT;
    watch.look();
    List<AttemptRecord> all = Outboxes.attempts(outbox);
    assertThat(all)
        .extracting(AttemptRecord::kind)
        .containsExactly(AttemptKind.PROGRESS, AttemptKind.PROGRESS, AttemptKind.WHOLE);
    assertThat(all).extracting(AttemptRecord::cpuNanos).containsExactly(70L, 100L, 100L);
    AttemptRecord whole = all.get(2);
    assertThat(whole.taskId()).isEqualTo(9);
    assertThat(whole.stageId()).isEqualTo(2);
    assertThat(whole.stageAttempt()).isEqualTo(3);
    assertThat(whole.partition()).isEqualTo(1);
    assertThat(whole.attemptNumber()).isZero();
    assertThat(whole.outcome()).isEqualTo(AttemptOutcome.UNKNOWN);
    assertThat(whole.hook()).isEqualTo(AttemptHook.THREAD_NAME);
  }

  @Test
  void aThreadThatKeepsItsNameButDoesNothingIsNoAttempt() {
    watch.look();
    watch.look();
    alive = false;
    watch.look();
    assertThat(Outboxes.attempts(outbox)).isEmpty();
  }

  @Test
  void aThreadThatIsGoneEndsItsAttemptWhereItWasSeenLast() {
    watch.look();
    counters.cpu += 70;
    watch.look();
    alive = false;
    watch.look();
    assertThat(Outboxes.attempts(outbox))
        .extracting(AttemptRecord::kind)
        .containsExactly(AttemptKind.PROGRESS, AttemptKind.WHOLE);
  }

  @Test
  void onceAHookSeesAttemptsOnlyTheOneUnderWatchIsFollowed() {
    watch.look();
    hooked.begin(this, Attempt.ofSpark(10, 2, 3, 2, 0, AttemptHook.BYTECODE));
    counters.cpu += 70;
    watch.look();
    name = NEXT;
    counters.cpu += 70;
    watch.look();
    counters.cpu += 70;
    watch.look();
    assertThat(Outboxes.attempts(outbox)).extracting(AttemptRecord::taskId).containsExactly(9L, 9L);
  }

  @Test
  void whereNothingIsToBeSeenItLooksEverMoreRarely() {
    alive = false;
    for (int tick = 0; tick < 100; tick++) {
      watch.look();
    }
    assertThat(looks).isLessThan(15);
  }

  @Test
  void beforeSparkThreeOneTheNameTellsTheTaskIdOnly() {
    TaskName old = TaskName.ofThread("Executor task launch worker for task 17");
    assertThat(old.taskId()).isEqualTo(17);
    assertThat(old.stageId()).isEqualTo(-1);
    assertThat(TaskName.ofThread(TASK).taskId()).isEqualTo(9);
    assertThat(TaskName.ofThread("Executor task launch worker-3").taskId()).isEqualTo(-1);
    assertThat(TaskName.ofThread("Executor task idle worker#77").taskId()).isEqualTo(-1);
  }

  private static final class Counters extends ThreadCounters {
    private long cpu = 1_000;

    @Override
    public long[] cpuNanos(long[] threadIds) {
      return new long[] {cpu};
    }

    @Override
    public long[] allocatedBytes(long[] threadIds) {
      return new long[] {0};
    }
  }
}
