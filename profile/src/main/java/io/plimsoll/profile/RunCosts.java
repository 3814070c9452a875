// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.profile;

import io.plimsoll.wire.Metric;
import io.plimsoll.wire.Role;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a run was given and what it used, its driver on a line of its own.
 *
 * @param executors all executors together
 * @param driver the driver
 */
public record RunCosts(Line executors, Line driver) {
  private static final long UNKNOWN = -1;

  /**
   * What processes were given and what they used. Memory over time is in MiB·ms: a long holds a
   * thousand executors of 32 GiB for nine years of it, but of byte·ms not an hour.
   *
   * @param allocatedMebibyteMillis Σ container size × lifetime; -1 when the run's configuration is
   *     not known or holds a size that Spark could not read either
   * @param allocatedCoreMillis Σ cores × lifetime
   * @param usedRssMebibyteMillis ∫ resident set, over the time that was observed
   * @param usedLiveMebibyteMillis ∫ (live set + metaspace, code cache and direct buffers), an upper
   *     estimate: the live set is held at the lowest heap level after a collection in each window,
   *     until the next window that had one; -1 when a process had no collection at all
   * @param usedCpuNanos Σ CPU time of the processes
   */
  public record Line(
      long allocatedMebibyteMillis,
      long allocatedCoreMillis,
      long usedRssMebibyteMillis,
      long usedLiveMebibyteMillis,
      long usedCpuNanos) {
    /** Nothing given, nothing used. */
    public static final Line ZERO = new Line(0, 0, 0, 0, 0);

    /** The sum; what is unknown in one of them is unknown in it. */
    public Line plus(Line other) {
      return new Line(
          known(allocatedMebibyteMillis, other.allocatedMebibyteMillis),
          allocatedCoreMillis + other.allocatedCoreMillis,
          usedRssMebibyteMillis + other.usedRssMebibyteMillis,
          known(usedLiveMebibyteMillis, other.usedLiveMebibyteMillis),
          usedCpuNanos + other.usedCpuNanos);
    }

    /** Negative when unknown. */
    public double allocatedGiBSeconds() {
      return gibSeconds(allocatedMebibyteMillis);
    }

    public double allocatedCoreSeconds() {
      return allocatedCoreMillis / 1e3;
    }

    public double usedRssGiBSeconds() {
      return gibSeconds(usedRssMebibyteMillis);
    }

    /** Negative when unknown. */
    public double usedLiveGiBSeconds() {
      return gibSeconds(usedLiveMebibyteMillis);
    }

    public double usedCpuSeconds() {
      return usedCpuNanos / 1e9;
    }

    private static double gibSeconds(long mebibyteMillis) {
      return mebibyteMillis < 0 ? UNKNOWN : mebibyteMillis / 1024.0 / 1e3;
    }

    private static long known(long one, long other) {
      return one < 0 || other < 0 ? UNKNOWN : one + other;
    }
  }

  /** The costs of this run, up to now while it runs. */
  public static RunCosts of(RunProfile run) {
    Line executors = Line.ZERO;
    Set<String> seen = new HashSet<>();
    for (ExecutorProfile executor : run.executors()) {
      if (!executor.executorId().equals("driver")) {
        seen.add(executor.executorId());
        executors = executors.plus(given(run, executor));
      }
    }
    for (ProcessProfile process : run.processes(Role.EXECUTOR)) {
      if (!seen.contains(process.identity().executorId())) {
        executors =
            executors.plus(
                given(run, Role.EXECUTOR, cores(run, process), process.lifetimeMillis()));
      }
      executors = executors.plus(used(process));
    }
    Line driver = Line.ZERO;
    List<ProcessProfile> drivers = run.processes(Role.DRIVER);
    for (ProcessProfile process : drivers) {
      driver = driver.plus(given(run, Role.DRIVER, driverCores(run), process.lifetimeMillis()));
      driver = driver.plus(used(process));
    }
    if (drivers.isEmpty() && run.startMillis() >= 0) {
      driver = driver.plus(given(run, Role.DRIVER, driverCores(run), run.wallMillis()));
    }
    return new RunCosts(executors, driver);
  }

