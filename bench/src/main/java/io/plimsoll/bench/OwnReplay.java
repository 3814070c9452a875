// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.bench;

import io.plimsoll.engines.spark.EventLog;
import io.plimsoll.engines.spark.EventLogTotals;
import io.plimsoll.engines.spark.LogReading;
import io.plimsoll.engines.spark.SparkEventLog;
import io.plimsoll.profile.ProcessFold;
import io.plimsoll.profile.RunFold;
import io.plimsoll.profile.RunProfile;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Reads an event log with our reader, in a JVM of its own. */
public final class OwnReplay {
  private OwnReplay() {}

  /**
   * Arguments: the log, and {@code totals} or {@code profile}: what is made of the events. Prints
   * one line of {@link LogRun}.
   */
  public static void main(String[] args) throws Exception {
    EventLog log = SparkEventLog.open(Path.of(args[0])).get(0);
    long start = System.nanoTime();
    if (args[1].equals("totals")) {
      EventLogTotals totals = new EventLogTotals();
      LogReading reading = log.read(totals);
      long nanos = System.nanoTime() - start;
      System.out.println(LogRun.measured(nanos, reading.rawBytes(), totals.tasks()).line());
      return;
    }
    ProcessFold[] fold = new ProcessFold[1];
    LogReading reading =
        log.envelopes(
            "bench",
            envelope -> {
              if (fold[0] == null) {
                fold[0] = ProcessFold.of(envelope.identity().process());
              }
              fold[0].add(envelope);
            });
    RunProfile profile =
        RunFold.profile(
            Objects.requireNonNull(fold[0].run(), "a log names its application"),
            List.of(fold[0]),
            Set.of(fold[0].process()));
    long nanos = System.nanoTime() - start;
    long tasks = profile.stages().stream().mapToLong(stage -> stage.engine().tasks()).sum();
    System.out.println(LogRun.measured(nanos, reading.rawBytes(), tasks).line());
  }
}
