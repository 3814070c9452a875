// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.emit;

import java.util.concurrent.atomic.AtomicInteger;

/** Runs something when it was run itself a number of times, from any threads. */
final class Countdown implements Runnable {
  private final AtomicInteger left;
  private final Runnable then;

  Countdown(int times, Runnable then) {
    this.left = new AtomicInteger(times);
    this.then = then;
  }

  @Override
  public void run() {
    if (left.decrementAndGet() == 0) {
      then.run();
    }
  }
}
