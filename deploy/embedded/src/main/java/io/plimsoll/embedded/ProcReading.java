// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.embedded;

import java.util.Optional;

/**
 * One look at {@code /proc/<pid>/stat} and {@code status}.
 *
 * @param startTicks since boot; with the pid it names one process, not a later one of that number
 * @param ended true for a process that ran to its end and waits to be reaped
 * @param rssBytes 0 when the process has ended
 * @param peakRssBytes 0 when the process has ended
 */
record ProcReading(
    long startTicks, boolean ended, long cpuNanos, long rssBytes, long peakRssBytes) {
  /** Linux shows times to programs in hundredths of a second on every machine Spark runs on. */
  static final long NANOS_PER_TICK = 10_000_000;

  private static final int STATE = 0;
  private static final int USER_TICKS = 11;
  private static final int SYSTEM_TICKS = 12;
  private static final int START_TICKS = 19;

  /** Empty when the process was gone. */
  static Optional<ProcReading> parse(String stat, String status) {
    int nameEnd = stat.lastIndexOf(')');
    if (nameEnd < 0) {
      return Optional.empty();
    }
    String[] fields = stat.substring(nameEnd + 1).strip().split(" ");
    if (fields.length <= START_TICKS) {
      return Optional.empty();
    }
    long ticks = Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[SYSTEM_TICKS]);
    boolean ended = fields[STATE].equals("Z") || fields[STATE].equals("X");
    return Optional.of(
        new ProcReading(
            Long.parseLong(fields[START_TICKS]),
            ended,
            ticks * NANOS_PER_TICK,
            kibibytes(status, "VmRSS:") << 10,
            kibibytes(status, "VmHWM:") << 10));
  }

  private static long kibibytes(String status, String key) {
    for (String line : status.split("\n")) {
      if (line.startsWith(key)) {
        return Long.parseLong(line.substring(key.length()).replace("kB", "").strip());
      }
    }
    return 0;
  }
}
