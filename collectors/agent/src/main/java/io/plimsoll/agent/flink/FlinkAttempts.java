// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.flink;

import io.plimsoll.agent.attempt.Attempt;
import io.plimsoll.agent.attempt.Attempts;
import io.plimsoll.agent.emit.Outbox;
import io.plimsoll.agent.spark.Accessor;
import io.plimsoll.wire.AttemptHook;
import io.plimsoll.wire.AttemptOutcome;
import io.plimsoll.wire.ProcessIdentity;
import io.plimsoll.wire.Role;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Reads of Flink's tasks and helpers which attempts they are. A helper that carries its task's
 * environment tells its attempt itself; a split fetcher does not, but the task's thread started its
 * thread, which therefore inherits whose it is. Only where that is lost, as for tasks that ran
 * before the agent came, the fetcher thread's name decides.
 */
final class FlinkAttempts {
  private static final String FETCHER_THREAD = "Source Data Fetcher for ";

  private final Accessor jobId = new Accessor("getJobID");
  private final Accessor vertexId = new Accessor("getJobVertexId");
  private final Accessor executionId = new Accessor("getExecutionId");
  private final Accessor taskInfo = new Accessor("getTaskInfo");
  private final Accessor subtask = new Accessor("getIndexOfThisSubtask");
  private final Accessor attemptNumber = new Accessor("getAttemptNumber");
  private final Accessor taskName = new Accessor("getTaskNameWithSubtasks");
  private final Accessor executionState = new Accessor("getExecutionState");
  private final Accessor checkpointEnvironment = new Accessor("taskEnvironment");
  private final Accessor sourceTask = new Accessor("this$0");
  private final Accessor sourceEnvironment = new Accessor("getEnvironment");

  private final Outbox outbox;
  private final Attempts attempts;
  private final InheritableThreadLocal<@Nullable Attempt> owner = new InheritableThreadLocal<>();
  private final Map<String, Attempt> byName = new ConcurrentHashMap<>();
  private final AtomicBoolean named = new AtomicBoolean();

  FlinkAttempts(Outbox outbox, Attempts attempts) {
    this.outbox = outbox;
    this.attempts = attempts;
  }

  void enter(Object task) {
    if (!attempts.admits(task)) {
      return;
    }
    Attempt attempt = attemptOf(task, "", AttemptHook.BYTECODE);
    if (named.compareAndSet(false, true)) {
      outbox.identify(now -> taskManagerOf(now, attempt.job()));
    }
    owner.set(attempt);
    byName.put(nameOf(task), attempt);
    attempts.begin(task, attempt);
  }

  void exit(Object task) {
    attempts.outcome(outcomeOf(executionState.text(task)));
    attempts.end(task);
    owner.remove();
    byName.remove(nameOf(task));
  }

  void help(Object work) {
    if (!attempts.admits(work)) {
      return;
    }
    Attempt helping = helping(work);
    if (helping != null) {
      attempts.begin(work, helping);
    }
  }

  void helped(Object work) {
    attempts.end(work);
  }

  static AttemptOutcome outcomeOf(String state) {
    switch (state) {
      case "FINISHED":
        return AttemptOutcome.SUCCEEDED;
      case "FAILED":
        return AttemptOutcome.FAILED;
      case "CANCELED":
      case "CANCELING":
        return AttemptOutcome.KILLED;
      default:
        return AttemptOutcome.UNKNOWN;
    }
  }

  /** A JVM that runs tasks is a task manager, of the application that its first task is of. */
  static ProcessIdentity taskManagerOf(ProcessIdentity now, String job) {
    ProcessIdentity.Builder next = now.toBuilder();
    if (now.role() == Role.OTHER) {
      next.role(Role.TASK_MANAGER);
    }
    if (now.application().isEmpty()) {
      next.application(job, 0);
    }
    return next.build();
  }

  private @Nullable Attempt helping(Object work) {
    String type = work.getClass().getName();
    if (type.endsWith("AsyncCheckpointRunnable")) {
      Object environment = checkpointEnvironment.read(work);
      return attemptOf(environment, "asynchronous checkpoint", AttemptHook.BYTECODE);
    }
    if (type.endsWith("LegacySourceFunctionThread")) {
      Object environment = sourceEnvironment.read(sourceTask.read(work));
      return attemptOf(environment, "legacy source", AttemptHook.BYTECODE);
    }
    Attempt of = owner.get();
    if (of != null) {
      return of.helpedBy("source fetcher", AttemptHook.BYTECODE);
    }
    String thread = Thread.currentThread().getName();
    of =
        thread.startsWith(FETCHER_THREAD)
            ? byName.get(thread.substring(FETCHER_THREAD.length()))
            : null;
    return of == null ? null : of.helpedBy("source fetcher", AttemptHook.THREAD_NAME);
  }

  /** Of a task or of its environment: both tell the same. */
  private Attempt attemptOf(@Nullable Object task, String helper, AttemptHook hook) {
    Object info = taskInfo.read(task);
    Attempt attempt =
        Attempt.ofFlink(
            jobId.text(task),
            vertexId.text(task),
            (int) subtask.number(info, -1),
            (int) attemptNumber.number(info, -1),
            executionId.text(task),
            hook);
    return helper.isEmpty() ? attempt : attempt.helpedBy(helper, hook);
  }

  private String nameOf(Object task) {
    return taskName.text(taskInfo.read(task));
  }
}
