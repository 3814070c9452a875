// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent;

import io.plimsoll.agent.attempt.Attempts;
import io.plimsoll.agent.emit.Outbox;
import io.plimsoll.agent.flink.FlinkHook;
import io.plimsoll.agent.flink.RestDiscovery;
import io.plimsoll.agent.spark.Hook;
import io.plimsoll.agent.weave.HookTransformer;
import java.lang.instrument.Instrumentation;
import org.jspecify.annotations.Nullable;

/**
 * What {@code premain} leaves for later, so that the host's {@code main} begins sooner: the hooks
 * and the session. The agent's own thread does it. A class that takes a hook may be loaded before
 * that thread came so far; whoever loads it then installs the hooks first, or waits a moment for
 * them, so that no attempt is missed. No lock is held while classes are loaded: a host's loader may
 * have one of its own.
 */
final class Beginning extends HookTransformer implements Runnable {
  private static final long LONGEST_WAIT_NANOS = 1_000_000_000L;
  private static final int MOST_WAITS = 60;

  private final AgentOptions options;
  private final Instrumentation instrumentation;
  private boolean begun;
  private @Nullable Hooked hooked;

  /** Where hooks lead to. */
  private static final class Hooked {
    private final Outbox outbox = new Outbox();
    private final Attempts attempts = new Attempts(outbox);

    private Hooked() {
      Hook.install(outbox, attempts);
      FlinkHook.install(outbox, attempts);
      RestDiscovery.install(outbox);
    }
  }

  Beginning(AgentOptions options, Instrumentation instrumentation) {
    this.options = options;
    this.instrumentation = instrumentation;
  }

  /** The agent's thread. */
  @Override
  public void run() {
    Hooked ours = null;
    try {
      for (int i = 0; ours == null && i < MOST_WAITS; i++) {
        ours = hooked();
      }
    } finally {
      if (ours == null) {
        takeOut();
      }
    }
    if (ours == null) {
      Agent.say("the agent's hooks cannot be installed" + AgentOptions.IDLE);
      return;
    }
    Runnable detach =
        new Runnable() {
          @Override
          public void run() {
            takeOut();
          }
        };
    new AgentSession(options, ours.outbox, ours.attempts, detach).run();
  }

  @Override
  protected void prepare() {
    hooked();
  }

  /** Null when another thread is about to install the hooks and takes longer than a second. */
  private @Nullable Hooked hooked() {
    if (isFirst()) {
      Hooked fresh = null;
      try {
        fresh = new Hooked();
      } finally {
        tell(fresh);
      }
      return fresh;
    }
    return await(System.nanoTime() + LONGEST_WAIT_NANOS);
  }

  private synchronized boolean isFirst() {
    boolean first = !begun;
    begun = true;
    return first;
  }

  /** After a failure, told by null, whoever comes next tries again. */
  private synchronized void tell(@Nullable Hooked fresh) {
    hooked = fresh;
    begun = fresh != null;
    notifyAll();
  }

  private synchronized @Nullable Hooked await(long untilNanos) {
    try {
      for (long left = 1; hooked == null && left > 0; left = untilNanos - System.nanoTime()) {
        wait(1 + left / 1_000_000L);
      }
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
    return hooked;
  }

  /** Takes the hooks out again: without a session behind them they would cost and tell nobody. */
  void takeOut() {
    instrumentation.removeTransformer(this);
    Hook.off();
    FlinkHook.off();
  }
}
