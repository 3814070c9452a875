// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.profile;

import io.plimsoll.wire.Role;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one run did and used: the sum of its processes, with what its driver said of it.
 *
 * @param name the application's name, empty until known
 * @param engine lower case, for example spark; empty until known
 * @param engineVersion empty until known
 * @param startMillis epoch milliseconds, -1 until known
 * @param endMillis epoch milliseconds, -1 while running
 * @param complete the driver told the run's end and every process that was heard of has ended or
 *     fallen silent
 * @param config the run's configuration, secrets redacted
 * @param processes ordered by start time, then id
 * @param stages ordered by id and attempt
 * @param jobs ordered by id
 * @param executors ordered by the time they were added
 * @param details queries, and what else the engine told
 */
public record RunProfile(
    RunKey key,
    String name,
    String engine,
    String engineVersion,
    long startMillis,
    long endMillis,
    boolean complete,
    SortedMap<String, String> config,
    List<ProcessProfile> processes,
    List<StageProfile> stages,
    List<JobProfile> jobs,
    List<ExecutorProfile> executors,
    RunDetails details) {
  public RunProfile {
    config = Collections.unmodifiableSortedMap(new TreeMap<>(config));
    processes = List.copyOf(processes);
    stages = List.copyOf(stages);
    jobs = List.copyOf(jobs);
    executors = List.copyOf(executors);
  }

  /** A run of which nothing else was told. */
  public RunProfile(
      RunKey key,
      String name,
      String engine,
      String engineVersion,
      long startMillis,
      long endMillis,
      boolean complete,
      SortedMap<String, String> config,
      List<ProcessProfile> processes,
      List<StageProfile> stages,
      List<JobProfile> jobs,
      List<ExecutorProfile> executors) {
    this(
        key,
        name,
        engine,
        engineVersion,
        startMillis,
        endMillis,
        complete,
        config,
        processes,
        stages,
        jobs,
        executors,
        RunDetails.NONE);
  }

  /** The same, before anybody knows that nothing more will come. */
  public RunProfile incomplete() {
    return new RunProfile(
        key,
        name,
        engine,
        engineVersion,
        startMillis,
        endMillis,
        false,
        config,
        processes,
        stages,
        jobs,
        executors,
        details);
  }

  /** The same, of this engine and with this as its last moment, in epoch milliseconds. */
  public RunProfile endedAt(long lastMillis, String byEngine) {
    return new RunProfile(
        key,
        name,
        byEngine,
        engineVersion,
        startMillis,
        lastMillis,
        false,
        config,
        processes,
        stages,
        jobs,
        executors,
        details);
  }

  public List<ProcessProfile> processes(Role role) {
    return processes.stream().filter(process -> process.role() == role).toList();
  }

  /** The agent's attempt sums over all processes. */
  public AttemptSums attempts() {
    return processes.stream()
        .map(ProcessProfile::attempts)
        .reduce(AttemptSums.ZERO, AttemptSums::plus);
  }

  /** The engine's sums over all stages. */
  public EngineSums engineSums() {
    return stages.stream().map(StageProfile::engine).reduce(EngineSums.ZERO, EngineSums::plus);
  }

  public Coverage coverage() {
    return processes.stream().map(ProcessProfile::coverage).reduce(Coverage.ZERO, Coverage::plus);
  }

  /** From start to end, or to the last sample while it runs; 0 when unknown. */
  public long wallMillis() {
    if (startMillis < 0) {
      return 0;
    }
    long end =
        endMillis >= 0
            ? endMillis
            : processes.stream()
                .mapToLong(ProcessProfile::lastSampleMillis)
                .max()
                .orElse(startMillis);
    return Math.max(0, end - startMillis);
  }
}
