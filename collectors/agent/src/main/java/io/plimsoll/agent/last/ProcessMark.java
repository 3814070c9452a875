// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.last;

import io.plimsoll.agent.proc.KernelFile;
import java.io.File;
import org.jspecify.annotations.Nullable;

/**
 * Which process a file belongs to: process ids are used again, so the kernel's boot, the namespace
 * that the id counts in, and the start time in clock ticks belong to it. So does where it sends to:
 * an agent that sends elsewhere must leave its records alone.
 */
final class ProcessMark {
  private static final int START_TICKS_FIELD = 19;

  private final String bootId;
  private final String namespace;
  private final long pid;
  private final long startTicks;
  private final String destination;

  ProcessMark(String bootId, String namespace, long pid, long startTicks, String destination) {
    this.destination = destination;
    this.bootId = bootId;
    this.namespace = namespace;
    this.pid = pid;
    this.startTicks = startTicks;
  }

  /** This process, or null where the platform cannot tell. */
  static @Nullable ProcessMark ofThisProcess(long pid, String destination) {
    String boot = KernelFile.textOf("/proc/sys/kernel/random/boot_id");
    String namespace = namespaceOfThisProcess();
    long ticks = startTicks("self");
    return boot == null || ticks < 0 || pid <= 0
        ? null
        : new ProcessMark(
            boot.trim(), namespace, pid, ticks, Integer.toHexString(destination.hashCode()));
  }

  /** The mark in a text that {@link #toString} made, or null when it is none. */
  static @Nullable ProcessMark parse(String text) {
    String[] parts = text.trim().split(" ", -1);
    if (parts.length != 5) {
      return null;
    }
    try {
      return new ProcessMark(
          parts[0], parts[1], Long.parseLong(parts[2]), Long.parseLong(parts[3]), parts[4]);
    } catch (NumberFormatException damaged) {
      return null;
    }
  }

  /** Whether this process can tell anything about the other one. */
  boolean canJudge(ProcessMark other) {
    return !bootId.equals(other.bootId) || namespace.equals(other.namespace);
  }

  /** Whether the other process, which this one can judge, is there still. */
  boolean isAlive(ProcessMark other) {
    return bootId.equals(other.bootId) && startTicks(Long.toString(other.pid)) == other.startTicks;
  }

  /** Whether both send to the same place. */
  boolean isBoundForTheSame(ProcessMark other) {
    return destination.equals(other.destination);
  }

  long pid() {
    return pid;
  }

  long startTicks() {
    return startTicks;
  }

  /** The same boot and namespace with another process. */
  ProcessMark with(long otherPid, long otherTicks) {
    return new ProcessMark(bootId, namespace, otherPid, otherTicks, destination);
  }

  @Override
  public String toString() {
    return bootId + " " + namespace + " " + pid + " " + startTicks + " " + destination;
  }

  private static String namespaceOfThisProcess() {
    try {
      String path = new File("/proc/self/ns/pid").getCanonicalFile().getName();
      return path.replaceAll("[^0-9]", "");
    } catch (java.io.IOException unknown) {
      return "";
    }
  }

  /** -1 when there is no such process. */
  private static long startTicks(String pid) {
    String stat = KernelFile.textOf("/proc/" + pid + "/stat");
    int behindName = stat == null ? -1 : stat.lastIndexOf(')');
    if (stat == null || behindName < 0) {
      return -1;
    }
    String[] fields = stat.substring(behindName + 1).trim().split(" ");
    try {
      boolean isDead = fields[0].equals("Z") || fields[0].equals("X");
      return isDead || fields.length <= START_TICKS_FIELD
          ? -1
          : Long.parseLong(fields[START_TICKS_FIELD]);
    } catch (NumberFormatException unreadable) {
      return -1;
    }
  }
}
