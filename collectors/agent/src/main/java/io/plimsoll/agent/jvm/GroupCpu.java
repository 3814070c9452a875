// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.jvm;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.LongUnaryOperator;

/**
 * CPU time of the threads of one thread group, those that ended included as far as they were seen.
 * The agent's threads live in a group of their own, and so does every thread they start: a Kafka
 * client's, whose name no rule can tell from the host's own.
 */
final class GroupCpu {
  private final ThreadGroup group;
  private final LongUnaryOperator cpuNanosOfThread;
  private final Map<Long, Long> live = new HashMap<>();
  private long ended;

  /** The second argument gives a thread's CPU time by its id, -1 when it is gone. */
  GroupCpu(ThreadGroup group, LongUnaryOperator cpuNanosOfThread) {
    this.group = group;
    this.cpuNanosOfThread = cpuNanosOfThread;
  }

  /** Nanoseconds since the group began; never goes down. */
  long nanos() {
    Thread[] threads = new Thread[group.activeCount() + 8];
    int count = group.enumerate(threads, true);
    Set<Long> seen = new HashSet<>();
    for (int i = 0; i < count; i++) {
      long id = threads[i].getId();
      long nanos = cpuNanosOfThread.applyAsLong(id);
      if (nanos >= 0) {
        seen.add(id);
        live.merge(id, nanos, Math::max);
      }
    }
    long total = 0;
    for (Map.Entry<Long, Long> thread : live.entrySet()) {
      if (!seen.contains(thread.getKey())) {
        ended += thread.getValue();
      } else {
        total += thread.getValue();
      }
    }
    live.keySet().retainAll(seen);
    return ended + total;
  }
}
