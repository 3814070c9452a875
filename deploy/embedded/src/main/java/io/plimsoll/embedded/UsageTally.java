// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.embedded;

/** Adds up the looks at one process. Not for several threads at once. */
final class UsageTally {
  private final long pid;
  private final long bootEpochMillis;
  private final long startTicks;
  private final long firstSeenEpochMillis;
  private String commandLine = "";
  private long lastSeenEpochMillis;
  private long cpuNanos;
  private long rssBytes;
  private long peakRssBytes;
  private long rssByteMillis;
  private boolean alive = true;

  UsageTally(
      long pid, long bootEpochMillis, String commandLine, ProcReading first, long nowMillis) {
    this.pid = pid;
    this.bootEpochMillis = bootEpochMillis;
    startTicks = first.startTicks();
    firstSeenEpochMillis = nowMillis;
    lastSeenEpochMillis = nowMillis;
    add(commandLine, first, nowMillis);
  }

  boolean isAlive() {
    return alive;
  }

  boolean isSameProcess(ProcReading reading) {
    return reading.startTicks() == startTicks;
  }

  void add(String commandLineNow, ProcReading reading, long nowMillis) {
    hold(nowMillis);
    cpuNanos = Math.max(cpuNanos, reading.cpuNanos());
    if (reading.ended()) {
      alive = false;
      return;
    }
    rssBytes = reading.rssBytes();
    // Not the maximum over looks: before it becomes the program, a fork shows its parent's memory.
    peakRssBytes = Math.max(reading.peakRssBytes(), reading.rssBytes());
    if (!commandLineNow.isEmpty()) {
      commandLine = commandLineNow;
    }
  }

  /** The process was gone at this look: it ended at some moment since the last one. */
  void end() {
    alive = false;
  }

  ProcessUsage usage() {
    return new ProcessUsage(
        pid,
        commandLine,
        bootEpochMillis + startTicks * ProcReading.NANOS_PER_TICK / 1_000_000,
        firstSeenEpochMillis,
        lastSeenEpochMillis,
        cpuNanos,
        rssBytes,
        peakRssBytes,
        rssByteMillis,
        alive);
  }

  private void hold(long nowMillis) {
    rssByteMillis += rssBytes * Math.max(0, nowMillis - lastSeenEpochMillis);
    lastSeenEpochMillis = Math.max(lastSeenEpochMillis, nowMillis);
  }
}
