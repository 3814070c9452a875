// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.signal;

import io.plimsoll.profile.ContainerSize;
import io.plimsoll.profile.ExecutorProfile;
import io.plimsoll.profile.ExecutorShare;
import io.plimsoll.profile.RunProfile;
import io.plimsoll.profile.StageProfile;
import io.plimsoll.profile.TaskDetails;
import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.EventKind;
import io.plimsoll.wire.EventNumber;
import io.plimsoll.wire.EventText;
import io.plimsoll.wire.Role;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Signals of single executors and hosts, by what the driver tells of their tasks. */
final class ExecutorSignals {
  /** Tasks of an executor in a stage below which their mean says nothing. */
  private static final long LEAST_TASKS = 3;

  private static final int LEAST_OTHERS = 4;

  /**
   * Where a stage has so many tasks, and each executor some of them, the tasks are the peers: one
   * other executor will do, and one stage for the three that are asked for.
   */
  private static final long MANY_TASKS = 16;

  private static final int LEAST_STAGES = 3;

  /** Held against few others, a deviation counts for less. */
  private static final double OF_FEW = 0.6;

  /** Shorter tasks differ by more than the machine. */
  private static final long LEAST_MEAN_MILLIS = 100;

  /** From this many times the others' data on, an executor's tasks are slow by their data. */
  private static final double MORE_DATA = 1.5;

  private static final long RESERVED_BYTES = 300L << 20;
  private static final double UNIFIED_FRACTION = 0.6;

  private final RunProfile run;
  private final RunFacts facts;
  private final SignalSet.Builder signals;
  private final Map<String, ExecutorShare> whole = new HashMap<>();
  private final Map<String, List<Double>> slowness = new HashMap<>();

  private ExecutorSignals(RunProfile run, RunFacts facts, SignalSet.Builder signals) {
    this.run = run;
    this.facts = facts;
    this.signals = signals;
  }

  static void add(RunProfile run, RunFacts facts, SignalSet.Builder signals) {
    ExecutorSignals executors = new ExecutorSignals(run, facts, signals);
    executors.told();
    executors.dropped();
    if (!facts.isLocal()) {
      executors.collect();
      executors.slow();
      executors.load();
      executors.lost();
      executors.peaks();
    }
  }

  private void told() {
    if (run.executors().isEmpty()) {
      return;
    }
    long hosts = run.executors().stream().map(ExecutorProfile::host).distinct().count();
    long excluded = run.details().facts(EventKind.NODE_EXCLUDED).size();
    signals
        .put(
            ComponentId.EXECUTORS,
            ExecutorMetrics.EXCLUDED,
            run.details().facts(EventKind.EXECUTOR_EXCLUDED).stream()
                .map(event -> event.text(EventText.EXECUTOR_ID))
                .distinct()
                .count())
        .share(ComponentId.EXECUTORS, ExecutorMetrics.NODES_EXCLUDED, excluded, hosts, hosts);
  }

  private void dropped() {
    List<EngineEvent> dropped = run.details().facts(EventKind.LISTENER_EVENTS_DROPPED);
    if (!dropped.isEmpty()) {
      signals.put(
          ComponentId.DRIVER,
          ExecutorMetrics.DROPPED_EVENTS,
          dropped.stream().mapToLong(event -> event.number(EventNumber.DROPPED_COUNT, 0)).sum());
    }
  }

  private void collect() {
    for (StageProfile stage : run.stages()) {
      Map<String, ExecutorShare> shares = stage.details().executors();
      shares.forEach((id, share) -> whole.merge(id, share, ExecutorShare::plus));
      Map<String, Double> means = new HashMap<>();
      Map<String, Double> reads = new HashMap<>();
      shares.forEach(
          (id, share) -> {
            if (share.succeeded() >= LEAST_TASKS) {
              means.put(id, (double) share.succeededMillis() / share.succeeded());
              reads.put(id, (double) share.readBytes() / share.succeeded());
            }
          });
      long tasks = shares.values().stream().mapToLong(ExecutorShare::succeeded).sum();
      if (tasks < MANY_TASKS && shares.size() <= LEAST_OTHERS) {
        collectFew(shares);
        continue;
      }
      boolean isSolid = tasks >= MANY_TASKS && means.size() == shares.size();
      int least = isSolid ? 1 : LEAST_OTHERS;
      boolean isFew = means.size() <= LEAST_OTHERS;
      means.forEach(
          (id, mean) -> {
            double others = othersMedian(means, id, least);
            boolean isLoaded =
                reads.getOrDefault(id, 0.0)
                    >= MORE_DATA * Math.max(1, othersMedian(reads, id, least));
            if (others >= LEAST_MEAN_MILLIS && !isLoaded) {
              double ratio = isFew ? 1 + OF_FEW * (mean / others - 1) : mean / others;
              for (int i = 0; i < (isFew ? LEAST_STAGES : 1); i++) {
                slowness.computeIfAbsent(id, any -> new ArrayList<>()).add(ratio);
              }
            }
          });
    }
  }

