// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.profile;

import io.plimsoll.wire.Metric;
import io.plimsoll.wire.MetricKey;
import io.plimsoll.wire.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** Where the CPU time of a run's processes went, and what nothing explains. */
public final class Books {
  /**
   * The books of all processes of one role.
   *
   * @param processes with at least one sample
   * @param attempts task attempts
   * @param processCpuNanos Σ CPU time as the operating system counts it, by the last sample
   * @param attemptCpuNanos Σ CPU time of the attempts' own and helper threads, those that still run
   *     included
   * @param gcCpuNanos Σ CPU time of the collectors' threads
   * @param jitCpuNanos Σ CPU time of the compilers' threads
   * @param agentCpuNanos Σ CPU time of the agent's threads
   * @param satelliteCpuNanos Σ CPU time of the threads that are known by name: network, shuffle,
   *     the engine's own loops, finalizers
   * @param residualCpuNanos process minus all of these; negative when more was attributed than used
   * @param gcOfAttemptsCpuNanos the part of the collectors' CPU that is charged to attempts, see
   *     {@link #gcCharge}; no part of the sum
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
      long satelliteCpuNanos,
      long residualCpuNanos,
      long gcOfAttemptsCpuNanos) {
    /** Everything that was attributed. */
    public long toldCpuNanos() {
      return attemptCpuNanos + gcCpuNanos + jitCpuNanos + agentCpuNanos + satelliteCpuNanos;
    }
  }

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
            .map(process -> process.attempts().plus(process.running()))
            .reduce(AttemptSums.ZERO, AttemptSums::plus);
    long cpu = processes.stream().mapToLong(RunCosts::cpuNanos).sum();
    long gc = sum(processes, Metric.CPU_GC);
    long jit = sum(processes, Metric.CPU_JIT);
    long agent = sum(processes, Metric.CPU_AGENT);
    long satellites = processes.stream().mapToLong(Books::satellites).sum();
    long told = attempts.cpuNanos() + gc + jit + agent + satellites;
    return new Line(
        role,
        processes.size(),
        attempts.attempts(),
        cpu,
        attempts.cpuNanos(),
        gc,
        jit,
        agent,
        satellites,
        cpu - told,
        processes.stream()
            .mapToLong(process -> gcCharge(process, process.attempts().plus(process.running())))
            .sum());
  }

  /** CPU time of the process that neither attempts nor any measured thread explains. */
  public static long residualNanos(ProcessProfile process) {
    return RunCosts.cpuNanos(process)
        - process.attempts().cpuNanos()
        - process.running().cpuNanos()
        - process.counter(Metric.CPU_GC, 0)
        - process.counter(Metric.CPU_JIT, 0)
        - process.counter(Metric.CPU_AGENT, 0)
        - satellites(process);
  }

  /**
   * The collectors' CPU time that these attempts of the process caused: in proportion to the bytes
   * they allocated of all that were allocated in it. Spark's own {@code jvmGCTime} charges each of
   * N concurrent tasks with the whole collection.
   *
   * @return nanoseconds; 0 when nothing was allocated or the collectors' CPU is not known
   */
  public static long gcCharge(ProcessProfile process, AttemptSums attempts) {
    long byAttempts = process.attempts().allocatedBytes() + process.running().allocatedBytes();
    long all = Math.max(process.counter(Metric.ALLOCATED, 0), byAttempts);
    if (all <= 0) {
      return 0;
    }
    return Math.round(
        (double) process.counter(Metric.CPU_GC, 0) * ((double) attempts.allocatedBytes() / all));
  }

  /** Adds what nothing explains to a window's values, where the process's own CPU was told. */
  static void close(SortedMap<String, Long> window) {
    Long cpu = window.get(growth(Metric.PROCESS_CPU));
    if (cpu == null) {
      return;
    }
    long told = window.getOrDefault(RollupValue.ATTEMPT_CPU_DURING, 0L);
    for (Metric part : List.of(Metric.CPU_GC, Metric.CPU_JIT, Metric.CPU_AGENT)) {
      told += window.getOrDefault(growth(part), 0L);
    }
    String satellite = growth(Metric.CPU_SATELLITE);
    for (Map.Entry<String, Long> value : window.tailMap(satellite).entrySet()) {
      if (!value.getKey().startsWith(satellite)) {
        break;
      }
      told += value.getValue();
    }
    window.put(RollupValue.RESIDUAL_CPU, cpu - told);
  }

  private static String growth(Metric metric) {
    return RollupValue.growth(MetricKey.of(metric));
  }

  private static long satellites(ProcessProfile process) {
    return process.counters().entrySet().stream()
        .filter(counter -> counter.getKey().metric() == Metric.CPU_SATELLITE)
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  private static long sum(List<ProcessProfile> processes, Metric counter) {
    return processes.stream().mapToLong(process -> process.counter(counter, 0)).sum();
  }
}
