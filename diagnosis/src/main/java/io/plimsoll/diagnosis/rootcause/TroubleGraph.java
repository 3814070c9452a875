// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.rootcause;

import io.plimsoll.diagnosis.finding.Finding;
import io.plimsoll.diagnosis.finding.Severity;
import io.plimsoll.diagnosis.graph.Family;
import io.plimsoll.diagnosis.signal.ComponentType;
import io.plimsoll.profile.RunProfile;
import io.plimsoll.profile.StageProfile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The troubles of a run and which of them can explain which. Trouble that takes next to nothing of
 * the run is not in it. The order of the findings does not matter.
 */
final class TroubleGraph {
  /** Trouble that takes less than this share of the run, or less than this time, is none. */
  static final double LEAST_SHARE = 0.05;

  static final double LEAST_MILLIS = 2_000;

  /** As often as this Spark tries one task; and the share of tasks that are few. */
  private static final int MOST_TRIES = 4;

  private static final double FEW = 0.1;

  /** A setting that is seen as trouble only where other points see the same trouble. */
  private static final Map<String, Problem> SUPPORTING =
      Map.of("config.memory-per-core", Problem.HEAP);

  /**
   * That one trouble can explain another.
   *
   * @param effect index of what is explained
   * @param cause index of what explains it
   */
  record Edge(int effect, int cause, Link link) {}

  private final List<Trouble> troubles;
  private final double[] lost;
  private final List<Edge> edges;

  private TroubleGraph(List<Trouble> troubles, double[] lost, List<Edge> edges) {
    this.troubles = List.copyOf(troubles);
    this.lost = lost;
    this.edges = List.copyOf(edges);
  }

  static TroubleGraph of(RunProfile run, List<Finding> findings) {
    RunMap map = new RunMap(run);
    Losses losses = new Losses(run, map);
    FailureWords words = new FailureWords(run);
    List<Trouble> all = troubles(findings.stream().filter(words::isBelieved).toList(), losses);
    List<Edge> edges = edges(all, map, words);
    double[] lost = inherited(all, edges);
    double least = Math.max(LEAST_MILLIS, LEAST_SHARE * run.wallMillis());
    return kept(all, lost, edges, least);
  }

  List<Trouble> troubles() {
    return troubles;
  }

  List<Edge> edges() {
    return edges;
  }

  /** Wall time that it takes, by itself or by what it brings about, ms. */
  double lost(int index) {
    return lost[index];
  }