  /** Executors and driver together. */
  public Line total() {
    return executors.plus(driver);
  }

  /** As the driver saw it: from its being added to its removal, else to the end of the run. */
  private static Line given(RunProfile run, ExecutorProfile executor) {
    long end = executor.removedMillis();
    if (end < 0) {
      end = run.endMillis();
    }
    if (end < 0) {
      end =
          run.processes(Role.EXECUTOR).stream()
              .filter(process -> process.identity().executorId().equals(executor.executorId()))
              .mapToLong(ProcessProfile::lastSampleMillis)
              .max()
              .orElse(run.startMillis() + run.wallMillis());
    }
    return given(run, Role.EXECUTOR, executor.cores(), Math.max(0, end - executor.addedMillis()));
  }

  private static Line given(RunProfile run, Role role, long cores, long lifetimeMillis) {
    long mebibytes = containerMebibytes(run, role);
    return new Line(
        mebibytes < 0 ? UNKNOWN : mebibytes * lifetimeMillis, cores * lifetimeMillis, 0, 0, 0);
  }

  private static Line used(ProcessProfile process) {
    long live = liveMebibyteMillis(process);
    return new Line(
        0,
        0,
        mebiIntegral(process, Metric.RSS),
        live < 0
            ? UNKNOWN
            : live
                + mebiIntegral(process, Metric.METASPACE_USED)
                + mebiIntegral(process, Metric.CODE_CACHE_USED)
                + mebiIntegral(process, Metric.DIRECT_USED),
        cpuNanos(process));
  }

  /** The level of the first window with a collection holds from the first sample on. */
  private static long liveMebibyteMillis(ProcessProfile process) {
    List<GcWindow> windows = process.gc().windows();
    if (windows.isEmpty()) {
      return UNKNOWN;
    }
    long sum = 0;
    long from = process.firstSampleMillis();
    for (int i = 0; i < windows.size(); i++) {
      long until =
          i + 1 < windows.size()
              ? Math.min(process.lastSampleMillis(), windows.get(i + 1).startMillis())
              : process.lastSampleMillis();
      if (until > from) {
        sum += (windows.get(i).lowestAfterBytes() >> 20) * (until - from);
        from = until;
      }
    }
    return sum;
  }

  static long cpuNanos(ProcessProfile process) {
    long parts =
        process.counter(Metric.PROCESS_CPU_USER, 0) + process.counter(Metric.PROCESS_CPU_SYSTEM, 0);
    return process.counter(Metric.PROCESS_CPU, parts);
  }

  private static long mebiIntegral(ProcessProfile process, Metric metric) {
    GaugeProfile gauge = process.gauge(metric);
    return gauge == null ? 0 : gauge.mebiIntegral();
  }

  /** -1 when the run's configuration is not known or not readable. */
  private static long containerMebibytes(RunProfile run, Role role) {
    if (run.config().isEmpty()) {
      return UNKNOWN;
    }
    try {
      ContainerSize size =
          role == Role.DRIVER
              ? ContainerSize.driver(run.config())
              : ContainerSize.executor(run.config());
      return size.totalBytes() >> 20;
    } catch (IllegalArgumentException unreadable) {
      return UNKNOWN;
    }
  }

  private static long cores(RunProfile run, ProcessProfile process) {
    GaugeProfile visible = process.gauge(Metric.AVAILABLE_PROCESSORS);
    return number(run, "spark.executor.cores").orElse(visible == null ? 1 : visible.last());
  }

  private static long driverCores(RunProfile run) {
    return number(run, "spark.driver.cores").orElse(1L);
  }

  private static Optional<Long> number(RunProfile run, String key) {
    return Optional.ofNullable(run.config().get(key))
        .map(String::strip)
        .filter(text -> text.matches("\\d{1,6}"))
        .map(Long::valueOf);
  }
}
