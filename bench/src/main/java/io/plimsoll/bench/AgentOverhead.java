// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.bench;

import io.plimsoll.bench.arm.Arm;
import io.plimsoll.bench.arm.Range;
import io.plimsoll.bench.child.FlinkSum;
import io.plimsoll.bench.jmh.EncodeCost;
import io.plimsoll.bench.jmh.Steps;
import io.plimsoll.bench.tree.Tree;
import io.plimsoll.bench.tree.Usage;
import io.plimsoll.standalone.stack.Logs;
import io.plimsoll.standalone.stack.Places;
import io.plimsoll.standalone.stack.ProblemException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the agent costs its host, beside no agent, an empty one and three agents of others: its
 * inner steps by JMH, start-up, an idle host, and the CPU of whole process trees under Spark and
 * Flink jobs. Runs are kept: an interrupted call goes on where it stopped.
 */
final class AgentOverhead implements Benchmark {
  private static final String TPCH_SCALE = "0.05";
  private static final long FLINK_NUMBERS = 20_000_000;
  private static final int STARTS = 10;
  private static final Duration DATA_LIMIT = Duration.ofMinutes(10);

  private final Asked asked;

  AgentOverhead(Asked asked) {
    this.asked = asked;
  }

  @Override
  public String name() {
    return "agent-overhead";
  }

  @Override
  public String about() {
    return "what the agent costs, beside other agents: --parts jmh,start,idle,tasks,tpch,flink"
        + " (1, 8, 5, 15, 30 and 15 minutes with --pairs 3)";
  }

  @Override
  @SuppressWarnings("try") // the lock is held, not used
  public List<Figure> run(PrintWriter out) throws Exception {
    Path home = Places.folder(Places.home().resolve("bench"));
    Path work = home.resolve("overhead");
    List<Figure> figures = new ArrayList<>();
    try (FileChannel lock = Places.lock(home)) {
      Places.remove(work);
      Files.createDirectories(work);
      if (asked.wants("jmh")) {
        figures.addAll(steps(out));
      }
      Logs.toFile(home.resolve("bench.log"));
      Path peers = Places.root().resolve("bench/target/peers");
      Kept kept = new Kept(home.resolve("agent-overhead.jsonl"));
      try (Range range = new Range(Places.agentJar(), peers, work.resolve("range"))) {
        if (asked.wants("start")) {
          figures.addAll(new StartUp(range, work).measure(STARTS, out));
        }
        if (asked.wants("idle")) {
          figures.addAll(new IdleHost(range, kept, work, build(), out).measure(asked.pairs()));
        }
        jobs(new OverheadRuns(range, kept, work, build(), out), home, work, figures, out);
      }
    }
    return figures;
  }

  private void jobs(OverheadRuns runs, Path home, Path work, List<Figure> figures, PrintWriter out)
      throws IOException, InterruptedException {
    if (asked.wants("tasks")) {
      String part = "tiny tasks " + asked.tasks();
      figures.addAll(
          table(part, runs, out, spark("TinyTasks", "--tasks", Integer.toString(asked.tasks()))));
    }
    if (asked.wants("tpch")) {
      Path data = tpch(home, work, out);
      String part = "tpch mix " + TPCH_SCALE;
      figures.addAll(
          table(
              part,
              runs,
              out,
              spark(
                  "DemoJob",
                  "--data",
                  data.toString(),
                  "--result",
                  work.resolve("result.json").toString())));
    }
    if (asked.wants("flink")) {
      String part = "flink sum " + FLINK_NUMBERS;
      figures.addAll(
          table(
              part,
              runs,
              out,
              (stand, folder) -> {
                List<String> options = new ArrayList<>(ChildJvm.watched(folder));
                options.add("-Xmx768m");
                return ChildJvm.plain(
                    stand, FlinkSum.class, options, List.of(Long.toString(FLINK_NUMBERS)));
              }));
    }
  }

  private List<Figure> table(String part, OverheadRuns runs, PrintWriter out, OverheadRuns.Job job)
      throws IOException, InterruptedException {
    return new OverheadTable(part, runs.measure(part, List.of(Arm.values()), asked.pairs(), job))
        .print(out);
  }

  private static OverheadRuns.Job spark(String program, String... args) {
    return new OverheadRuns.Job() {
      @Override
      public List<String> command(io.plimsoll.bench.arm.Stand stand, Path folder)
          throws IOException {
        return ChildJvm.spark(stand, folder, "io.plimsoll.workloads." + program, List.of(args));
      }

      @Override
      public Map<String, String> environment(Path folder) throws IOException {
        return ChildJvm.sparkEnvironment(folder);
      }
    };
  }

  private static List<Figure> steps(PrintWriter out) {
    out.println("JMH: the agent's inner steps, about a minute");
    out.flush();
    List<Figure> figures = new ArrayList<>();
    List<Steps.Step> steps = Steps.measure(Places.agentJar());
    for (Steps.Step step : steps) {
      figures.add(
          new Figure(
              "jmh: " + step.name(),
              step.micros(),
              "us",
              String.format(
                  Locale.ROOT,
                  "%.3f to %.3f, n = %d",
                  step.lowMicros(),
                  step.highMicros(),
                  step.iterations())));
      out.printf(
          Locale.ROOT,
          "  %-26s %10.3f us (%.3f to %.3f)%n",
          step.name(),
          step.micros(),
          step.lowMicros(),
          step.highMicros());
    }
    out.println(
        "  (attemptBatch is "
            + EncodeCost.ATTEMPTS
            + " attempts; a step's share of a core is its time over its period)");
    if (steps.size() < Steps.COUNT) {
      out.println("  " + (Steps.COUNT - steps.size()) + " of the steps failed: no figure for them");
    }
    return figures;
  }

  private static Path tpch(Path home, Path work, PrintWriter out)
      throws IOException, InterruptedException {
    Path data = home.resolve("tpch-" + TPCH_SCALE);
    if (Files.isDirectory(data)) {
      return data;
    }
    out.println("making TPC-H tables at scale " + TPCH_SCALE + " (once)");
    out.flush();
    List<String> command = new ArrayList<>();
    try (Range none = new Range(Places.agentJar(), work, work.resolve("data"));
        var stand = none.open(Arm.NONE, work.resolve("data"))) {
      command.addAll(
          ChildJvm.spark(
              stand,
              work.resolve("data"),
              "io.plimsoll.workloads.TpchData",
              List.of("generate", "--out", data.toString(), "--scale", TPCH_SCALE)));
    }
    Path output = work.resolve("tpch-data.txt");
    try (Tree tree =
        Tree.start(command, work, output, ChildJvm.sparkEnvironment(work.resolve("data")))) {
      Usage usage = tree.await(DATA_LIMIT);
      if (usage.exit() != 0) {
        throw new ProblemException("making the TPC-H tables failed: see " + output);
      }
    }
    return data;
  }

  private static String build() {
    return Places.stamp(Places.agentJar())
        + "-"
        + Places.stamp(Places.workloadsJar())
        + "-"
        + Runtime.version();
  }
}
