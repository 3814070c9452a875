// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.flink;

import io.plimsoll.agent.attempt.Attempts;
import io.plimsoll.agent.emit.Outbox;
import io.plimsoll.wire.Stream;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What the woven bytecode calls on Flink's own threads. Nothing that happens here reaches Flink: a
 * failure is counted as the loss of one record. Public because Flink's classes call it.
 */
public final class FlinkHook {
  private static final AtomicLong FAILURES = new AtomicLong();

  private static volatile @Nullable FlinkAttempts attempts;
  private static volatile @Nullable Outbox outbox;

  private FlinkHook() {}

  /** From now on attempts begin and end in this registry. */
  public static void install(Outbox to, Attempts registry) {
    outbox = to;
    attempts = new FlinkAttempts(to, registry);
  }

  /** From now on hooks do nothing. */
  public static void off() {
    attempts = null;
  }

  /** {@code Task.run} begins. */
  public static void enter(Object task) {
    try {
      FlinkAttempts to = attempts;
      if (to != null) {
        to.enter(task);
      }
    } catch (Throwable swallowed) {
      failed();
    }
  }

  /** {@code Task.run} returns or throws. */
  public static void exit(Object task) {
    try {
      FlinkAttempts to = attempts;
      if (to != null) {
        to.exit(task);
      }
    } catch (Throwable swallowed) {
      failed();
    }
  }

  /** A thread begins to work for a task. */
  public static void help(Object work) {
    try {
      FlinkAttempts to = attempts;
      if (to != null) {
        to.help(work);
      }
    } catch (Throwable swallowed) {
      failed();
    }
  }

  /** A thread's work for a task returns or throws. */
  public static void helped(Object work) {
    try {
      FlinkAttempts to = attempts;
      if (to != null) {
        to.helped(work);
      }
    } catch (Throwable swallowed) {
      failed();
    }
  }

  private static void failed() {
    FAILURES.incrementAndGet();
    Outbox to = outbox;
    if (to != null) {
      to.lost(Stream.ATTEMPTS);
    }
  }

  /** How often a hook failed and kept quiet. */
  public static long failures() {
    return FAILURES.get();
  }
}
