// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class AgentThreadTest {
  /** Spark's executors install a default handler that ends the JVM. */
  @Test
  void anErrorInTheAgentsThread_neverReachesTheHostsHandler() throws InterruptedException {
    List<Throwable> reached = Collections.synchronizedList(new ArrayList<>());
    Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler((thread, error) -> reached.add(error));
    try {
      Thread thread =
          new AgentThread(
              new ThreadGroup("test"),
              () -> {
                throw new OutOfMemoryError("planted");
              },
              "plimsoll-test");
      thread.start();
      thread.join();
    } finally {
      Thread.setDefaultUncaughtExceptionHandler(before);
    }

    assertThat(reached).isEmpty();
  }
}
