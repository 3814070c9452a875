// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.scorecard;

import io.plimsoll.profile.RunProfile;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Cost, efficiency and stability of one run, or of a job's runs together.
 *
 * @param runs how many it speaks of
 * @param prices that the costs are in
 * @param executors what executors were given and used (in local mode the driver, which is one)
 * @param driver the driver on a line of its own
 */
public record Scorecard(
    int runs,
    Prices prices,
    CostLine executors,
    CostLine driver,
    Score cost,
    Score efficiency,
    Score stability) {
  /** Fewer runs say nothing of a spread. */
  static final int LEAST_RUNS = 4;

  /** Makes a median absolute deviation comparable to a standard deviation of normal values. */
  private static final double MAD_TO_SIGMA = 1.4826;

  /** The scorecard of one run at the default prices. */
  public static Scorecard of(RunProfile run) {
    return of(run, Prices.DEFAULT);
  }

  /** The scorecard of one run. */
  public static Scorecard of(RunProfile run, Prices prices) {
    return of(List.of(Measures.of(run, prices)), prices);
  }

  /**
   * The scorecard of a job: every metric over all runs in which it is known, the nearest of them
   * for the distance to the limit.
   *
   * @param runs at least one, all measured at {@code prices}
   */
  public static Scorecard of(Collection<Measures> runs, Prices prices) {
    if (runs.isEmpty()) {
      throw new IllegalArgumentException("a scorecard speaks of at least one run");
    }
    CostLine executors =
        runs.stream().map(Measures::executors).reduce(CostLine::plus).orElseThrow();
    CostLine driver = runs.stream().map(Measures::driver).reduce(CostLine::plus).orElseThrow();
    Map<Part, Double> known = new EnumMap<>(Part.class);
    Map<Part, String> unknown = new EnumMap<>(Part.class);
    for (Part part : Part.values()) {
      pool(runs, part, known, unknown);
    }
    variation(runs, known, unknown);
    return new Scorecard(
        runs.size(),
        prices,
        executors,
        driver,
        cost(runs, prices),
        Score.of(Score.Kind.EFFICIENCY, weights(Score.Kind.EFFICIENCY), known, unknown),
        Score.of(Score.Kind.STABILITY, weights(Score.Kind.STABILITY), known, unknown));
  }

  /** The scores in the order in which people read them. */
  public List<Score> scores() {
    return List.of(cost, efficiency, stability);
  }

  /** Of the runs whose price is known; the share of the others is missing in the coverage. */
  private static Score cost(Collection<Measures> runs, Prices prices) {
    List<Measures> priced = runs.stream().filter(run -> run.executors().price() >= 0).toList();
    Map<Part, Double> weights = new EnumMap<>(Part.class);
    Map<Part, Double> known = new EnumMap<>(Part.class);
    Map<Part, String> unknown = new EnumMap<>(Part.class);
    if (priced.isEmpty()) {
      // How the price divides is not known, so neither part can be weighed.
      weights.put(Part.MEMORY_NOT_RESIDENT, 1.0);
      weights.put(Part.CORES_WITHOUT_TASK, 1.0);
      unknown.put(Part.MEMORY_NOT_RESIDENT, "the allocated memory is not known");
      unknown.put(Part.CORES_WITHOUT_TASK, "its share of the price is not known");
      return Score.of(Score.Kind.COST, weights, known, unknown);
    }
    CostLine line = priced.stream().map(Measures::executors).reduce(CostLine::plus).orElseThrow();
    weights.put(Part.MEMORY_NOT_RESIDENT, line.allocatedGiBHours() * prices.gibHour());
    weights.put(Part.CORES_WITHOUT_TASK, line.allocatedCoreHours() * prices.coreHour());
    pool(priced, Part.MEMORY_NOT_RESIDENT, known, unknown);
    pool(priced, Part.CORES_WITHOUT_TASK, known, unknown);
    Score score = Score.of(Score.Kind.COST, weights, known, unknown);
    double all = runs.stream().mapToDouble(run -> run.executors().allocatedCoreHours()).sum();
    double share = all > 0 ? line.allocatedCoreHours() / all : 1;
    return new Score(
        score.kind(), score.points(), score.coverage() * share, score.losses(), score.unknown());
  }

  private static Map<Part, Double> weights(Score.Kind kind) {
    Map<Part, Double> weights = new EnumMap<>(Part.class);
    for (Part part : Part.values()) {
      if (part.kind() == kind) {
        weights.put(part, (double) part.weight());
      }
    }
    return weights;
  }

  private static void pool(
      Collection<Measures> runs, Part part, Map<Part, Double> known, Map<Part, String> unknown) {
    double sum = 0;
    double whole = 0;
    double most = -1;
    String why = "not told";
    for (Measures run : runs) {
      Measures.Fraction fraction = run.known().get(part);
      if (fraction != null) {
        sum += fraction.part();
        whole += fraction.whole();
        most = Math.max(most, fraction.value());
      } else {
        why = run.unknown().getOrDefault(part, why);
      }
    }
    if (most < 0) {
      unknown.put(part, why);
    } else {
      known.put(part, part == Part.LIMIT ? most : new Measures.Fraction(sum, whole).value());
    }
  }

  private static void variation(
      Collection<Measures> runs, Map<Part, Double> known, Map<Part, String> unknown) {
    List<Double> walls = new ArrayList<>();
    for (Measures run : runs) {
      if (run.isWhole() && run.wallMillis() > 0) {
        walls.add((double) run.wallMillis());
      }
    }
    if (walls.size() < LEAST_RUNS) {
      unknown.put(
          Part.VARIATION,
          "needs "
              + LEAST_RUNS
              + " whole runs of the job, there "
              + (walls.size() == 1 ? "is 1" : "are " + walls.size()));
      return;
    }
    double median = median(walls);
    double deviation = median(walls.stream().map(wall -> Math.abs(wall - median)).toList());
    known.put(Part.VARIATION, MAD_TO_SIGMA * deviation / median);
    unknown.remove(Part.VARIATION);
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int half = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(half)
        : (sorted.get(half - 1) + sorted.get(half)) / 2;
  }
}
