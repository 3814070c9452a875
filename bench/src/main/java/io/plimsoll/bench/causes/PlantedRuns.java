// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.bench.causes;

import io.plimsoll.diagnosis.cause.Calibration;
import io.plimsoll.diagnosis.cause.CauseEngine;
import io.plimsoll.diagnosis.cause.CauseOptions;
import io.plimsoll.diagnosis.cause.Ranking;
import io.plimsoll.diagnosis.cause.Suspect;
import io.plimsoll.diagnosis.cause.Symptom;
import io.plimsoll.diagnosis.graph.Family;
import io.plimsoll.diagnosis.graph.LinkGraph;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Plants faults in small clusters and counts how often each ranking finds them. */
public final class PlantedRuns {
  /** The method of ours in the tables. */
  public static final String OURS = "plimsoll";

  private final @Nullable Calibration calibration;
  private final Map<String, Integer> first = new TreeMap<>();
  private final Map<String, Integer> third = new TreeMap<>();
  private final List<Calibration.Sample> samples = new ArrayList<>();
  private int cases;
  private int quiet;
  private int quietNamed;
  private int named;
  private int namedRight;

  /** With a calibration of one's own, or the one that is used where nobody gives one. */
  public PlantedRuns(@Nullable Calibration calibration) {
    this.calibration = calibration;
  }

  /** Plants so many faults, and leaves as many clusters without one. */
  public PlantedRuns run(int faults, double hidden, double noise, long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < faults; i++) {
      SmallCluster cluster = new SmallCluster(random.nextLong());
      fault(cluster, PlantedFault.plant(cluster, true, hidden, noise, random));
      PlantedFault none = PlantedFault.plant(cluster, false, 0, noise, random);
      quiet++;
      quietNamed += rank(cluster.graph(), none).isAbstained() ? 0 : 1;
    }
    return this;
  }

  private void fault(SmallCluster cluster, PlantedFault fault) {
    LinkGraph graph = cluster.graph();
    cases++;
    count("max severity", Baselines.rank(Baselines.maxSeverity(graph, fault), fault.root()));
    count("hard traversal", Baselines.rank(Baselines.hardTraversal(graph, fault), fault.root()));
    count("PageRank", Baselines.rank(Baselines.pageRank(graph, fault), fault.root()));
    Ranking ranking = rank(graph, fault);
    count(OURS, ours(ranking, fault.root()));
    if (!ranking.suspects().isEmpty()) {
      Suspect top = ranking.suspects().get(0);
      samples.add(new Calibration.Sample(top.confidence(), top.component() == fault.root()));
    }
    if (!ranking.isAbstained()) {
      named++;
      namedRight += ranking.suspects().get(0).component() == fault.root() ? 1 : 0;
    }
  }

  private Ranking rank(LinkGraph graph, PlantedFault fault) {
    CauseOptions options = CauseOptions.DEFAULT.listing(50);
    CauseEngine engine =
        calibration == null
            ? new CauseEngine(graph, options)
            : new CauseEngine(graph, options, calibration);
    for (int v = 0; v < graph.size(); v++) {
      for (int f = 0; f < Family.COUNT; f++) {
        double steps = fault.steps(v, f);
        boolean speaks = steps > 0 || (graph.type(v).expected() >> f & 1) != 0;
        if (!Double.isNaN(steps) && speaks) {
          engine.observe(v, Family.at(f), Math.log1p(steps));
        }
      }
    }
    engine.refreshAll();
    return engine.rank(List.of(new Symptom(fault.symptom(), -1, 1)));
  }

  private static int ours(Ranking ranking, int root) {
    for (Suspect suspect : ranking.suspects()) {
      if (suspect.component() == root) {
        return (int)
            ranking.suspects().stream().filter(other -> other.rank() <= suspect.rank()).count();
      }
    }
    return Integer.MAX_VALUE;
  }

  private void count(String method, int rank) {
    first.merge(method, rank <= 1 ? 1 : 0, Integer::sum);
    third.merge(method, rank <= 3 ? 1 : 0, Integer::sum);
  }

  /** The methods that were compared. */
  public List<String> methods() {
    return List.copyOf(first.keySet());
  }

  /** The share of faults that a method ranks first. */
  public double first(String method) {
    return first.getOrDefault(method, 0) / (double) cases;
  }

  /** The share of faults that a method ranks among the first three. */
  public double third(String method) {
    return third.getOrDefault(method, 0) / (double) cases;
  }

  /** The share of clusters without a fault in which nobody was named. */
  public double specificity() {
    return 1 - quietNamed / (double) quiet;
  }

  /** The share of faults in which somebody was named. */
  public double named() {
    return named / (double) cases;
  }

  /** The share of those in which it was the right one; NaN where nobody was ever named. */
  public double precision() {
    return namedRight / (double) named;
  }

  /** Confidence of the first suspect, and whether it was right, of every fault. */
  public List<Calibration.Sample> samples() {
    return samples;
  }

  /**
   * Expected calibration error of the first suspects, over ten bins: the mean distance of
   * confidence and share of right ones.
   */
  public double calibrationError() {
    double[] confidence = new double[10];
    double[] right = new double[10];
    for (Calibration.Sample sample : samples) {
      int bin = Math.min(9, (int) (10 * sample.raw()));
      confidence[bin] += sample.raw();
      right[bin] += sample.isRight() ? 1 : 0;
    }
    double error = 0;
    for (int bin = 0; bin < 10; bin++) {
      error += Math.abs(confidence[bin] - right[bin]) / samples.size();
    }
    return error;
  }
}
