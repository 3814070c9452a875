// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.agent.attempt.Attempts;
import io.plimsoll.agent.emit.Outbox;
import io.plimsoll.agent.emit.Outboxes;
import io.plimsoll.wire.AttemptHook;
import io.plimsoll.wire.AttemptKind;
import io.plimsoll.wire.AttemptOutcome;
import io.plimsoll.wire.AttemptRecord;
import io.plimsoll.wire.ProcessIdentity;
import io.plimsoll.wire.Role;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FlinkHookTest {
  private final Outbox outbox = new Outbox();

  @BeforeEach
  void install() {
    FlinkHook.install(outbox, new Attempts(outbox));
  }

  @AfterEach
  void othersGetAFreshOutbox() {
    Outbox fresh = new Outbox();
    FlinkHook.install(fresh, new Attempts(fresh));
  }

  @Test
  void aTaskIsAnAttemptWithFlinksIdsAndItsFinalState() {
    Task task = new Task("CANCELED");
    FlinkHook.enter(task);
    FlinkHook.exit(task);
    AttemptRecord seen = Outboxes.attempts(outbox).get(0);
    assertThat(seen.kind()).isEqualTo(AttemptKind.WHOLE);
    assertThat(seen.hook()).isEqualTo(AttemptHook.BYTECODE);
    assertThat(seen.job()).isEqualTo("job");
    assertThat(seen.operator()).isEqualTo("vertex");
    assertThat(seen.attemptId()).isEqualTo("graph_vertex_3_1");
    assertThat(seen.partition()).isEqualTo(3);
    assertThat(seen.attemptNumber()).isEqualTo(1);
    assertThat(seen.outcome()).isEqualTo(AttemptOutcome.KILLED);
  }

  @Test
  void aThreadThatTheTasksThreadStartedHelpsItsAttempt() throws InterruptedException {
    Task task = new Task("FINISHED");
    FlinkHook.enter(task);
    Object fetcher = new Object();
    Thread helper =
        new Thread(
            () -> {
              FlinkHook.help(fetcher);
              FlinkHook.helped(fetcher);
            });
    helper.start();
    helper.join();
    FlinkHook.exit(task);
    List<AttemptRecord> all = Outboxes.attempts(outbox);
    assertThat(all)
        .extracting(AttemptRecord::kind)
        .containsExactly(AttemptKind.HELPER, AttemptKind.WHOLE);
    assertThat(all.get(0).taskId()).isEqualTo(all.get(1).taskId());
    assertThat(all.get(0).helper()).isEqualTo("source fetcher");
    assertThat(all.get(1).outcome()).isEqualTo(AttemptOutcome.SUCCEEDED);
  }

  @Test
  void aThreadOfUnknownOriginHelpsByItsNameOrNobody() throws InterruptedException {
    Object named = new Object();
    Object nameless = new Object();
    Thread[] strangers = {
      stranger(named, "Source Data Fetcher for Source: files (4/4)#1"), stranger(nameless, "other")
    };
    Task task = new Task("FAILED");
    FlinkHook.enter(task);
    for (Thread stranger : strangers) {
      stranger.start();
      stranger.join();
    }
    FlinkHook.exit(task);
    List<AttemptRecord> all = Outboxes.attempts(outbox);
    assertThat(all).hasSize(2);
    assertThat(all.get(0).kind()).isEqualTo(AttemptKind.HELPER);
    assertThat(all.get(0).hook()).isEqualTo(AttemptHook.THREAD_NAME);
    assertThat(all.get(1).outcome()).isEqualTo(AttemptOutcome.FAILED);
  }

  @Test
  void aTaskThatCannotBeReadIsOneLostAttemptAndNothingMore() {
    long failures = FlinkHook.failures();
    Object strange =
        new Object() {
          @SuppressWarnings("unused")
          Object getJobID() {
            return new Object() {
              @Override
              public String toString() {
                throw new IllegalStateException("planted");
              }
            };
          }
        };
    FlinkHook.enter(strange);
    FlinkHook.exit(strange);
    assertThat(FlinkHook.failures()).isEqualTo(failures + 1);
    assertThat(Outboxes.lostAttempts(outbox)).isEqualTo(1);
    assertThat(Outboxes.attempts(outbox)).isEmpty();
  }

  @Test
  void aJvmThatRunsTasksIsATaskManagerOfItsClusterOrFirstJob() {
    ProcessIdentity plain = ProcessIdentity.builder(UUID.randomUUID()).build();
    ProcessIdentity first = FlinkAttempts.taskManagerOf(plain, "job");
    assertThat(first.role()).isEqualTo(Role.TASK_MANAGER);
    assertThat(first.application()).isEqualTo("job");
    ProcessIdentity known = plain.toBuilder().application("cluster", 0).build();
    assertThat(FlinkAttempts.taskManagerOf(known, "job").application()).isEqualTo("cluster");
  }

  /** Made before the task begins, so that it inherits nothing. */
  private static Thread stranger(Object work, String name) {
    return new Thread(
        () -> {
          FlinkHook.help(work);
          FlinkHook.helped(work);
        },
        name);
  }

  /** Has the members of Flink's Task that the agent reads. */
  record Task(String state) {
    String getJobID() {
      return "job";
    }

    String getJobVertexId() {
      return "vertex";
    }

    String getExecutionId() {
      return "graph_vertex_3_1";
    }

    String getExecutionState() {
      return state;
    }

    Info getTaskInfo() {
      return new Info(3, 1, "Source: files (4/4)#1");
    }
  }

  /** Has the members of Flink's TaskInfo that the agent reads. */
  record Info(int getIndexOfThisSubtask, int getAttemptNumber, String getTaskNameWithSubtasks) {}
}
