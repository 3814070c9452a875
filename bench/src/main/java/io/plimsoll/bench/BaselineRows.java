// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.bench;

import io.plimsoll.standalone.demo.Passing;
import io.plimsoll.standalone.demo.Settings;
import io.plimsoll.standalone.demo.Text;
import io.plimsoll.standalone.stack.ProblemException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The rows of {@code demo-baselines}: finds the smallest passing setting by a small grid of real
 * runs, memory first at the baseline's cores, then cores; lets the tuner advise from the vendor's
 * rule and from 1, 1.5, 2 and 4 times that setting, and runs each advice.
 *
 * <p>Overhead sets no JVM option, so one run at a heap size tells the smallest container for it:
 * the highest resident set, rounded up. That container is then run itself.
 */
final class BaselineRows {
  private static final double MIB = 1L << 20;
  private static final long STEP_MIB = 64;
  private static final int MOST_STEPS = 4;
  private static final long[] HEAPS_MIB = {896, 704, 576, 480};
  private static final double[] FACTORS = {2, 1, 4, 1.5};

  private final Trials trials;
  private final PrintWriter out;
  private final List<Figure> figures = new ArrayList<>();
  private String checksum = "";
  private double baselineMillis;

  BaselineRows(Trials trials, PrintWriter out) {
    this.trials = trials;
    this.out = out;
  }

  /** All rows, or those before the runs that were asked for were used up. */
  List<Figure> measure() throws InterruptedException {
    try {
      rows();
    } catch (Trials.EnoughException e) {
      out.println("stopped after the runs that were asked for; the next call goes on from here");
    }
    return List.copyOf(figures);
  }

  private void rows() throws InterruptedException {
    Map<String, String> rule = Settings.vendorRule();
    Trial vendor = trials.run("vendor rule", rule, 0);
    Trial again = trials.run("vendor rule again", rule, 1);
    checksum = vendor.checksum();
    baselineMillis =
        Text.median(List.of((double) vendor.wallMillis(), (double) again.wallMillis()));
    figure(
        "wall of the vendor rule, run to run",
        again.wallMillis() / (double) vendor.wallMillis(),
        "ratio",
        2);
    Trial observed = trials.observe("vendor rule", rule);
    if (!observed.advice().isEmpty()) {
      // Before the grid: whether the advice passes is the first question.
      patient("advised from vendor rule", observed.advised());
    }
    Trial smallest = smallest();
    double floorMib = smallest.containerBytes() / MIB;
    out.printf(Locale.ROOT, "smallest passing container: %.0f MiB%n", floorMib);
    figure("smallest passing container", floorMib, "MiB", 1);
    share("vendor rule", observed, smallest);
    for (double factor : FACTORS) {
      long heap = Math.round(smallest.heapMib() * factor);
      long container = Math.round(floorMib * factor);
      Map<String, String> settings = Settings.sized(heap, container - heap, 1, Settings.WORKERS);
      share(
          factor + " x smallest",
          trials.observe("from " + factor + " x smallest", settings),
          smallest);
    }
    cores(smallest);
  }

  /** Memory first, at the baseline's cores. */
  private Trial smallest() throws InterruptedException {
    List<Candidate> candidates = new ArrayList<>();
    for (long heap : HEAPS_MIB) {
      Trial probe = patient("grid", Settings.sized(heap, heap, 1, Settings.WORKERS));
      if (!passes(probe)) {
        break;
      }
      long resident = (long) (probe.peakRssBytes() / MIB) + 1;
      candidates.add(new Candidate(heap, Math.max(heap, roundUp(resident))));
    }
    candidates.sort(Comparator.comparingLong(Candidate::containerMib));
    for (Candidate candidate : candidates) {
      for (int step = 0; step < MOST_STEPS; step++) {
        Trial sized = patient("grid, in its own container", candidate.settings(step));
        if (passes(sized)) {
          return sized;
        }
      }
    }
    throw new ProblemException("no setting of the grid passes; is the machine busy?");
  }

  /** A heap and the container that held it, both in MiB. */
  private record Candidate(long heapMib, long containerMib) {
    Map<String, String> settings(int steps) {
      long container = containerMib + steps * STEP_MIB;
      return Settings.sized(heapMib, container - heapMib, 1, Settings.WORKERS);
    }
  }

  /**
   * The run, or a second one when the first was only too slow: one slow run must not decide. A run
   * that was killed, failed or came to other results is not run again.
   */
  private Trial patient(String why, Map<String, String> settings) throws InterruptedException {
    Trial first = trials.run(why, settings, 0);
    boolean isSlowOnly =
        !passes(first) && first.complaints().isEmpty() && first.checksum().equals(checksum);
    return isSlowOnly ? trials.run(why + ", again", settings, 1) : first;
  }

  private boolean passes(Trial trial) {
    return complaints(trial).isEmpty();
  }

  private List<String> complaints(Trial trial) {
    List<String> complaints = new ArrayList<>(trial.complaints());
    if (!trial.checksum().equals(checksum)) {
      complaints.add("other results");
    }
    double ratio = trial.wallMillis() / baselineMillis;
    if (ratio > Passing.WALL_LIMIT) {
      complaints.add("wall " + Text.number(ratio) + " of the baseline's");
    }
    return complaints;
  }

  private void share(String from, Trial observed, Trial smallest) throws InterruptedException {
    if (!observed.complaints().isEmpty()) {
      out.println("  the observed run from " + from + " itself: " + observed.complaints());
    }
    if (observed.advice().isEmpty()) {
      out.println("  no change advised from " + from);
      figure("changes advised from " + from, 0, "count", 1);
      return;
    }
    out.println("  advised from " + from + ": " + new TreeMap<>(observed.advice()));
    Trial advised = patient("advised from " + from, observed.advised());
    List<String> complaints = complaints(advised);
    out.printf(
        Locale.ROOT,
        "  from %s: %.0f -> %.0f MiB, %d -> %d cores, %s%n",
        from,
        observed.containerBytes() / MIB,
        advised.containerBytes() / MIB,
        observed.cores(),
        advised.cores(),
        complaints.isEmpty() ? "passes" : "does NOT pass: " + complaints);
    long gap = observed.containerBytes() - smallest.containerBytes();
    if (gap > 0) {
      double closed = (observed.containerBytes() - advised.containerBytes()) / (double) gap;
      figure("share of the memory gap closed from " + from, closed, "ratio", 1);
    }
    figure("container advised from " + from, advised.containerBytes() / MIB, "MiB", 1);
    figure("cores advised from " + from, advised.cores(), "cores", 1);
    figure("wall under the advice from " + from, ratio(advised), "ratio", 1);
    figure("advice passes from " + from, complaints.isEmpty() ? 1 : 0, "yes = 1", 1);
  }

  /** Then cores: the smallest memory on half of them. */
  private void cores(Trial smallest) throws InterruptedException {
    Map<String, String> half = new TreeMap<>(smallest.settings());
    half.put("spark.cores.max", "1");
    Trial fewer = patient("one core in all", half);
    figure("cores of the smallest setting", passes(fewer) ? 1 : Settings.WORKERS, "cores", 1);
    figure("wall on half the cores", ratio(fewer), "ratio", 1);
  }

  private double ratio(Trial trial) {
    return trial.wallMillis() / baselineMillis;
  }

  private void figure(String name, double value, String unit, int runs) {
    figures.add(new Figure(name, value, unit, "n = " + runs));
  }

  private static long roundUp(long mib) {
    return (mib + STEP_MIB - 1) / STEP_MIB * STEP_MIB;
  }
}