  /**
   * A slow executor gets few tasks: among few executors each one's are held against those of all
   * others together, once for each stage, so that it takes three stages.
   */
  private void collectFew(Map<String, ExecutorShare> shares) {
    ExecutorShare all = shares.values().stream().reduce(ExecutorShare.ZERO, ExecutorShare::plus);
    shares.forEach(
        (id, share) -> {
          long tasks = all.succeeded() - share.succeeded();
          if (share.succeeded() > 0 && tasks >= LEAST_OTHERS) {
            double mean = (double) share.succeededMillis() / share.succeeded();
            double others = (double) (all.succeededMillis() - share.succeededMillis()) / tasks;
            double read = (double) share.readBytes() / share.succeeded();
            double usual = (double) (all.readBytes() - share.readBytes()) / tasks;
            if (others >= LEAST_MEAN_MILLIS && read < MORE_DATA * Math.max(1, usual)) {
              slowness
                  .computeIfAbsent(id, any -> new ArrayList<>())
                  .add(1 + OF_FEW * (mean / others - 1));
            }
          }
        });
  }

  /** Leaves the executor itself out; 0 where there are fewer others than this. */
  private static double othersMedian(Map<String, Double> means, String id, int least) {
    List<Double> others = new ArrayList<>();
    means.forEach(
        (other, mean) -> {
          if (!other.equals(id)) {
            others.add(mean);
          }
        });
    return others.size() < least ? 0 : Spread.of(others).median();
  }

  private void slow() {
    Map<String, String> hosts = new HashMap<>();
    run.executors().forEach(each -> hosts.put(each.executorId(), each.host()));
    Map<String, List<Double>> byHost = new HashMap<>();
    slowness.forEach(
        (id, ratios) -> {
          signals.put(
              executor(id), ExecutorMetrics.SLOWNESS, Spread.of(ratios).median(), ratios.size());
          String host = hosts.getOrDefault(id, "");
          if (!host.isEmpty()) {
            byHost.computeIfAbsent(host, any -> new ArrayList<>()).addAll(ratios);
          }
        });
    if (byHost.size() > 1) {
      byHost.forEach(
          (host, ratios) ->
              signals.put(
                  ComponentId.of(ComponentType.HOST, host),
                  ExecutorMetrics.HOST_SLOWNESS,
                  Spread.of(ratios).median(),
                  ratios.size()));
    }
  }

  private void load() {
    if (!facts.isTaskTimeKnown() || run.stages().stream().anyMatch(ExecutorSignals::isCut)) {
      return;
    }
    double busyInAll =
        whole.values().stream().mapToLong(ExecutorShare::succeededMillis).sum()
            / (double) Math.max(1, facts.coreMillis());
    List<Double> loads = new ArrayList<>();
    List<Double> reads = new ArrayList<>();
    for (ExecutorFacts executor : facts.executors()) {
      long life = executor.lifetimeMillis();
      ExecutorShare share = whole.getOrDefault(executor.id(), ExecutorShare.ZERO);
      ComponentId id = executor(executor.id());
      if (life <= 0 || whole.isEmpty()) {
        continue;
      }
      double busy = share.succeededMillis();
      signals
          .put(id, ExecutorMetrics.LIFE, life)
          .put(id, ExecutorMetrics.ALL_BUSY, busyInAll)
          .share(
              id, ExecutorMetrics.FAILED_SHARE, share.failedTasks(), share.tasks(), share.tasks())
          .share(
              id,
              ExecutorMetrics.EXECUTOR_IDLE,
              Math.max(0, executor.coreMillis() - busy),
              executor.coreMillis(),
              1)
          .put(id, ExecutorMetrics.EXECUTOR_IDLE_MILLIS, Math.max(0, executor.coreMillis() - busy));
      loads.add(busy / life);
      reads.add((double) share.readBytes() / life);
    }
    ratio(ExecutorMetrics.LOAD_RATIO, loads);
    ratio(ExecutorMetrics.READ_RATIO, reads);
  }

