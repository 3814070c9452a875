// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.bench.child;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A host that does nothing: a hundred threads that wait and 32 MiB of heap. */
public final class Idle {
  private static final int THREADS = 100;
  private static final int MEBIBYTES = 32;

  private Idle() {}

  /** {@code SECONDS}. */
  public static void main(String[] args) throws InterruptedException {
    CountDownLatch end = new CountDownLatch(1);
    for (int i = 0; i < THREADS; i++) {
      Thread thread = new Thread(() -> await(end), "idle-" + i);
      thread.setDaemon(true);
      thread.start();
    }
    List<byte[]> held = new ArrayList<>();
    for (int i = 0; i < MEBIBYTES; i++) {
      held.add(new byte[1 << 20]);
    }
    System.out.println("main " + System.nanoTime());
    Thread.sleep(Long.parseLong(args[0]) * 1000);
    System.out.println("checksum " + held.size());
  }

  private static void await(CountDownLatch end) {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
