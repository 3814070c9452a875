// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/** A submitted application: its driver process, and where its output goes. */
public final class SparkApp implements AutoCloseable {
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final ChildProcess driver;

  SparkApp(ChildProcess driver) {
    this.driver = driver;
  }

  /** The driver's process id. */
  public long pid() {
    return driver.process().pid();
  }

  public boolean isRunning() {
    return driver.process().isAlive();
  }

  public Path stdout() {
    return driver.stdout();
  }

  public Path stderr() {
    return driver.stderr();
  }

  /** Waits for the end. Empty when the application still runs after that time. */
  public OptionalInt waitFor(Duration atMost) throws InterruptedException {
    return driver.process().waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)
        ? OptionalInt.of(driver.process().exitValue())
        : OptionalInt.empty();
  }

  /** Empty while it runs; above 128 when a signal ended it. */
  public OptionalInt exitCode() {
    return isRunning() ? OptionalInt.empty() : OptionalInt.of(driver.process().exitValue());
  }

  /** Ends the driver at once, as a crash would; its executors are then ended by the cluster. */
  public void kill() {
    driver.process().destroyForcibly();
  }

  /** Ends the driver if it still runs: asks first, insists after 5 s. */
  @Override
  public void close() {
    ChildProcess.endAll(List.of(driver), GRACE);
  }
}
