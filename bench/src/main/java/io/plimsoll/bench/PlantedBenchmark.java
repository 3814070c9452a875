// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.bench;

import io.plimsoll.bench.causes.Hits;
import io.plimsoll.bench.planted.PlantedRuns;
import io.plimsoll.bench.planted.Tally;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Real Spark runs with one problem each, or none: who names it, and who cries wolf. */
final class PlantedBenchmark implements Benchmark {
  private final Set<String> kinds;
  private final boolean isAnew;
  private final int most;

  PlantedBenchmark(Set<String> kinds, boolean isAnew, int most) {
    this.kinds = kinds;
    this.isAnew = isAnew;
    this.most = most;
  }

  @Override
  public String name() {
    return "planted";
  }

  @Override
  public String about() {
    return "problems planted in real Spark runs: who names them (30 minutes, once; then seconds)";
  }

  @Override
  public List<Figure> run(PrintWriter out) throws Exception {
    return new PlantedRuns(kinds, isAnew, most)
        .run(out).stream().map(PlantedBenchmark::figure).toList();
  }

  private static Figure figure(Tally tally) {
    if (tally.of() == 0) {
      return new Figure(tally.name(), tally.hits(), "count", "n = 1");
    }
    double[] interval = Hits.wilson((int) tally.hits(), (int) tally.of());
    return new Figure(
        tally.name(),
        tally.hits() / (double) tally.of(),
        "share",
        String.format(
            Locale.ROOT, "95 %% %.3f to %.3f, n = %d", interval[0], interval[1], tally.of()));
  }
}
