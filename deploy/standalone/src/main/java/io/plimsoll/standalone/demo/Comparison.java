// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.demo;

import io.plimsoll.profile.Books;
import io.plimsoll.wire.Role;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** The first sizing beside the advised one, run by run. */
public final class Comparison {
  private final List<FinishedRun> first;
  private final List<FinishedRun> advised;

  /** Both lists in the order in which the runs ran; the i-th of each form a pair. */
  public Comparison(List<FinishedRun> first, List<FinishedRun> advised) {
    this.first = List.copyOf(first);
    this.advised = List.copyOf(advised);
  }

  /**
   * Savings as fractions of the first sizing: medians over the pairs.
   *
   * @param allocatedMemory executors' container size times lifetime
   * @param allocatedCores executors' cores times lifetime
   * @param usedMemory integral of resident sets
   * @param usedCpu process CPU time
   * @param wall from application start to its end
   */
  public record Saving(
      double allocatedMemory,
      double allocatedCores,
      double usedMemory,
      double usedCpu,
      double wall) {}

  public Saving saving() {
    return new Saving(
        saved(run -> run.costs().executors().allocatedGiBSeconds()),
        saved(run -> run.costs().executors().allocatedCoreSeconds()),
        saved(FinishedRun::executorRssByteMillis),
        saved(FinishedRun::executorCpuNanos),
        saved(FinishedRun::wallMillis));
  }

  /** Whether every advised run passes beside the median of the first ones. */
  public Passing passing() {
    double wall = Text.median(first.stream().map(run -> (double) run.wallMillis()).toList());
    List<String> complaints = new ArrayList<>();
    for (FinishedRun run : first) {
      for (String complaint : Passing.alone(run).complaints()) {
        complaints.add("the first sizing itself: " + complaint);
      }
    }
    for (FinishedRun run : advised) {
      complaints.addAll(Passing.beside(run, wall, first.get(0).checksum()).complaints());
    }
    return new Passing(complaints);
  }

  /** Prints the table that the demo ends with. */
  public void print(PrintWriter out) {
    int pairs = Math.min(first.size(), advised.size());
    out.println();
    out.println(
        pairs == 1
            ? "First run (A) and second run under the advice (B); n = 1, so no spread is known"
            : "First sizing (A) and advised sizing (B), medians of "
                + pairs
                + " pairs (lowest to highest saving)");
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        row("allocated memory", "GiB·s", 1, run -> run.costs().executors().allocatedGiBSeconds()));
    rows.add(
        row("allocated cores", "core·s", 1, run -> run.costs().executors().allocatedCoreSeconds()));
    rows.add(
        row("used memory (resident)", "GiB·s", 1 << 30, run -> run.executorRssByteMillis() / 1e3));
    rows.add(row("used CPU", "core·s", 1, run -> run.executorCpuNanos() / 1e9));
    rows.add(row("wall time", "s", 1, run -> run.wallMillis() / 1e3));
    rows.add(
        row(
            "driver allocated memory",
            "GiB·s",
            1,
            run -> run.costs().driver().allocatedGiBSeconds()));
    rows.add(highest("container per executor", run -> run.container().totalBytes(), Text::size));
    rows.add(highest("highest resident set", FinishedRun::peakExecutorRssBytes, Text::size));
    rows.add(highest("highest GC share of executor CPU", Comparison::gcShare, Text::percent));
    rows.add(
        highest(
            "highest spill to disk",
            run -> run.profile().engineSums().diskSpillBytes(),
            Text::size));
    rows.add(
        highest("failed tasks", FinishedRun::failedTasks, count -> Long.toString((long) count)));
    rows.add(List.of("result checksum", checksums(first), checksums(advised), "", ""));
    Text.table(out, List.of("", "A", "B", "saved", "spread"), rows);
    Passing passing = passing();
    if (passing.passes()) {
      out.println(
          "  The advised sizing passes: no failed task, same results, no process above its container,");
      out.println("  wall time within " + Passing.WALL_LIMIT + " of the first sizing.");
    } else {
      out.println("  The advised sizing does NOT pass: " + String.join("; ", passing.complaints()));
    }
    out.flush();
  }

  /** GC threads' CPU over the executors' process CPU, by the agent's books. */
  static double gcShare(FinishedRun run) {
    return Books.of(run.profile()).stream()
        .filter(line -> line.role() == Role.EXECUTOR)
        .mapToDouble(line -> (double) line.gcCpuNanos() / Math.max(1, line.processCpuNanos()))
        .findFirst()
        .orElse(Double.NaN);
  }

  private double saved(ToDoubleFunction<FinishedRun> measure) {
    return Text.median(savings(measure));
  }

  private List<Double> savings(ToDoubleFunction<FinishedRun> measure) {
    List<Double> savings = new ArrayList<>();
    for (int i = 0; i < Math.min(first.size(), advised.size()); i++) {
      double before = measure.applyAsDouble(first.get(i));
      savings.add(before == 0 ? 0 : 1 - measure.applyAsDouble(advised.get(i)) / before);
    }
    return savings;
  }

  private List<String> row(
      String name, String unit, double scale, ToDoubleFunction<FinishedRun> measure) {
    List<Double> savings = savings(measure);
    double low = savings.stream().mapToDouble(x -> x).min().orElse(Double.NaN);
    double high = savings.stream().mapToDouble(x -> x).max().orElse(Double.NaN);
    return List.of(
        name + ", " + unit,
        String.format(Locale.ROOT, "%.1f", medianOf(first, measure) / scale),
        String.format(Locale.ROOT, "%.1f", medianOf(advised, measure) / scale),
        Text.percent(Text.median(savings)),
        savings.size() < 2 ? "n = 1" : Text.percent(low) + " to " + Text.percent(high));
  }

  private List<String> highest(
      String name, ToDoubleFunction<FinishedRun> measure, DoubleFunction<String> text) {
    return List.of(
        name,
        text.apply(first.stream().mapToDouble(measure).max().orElse(0)),
        text.apply(advised.stream().mapToDouble(measure).max().orElse(0)),
        "",
        "");
  }

  private static String checksums(List<FinishedRun> runs) {
    return runs.stream().map(FinishedRun::checksum).distinct().collect(Collectors.joining(" "));
  }

  private static double medianOf(List<FinishedRun> runs, ToDoubleFunction<FinishedRun> measure) {
    return Text.median(runs.stream().map(run -> measure.applyAsDouble(run)).toList());
  }
}
