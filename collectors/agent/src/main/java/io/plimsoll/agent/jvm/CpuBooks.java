// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.jvm;

import io.plimsoll.agent.proc.KernelTexts;
import io.plimsoll.agent.proc.Readings;
import io.plimsoll.agent.proc.ThreadCpu;
import io.plimsoll.agent.proc.ThreadRules;
import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.EventKind;
import io.plimsoll.wire.EventNumber;
import io.plimsoll.wire.Metric;
import java.lang.management.ManagementFactory;
import java.util.Map;

/**
 * The process's CPU time by what its threads work for, each group measured: collector, compiler,
 * agent, task threads, named satellites, and threads without a name. No group is derived from
 * another, and no thread is in two.
 */
final class CpuBooks {
  private static final String WALK = "/proc/self/task/*/schedstat";
  private static final int MOST_NAMES = 10;

  private final ThreadCpu threads;
  private final GroupCpu agent;
  private final TaskThreadNames taskThreads;
  private long kafkaNanos;

  CpuBooks(KernelTexts kernel, ThreadGroup agentThreads) {
    threads = new ThreadCpu(kernel);
    agent = new GroupCpu(agentThreads, ManagementFactory.getThreadMXBean()::getThreadCpuTime);
    ThreadGroup top = agentThreads;
    for (ThreadGroup above = top.getParent(); above != null; above = above.getParent()) {
      top = above;
    }
    taskThreads = new TaskThreadNames(top);
  }

  /** Walks all threads. */
  void read(Readings out) {
    // The agent's part is read first: what is taken off a group was then used before.
    out.put(Metric.CPU_AGENT, agent.nanos(), "ThreadMXBean.getThreadCpuTime");
    threads.walk(taskThreads.names());
    if (threads.namesTold()) {
      // All threads were seen: a group that none belongs to used no CPU.
      out.put(Metric.CPU_TASK_THREADS, 0, WALK);
      out.put(Metric.CPU_UNNAMED, 0, WALK);
      readGroups(out, threads.groups());
    } else {
      out.absent(
          "threads have no names here (Linux and a JVM since 9 tell them)",
          Metric.CPU_GC,
          Metric.CPU_JIT,
          Metric.CPU_SATELLITE,
          Metric.CPU_TASK_THREADS,
          Metric.CPU_UNNAMED);
    }
    out.put(Metric.RUN_QUEUE_WAIT, threads.waitNanos(), WALK);
    out.absent("the kernel's schedstat does not move", Metric.RUN_QUEUE_WAIT);
  }

  private void readGroups(Readings out, Map<String, Long> groups) {
    for (Map.Entry<String, Long> entry : groups.entrySet()) {
      String group = entry.getKey();
      long nanos = entry.getValue();
      switch (group) {
        case ThreadRules.GC:
          out.put(Metric.CPU_GC, nanos, WALK);
          break;
        case ThreadRules.JIT:
          out.put(Metric.CPU_JIT, nanos, WALK);
          break;
        case ThreadRules.TASKS:
          out.put(Metric.CPU_TASK_THREADS, nanos, WALK);
          break;
        case ThreadRules.NONE:
          out.put(Metric.CPU_UNNAMED, nanos, WALK);
          break;
        case ThreadRules.AGENT:
          break;
        case ThreadRules.KAFKA:
          // The kernel's names do not tell the agent's own client from the host's.
          kafkaNanos = Math.max(kafkaNanos, nanos - agent.kafkaNanos());
          satellite(out, group, kafkaNanos);
          break;
        default:
          satellite(out, group, nanos);
      }
    }
  }

  private static void satellite(Readings out, String group, long nanos) {
    if (nanos > 0) {
      out.put(Metric.CPU_SATELLITE, group, nanos, WALK);
    }
  }

  /** The largest threads of no group at the last walk. */
  EngineEvent unnamed(long epochMillis) {
    EngineEvent.Builder event =
        EngineEvent.builder(EventKind.THREADS_UNNAMED, epochMillis)
            .put(EventNumber.UNNAMED_NAMES, threads.unnamedCount())
            .put(
                EventNumber.UNNAMED_CPU_NANOS, threads.groups().getOrDefault(ThreadRules.NONE, 0L));
    threads
        .largestUnnamed(MOST_NAMES)
        .forEach((name, nanos) -> event.property(name, Long.toString(nanos)));
    return event.build();
  }
}
