// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.compare;

import io.plimsoll.profile.EngineSums;
import io.plimsoll.profile.RunProfile;
import io.plimsoll.standalone.reading.AnalyzedRun;
import io.plimsoll.standalone.reading.Phrases;
import io.plimsoll.standalone.terminal.Amount;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Two runs side by side.
 *
 * @param explanations the largest difference in wall time first, then in core time
 * @param settings keys whose values differ, those that differ in any two runs left out; an empty
 *     text where a run has no such key
 * @param operators of the queries' last plans, by name, where their number differs
 * @param figures what can be said in one number
 */
record RunComparison(
    AnalyzedRun a,
    AnalyzedRun b,
    List<Explanation> explanations,
    SortedMap<String, Pair> settings,
    SortedMap<String, Pair> operators,
    List<Figure> figures) {
  /** Values of both runs as they are written. */
  record Pair(String a, String b) {}

  /**
   * A number of both runs.
   *
   * @param unit as in evidences: bytes, ms, count, ratio
   */
  record Figure(String name, String unit, double a, double b) {
    boolean differs() {
      return Double.compare(a, b) != 0;
    }
  }

  /** Keys that Spark or its resource manager sets anew in every run. */
  private static final Pattern VARYING =
      Pattern.compile(
          "spark\\.app\\.(id|startTime|submitTime|attempt\\.id|initial\\..*)"
              + "|spark\\.driver\\.(host|port|appUIAddress|bindAddress)|spark\\.executor\\.id"
              + "|spark\\.repl\\..*|spark\\.yarn\\.(app\\.(id|container.*)|.*cache.*|historyServer.*)"
              + "|spark\\.ui\\.port|spark\\.org\\.apache\\.hadoop\\.yarn\\..*"
              + "|spark\\.(kubernetes\\.(driver\\.pod\\.name|executor\\.podNamePrefix)|master\\.url)"
              + "|spark\\.sql\\.execution\\.id|.*\\.(uuid|timestamp)");

  RunComparison {
    explanations = List.copyOf(explanations);
    figures = List.copyOf(figures);
  }

  static RunComparison of(AnalyzedRun a, AnalyzedRun b) {
    return new RunComparison(
        a,
        b,
        explanations(a.profile(), b.profile()),
        settings(a.profile().config(), b.profile().config()),
        operators(a.facts().operators(), b.facts().operators()),
        figures(a, b));
  }

  private static List<Explanation> explanations(RunProfile a, RunProfile b) {
    WallShares wallA = WallShares.of(a);
    WallShares wallB = WallShares.of(b);
    Map<String, StageGroup> groupsA = StageGroup.of(a, wallA);
    Map<String, StageGroup> groupsB = StageGroup.of(b, wallB);
    List<Explanation> all = new ArrayList<>();
    TreeSet<String> names = new TreeSet<>(groupsA.keySet());
    names.addAll(groupsB.keySet());
    for (String name : names) {
      StageGroup one = groupsA.getOrDefault(name, StageGroup.NONE);
      StageGroup other = groupsB.getOrDefault(name, StageGroup.NONE);
      all.add(
          new Explanation(
              name,
              one.wallMillis(),
              other.wallMillis(),
              one.sums().runMillis(),
              other.sums().runMillis(),
              Reasons.of(one, other)));
    }
    all.add(
        new Explanation(
            "no job running: the driver alone",
            wallA.withoutJob(),
            wallB.withoutJob(),
            0,
            0,
            List.of()));
    all.add(
        new Explanation(
            "a job but no stage running: planning and scheduling",
            wallA.betweenStages(),
            wallB.betweenStages(),
            0,
            0,
            List.of()));
    all.sort(
        Comparator.comparingDouble((Explanation each) -> Math.abs(each.wallChange()))
            .thenComparingDouble(each -> Math.abs(each.coreChange()))
            .reversed()
            .thenComparing(Explanation::part));
    return all;
  }

  private static SortedMap<String, Pair> settings(Map<String, String> a, Map<String, String> b) {
    SortedMap<String, Pair> differing = new TreeMap<>();
    TreeSet<String> keys = new TreeSet<>(a.keySet());
    keys.addAll(b.keySet());
    for (String key : keys) {
      String one = a.getOrDefault(key, "");
      String other = b.getOrDefault(key, "");
      if (!one.equals(other) && !VARYING.matcher(key).matches()) {
        differing.put(key, new Pair(one, other));
      }
    }
    return differing;
  }

  private static SortedMap<String, Pair> operators(Map<String, Long> a, Map<String, Long> b) {
    SortedMap<String, Pair> differing = new TreeMap<>();
    TreeSet<String> names = new TreeSet<>(a.keySet());
    names.addAll(b.keySet());
    for (String name : names) {
      long one = a.getOrDefault(name, 0L);
      long other = b.getOrDefault(name, 0L);
      if (one != other) {
        differing.put(name, new Pair(Amount.count(one), Amount.count(other)));
      }
    }
    return differing;
  }

  private static List<Figure> figures(AnalyzedRun first, AnalyzedRun second) {
    RunProfile a = first.profile();
    RunProfile b = second.profile();
    EngineSums one = a.engineSums();
    EngineSums other = b.engineSums();
    List<Figure> figures = new ArrayList<>();
    figures.add(new Figure("wall time", "ms", a.wallMillis(), b.wallMillis()));
    figures.add(new Figure("task time", "ms", one.runMillis(), other.runMillis()));
    figures.add(new Figure("of it on CPU", "ms", one.cpuNanos() / 1e6, other.cpuNanos() / 1e6));
    figures.add(new Figure("of it collecting garbage", "ms", one.gcMillis(), other.gcMillis()));
    figures.add(
        new Figure(
            "of it waiting for shuffles",
            "ms",
            one.shuffleFetchWaitMillis(),
            other.shuffleFetchWaitMillis()));
    figures.add(new Figure("of it otherwise", "ms", otherwise(one), otherwise(other)));
    figures.add(new Figure("input", "bytes", one.inputBytes(), other.inputBytes()));
    figures.add(new Figure("output", "bytes", one.outputBytes(), other.outputBytes()));
    figures.add(
        new Figure("shuffle read", "bytes", one.shuffleReadBytes(), other.shuffleReadBytes()));
    figures.add(
        new Figure("spilled to disk", "bytes", one.diskSpillBytes(), other.diskSpillBytes()));
    figures.add(new Figure("task ends", "count", one.tasks(), other.tasks()));
    figures.add(new Figure("of them failed", "count", one.failedTasks(), other.failedTasks()));
    figures.add(new Figure("stages", "count", a.stages().size(), b.stages().size()));
    figures.add(new Figure("jobs", "count", a.jobs().size(), b.jobs().size()));
    figures.add(new Figure("queries", "count", first.facts().queries(), second.facts().queries()));
    boolean isLocal = executors(a) + executors(b) == 0;
    if (!isLocal) {
      figures.add(new Figure("executors", "count", executors(a), executors(b)));
    }
    figures.add(
        new Figure(isLocal ? "cores" : "cores of one executor", "count", cores(a), cores(b)));
    double containerA = Phrases.containerBytes(a);
    double containerB = Phrases.containerBytes(b);
    if (!isLocal && containerA > 0 && containerB > 0) {
      figures.add(new Figure("container of one executor", "bytes", containerA, containerB));
    }
    return figures;
  }

  private static double otherwise(EngineSums sums) {
    return sums.runMillis()
        - sums.cpuNanos() / 1e6
        - sums.gcMillis()
        - sums.shuffleFetchWaitMillis();
  }

  private static long executors(RunProfile run) {
    return run.executors().stream().filter(each -> !each.executorId().equals("driver")).count();
  }

  private static long cores(RunProfile run) {
    return run.executors().stream().mapToLong(each -> each.cores()).max().orElse(0);
  }

  /** What differs in one sentence: the wall time, and the part that explains most of it. */
  String verdict() {
    double change = (double) b.profile().wallMillis() - a.profile().wallMillis();
    if (a.profile().wallMillis() == 0 || b.profile().wallMillis() == 0) {
      return "One of the runs tells no duration; what differs is below.";
    }
    String took =
        "B took "
            + Amount.time(b.profile().wallMillis())
            + ", A "
            + Amount.time(a.profile().wallMillis());
    if (Math.abs(change) < 0.05 * a.profile().wallMillis()) {
      return took + ": about the same.";
    }
    String most =
        explanations.stream()
            .filter(each -> Math.signum(each.wallChange()) == Math.signum(change))
            .findFirst()
            .map(
                each ->
                    " Most of it: "
                        + each.part()
                        + " ("
                        + signed(each.wallChange())
                        + (each.reasons().isEmpty() ? "" : "; " + each.reasons().get(0))
                        + ").")
            .orElse("");
    return took
        + ", "
        + Amount.number((double) b.profile().wallMillis() / a.profile().wallMillis())
        + " times as long."
        + most;
  }

  static String signed(double millis) {
    return (millis > 0 ? "+" : "") + Amount.time(millis);
  }
}
