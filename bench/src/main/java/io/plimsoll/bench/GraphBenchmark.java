// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.bench;

import io.plimsoll.bench.causes.GraphTimes;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the ranking costs on a graph of a million components. */
final class GraphBenchmark implements Benchmark {
  @Override
  public String name() {
    return "graph";
  }

  @Override
  public String about() {
    return "full pass, one update and memory on a graph of a million components (20 seconds)";
  }

  @Override
  public List<Figure> run(PrintWriter out) {
    out.println("building a graph of a million components and three million links ...");
    GraphTimes measured = new GraphTimes().measure();
    List<Figure> figures = new ArrayList<>();
    measured
        .sizes()
        .forEach(
            (name, value) -> {
              out.printf(Locale.ROOT, "%-48s %12.1f%n", name, value);
              String unit = name.endsWith("MiB") ? "MiB" : "count";
              figures.add(new Figure("graph: " + name, value, unit, "n = 1"));
            });
    measured
        .times()
        .forEach(
            (name, values) -> {
              String unit = name.substring(name.lastIndexOf(' ') + 1);
              figures.add(Numbers.figure("graph: " + name, values, unit));
            });
    out.println("one thread; updates change one component of any kind, then refresh");
    out.println("targets: full pass <= 25 ms, one update <= 10 us");
    return figures;
  }
}
