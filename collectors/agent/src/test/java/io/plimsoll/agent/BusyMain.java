// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * A program for child JVMs: uses CPU in threads of known names and in a child process, and ends
 * while all of them are still there. Arguments: a folder in which the agent's recording appears,
 * and a command that answers with a line and waits for the end of its input.
 */
public final class BusyMain {
  private static final long BUSY_NANOS = 100_000_000L;
  private static final long LONGEST_NANOS = 60_000_000_000L;

  private BusyMain() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    long end = System.nanoTime() + LONGEST_NANOS;
    CountDownLatch done = new CountDownLatch(2);
    start("netty-busy-1", done);
    start("burner-7", done);
    Process child = new ProcessBuilder(arguments[1], arguments[2], arguments[3]).start();
    int answer = child.getInputStream().read();
    done.await();
    System.gc();
    while (System.nanoTime() - end < 0 && !hasRecording(Paths.get(arguments[0]))) {
      Thread.yield();
    }
    System.out.println("answer " + (char) answer);
  }

  private static boolean hasRecording(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.anyMatch(file -> file.toString().endsWith(".rec"));
    }
  }

  private static void start(String name, CountDownLatch done) {
    Thread thread =
        new Thread(
            () -> {
              long used = 0;
              while (used < BUSY_NANOS) {
                used = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
              }
              done.countDown();
              while (true) {
                LockSupport.park(done);
              }
            },
            name);
    thread.setDaemon(true);
    thread.start();
  }
}
