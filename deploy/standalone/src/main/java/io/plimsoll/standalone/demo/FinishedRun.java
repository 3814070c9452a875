// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.demo;

import io.plimsoll.diagnosis.finding.Finding;
import io.plimsoll.embedded.ProcessUsage;
import io.plimsoll.profile.ContainerSize;
import io.plimsoll.profile.RunCosts;
import io.plimsoll.profile.RunProfile;
import io.plimsoll.tuner.recommendation.Recommendation;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One run of the demo's job, over and measured.
 *
 * @param label A for the first sizing, B for the advised one
 * @param settings the Spark settings it was submitted with
 * @param submitMillis from submit to the driver's exit
 * @param checksum of the job's results, empty when the job wrote none
 * @param executors what the kernel counted for its executors
 * @param driver what the kernel counted for its driver
 */
public record FinishedRun(
    String label,
    Map<String, String> settings,
    RunProfile profile,
    List<Finding> findings,
    Optional<Recommendation> recommendation,
    int exitCode,
    long submitMillis,
    String checksum,
    List<ProcessUsage> executors,
    ProcessUsage driver,
    AttemptJoin join) {
  public FinishedRun {
    settings = Map.copyOf(settings);
    findings = List.copyOf(findings);
    executors = List.copyOf(executors);
  }

  public long wallMillis() {
    return profile.wallMillis();
  }

  /** What one executor was charged. */
  public ContainerSize container() {
    return ContainerSize.executor(settings);
  }

  public RunCosts costs() {
    return RunCosts.of(profile);
  }

  public long failedTasks() {
    return profile.engineSums().failedTasks();
  }

  /** The highest resident set of any executor, by the kernel's own high-water mark. */
  public long peakExecutorRssBytes() {
    return executors.stream().mapToLong(ProcessUsage::peakRssBytes).max().orElse(0);
  }

  /** The kernel's CPU count for all executors, ns. */
  public long executorCpuNanos() {
    return executors.stream().mapToLong(ProcessUsage::cpuNanos).sum();
  }

  /** The kernel's integral of the executors' resident sets, byte·ms. */
  public long executorRssByteMillis() {
    return executors.stream().mapToLong(ProcessUsage::rssByteMillis).sum();
  }
}
