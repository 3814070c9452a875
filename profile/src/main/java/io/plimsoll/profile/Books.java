// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.profile;

import io.plimsoll.wire.Metric;
import io.plimsoll.wire.Role;
import java.util.ArrayList;
import java.util.List;

/** Where the CPU time of a run's processes went, and what nothing explains. */
public final class Books {
  /**
   * The books of all processes of one role.
   *
   * @param processes with at least one sample
   * @param attempts task attempts
   * @param processCpuNanos Σ CPU time as the operating system counts it, by the last sample
   * @param attemptCpuNanos Σ CPU time of the attempts' own threads
   * @param gcCpuNanos Σ CPU time of the collectors' threads
   * @param jitCpuNanos Σ CPU time of the compilers' threads
   * @param agentCpuNanos Σ CPU time of the agent's threads
   * @param residualCpuNanos process minus all of these: driver code, shuffle and network threads;
   *     negative when more was attributed than used
   */
  public record Line(
      Role role,
      long processes,
      long attempts,
      long processCpuNanos,
      long attemptCpuNanos,
      long gcCpuNanos,
      long jitCpuNanos,
      long agentCpuNanos,
      long residualCpuNanos) {}

  private Books() {}

  /** One line for each role that has processes in this run, in the order of {@link Role}. */
  public static List<Line> of(RunProfile run) {
    List<Line> lines = new ArrayList<>();
    for (Role role : Role.values()) {
      List<ProcessProfile> processes =
          run.processes(role).stream().filter(process -> process.lastSampleMillis() > 0).toList();
      if (!processes.isEmpty()) {
        lines.add(line(role, processes));
      }
    }
    return lines;
  }

  private static Line line(Role role, List<ProcessProfile> processes) {
    AttemptSums attempts =
        processes.stream()
            .map(ProcessProfile::attempts)
            .reduce(AttemptSums.ZERO, AttemptSums::plus);
    long cpu = processes.stream().mapToLong(RunCosts::cpuNanos).sum();
    long gc = sum(processes, Metric.CPU_GC);
    long jit = sum(processes, Metric.CPU_JIT);
    long agent = sum(processes, Metric.CPU_AGENT);
    return new Line(
        role,
        processes.size(),
        attempts.attempts(),
        cpu,
        attempts.cpuNanos(),
        gc,
        jit,
        agent,
        cpu - attempts.cpuNanos() - gc - jit - agent);
  }

  private static long sum(List<ProcessProfile> processes, Metric counter) {
    return processes.stream().mapToLong(process -> process.counter(counter, 0)).sum();
  }
}
