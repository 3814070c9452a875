// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.signal;

import io.plimsoll.profile.ContainerSize;
import io.plimsoll.profile.JobProfile;
import io.plimsoll.profile.RunProfile;
import io.plimsoll.profile.SparkSize;
import io.plimsoll.profile.StageProfile;
import io.plimsoll.wire.Role;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Signals of what the user configured. */
final class ConfigSignals {
  /** Spark's own limit, which is the measure where somebody lifted it. */
  private static final double DEFAULT_RESULT = 1L << 30;

  private static final String MAX_RESULT = "spark.driver.maxResultSize";

  private ConfigSignals() {}

  static void add(RunProfile run, RunFacts facts, SignalSet.Builder signals) {
    Map<String, String> config = run.config();
    if (config.isEmpty()) {
      return;
    }
    if (!facts.isLocal()) {
      executors(config, facts, signals);
    }
    number(config, "spark.driver.cores")
        .ifPresent(cores -> signals.put(ComponentId.DRIVER, RunMetrics.DRIVER_CORES, cores));
    String adaptive = config.get("spark.sql.adaptive.enabled");
    boolean newer = run.engineVersion().compareTo("3.2") >= 0;
    if (adaptive != null || newer) {
      boolean off = adaptive == null ? !newer : adaptive.strip().equalsIgnoreCase("false");
      signals.put(ComponentId.RUN, RunMetrics.ADAPTIVE_OFF, off ? 1 : 0);
    }
    boolean kryo = config.getOrDefault("spark.serializer", "").contains("Kryo");
    signals.put(ComponentId.RUN, RunMetrics.JAVA_SERIALIZER, kryo ? 0 : shuffledOutsideSql(run));
    results(run, config, signals);
  }

  /** Empty when nothing is configured, or what is is no size. */
  static Optional<ContainerSize> container(RunFacts facts, Role role) {
    try {
      return facts.container(role);
    } catch (IllegalArgumentException notASize) {
      return Optional.empty();
    }
  }

  private static void executors(
      Map<String, String> config, RunFacts facts, SignalSet.Builder signals) {
    OptionalLong cores =
        facts.executors().stream().mapToLong(ExecutorFacts::cores).filter(n -> n > 0).max();
    Optional<ContainerSize> container = container(facts, Role.EXECUTOR);
    container.ifPresent(
        size ->
            signals
                .put(ComponentId.RUN, RunMetrics.EXECUTOR_HEAP_RUN, size.heapBytes())
                .put(ComponentId.EXECUTORS, RunMetrics.EXECUTOR_HEAP, size.heapBytes())
                .put(ComponentId.EXECUTORS, RunMetrics.EXECUTOR_OVERHEAD, size.overheadBytes()));
    if (cores.isPresent()) {
      signals.put(ComponentId.EXECUTORS, RunMetrics.CORES_PER_EXECUTOR, cores.getAsLong());
      container.ifPresent(
          size -> {
            double share = (double) size.heapBytes() / cores.getAsLong();
            signals
                .put(ComponentId.EXECUTORS, RunMetrics.MEMORY_PER_CORE_LOW, share)
                .put(ComponentId.EXECUTORS, RunMetrics.MEMORY_PER_CORE_HIGH, share);
          });
    }
    boolean dynamic = isTrue(config, "spark.dynamicAllocation.enabled");
    boolean kept =
        isTrue(config, "spark.shuffle.service.enabled")
            || isTrue(config, "spark.dynamicAllocation.shuffleTracking.enabled")
            || isTrue(config, "spark.decommission.enabled")
            || config.containsKey("spark.shuffle.manager");
    boolean tracksByDefault =
        !config.containsKey("spark.dynamicAllocation.shuffleTracking.enabled");
    signals.put(
        ComponentId.EXECUTORS,
        RunMetrics.DYNAMIC_WITHOUT_SHUFFLE,
        dynamic && !kept && !tracksByDefault ? 1 : 0);
  }

  private static void results(
      RunProfile run, Map<String, String> config, SignalSet.Builder signals) {
    long largest =
        run.stages().stream()
            .map(StageProfile::engine)
            .mapToLong(sums -> sums.resultBytes())
            .max()
            .orElse(-1);
    long limit;
    try {
      limit = SparkSize.bytes(MAX_RESULT, config.getOrDefault(MAX_RESULT, "1g"));
    } catch (IllegalArgumentException notASize) {
      return;
    }
    if (largest >= 0) {
      double measure = limit > 0 ? limit : DEFAULT_RESULT;
      signals.put(ComponentId.DRIVER, RunMetrics.RESULT_LIMIT_SHARE, largest / measure);
    }
  }

  /** SQL has its own row format; only records of RDDs go through the serializer. */
  private static long shuffledOutsideSql(RunProfile run) {
    Set<Integer> plain = new HashSet<>();
    for (JobProfile job : run.jobs()) {
      if (job.sqlExecution() < 0) {
        plain.addAll(job.stages());
      }
    }
    return run.stages().stream()
        .filter(stage -> plain.contains(stage.stageId()))
        .mapToLong(stage -> stage.engine().shuffleWriteBytes())
        .sum();
  }

  private static boolean isTrue(Map<String, String> config, String key) {
    return Boolean.parseBoolean(config.getOrDefault(key, "false").strip());
  }

  private static OptionalLong number(Map<String, String> config, String key) {
    String text = config.getOrDefault(key, "").strip();
    return text.matches("\\d{1,6}") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
  }
}
