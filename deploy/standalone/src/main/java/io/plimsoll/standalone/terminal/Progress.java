// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.terminal;

import java.io.PrintWriter;
import java.util.function.LongSupplier;

/**
 * A bar on standard error while long work goes on; silent when nobody watches. Work is long when it
 * is not done after a second. Not thread-safe.
 */
public final class Progress implements AutoCloseable {
  private static final long QUIET_NANOS = 1_000_000_000L;
  private static final long ROUND_NANOS = 200_000_000L;
  private static final int BAR = 24;
  private static final int MOST = 78;

  private final PrintWriter err;
  private final boolean isWatched;
  private final LongSupplier nanoClock;
  private final long whole;
  private final long startNanos;
  private long done;
  private long lastNanos;
  private boolean isShown;

  /**
   * @param whole the amount of all work, in any unit
   */
  public Progress(PrintWriter err, boolean isWatched, LongSupplier nanoClock, long whole) {
    this.err = err;
    this.isWatched = isWatched;
    this.nanoClock = nanoClock;
    this.whole = Math.max(1, whole);
    this.startNanos = nanoClock.getAsLong();
    this.lastNanos = startNanos;
  }

  /** Some of the work is done. */
  public void done(long amount) {
    done += amount;
  }

  /** Says what goes on, five times a second at the most. */
  public void tick(String what) {
    if (!isWatched) {
      return;
    }
    long now = nanoClock.getAsLong();
    if (now - startNanos < QUIET_NANOS || (isShown && now - lastNanos < ROUND_NANOS)) {
      return;
    }
    lastNanos = now;
    isShown = true;
    int full = (int) (BAR * Math.min(done, whole) / whole);
    String bar = "#".repeat(full) + "-".repeat(BAR - full);
    err.print("\r[" + bar + "] " + pad(Safe.cut(what, MOST - BAR - 3)));
    err.flush();
  }

  private static String pad(String text) {
    return text + " ".repeat(Math.max(0, MOST - BAR - 3 - Safe.columns(text)));
  }

  /** Takes the bar off the screen. */
  @Override
  public void close() {
    if (isShown) {
      err.print("\r" + " ".repeat(MOST + 2) + "\r");
      err.flush();
    }
  }
}