  /** A problem and where it is. */
  private record Key(Problem problem, Place place) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      int byProblem = problem.compareTo(other.problem);
      return byProblem != 0 ? byProblem : place.compareTo(other.place);
    }
  }

  private static List<Trouble> troubles(List<Finding> findings, Losses losses) {
    SortedMap<Key, List<Finding>> found = new TreeMap<>();
    boolean isOften = findings.stream().filter(TroubleGraph::isOutOfMemory).count() > 1;
    for (Finding finding : findings) {
      Problem problem = Problem.of(finding.point());
      if (problem != null && finding.hasFired()) {
        boolean isOfAll = isOften && problem == Problem.OUT_OF_MEMORY;
        Key key = new Key(problem, isOfAll ? Place.EXECUTORS : place(problem, finding));
        found.computeIfAbsent(key, any -> new ArrayList<>()).add(finding);
      }
    }
    for (Finding finding : findings) {
      Problem supported = SUPPORTING.get(finding.point());
      if (supported != null && finding.hasFired()) {
        Key key = new Key(supported, place(supported, finding));
        boolean isNeeded =
            found.keySet().stream().anyMatch(each -> each.problem() == Problem.OUT_OF_MEMORY);
        if (isNeeded || found.containsKey(key)) {
          found.computeIfAbsent(key, any -> new ArrayList<>()).add(finding);
        }
      }
    }
    List<Trouble> troubles = new ArrayList<>();
    found.forEach(
        (key, seen) ->
            troubles.add(
                new Trouble(
                    key.problem(),
                    key.place(),
                    seen,
                    losses.millis(key.problem(), key.place(), seen))));
    return troubles;
  }

  /** What fails in several stages is not the fault of one of them. */
  private static boolean isOutOfMemory(Finding finding) {
    return finding.hasFired() && Problem.of(finding.point()) == Problem.OUT_OF_MEMORY;
  }

  /** Executors have one heap size: what is seen of it in one, or over the run, is of all. */
  private static Place place(Problem problem, Finding finding) {
    Place place = Place.of(finding.component());
    return switch (problem) {
      case HEAP, OUTSIDE_HEAP -> place.is(ComponentType.DRIVER) ? place : Place.EXECUTORS;
      case IDLE, KILLED_FOR_MEMORY -> Place.EXECUTORS;
      case DRIVER_MEMORY, DRIVER_STARVED, LARGE_RESULTS, DRIVER_BOUND ->
          Place.of(ComponentType.DRIVER.word());
      default -> place;
    };
  }

  private static List<Edge> edges(List<Trouble> all, RunMap map, FailureWords words) {
    List<Edge> edges = new ArrayList<>();
    for (int effect = 0; effect < all.size(); effect++) {
      for (int cause = 0; cause < all.size(); cause++) {
        Link link = effect == cause ? null : link(all.get(effect), all.get(cause), map, words);
        if (link != null) {
          edges.add(new Edge(effect, cause, link));
        }
      }
    }
    return edges;
  }

  private static @Nullable Link link(
      Trouble effect, Trouble cause, RunMap map, FailureWords words) {
    if (!Propagation.mayExplain(cause.problem(), effect.problem())
        || isTooWeak(effect, cause, map)) {
      return null;
    }
    Link link = map.link(effect.place(), cause.place());
    if (!Propagation.explains(cause.problem(), effect.problem(), link)) {
      return null;
    }
    boolean isFailure =
        effect.problem() == Problem.RUN_FAILED || effect.problem() == Problem.PART_FAILED;
    return isFailure && !words.allow(cause.problem()) ? null : link;
  }

  /** Whether the evidence speaks against it, though the rules would allow it. */
  private static boolean isTooWeak(Trouble effect, Trouble cause, RunMap map) {
    if (cause.problem() == Problem.LARGE_PARTITIONS && cause.severity() == Severity.LOW) {
      return true;
    }
    if (effect.problem() == Problem.HEAP) {
      return !map.hasMost(cause.place(), stage -> stage.engine().gcMillis());
    }
    if (effect.problem() != Problem.OUT_OF_MEMORY) {
      return false;
    }
    if (cause.problem() == Problem.HEAP) {
      return cause.severity() == Severity.LOW;
    }
    StageProfile stage = map.stage(effect.place());
    if (stage == null) {
      return !map.hasMost(cause.place(), each -> each.details().memoryFailures())
          || isOfFew(cause.problem());
    }
    return isOfFew(cause.problem()) && stage.details().memoryFailures() > few(stage);
  }

  /** Whether it hits few tasks, so that it cannot be why many ran out of memory. */
  private static boolean isOfFew(Problem cause) {
    return cause == Problem.SKEW || cause == Problem.TAIL;
  }

  private static double few(StageProfile stage) {
    return Math.max(MOST_TRIES, FEW * stage.taskCount());
  }

  /** What takes no time by itself takes what it brings about. */
  private static double[] inherited(List<Trouble> all, List<Edge> edges) {
    double[] lost = all.stream().mapToDouble(Trouble::own).toArray();
    boolean isChanged = true;
    while (isChanged) {
      isChanged = false;
      for (Edge edge : edges) {
        Trouble effect = all.get(edge.effect());
        boolean isPassed =
            effect.problem().nature() != Problem.Nature.CONSEQUENCE
                && (isFailure(effect)
                    || edge.link() == Link.SAME
                    || !isMeasured(all.get(edge.cause())));
        if (isPassed) {
          double passed = lost[edge.effect()] * share(effect, all.get(edge.cause()));
          if (passed > lost[edge.cause()]) {
            lost[edge.cause()] = passed;
            isChanged = true;
          }
        }
      }
    }
    return lost;
  }

  private static boolean isFailure(Trouble trouble) {
    return switch (trouble.problem()) {
      case OUT_OF_MEMORY, KILLED_FOR_MEMORY, EXECUTORS_LOST -> true;
      default -> trouble.problem().family() == Family.ERROR;
    };
  }

  /** Whether what it takes was seen in the tasks' own times, and need not be concluded. */
  private static boolean isMeasured(Trouble trouble) {
    return switch (trouble.problem()) {
      case SKEW, TAIL, LOW_PARALLELISM, SINGLE_TASK, TINY_TASKS, SPILL, STAGE_GC, HEAP -> true;
      case FETCH_WAIT, SLOW_WRITE, WAITING, SCHEDULER_DELAY, SERIALIZATION -> true;
      case EXECUTOR_SLOW, HOST_SLOW, DRIVER_BOUND, JOB_GAPS -> trouble.own() > 0;
      default -> false;
    };
  }

  /** How much of an effect is put down to a cause that takes less time by itself. */
  private static double share(Trouble effect, Trouble cause) {
    boolean isCertain =
        switch (cause.problem()) {
          case OUT_OF_MEMORY, KILLED_FOR_MEMORY, EXECUTORS_LOST, BLOCKS_LOST -> true;
          case TASKS_FAIL, PART_FAILED, REFUSED, KILLED, LARGE_RESULTS -> true;
          default -> false;
        };
    boolean isFailure = effect.problem().family() == Family.ERROR;
    if (isCertain && isFailure) {
      return 0.95;
    }
    return switch (cause.severity()) {
      case NONE -> 0;
      case LOW -> isFailure ? 0 : 0.2;
      case MODERATE -> 0.7;
      case SEVERE -> 0.85;
      case CRITICAL -> 0.95;
    };
  }

  /** Without what takes too little, and without consequences of nothing that is left. */
  private static TroubleGraph kept(
      List<Trouble> all, double[] lost, List<Edge> edges, double least) {
    double[] weight = lost.clone();
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).problem().nature() == Problem.Nature.CONSEQUENCE) {
        weight[i] = 0;
      }
    }
    for (Edge edge : edges) {
      Trouble effect = all.get(edge.effect());
      if (effect.problem().nature() == Problem.Nature.CONSEQUENCE) {
        weight[edge.effect()] = Math.max(weight[edge.effect()], lost[edge.cause()]);
      }
    }
    List<Integer> left = new ArrayList<>();
    int[] moved = new int[all.size()];
    for (int i = 0; i < all.size(); i++) {
      boolean isFailure = all.get(i).problem() == Problem.RUN_FAILED && weight[i] > 0;
      boolean isKept = weight[i] >= least || isFailure;
      moved[i] = isKept ? left.size() : -1;
      if (isKept) {
        left.add(i);
      }
    }
    List<Edge> keptEdges =
        edges.stream()
            .filter(edge -> moved[edge.effect()] >= 0 && moved[edge.cause()] >= 0)
            .map(edge -> new Edge(moved[edge.effect()], moved[edge.cause()], edge.link()))
            .sorted(Comparator.comparingInt(Edge::effect).thenComparingInt(Edge::cause))
            .toList();
    return new TroubleGraph(
        left.stream().map(all::get).toList(),
        left.stream().mapToDouble(i -> weight[i]).toArray(),
        keptEdges);
  }
}
