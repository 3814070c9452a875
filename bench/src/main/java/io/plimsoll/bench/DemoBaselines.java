// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.bench;

import io.plimsoll.embedded.SparkCluster;
import io.plimsoll.standalone.demo.DemoData;
import io.plimsoll.standalone.demo.JobRunner;
import io.plimsoll.standalone.demo.Passing;
import io.plimsoll.standalone.demo.Settings;
import io.plimsoll.standalone.demo.Text;
import io.plimsoll.standalone.stack.Places;
import io.plimsoll.standalone.stack.ProblemException;
import io.plimsoll.standalone.stack.Stack;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How much of what could be saved the advice saves: finds the smallest passing setting by a small
 * grid of real runs, then lets the tuner advise from the vendor's rule and from 1, 1.5, 2 and 4
 * times that setting, and runs each advice.
 *
 * <p>Overhead sets no JVM option, so one run at a heap size tells the smallest container for it:
 * the highest resident set, rounded up.
 */
final class DemoBaselines implements Benchmark {
  private static final double SCALE = 0.5;
  private static final long MIB = 1L << 20;
  private static final long STEP_MIB = 64;
  private static final long[] HEAPS_MIB = {896, 704, 576, 480};
  private static final double[] FACTORS = {2, 1, 4, 1.5};

  @Override
  public String name() {
    return "demo-baselines";
  }

  @Override
  public String about() {
    return "the smallest setting that passes, and what share of the gap to it the advice closes";
  }

  @Override
  @SuppressWarnings("try") // the lock is held, not used
  public List<Figure> run(PrintWriter out) throws Exception {
    Path home = Places.folder(Places.home().resolve("demo"));
    Path kept = Places.folder(Places.home().resolve("bench"));
    Path work = kept.resolve("work");
    try (FileChannel lock = Places.lock(home)) {
      Places.remove(work);
      return locked(home, kept, work, out);
    }
  }

  private List<Figure> locked(Path home, Path kept, Path work, PrintWriter out)
      throws InterruptedException {
    try (Stack stack = Stack.start(home, 0);
        SparkCluster cluster =
            SparkCluster.start(
                new SparkCluster.Spec(
                    Places.sparkHome(),
                    Places.folder(work),
                    Settings.WORKERS,
                    1,
                    Settings.NODE_MIB * MIB))) {
      Path data = DemoData.ensure(null, home, SCALE, cluster, out::println);
      PrintWriter quiet = new PrintWriter(new StringWriter());
      JobRunner runner = new JobRunner(stack, cluster, work, data, quiet);
      return measure(new Trials(runner, kept.resolve("demo-baselines.jsonl"), build(), out), out);
    }
  }

  /** The jars that decide what a run does and what is advised after it, by size and time. */
  private static String build() {
    return Places.stamp(Places.agentJar())
        + "-"
        + Places.stamp(Places.workloadsJar())
        + "-"
        + Places.stamp(Places.root().resolve("tuner/core/target/classes"))
        + "-"
        + Runtime.version();
  }

  private List<Figure> measure(Trials trials, PrintWriter out) throws InterruptedException {
    Trial vendor = trials.run("vendor rule", Settings.vendorRule(), 0);
    Trial again = trials.run("vendor rule again", Settings.vendorRule(), 1);
    double wall = Text.median(List.of((double) vendor.wallMillis(), (double) again.wallMillis()));
    Trial smallest = smallest(trials, wall, vendor.checksum());
    long floorBytes = smallest.containerBytes();
    out.printf(Locale.ROOT, "smallest passing container: %.0f MiB%n", floorBytes / (double) MIB);
    List<Figure> figures = new ArrayList<>();
    figures.add(
        new Figure("smallest passing container", floorBytes / (double) MIB, "MiB", "n = 1"));
    figures.add(
        new Figure(
            "wall of the vendor rule, run to run",
            again.wallMillis() / (double) vendor.wallMillis(),
            "ratio",
            "n = 2"));
    share("vendor rule", vendor, floorBytes, wall, trials, out, figures);
    for (double factor : FACTORS) {
      long heap = Math.round(heapMib(smallest) * factor);
      long container = Math.round(floorBytes / (double) MIB * factor);
      Trial from =
          trials.run(
              "from " + factor + " x smallest",
              Settings.sized(heap, container - heap, 1, Settings.WORKERS),
              0);
      share(factor + " x smallest", from, floorBytes, wall, trials, out, figures);
    }
    Trial fewer = trials.run("one core in all", withCores(smallest.settings(), 1), 0);
    figures.add(
        new Figure(
            "cores of the smallest setting",
            passes(fewer, wall, vendor.checksum()) ? 1 : Settings.WORKERS,
            "cores",
            "n = 1"));
    figures.add(
        new Figure(
            "wall on half the cores, over the baseline's",
            fewer.wallMillis() / wall,
            "ratio",
            "n = 1"));
    return figures;
  }