  /** Whether there may be executors whose tasks of this stage are not kept. */
  private static boolean isCut(StageProfile stage) {
    return stage.details().executors().size() >= TaskDetails.MOST_EXECUTORS;
  }

  private void ratio(SignalMetric metric, List<Double> values) {
    if (values.size() >= LEAST_OTHERS) {
      double most = values.stream().mapToDouble(each -> each).max().orElse(0);
      signals.share(ComponentId.EXECUTORS, metric, most, Spread.of(values).median(), values.size());
    }
  }

  private void lost() {
    Set<String> killed = new HashSet<>();
    for (ExecutorProfile executor : run.executors()) {
      if (executor.removedMillis() >= 0 && Removal.isForMemory(executor)) {
        killed.add(executor.executorId());
      }
    }
    if (!run.executors().isEmpty()) {
      signals.put(
          ComponentId.EXECUTORS,
          ExecutorMetrics.KILLED_FOR_MEMORY,
          killed.size(),
          run.executors().size());
    }
  }

  /** By Spark's own executor metrics: the highest of any executor. */
  private void peaks() {
    double heap = -1;
    double unified = -1;
    double driver = -1;
    long executors = 0;
    for (EngineEvent event : run.details().facts(EventKind.EXECUTOR_METRICS)) {
      double used = event.number(EventNumber.PEAK_HEAP_BYTES, 0);
      if ("driver".equals(event.text(EventText.EXECUTOR_ID))) {
        driver = Math.max(driver, used);
      } else if (used > 0) {
        executors++;
        heap = Math.max(heap, used);
        unified = Math.max(unified, event.number(EventNumber.PEAK_ON_HEAP_UNIFIED_BYTES, 0));
      }
    }
    Optional<ContainerSize> size = ConfigSignals.container(facts, Role.EXECUTOR);
    size.ifPresent(each -> children(each.overheadBytes()));
    if (size.isPresent() && executors > 0) {
      double given = size.get().heapBytes();
      signals
          .put(ComponentId.EXECUTORS, ExecutorMetrics.HEAP_NEED_SHARE, heap / given, executors)
          .put(ComponentId.EXECUTORS, ExecutorMetrics.HEAP_USE_SHARE, heap / given, executors)
          .share(
              ComponentId.EXECUTORS,
              ExecutorMetrics.UNIFIED_USE_SHARE,
              unified,
              Math.max(0, given - RESERVED_BYTES) * UNIFIED_FRACTION,
              executors);
    }
    Optional<ContainerSize> driverSize = ConfigSignals.container(facts, Role.DRIVER);
    if (driver > 0 && driverSize.isPresent()) {
      signals.put(
          ComponentId.DRIVER,
          ExecutorMetrics.DRIVER_HEAP_SHARE,
          driver / driverSize.get().heapBytes());
    }
  }

  /** Where Spark looks into the process tree (spark.executor.processTreeMetrics.enabled). */
  private void children(long overheadBytes) {
    Map<String, Long> most = new HashMap<>();
    for (EngineEvent event : run.details().facts(EventKind.EXECUTOR_METRICS)) {
      String id = event.text(EventText.EXECUTOR_ID);
      if (id != null
          && !id.equals("driver")
          && event.number(EventNumber.PEAK_JVM_RSS_BYTES, 0) > 0) {
        long bytes =
            event.number(EventNumber.PEAK_PYTHON_RSS_BYTES, 0)
                + event.number(EventNumber.PEAK_OTHER_RSS_BYTES, 0);
        most.merge(id, bytes, Math::max);
      }
    }
    most.forEach(
        (id, bytes) ->
            signals.share(
                executor(id), ProcessMetrics.CHILD_MEMORY_SHARE, bytes, overheadBytes, 1));
  }

  private static ComponentId executor(String id) {
    return ComponentId.of(ComponentType.EXECUTOR, id);
  }
}
