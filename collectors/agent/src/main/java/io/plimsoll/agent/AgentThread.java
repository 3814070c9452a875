// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent;

/**
 * A daemon thread of the agent, in the agent's thread group. Hosts such as Spark's executors end
 * their JVM on any thread's uncaught error: never on one of these, which says it and ends alone.
 */
final class AgentThread extends Thread implements Thread.UncaughtExceptionHandler {
  private static final String GROUP = "plimsoll";

  AgentThread(ThreadGroup group, Runnable work, String name) {
    super(group, work, name);
    setDaemon(true);
    setUncaughtExceptionHandler(this);
    setContextClassLoader(AgentThread.class.getClassLoader());
  }

  /** A new group for the agent's threads, below the JVM's topmost. */
  static ThreadGroup group() {
    ThreadGroup top = Thread.currentThread().getThreadGroup();
    for (ThreadGroup above = top.getParent(); above != null; above = above.getParent()) {
      top = above;
    }
    return new ThreadGroup(top, GROUP);
  }

  @Override
  public void uncaughtException(Thread thread, Throwable error) {
    Agent.say(thread.getName() + " ends (" + error + "); the job runs on");
  }
}
