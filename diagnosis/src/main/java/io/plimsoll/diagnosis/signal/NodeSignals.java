// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.signal;

import io.plimsoll.profile.Distribution;
import io.plimsoll.profile.JobProfile;
import io.plimsoll.profile.QueryProfile;
import io.plimsoll.profile.RunProfile;
import io.plimsoll.profile.StageProfile;
import io.plimsoll.wire.Role;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Signals of single operators of one plan. Names are those of Spark 2.4 to 4.1. */
final class NodeSignals {
  private static final long MIB = 1L << 20;
  private static final long GIB = 1L << 30;
  private static final int LONGEST_LABEL = 60;
  private static final int LEAST_TASKS = 3;

  /** Tasks that read less than this are uneven by chance. */
  private static final long LEAST_READ = 64 * MIB;

  /** Largest small side, and least large side from which on it is small enough (DataFlint). */
  private static final long[][] BROADCASTABLE = {
    {10 * MIB, 0}, {100 * MIB, 10 * GIB}, {GIB, 300 * GIB}, {5 * GIB, 1024 * GIB}
  };

  private final RunProfile run;
  private final QueryProfile query;
  private final PlanTree tree;
  private final SignalSet.Builder signals;
  private long filesWritten = -1;
  private int largestJoin = -1;
  private long largestJoinRows = -1;
  private long skewedPartitions;

  NodeSignals(RunProfile run, QueryProfile query, PlanTree tree, SignalSet.Builder signals) {
    this.run = run;
    this.query = query;
    this.tree = tree;
    this.signals = signals;
  }

  ComponentId id(int place) {
    return ComponentId.of(ComponentType.PLAN_NODE, query.id() + "." + place);
  }

  String label(int place) {
    String text = tree.node(place).description();
    String words = text.isEmpty() ? tree.node(place).name() : text;
    return words.length() > LONGEST_LABEL ? words.substring(0, LONGEST_LABEL) + "…" : words;
  }

  /** Files that the query wrote; -1 when it was not told. */
  long filesWritten() {
    return filesWritten;
  }

  /** Adds the signals of one operator; false when there are none. */
  boolean add(int place) {
    boolean told = false;
    skewedPartitions += Math.max(0, tree.value(place, "number of skewed partitions"));
    if (tree.named(place, "Scan")) {
      told |= scan(place);
    }
    if (tree.named(place, "Join", "CartesianProduct")) {
      told |= join(place);
    }
    if (tree.named(place, "Exchange")) {
      told |= exchange(place);
    }
    told |= put(place, QueryMetrics.SPILL, tree.value(place, "spill size"));
    told |= written(place);
    told |= functions(place);
    if (tree.node(place).name().endsWith("Filter") && hasDescription(place)) {
      told |= put(place, QueryMetrics.FILTER_LENGTH, tree.node(place).description().length());
    }
    return told;
  }

  private boolean scan(int place) {
    String text = tree.node(place).description();
    long rows = tree.value(place, "number of output rows");
    long bytes = tree.value(place, "size of files read");
    long files = tree.value(place, "number of files read");
    boolean told = put(place, QueryMetrics.SCAN_ROWS, rows);
    if (bytes >= 0 && files >= 0) {
      told = true;
      signals
          .put(id(place), QueryMetrics.FILES_READ, files)
          .share(id(place), QueryMetrics.READ_FILE_SIZE, bytes, files, files);
    }
    if (bytes >= 0 && text.contains("PartitionFilters: [") && text.contains("PushedFilters: [")) {
      boolean open = text.contains("PartitionFilters: []") && text.contains("PushedFilters: []");
      told |= put(place, QueryMetrics.FULL_SCAN, open ? bytes : 0);
    }
    long partitions = tree.value(place, "number of partitions read");
    if (bytes >= 0 && partitions >= 0 && text.contains("PartitionFilters: [")) {
      boolean open = partitions > 1 && text.contains("PartitionFilters: []");
      told |= put(place, QueryMetrics.UNPRUNED, open ? bytes : 0);
    }
    long listing = tree.value(place, "metadata time");
    if (listing >= 0) {
      told = true;
      signals
          .put(id(place), QueryMetrics.METADATA_MILLIS, listing)
          .share(
              id(place),
              QueryMetrics.METADATA_SHARE,
              Math.min(listing, run.wallMillis()),
              run.wallMillis(),
              1);
    }
    if (tree.named(place, "JDBC") || text.contains("JDBCRelation")) {
      boolean one = text.contains("numPartitions=1]") || text.contains("numPartitions=1)");
      told |= put(place, QueryMetrics.JDBC_ROWS, one ? rows : 0);
    }
    return told;
  }

