// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.spark;

import io.plimsoll.agent.emit.Outbox;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What the woven bytecode calls, on the host's own threads. Nothing that happens here reaches the
 * host: failures are counted. Public because Spark's classes call it.
 */
public final class Hook {
  private static final AtomicLong FAILURES = new AtomicLong();

  private static volatile @Nullable TaskAttempts attempts;
  private static volatile @Nullable DriverWatch driver;

  private Hook() {}

  /** From now on attempts and driver events go to this outbox. */
  public static void install(Outbox outbox) {
    attempts = new TaskAttempts(outbox, new ThreadCounters());
    driver = new DriverWatch(outbox);
  }

  /** {@code TaskRunner.run} begins. */
  public static void enter(Object taskRunner) {
    try {
      TaskAttempts to = attempts;
      if (to != null) {
        to.enter(taskRunner);
      }
    } catch (Throwable swallowed) {
      FAILURES.incrementAndGet();
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
      FAILURES.incrementAndGet();
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

  /** A SparkContext is about to start its listener bus. */
  public static void context(Object sparkContext) {
    try {
      DriverWatch to = driver;
      if (to != null) {
        to.join(sparkContext);
      }
    } catch (Throwable swallowed) {
      FAILURES.incrementAndGet();
    }
  }

  /** Whether a SparkContext of this JVM has started and not yet announced its end. */
  public static boolean isApplicationOpen() {
    DriverWatch of = driver;
    return of != null && of.isApplicationOpen();
  }

  /** How often a hook failed and kept quiet. */
  public static long failures() {
    return FAILURES.get();
  }
}
