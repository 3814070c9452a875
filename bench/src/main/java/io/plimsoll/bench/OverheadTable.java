// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.bench;

import io.plimsoll.bench.arm.Arm;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** One job's runs as a table: each arm beside the run without an agent of the same round. */
final class OverheadTable {
  private static final double MIB = 1 << 20;

  private final String part;
  private final Map<Arm, List<Measured>> runs;
  private final List<Figure> figures = new ArrayList<>();

  OverheadTable(String part, Map<Arm, List<Measured>> runs) {
    this.part = part;
    this.runs = runs;
  }

  /** Prints the table and returns its figures. */
  List<Figure> print(PrintWriter out) {
    out.println();
    out.printf(
        Locale.ROOT,
        "%-18s %9s %22s %9s %8s %8s %7s %8s %9s %8s %9s%n",
        part,
        "cpu s",
        "more cpu s (low..high)",
        "account s",
        "wall +s",
        "alloc +M",
        "rss +M",
        "threads",
        "us/att.",
        "series",
        "attempts");
    runs.forEach((arm, measured) -> row(arm, measured, out));
    same(out);
    agreement(out);
    return List.copyOf(figures);
  }

  private void row(Arm arm, List<Measured> measured, PrintWriter out) {
    List<Double> cpu = differences(arm, Measured::cpuSeconds);
    List<Double> account = accounts(measured);
    List<Double> attempts =
        measured.stream().map(run -> (double) run.delivered().attempts()).toList();
    List<Double> series = measured.stream().map(run -> (double) run.delivered().series()).toList();
    List<Double> perAttempt = perAttempt(arm);
    List<Double> wall = differences(arm, run -> run.usage().wallMillis() / 1e3);
    List<Double> allocated = differences(arm, run -> run.allocatedBytes() / MIB);
    List<Double> rss = differences(arm, run -> run.usage().peakRssBytes() / MIB);
    List<Double> threads = differences(arm, run -> run.usage().threads());
    List<Double> whole = measured.stream().map(Measured::cpuSeconds).toList();
    out.printf(
        Locale.ROOT,
        "%-18s %9.2f %8.2f (%5.2f..%5.2f) %9.3f %8.1f %8.0f %7.0f %8.0f %9.1f %8.0f %9.0f%n",
        arm.label(),
        Numbers.median(whole),
        Numbers.median(cpu),
        low(cpu),
        high(cpu),
        Numbers.median(account),
        Numbers.median(wall),
        Numbers.median(allocated),
        Numbers.median(rss),
        Numbers.median(threads),
        Numbers.median(perAttempt),
        Numbers.median(series),
        Numbers.median(attempts));
    String name = part + ": " + arm.label() + ": ";
    figures.add(Numbers.figure(name + "process-tree CPU", whole, "s"));
    if (arm != Arm.NONE) {
      figures.add(Numbers.figure(name + "CPU beside no agent", cpu, "s"));
      figures.add(Numbers.figure(name + "wall beside no agent", wall, "s"));
      figures.add(Numbers.figure(name + "allocated beside no agent", allocated, "MiB"));
      figures.add(Numbers.figure(name + "peak RSS beside no agent", rss, "MiB"));
      figures.add(Numbers.figure(name + "threads beside no agent", threads, "count"));
    }
    if (!account.isEmpty()) {
      figures.add(Numbers.figure(name + "CPU by its own account", account, "s"));
    }
    if (!perAttempt.isEmpty()) {
      figures.add(Numbers.figure(name + "CPU per attempt (A/B)", perAttempt, "us"));
    }
    if (Numbers.median(series) > 0) {
      figures.add(Numbers.figure(name + "series delivered", series, "count"));
    }
  }

  /** Results and exit codes must be the same in all arms. */
  private void same(PrintWriter out) {
    Set<String> checksums = new LinkedHashSet<>();
    long failed = 0;
    for (List<Measured> measured : runs.values()) {
      for (Measured run : measured) {
        checksums.add(run.checksum());
        failed += run.usage().exit() == 0 ? 0 : 1;
      }
    }
    out.println(
        checksums.size() == 1 && failed == 0
            ? "  results and exit codes are the same in all runs: " + checksums
            : "  NOT THE SAME: checksums " + checksums + ", runs that failed " + failed);
    figures.add(
        new Figure(
            part + ": same result and exit code in every arm",
            checksums.size() == 1 && failed == 0 ? 1 : 0,
            "yes = 1",
            "n = " + runs.values().stream().mapToLong(List::size).sum()));
  }

  /** The agent's own account and the A/B difference may differ by the noise of two equal arms. */
  private void agreement(PrintWriter out) {
    List<Double> floor = differences(Arm.NONE_AGAIN, Measured::cpuSeconds);
    if (floor.isEmpty()) {
      return;
    }
    double noise = floor.stream().mapToDouble(Math::abs).max().orElse(Double.NaN);
    out.printf(Locale.ROOT, "  noise floor (largest A/A difference): %.2f s CPU%n", noise);
    figures.add(new Figure(part + ": noise floor", noise, "s", Numbers.spread(floor)));
    runs.forEach(
        (arm, measured) -> {
          List<Double> account = accounts(measured);
          if (arm.isOurs() && !account.isEmpty()) {
            double told = Numbers.median(account);
            double seen = Numbers.median(differences(arm, Measured::cpuSeconds));
            out.printf(
                Locale.ROOT,
                "  %-18s account %.3f s, A/B %.3f s, apart %.3f s: %s; also says %s%n",
                arm.label(),
                told,
                seen,
                seen - told,
                Math.abs(seen - told) <= noise ? "within the noise" : "OUTSIDE the noise",
                measured.get(measured.size() - 1).delivered().ownMetrics());
            figures.add(
                new Figure(
                    part + ": " + arm.label() + ": A/B minus own account",
                    seen - told,
                    "s",
                    "noise floor " + String.format(Locale.ROOT, "%.3f", noise)));
          }
        });
  }

  private List<Double> accounts(List<Measured> measured) {
    return measured.stream()
        .map(run -> run.delivered().agentCpuNanos() / 1e9)
        .filter(seconds -> seconds >= 0)
        .toList();
  }

  private List<Double> perAttempt(Arm arm) {
    List<Measured> measured = runs.getOrDefault(arm, List.of());
    List<Double> cpu = differences(arm, Measured::cpuSeconds);
    List<Double> per = new ArrayList<>();
    for (int i = 0; i < cpu.size(); i++) {
      long attempts = measured.get(i).delivered().attempts();
      if (attempts > 0) {
        per.add(cpu.get(i) * 1e6 / attempts);
      }
    }
    return per;
  }

  private List<Double> differences(Arm arm, ToDoubleFunction<Measured> of) {
    List<Measured> with = runs.getOrDefault(arm, List.of());
    List<Measured> without = runs.getOrDefault(Arm.NONE, List.of());
    List<Double> differences = new ArrayList<>();
    for (int i = 0; i < Math.min(with.size(), without.size()); i++) {
      differences.add(of.applyAsDouble(with.get(i)) - of.applyAsDouble(without.get(i)));
    }
    return differences;
  }

  private static double low(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).min().orElse(Double.NaN);
  }

  private static double high(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN);
  }
}
