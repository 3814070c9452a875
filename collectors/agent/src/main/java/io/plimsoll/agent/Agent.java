// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent;

import io.plimsoll.agent.attempt.Attempts;
import io.plimsoll.agent.emit.Outbox;
import io.plimsoll.agent.spark.Hook;
import io.plimsoll.agent.weave.HookTransformer;
import io.plimsoll.wire.ProcessIdentity;
import io.plimsoll.wire.Role;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The entry that the JVM calls before {@code main}, or in a running JVM. It reads the options,
 * registers the hooks and starts one daemon thread that does all the rest; it never throws and
 * never ends the JVM.
 */
public final class Agent {
  /** A system property that is set once the agent is at work in this JVM. */
  public static final String ATTACHED_PROPERTY = "plimsoll.agent.attached";

  private static final AtomicBoolean ATTACHED = new AtomicBoolean();

  private static volatile boolean inside;

  private Agent() {}

  /** Before the host's {@code main}. */
  public static void premain(@Nullable String options, Instrumentation instrumentation) {
    attach(options, instrumentation, false);
  }

  /** In a JVM that runs already: classes that are loaded get their hooks, too. */
  public static void agentmain(@Nullable String options, Instrumentation instrumentation) {
    attach(options, instrumentation, true);
  }

  private static void attach(
      @Nullable String options, Instrumentation instrumentation, boolean running) {
    try {
      if (isOff()) {
        say("switched off by plimsoll.agent.off or PLIMSOLL_AGENT_OFF" + AgentOptions.IDLE);
        return;
      }
      AgentOptions parsed = AgentOptions.parse(options);
      if (!isFirst()) {
        say("the agent is attached already; this second option line is ignored");
        return;
      }
      Beginning beginning = new Beginning(parsed, instrumentation);
      // Only in a running JVM are there loaded classes to be woven again; a transformer that may
      // be asked for that costs each class that any host ever loads a second look.
      instrumentation.addTransformer(beginning, running);
      boolean started = false;
      try {
        if (running) {
          hookLoadedClasses(instrumentation);
        }
        new AgentThread(AgentThread.group(), beginning, "plimsoll-agent").start();
        started = true;
      } finally {
        if (!started) {
          beginning.takeOut();
        }
      }
    } catch (OptionException wrong) {
      say(String.valueOf(wrong.getMessage()));
    } catch (Throwable unexpected) {
      say("the agent cannot start (" + unexpected + ")" + AgentOptions.IDLE);
    }
  }

  private static boolean isOff() {
    return Boolean.getBoolean("plimsoll.agent.off")
        || "1".equals(System.getenv("PLIMSOLL_AGENT_OFF"));
  }

  /**
   * Starts the agent without instrumentation, from code that runs in the host: false when the JVM
   * has an agent already, or when the options are wrong. The executor's id is Spark's own, "driver"
   * for the driver.
   */
  public static boolean startInside(String options, String executorId) {
    try {
      if (isOff()) {
        say("switched off by plimsoll.agent.off or PLIMSOLL_AGENT_OFF" + AgentOptions.IDLE);
        return false;
      }
      AgentOptions parsed = AgentOptions.parse(options);
      if (!isFirst()) {
        return false;
      }
      inside = true;
      Outbox outbox = new Outbox();
      Attempts attempts = new Attempts(outbox);
      Hook.install(outbox, attempts);
      Hook.withoutNames();
      outbox.identify(now -> placedBySpark(now, executorId));
      AgentSession session = new AgentSession(parsed, outbox, attempts, Hook::off);
      new AgentThread(AgentThread.group(), session, "plimsoll-agent").start();
      return true;
    } catch (OptionException wrong) {
      say(String.valueOf(wrong.getMessage()));
    } catch (Throwable unexpected) {
      say("the agent cannot start (" + unexpected + ")" + AgentOptions.IDLE);
    }
    return false;
  }

  /** The context of a driver names its application itself, later. */
  private static ProcessIdentity placedBySpark(ProcessIdentity now, String executorId) {
    boolean driver = executorId.equals("driver");
    return now.role() != Role.OTHER
        ? now
        : now.toBuilder()
            .role(driver ? Role.DRIVER : Role.EXECUTOR)
            .executorId(driver ? "" : executorId)
            .build();
  }

  /** Whether the agent of this JVM was started by {@link #startInside}. */
  public static boolean isInside() {
    return inside;
  }

  private static boolean isFirst() {
    return ATTACHED.compareAndSet(false, true)
        && System.getProperties().putIfAbsent(ATTACHED_PROPERTY, "true") == null;
  }

  private static void hookLoadedClasses(Instrumentation instrumentation) {
    for (Class<?> loaded : instrumentation.getAllLoadedClasses()) {
      if (HookTransformer.isTarget(loaded.getName()) && instrumentation.isModifiableClass(loaded)) {
        try {
          instrumentation.retransformClasses(loaded);
        } catch (UnmodifiableClassException | RuntimeException | LinkageError refused) {
          say(
              "cannot hook "
                  + loaded.getName()
                  + " in a running JVM ("
                  + refused
                  + "); the job runs without what it would have told");
        }
      }
    }
  }

  static void say(String line) {
    System.err.println("plimsoll: " + line);
  }
}
