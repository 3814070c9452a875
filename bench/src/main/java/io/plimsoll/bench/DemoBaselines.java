// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.bench;

import io.plimsoll.embedded.EmulatedNodes;
import io.plimsoll.embedded.SparkCluster;
import io.plimsoll.standalone.demo.DemoData;
import io.plimsoll.standalone.demo.JobRunner;
import io.plimsoll.standalone.demo.Settings;
import io.plimsoll.standalone.stack.Places;
import io.plimsoll.standalone.stack.ProblemException;
import io.plimsoll.standalone.stack.Stack;
import io.plimsoll.standalone.stack.StackSpec;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How much of what could be saved the advice saves: the demo's job on real Workers, on emulated
 * nodes where this machine allows them, under the settings that {@link BaselineRows} asks for.
 */
final class DemoBaselines implements Benchmark {
  private static final double SCALE = 0.5;
  private static final double WARM_UP_SCALE = 0.02;
  private static final int NODE_MILLI_CORES = 1000;

  private final @Nullable NodeKind asked;
  private final int mostRuns;

  /**
   * The benchmark.
   *
   * @param asked null for emulated nodes where they are possible
   * @param mostRuns new runs before it stops; the next call goes on
   */
  DemoBaselines(@Nullable NodeKind asked, int mostRuns) {
    this.asked = asked;
    this.mostRuns = mostRuns;
  }

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
    NodeKind kind = kind(out);
    Path home = Places.folder(Places.home().resolve("demo"));
    Path kept = Places.folder(Places.home().resolve("bench"));
    Path work = kept.resolve("work");
    try (FileChannel lock = Places.lock(home)) {
      Places.remove(work);
      Places.folder(work);
      return locked(kind, home, kept, work, out);
    }
  }

  private NodeKind kind(PrintWriter out) {
    if (asked == NodeKind.PLAIN) {
      return NodeKind.PLAIN;
    }
    Optional<String> obstacle = EmulatedNodes.obstacle();
    if (obstacle.isEmpty()) {
      return NodeKind.EMULATED;
    }
    if (asked == NodeKind.EMULATED) {
      throw new ProblemException(obstacle.get() + "; take --nodes plain");
    }
    out.println(obstacle.get() + "; plain Workers are taken, no limit is enforced");
    return NodeKind.PLAIN;
  }

  private List<Figure> locked(NodeKind kind, Path home, Path kept, Path work, PrintWriter out)
      throws InterruptedException {
    try (Stack stack = Stack.start(home, StackSpec.fresh(0, null));
        @Nullable EmulatedNodes nodes = nodes(kind, stack);
        SparkCluster cluster = SparkCluster.start(spec(work), nodes)) {
      out.println("nodes: " + kind + ", " + cluster.masterUrl());
      Path data = DemoData.ensure(null, home, SCALE, cluster, out::println);
      Path small = DemoData.ensure(null, home, WARM_UP_SCALE, cluster, out::println);
      PrintWriter quiet = new PrintWriter(new StringWriter());
      Trials trials =
          new Trials(
              new JobRunner(stack, cluster, work, data, quiet),
              new JobRunner(stack, cluster, work, small, quiet),
              () -> nodes == null ? 0 : nodes.outOfMemoryKills(),
              kept.resolve("demo-baselines.jsonl"),
              made(kind),
              mostRuns,
              out);
      return new BaselineRows(trials, out).measure();
    }
  }

  private static SparkCluster.Spec spec(Path work) {
    return new SparkCluster.Spec(
        Places.sparkHome(), work.resolve("spark"), Settings.WORKERS, 1, Settings.NODE_MIB << 20);
  }

  private static @Nullable EmulatedNodes nodes(NodeKind kind, Stack stack) {
    if (kind == NodeKind.PLAIN) {
      return null;
    }
    EmulatedNodes nodes =
        EmulatedNodes.start(
            new EmulatedNodes.Spec(Settings.WORKERS, Settings.NODE_MIB << 20, NODE_MILLI_CORES));
    try {
      String brokers = stack.bootstrapServers();
      nodes.expose(Integer.parseInt(brokers.substring(brokers.lastIndexOf(':') + 1)));
      return nodes;
    } catch (RuntimeException e) {
      nodes.close();
      throw e;
    }
  }

  private static Trials.Made made(NodeKind kind) {
    Path root = Places.root();
    return new Trials.Made(
        String.join(
            "-",
            Stamp.of(Places.agentJar()),
            Stamp.of(Places.workloadsJar()),
            Runtime.version().toString(),
            kind.toString()),
        String.join(
            "-",
            Stamp.of(root.resolve("profile/target/classes")),
            Stamp.of(root.resolve("diagnosis/target/classes")),
            Stamp.of(root.resolve("tuner/core/target/classes"))));
  }
}
