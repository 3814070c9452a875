// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.tuner.guard;

import io.plimsoll.profile.ContainerSize;
import io.plimsoll.profile.GaugeProfile;
import io.plimsoll.profile.ProcessProfile;
import io.plimsoll.profile.RunProfile;
import io.plimsoll.profile.SparkSize;
import io.plimsoll.tuner.recommendation.Abstention;
import io.plimsoll.tuner.recommendation.Change;
import io.plimsoll.tuner.spark.SparkMemory;
import io.plimsoll.tuner.spark.SparkSlots;
import io.plimsoll.wire.Metric;
import io.plimsoll.wire.Role;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Rejects changes that Spark would not start with, that ask for more than before, or that go below
 * what was measured. It reads the run itself and trusts no model.
 */
public final class Guard {
  private static final Set<String> TUNABLE =
      Set.of(
          "spark.executor.memory",
          "spark.executor.memoryOverhead",
          "spark.executor.cores",
          "spark.executor.instances",
          "spark.cores.max",
          "spark.driver.memory",
          "spark.driver.memoryOverhead");

  /**
   * What is left of the proposed changes.
   *
   * @param changes those that hold, as they were proposed and in that order
   * @param rejected one for each of the others
   */
  public record Guarded(List<Change> changes, List<Abstention> rejected) {
    public Guarded {
      changes = List.copyOf(changes);
      rejected = List.copyOf(rejected);
    }
  }

  /** What a container keeps free beside the heap and the most that was seen outside it. */
  private static final long OUTSIDE_MARGIN_BYTES = 32L << 20;

  private Guard() {}

  /** Checks each change by itself, then what they make together. */
  public static Guarded check(RunProfile run, List<Change> proposed) {
    List<Change> kept = new ArrayList<>();
    List<Abstention> rejected = new ArrayList<>();
    for (Change change : proposed) {
      Optional<String> fault = fault(run, change);
      if (fault.isPresent()) {
        rejected.add(rejection(change, fault.get()));
      } else {
        kept.add(change);
      }
    }
    for (String role : List.of("executor", "driver")) {
      containerFault(run, kept, role)
          .ifPresent(fault -> reject(kept, rejected, "spark." + role + ".memory", fault));
    }
    coresFault(run, kept)
        .ifPresent(
            fault -> {
              reject(kept, rejected, "spark.executor.cores", fault);
              reject(kept, rejected, "spark.executor.instances", fault);
              reject(kept, rejected, "spark.cores.max", fault);
            });
    return new Guarded(kept, rejected);
  }

  private static Optional<String> fault(RunProfile run, Change change) {
    if (!TUNABLE.contains(change.key())) {
      return Optional.of("it is not among the parameters that may be set");
    }
    return switch (change.key()) {
      case "spark.executor.memory" -> heapFault(run, change, Role.EXECUTOR);
      case "spark.driver.memory" -> heapFault(run, change, Role.DRIVER);
      case "spark.executor.memoryOverhead" -> overheadFault(run, change, Role.EXECUTOR);
      case "spark.driver.memoryOverhead" -> overheadFault(run, change, Role.DRIVER);
      default ->
          change.to().matches("[1-9]\\d{0,5}")
              ? Optional.empty()
              : Optional.of("'" + change.to() + "' is no count");
    };
  }

  private static Optional<String> heapFault(RunProfile run, Change change, Role role) {
    long heap = SparkSize.mebibytes(change.key(), change.to()) << 20;
    if (heap < SparkMemory.LEAST_HEAP_BYTES) {
      return Optional.of("Spark does not start with a heap below 450 MiB");
    }
    long held =
        run.processes(role).stream()
            .filter(process -> process.gc().collections() > 0)
            .mapToLong(Guard::held)
            .min()
            .orElse(Long.MAX_VALUE);
    if (heap < held) {
      return Optional.of(
          "every "
              + role.name().toLowerCase(Locale.ROOT)
              + " held more after collections, or none was seen");
    }
    return Optional.empty();
  }

  private static long held(ProcessProfile process) {
    return process.gc().windows().isEmpty()
        ? process.gc().maxHeapAfterBytes()
        : process.gc().floorBytes();
  }

