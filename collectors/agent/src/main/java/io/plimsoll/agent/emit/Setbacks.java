// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.emit;

import java.util.function.Consumer;

/**
 * What a thread that must go on does about errors: it counts them, says the first, and waits longer
 * the more of them follow each other. One thread only.
 */
public final class Setbacks {
  private static final int LONGEST_PAUSE_FACTOR = 32;

  private final String what;
  private final Consumer<String> say;
  private long count;
  private long countBefore;
  private int pauseFactor = 1;
  private boolean isSaid;

  /**
   * @param what begins the line that is said, such as "a sample failed"
   * @param say takes one line for the operator
   */
  public Setbacks(String what, Consumer<String> say) {
    this.what = what;
    this.say = say;
  }

  /** Runs a step; whether it came to its end. Nothing that is thrown leaves this call. */
  public boolean survives(Runnable step) {
    try {
      step.run();
      return true;
    } catch (Throwable error) {
      failed(error);
      return false;
    }
  }

  /** Counts what a step threw that its caller caught. Nothing is thrown. */
  public void failed(Throwable error) {
    count++;
    tell(error);
  }

  private void tell(Throwable failed) {
    try {
      if (!isSaid) {
        say.accept(what + " (" + failed + "); it is counted, as later ones are; the job runs on");
        isSaid = true;
      }
    } catch (Throwable unsaid) {
      // Where memory is short the line waits for the next failure.
      count++;
    }
  }

  /**
   * Ends a round of steps: how many times longer than usual to wait for the next one, 1 when all of
   * this round's came to their end.
   */
  public int roundPauseFactor() {
    pauseFactor = count == countBefore ? 1 : Math.min(2 * pauseFactor, LONGEST_PAUSE_FACTOR);
    countBefore = count;
    return pauseFactor;
  }

  /** How many there were. */
  public long count() {
    return count;
  }
}