  private static Trial smallest(Trials trials, double wall, String checksum)
      throws InterruptedException {
    @Nullable Trial best = null;
    for (long heap : HEAPS_MIB) {
      Map<String, String> settings = Settings.sized(heap, heap, 1, Settings.WORKERS);
      Trial probe = trials.run("grid", settings, 0);
      if (!passes(probe, wall, checksum)) {
        // One slow run on a shared machine must not set the floor.
        probe = trials.run("grid, again", settings, 1);
      }
      if (!passes(probe, wall, checksum)) {
        break;
      }
      long container = Math.max(heap, roundUp(probe.peakRssBytes() / MIB + 1));
      Trial sized =
          new Trial(
              Settings.sized(heap, container - heap, 1, Settings.WORKERS),
              container * MIB,
              probe.peakRssBytes(),
              probe.wallMillis(),
              probe.checksum(),
              List.of(),
              probe.advice());
      if (best == null || sized.containerBytes() < best.containerBytes()) {
        best = sized;
      }
    }
    if (best == null) {
      throw new ProblemException("no heap of the grid passes; is the machine busy?");
    }
    return best;
  }

  private static boolean passes(Trial probe, double wall, String checksum) {
    return probe.complaints().isEmpty()
        && probe.checksum().equals(checksum)
        && probe.wallMillis() <= wall * Passing.WALL_LIMIT;
  }

  private static void share(
      String from,
      Trial observed,
      long floorBytes,
      double baselineWall,
      Trials trials,
      PrintWriter out,
      List<Figure> figures)
      throws InterruptedException {
    if (observed.advice().isEmpty()) {
      out.println("  no change advised from " + from);
      figures.add(new Figure("changes advised from " + from, 0, "count", "n = 1"));
      return;
    }
    out.println("  advised from " + from + ": " + new TreeMap<>(observed.advice()));
    Trial advised = trials.run("advised from " + from, observed.advised(), 0);
    List<String> complaints = new ArrayList<>(advised.complaints());
    observed.complaints().forEach(complaint -> complaints.add("the observed run: " + complaint));
    if (!advised.checksum().equals(observed.checksum())) {
      complaints.add("other results");
    }
    double ratio = advised.wallMillis() / baselineWall;
    if (ratio > Passing.WALL_LIMIT) {
      complaints.add("wall " + Text.number(ratio));
    }
    long gap = observed.containerBytes() - floorBytes;
    double closed = (observed.containerBytes() - advised.containerBytes()) / (double) gap;
    out.printf(
        Locale.ROOT,
        "  from %s: %.0f -> %.0f MiB, %s%n",
        from,
        observed.containerBytes() / (double) MIB,
        advised.containerBytes() / (double) MIB,
        complaints.isEmpty() ? "passes" : "does NOT pass: " + complaints);
    if (gap > 0) {
      figures.add(
          new Figure("share of the memory gap closed from " + from, closed, "ratio", "n = 1"));
    }
    figures.add(
        new Figure(
            "container advised from " + from,
            advised.containerBytes() / (double) MIB,
            "MiB",
            "n = 1"));
    figures.add(new Figure("wall under the advice from " + from, ratio, "ratio", "n = 1"));
    figures.add(
        new Figure("advice passes from " + from, complaints.isEmpty() ? 1 : 0, "yes = 1", "n = 1"));
  }

  private static Map<String, String> withCores(Map<String, String> settings, int cores) {
    Map<String, String> changed = new TreeMap<>(settings);
    changed.put("spark.cores.max", Integer.toString(cores));
    return changed;
  }

  private static long heapMib(Trial trial) {
    return Long.parseLong(
        java.util.Objects.requireNonNull(trial.settings().get("spark.executor.memory"))
            .replace("m", ""));
  }

  private static long roundUp(long mib) {
    return (mib + STEP_MIB - 1) / STEP_MIB * STEP_MIB;
  }
}