  private static Optional<String> overheadFault(RunProfile run, Change change, Role role) {
    long overhead = SparkSize.mebibytes(change.key(), change.to()) << 20;
    for (ProcessProfile process : run.processes(role)) {
      GaugeProfile rss = process.gauge(Metric.RSS_PEAK);
      GaugeProfile committed = process.gauge(Metric.HEAP_COMMITTED);
      if (rss != null && committed != null && overhead < rss.max() - committed.max()) {
        return Optional.of("more than this was resident outside the heap");
      }
    }
    return Optional.empty();
  }

  private static Optional<String> containerFault(RunProfile run, List<Change> kept, String role) {
    if (kept.stream().noneMatch(change -> change.key().startsWith("spark." + role + ".memory"))) {
      return Optional.empty();
    }
    Map<String, String> next = new TreeMap<>(run.config());
    kept.forEach(change -> next.put(change.key(), change.to()));
    boolean driver = role.equals("driver");
    long before =
        (driver ? ContainerSize.driver(run.config()) : ContainerSize.executor(run.config()))
            .totalBytes();
    long after = (driver ? ContainerSize.driver(next) : ContainerSize.executor(next)).totalBytes();
    if (after > before) {
      return Optional.of("together the changes ask for a larger container than before");
    }
    long heap = (driver ? ContainerSize.driver(next) : ContainerSize.executor(next)).heapBytes();
    long outside = outsideHeapBytes(run, driver ? Role.DRIVER : Role.EXECUTOR);
    return after < heap + outside + OUTSIDE_MARGIN_BYTES
        ? Optional.of(
            "the container would not hold the whole heap beside what was resident outside it")
        : Optional.empty();
  }

  /** The most that any such process held outside its heap, 0 when none told. */
  private static long outsideHeapBytes(RunProfile run, Role role) {
    long most = 0;
    for (ProcessProfile process : run.processes(role)) {
      GaugeProfile rss = process.gauge(Metric.RSS_PEAK);
      GaugeProfile committed = process.gauge(Metric.HEAP_COMMITTED);
      if (rss != null && committed != null) {
        most = Math.max(most, rss.max() - committed.max());
      }
    }
    return most;
  }

  private static Optional<String> coresFault(RunProfile run, List<Change> kept) {
    Map<String, String> next = new TreeMap<>(run.config());
    Set<String> changed = new HashSet<>();
    for (Change change : kept) {
      next.put(change.key(), change.to());
      changed.add(change.key());
    }
    int cores = SparkSlots.wholeNumber(next, "spark.executor.cores", 0);
    int taskCpus = SparkSlots.wholeNumber(next, "spark.task.cpus", 1);
    if (changed.contains("spark.executor.cores") && (cores < taskCpus || cores % taskCpus != 0)) {
      return Optional.of("executors of " + cores + " cores do not fit tasks of " + taskCpus);
    }
    int most = SparkSlots.wholeNumber(next, "spark.cores.max", Integer.MAX_VALUE);
    if (changed.contains("spark.cores.max") && cores > most) {
      return Optional.of("spark.cores.max " + most + " is less than one executor's " + cores);
    }
    for (String key :
        List.of("spark.executor.cores", "spark.executor.instances", "spark.cores.max")) {
      int before = SparkSlots.wholeNumber(run.config(), key, Integer.MAX_VALUE);
      if (changed.contains(key) && SparkSlots.wholeNumber(next, key, 0) > before) {
        return Optional.of(key + " would rise above the " + before + " that was asked");
      }
    }
    return Optional.empty();
  }

  private static void reject(
      List<Change> kept, List<Abstention> rejected, String prefix, String fault) {
    List<Change> faulty = kept.stream().filter(change -> change.key().startsWith(prefix)).toList();
    kept.removeAll(faulty);
    faulty.forEach(change -> rejected.add(rejection(change, fault)));
  }

  private static Abstention rejection(Change change, String fault) {
    return new Abstention(
        change.key(),
        "the guard rejects " + change.to() + ": " + fault,
        "evidence for a value that the guard accepts");
  }
}
