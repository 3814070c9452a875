// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.spark;

import io.plimsoll.agent.attempt.Attempts;
import io.plimsoll.agent.emit.Outbox;
import io.plimsoll.wire.Stream;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What the woven bytecode calls, on the host's own threads. Nothing that happens here reaches the
 * host: a failure is counted as the loss of one record. Public because Spark's classes call it.
 */
public final class Hook {
  private static final AtomicLong FAILURES = new AtomicLong();

  private static volatile @Nullable TaskAttempts attempts;
  private static volatile @Nullable NameWatch names;
  private static volatile @Nullable DriverWatch driver;
  private static volatile @Nullable Outbox outbox;

  private Hook() {}

  /** From now on attempts begin and end in this registry and driver events go to this outbox. */
  public static void install(Outbox to, Attempts registry) {
    outbox = to;
    attempts = new TaskAttempts(registry);
    names = new NameWatch(to, registry);
    driver = new DriverWatch(to);
  }

  /** From now on hooks do nothing. */
  public static void off() {
    DriverWatch watching = driver;
    attempts = null;
    driver = null;
    names = null;
    try {
      if (watching != null) {
        watching.off();
      }
    } catch (Throwable stays) {
      // The listener stays on its bus and does nothing there.
      FAILURES.incrementAndGet();
    }
  }

  /** {@code TaskRunner.run} begins. */
  public static void enter(Object taskRunner) {
    try {
      TaskAttempts to = attempts;
      if (to != null) {
        to.enter(taskRunner);
      }
    } catch (Throwable swallowed) {
      failed(Stream.ATTEMPTS);
    }
  }

  /** {@code TaskRunner.run} returns or throws. */
  public static void exit(Object taskRunner) {
    try {
      TaskAttempts to = attempts;
      if (to != null) {
        to.exit(taskRunner);
      }
    } catch (Throwable swallowed) {
      failed(Stream.ATTEMPTS);
    }
  }

  /** The executor tells its driver a task's state. */
  public static void status(long taskId, Object state) {
    try {
      TaskAttempts to = attempts;
      if (to != null) {
        to.status(taskId, state);
      }
    } catch (Throwable swallowed) {
      FAILURES.incrementAndGet();
    }
  }

  /** Spark's plugin call at a task's start, on the task's thread. */
  public static void pluginEnter(
      long taskId, int stageId, int stageAttempt, int partition, int attemptNumber) {
    try {
      TaskAttempts to = attempts;
      if (to != null) {
        to.pluginEnter(taskId, stageId, stageAttempt, partition, attemptNumber);
      }
    } catch (Throwable swallowed) {
      failed(Stream.ATTEMPTS);
    }
  }

  /** Spark's plugin call at a task's end, by the simple class name of its end reason. */
  public static void pluginExit(String reason) {
    try {
      TaskAttempts to = attempts;
      if (to != null) {
        to.pluginExit(reason);
      }
    } catch (Throwable swallowed) {
      failed(Stream.ATTEMPTS);
    }
  }

  /** The agent's thread looks for attempts that no hook sees. */
  public static void lookAtNames() {
    try {
      NameWatch to = names;
      if (to != null) {
        to.look();
      }
    } catch (Throwable swallowed) {
      failed(Stream.ATTEMPTS);
    }
  }

  /** From now on the plugin sees attempts, thread names need not. */
  public static void withoutNames() {
    names = null;
  }

  /** A SparkContext is about to start its listener bus. */
  public static void context(Object sparkContext) {
    try {
      DriverWatch to = driver;
      if (to != null) {
        to.join(sparkContext);
      }
    } catch (Throwable swallowed) {
      failed(Stream.EVENTS);
    }
  }

  /** Whether a SparkContext of this JVM has started and not yet announced its end. */
  public static boolean isApplicationOpen() {
    DriverWatch of = driver;
    return of != null && of.isApplicationOpen();
  }

  private static void failed(Stream lost) {
    FAILURES.incrementAndGet();
    try {
      Outbox to = outbox;
      if (to != null) {
        to.lost(lost);
      }
    } catch (Throwable uncounted) {
      FAILURES.incrementAndGet();
    }
  }

  /** How often a hook failed and kept quiet. */
  public static long failures() {
    return FAILURES.get();
  }
}
