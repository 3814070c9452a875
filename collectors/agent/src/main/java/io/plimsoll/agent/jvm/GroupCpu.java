// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.jvm;

import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.function.LongUnaryOperator;

/**
 * CPU time of the threads of one thread group, those that ended included as far as they were seen.
 * The agent's threads live in a group of their own, and so does every thread they start: a Kafka
 * client's, whose name no rule can tell from the host's own.
 */
final class GroupCpu {
  private static final class Seen {
    private long nanos;
    private int round;
  }

  private final ThreadGroup group;
  private final LongUnaryOperator cpuNanosOfThread;
  private final Map<Long, Seen> live = new HashMap<>();
  private long total;
  private long kafka;
  private int rounds;

  /** The second argument gives a thread's CPU time by its id, -1 when it is gone. */
  GroupCpu(ThreadGroup group, LongUnaryOperator cpuNanosOfThread) {
    this.group = group;
    this.cpuNanosOfThread = cpuNanosOfThread;
  }

  /** Nanoseconds since the group began; never goes down. */
  long nanos() {
    rounds++;
    Thread[] threads = new Thread[group.activeCount() + 8];
    int count = group.enumerate(threads, true);
    for (int i = 0; i < count; i++) {
      long nanos = cpuNanosOfThread.applyAsLong(threads[i].getId());
      if (nanos >= 0) {
        Seen seen = live.get(threads[i].getId());
        if (seen == null) {
          seen = new Seen();
          live.put(threads[i].getId(), seen);
        }
        seen.round = rounds;
        long used = Math.max(0, nanos - seen.nanos);
        seen.nanos = Math.max(nanos, seen.nanos);
        total += used;
        kafka += threads[i].getName().startsWith("kafka-") ? used : 0;
      }
    }
    for (Iterator<Seen> all = live.values().iterator(); all.hasNext(); ) {
      if (all.next().round != rounds) {
        all.remove();
      }
    }
    return total;
  }

  /** The part of the threads that a Kafka client started, at the last call of {@link #nanos}. */
  long kafkaNanos() {
    return kafka;
  }
}
