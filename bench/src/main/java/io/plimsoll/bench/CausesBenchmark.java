// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.bench;

import io.plimsoll.bench.causes.PlantedRuns;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How often a fault planted in a made-up typed cluster is found, beside simple baselines. */
final class CausesBenchmark implements Benchmark {
  private static final int FAULTS = 200;

  /** Other faults than those that the calibration was fitted to. */
  private static final long SEED = 1;

  private static final List<Cell> CELLS =
      List.of(
          new Cell(0, 0.02),
          new Cell(0, 0.08),
          new Cell(0.3, 0.02),
          new Cell(0.3, 0.08),
          new Cell(0.6, 0.08));

  /** How many roots are silent, and how many components deviate for no reason. */
  private record Cell(double hidden, double noise) {
    @Override
    public String toString() {
      return Math.round(100 * hidden) + " % silent roots, " + Math.round(100 * noise) + " % noise";
    }
  }

  @Override
  public String name() {
    return "causes";
  }

  @Override
  public String about() {
    return "faults found that were planted in made-up clusters, beside baselines (30 seconds)";
  }

  @Override
  public List<Figure> run(PrintWriter out) {
    List<Figure> figures = new ArrayList<>();
    out.printf("%-34s %-16s %6s %6s%n", FAULTS + " faults each", "method", "R@1", "R@3");
    for (Cell cell : CELLS) {
      PlantedRuns runs = new PlantedRuns(null).run(FAULTS, cell.hidden(), cell.noise(), SEED);
      for (String method : runs.methods()) {
        out.printf(
            Locale.ROOT,
            "%-34s %-16s %6.2f %6.2f%n",
            cell,
            method,
            runs.first(method),
            runs.third(method));
        figure(figures, cell + ": " + method + " R@1", runs.first(method));
        figure(figures, cell + ": " + method + " R@3", runs.third(method));
      }
      out.printf(
          Locale.ROOT,
          "%-34s named in %.2f of the faults, right in %.2f of those; nobody named in %.2f of the"
              + " clusters without a fault; calibration error %.2f%n",
          "",
          runs.named(),
          runs.precision(),
          runs.specificity(),
          runs.calibrationError());
      figure(figures, cell + ": nobody named without a fault", runs.specificity());
      figure(figures, cell + ": right where somebody was named", runs.precision());
      figure(figures, cell + ": calibration error", runs.calibrationError());
      out.flush();
    }
    out.println(
        "Made by the same rules that the ranking uses: a check of sanity, not of accuracy.");
    return figures;
  }

  private static void figure(List<Figure> figures, String name, double value) {
    figures.add(new Figure("causes, " + name, value, "share", "n = " + FAULTS));
  }
}