  private boolean join(int place) {
    long rows = tree.value(place, "number of output rows");
    if (rows < 0) {
      return false;
    }
    if (tree.named(place, "CartesianProduct", "NestedLoopJoin")) {
      return put(place, QueryMetrics.CROSS_ROWS, rows);
    }
    signals.put(id(place), QueryMetrics.JOIN_ROWS, rows);
    List<Integer> sides = tree.children(place);
    if (sides.size() == 2) {
      long larger = Math.max(tree.rows(sides.get(0)), tree.rows(sides.get(1)));
      signals.share(id(place), QueryMetrics.JOIN_GROWTH, rows, larger, Math.max(1, rows));
      boolean shuffled =
          tree.named(place, "SortMergeJoin", "ShuffledHashJoin", "ShuffledSymmetric");
      if (shuffled) {
        broadcastable(place, tree.exchanged(sides.get(0)), tree.exchanged(sides.get(1)));
        if (rows > largestJoinRows) {
          largestJoinRows = rows;
          largestJoin = place;
        }
      }
    }
    return true;
  }

  /** Only a side whose rows need not all come out may be sent to all. */
  private void broadcastable(int place, long left, long right) {
    if (left < 0 || right < 0) {
      return;
    }
    String text = tree.node(place).description() + tree.node(place).name();
    boolean mayLeft = !text.matches("(?s).*(Left(Outer|Semi|Anti)|Existence|FullOuter).*");
    boolean mayRight = !text.matches("(?s).*(RightOuter|FullOuter).*");
    long missed = 0;
    long small = Math.min(mayLeft ? left : Long.MAX_VALUE, mayRight ? right : Long.MAX_VALUE);
    long large = Math.max(left, right);
    for (long[] pair : BROADCASTABLE) {
      if (small < pair[0] && large > pair[1]) {
        missed = large;
      }
    }
    signals
        .put(id(place), QueryMetrics.MISSED_BROADCAST, missed)
        .put(id(place), QueryMetrics.SMALL_SIDE, Math.min(left, right));
  }

  private boolean exchange(int place) {
    long bytes = tree.value(place, "data size", "shuffle bytes written");
    if (tree.named(place, "Broadcast") && !tree.named(place, "Reused")) {
      ConfigSignals.container(RunFacts.of(run), Role.EXECUTOR)
          .ifPresent(
              size ->
                  signals.share(
                      id(place),
                      QueryMetrics.BROADCAST_HEAP_SHARE,
                      Math.max(0, bytes),
                      size.heapBytes(),
                      bytes < 0 ? 0 : 1));
      return put(place, QueryMetrics.BROADCAST_SIZE, bytes);
    }
    boolean single = tree.node(place).description().contains("SinglePartition");
    boolean known = hasDescription(place) && !tree.named(place, "Reused");
    return known && put(place, QueryMetrics.SINGLE_PARTITION, single ? bytes : Math.min(bytes, 0));
  }

  private boolean written(int place) {
    long files = tree.value(place, "number of written files");
    long bytes = tree.value(place, "written output", "bytes of written output");
    if (files < 0) {
      return false;
    }
    filesWritten = Math.max(0, filesWritten) + files;
    signals.put(id(place), QueryMetrics.FILES_WRITTEN, files);
    if (bytes >= 0) {
      signals.share(id(place), QueryMetrics.WRITTEN_FILE_SIZE, bytes, files, files);
    }
    return true;
  }

  private boolean functions(int place) {
    String name = tree.node(place).name();
    boolean python = name.contains("Python") || name.contains("Pandas") || name.contains("InArrow");
    boolean opaque = name.equals("MapElements") || name.equals("MapPartitions");
    boolean scala = tree.node(place).description().toLowerCase(Locale.ROOT).contains("udf(");
    return (python || opaque || scala) && put(place, QueryMetrics.PYTHON_ROWS, tree.rows(place));
  }

  /** The skew of the query's shuffle stages, told of its largest shuffled join. */
  void joins() {
    if (largestJoin < 0) {
      return;
    }
    Set<Integer> stages = new HashSet<>();
    for (JobProfile job : run.jobs()) {
      if (job.sqlExecution() == query.id()) {
        stages.addAll(job.stages());
      }
    }
    double worst = -1;
    for (StageProfile stage : run.stages()) {
      if (stages.contains(stage.stageId()) && stage.engine().shuffleReadBytes() > 0) {
        worst = Math.max(worst, skew(stage));
      }
    }
    if (worst >= 0) {
      signals
          .put(id(largestJoin), QueryMetrics.JOIN_SKEW, worst)
          .put(id(largestJoin), QueryMetrics.SKEW_HANDLED, skewedPartitions);
    }
  }

  /** 1 where uneven data cost no time; -1 where there are too few tasks to say. */
  private static double skew(StageProfile stage) {
    Distribution read = stage.taskReadBytes();
    Distribution time = stage.taskRunMillis();
    if (read.count() < LEAST_TASKS) {
      return -1;
    }
    boolean felt = time.max() >= 2 * time.median();
    double middle = read.median() > 0 ? read.median() : (double) read.sum() / read.count();
    return felt && read.max() >= LEAST_READ && middle > 0 ? read.max() / middle : 1;
  }

  private boolean hasDescription(int place) {
    return !tree.node(place).description().isEmpty();
  }

  /** What is below zero is unknown. */
  private boolean put(int place, SignalMetric metric, long value) {
    if (value < 0) {
      return false;
    }
    signals.put(id(place), metric, value);
    return true;
  }
}
