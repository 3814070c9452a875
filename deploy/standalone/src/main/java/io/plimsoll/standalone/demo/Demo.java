// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plimsoll.embedded.SparkCluster;
import io.plimsoll.server.api.RunDocument;
import io.plimsoll.standalone.stack.OutputFile;
import io.plimsoll.standalone.stack.Places;
import io.plimsoll.standalone.stack.ProblemException;
import io.plimsoll.standalone.stack.Stack;
import io.plimsoll.standalone.stack.StackSpec;
import io.plimsoll.store.influx.InfluxSettings;
import io.plimsoll.tuner.recommendation.Recommendation;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** The whole way, once: run, see, diagnose, advise, run again, compare. */
public final class Demo {
  private static final long ROOM_BYTES = 3L << 30;
  private static final long FLOOR_BYTES = 9L << 30;
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * What a person may choose.
   *
   * @param pairs how many times each sizing runs, at least 1
   * @param scale TPC-H scale factor
   * @param json where to write runs and saving, null nowhere
   * @param data where the tables are kept, null under the home folder
   * @param port of the API, 0 any
   * @param components file of targets to poll beside, null none
   * @param influx where series are copied to, null nowhere
   */
  public record Options(
      boolean exit,
      int pairs,
      double scale,
      @Nullable Path json,
      @Nullable Path data,
      int port,
      @Nullable Path components,
      @Nullable InfluxSettings influx) {
    public Options {
      if (pairs < 1 || pairs > 20) {
        throw new ProblemException("--pairs " + pairs + ": take 1 to 20");
      }
      if (!(scale >= 0.01 && scale <= 10)) {
        throw new ProblemException("--scale " + scale + ": take 0.01 to 10");
      }
    }
  }

  private final Options options;
  private final PrintWriter out;
  private final long startNanos = System.nanoTime();

  public Demo(Options options, PrintWriter out) {
    this.options = options;
    this.out = out;
  }

  /** The whole demo; 0 when the advised sizing passes, 1 when not. */
  @SuppressWarnings("try") // the lock is held, not used
  public int run() throws IOException, InterruptedException {
    Path home = Places.folder(Places.home().resolve("demo"));
    Places.requireRoom(home, ROOM_BYTES);
    requireMachine();
    OutputFile.requireWritable("--json", options.json());
    try (FileChannel lock = Places.lock(home);
        Stack stack =
            Stack.start(
                home,
                StackSpec.fresh(options.port(), options.components())
                    .withInflux(options.influx()))) {
      say("broker, pipeline, store and API are up: " + stack.address());
      if (options.influx() != null) {
        say("series are copied to InfluxDB " + options.influx());
      }
      return withStack(home, stack);
    }
  }

  private int withStack(Path home, Stack stack) throws IOException, InterruptedException {
    Path work = home.resolve("work");
    Places.remove(work);
    Places.folder(work);
    try (SparkCluster cluster = SparkCluster.start(clusterSpec(work))) {
      say(
          "Spark Master and "
              + Settings.WORKERS
              + " Workers of 1 core and 8 GiB are up: "
              + cluster.masterUrl());
      Path data = DemoData.ensure(options.data(), home, options.scale(), cluster, this::say);
      JobRunner runner = new JobRunner(stack, cluster, work, data, out);
      Map<String, String> vendor = Settings.vendorRule();
      say("run A: " + vendor + ", one executor per Worker by the 90 %-of-the-node rule");
      FinishedRun first = runner.run("A", vendor);
      RunTables tables = new RunTables(out);
      tables.print(first);
      tables.findings(first.findings());
      Passing alone = Passing.alone(first);
      if (!alone.passes()) {
        throw new ProblemException(
            "run A is no baseline: " + String.join("; ", alone.complaints()));
      }
      Optional<Recommendation> recommendation = first.recommendation();
      if (recommendation.isEmpty()) {
        throw new ProblemException(
            "no recommendation was made for run A within 20 s; see " + stack.address());
      }
      tables.recommendation(recommendation.get());
      Comparison comparison = compare(runner, first, vendor, recommendation.get());
      comparison.print(out);
      finish(stack, comparison);
      return comparison.passing().passes() ? 0 : 1;
    }
  }

  private final List<FinishedRun> firsts = new ArrayList<>();
  private final List<FinishedRun> advised = new ArrayList<>();

  private Comparison compare(
      JobRunner runner,
      FinishedRun first,
      Map<String, String> vendor,
      Recommendation recommendation)
      throws InterruptedException {
    firsts.add(first);
    Map<String, String> settings = Settings.advised(vendor, recommendation);
    if (settings.equals(vendor)) {
      say("the advice changes nothing; the second run shows the noise");
    }
    for (int pair = 0; pair < options.pairs(); pair++) {
      boolean firstLeads = pair % 2 == 0;
      if (firstLeads && pair > 0) {
        firsts.add(runner.run("A", vendor));
      }
      say("run B" + (options.pairs() > 1 ? " of pair " + (pair + 1) : "") + ": " + settings);
      FinishedRun second = runner.run("B", settings);
      advised.add(second);
      if (pair == 0) {
        new RunTables(out).print(second);
      }
      if (!firstLeads) {
        say("run A of pair " + (pair + 1));
        firsts.add(runner.run("A", vendor));
      }
    }
    return new Comparison(firsts, advised);
  }

  private void finish(Stack stack, Comparison comparison) throws IOException, InterruptedException {
    say(
        String.format(
            Locale.ROOT,
            "done after %.0f s; this JVM's highest resident set was %s",
            (System.nanoTime() - startNanos) / 1e9,
            Text.size(OwnMemory.peakRssBytes())));
    Path json = options.json();
    if (json != null) {
      writeJson(json, comparison);
    }
    if (!options.exit()) {
      say("console: " + stack.address() + " (Ctrl-C ends it)");
      new CountDownLatch(1).await();
    }
  }

  private void writeJson(Path file, Comparison comparison) throws IOException {
    ObjectNode root = JSON.createObjectNode();
    ArrayNode runs = root.putArray("runs");
    for (int i = 0; i < Math.max(firsts.size(), advised.size()); i++) {
      if (i < firsts.size()) {
        runs.add(document(firsts.get(i)));
      }
      if (i < advised.size()) {
        runs.add(document(advised.get(i)));
      }
    }
    Comparison.Saving saving = comparison.saving();
    root.putObject("saving")
        .put("allocatedMemory", saving.allocatedMemory())
        .put("allocatedCores", saving.allocatedCores())
        .put("usedMemory", saving.usedMemory())
        .put("usedCpu", saving.usedCpu())
        .put("wall", saving.wall());
    OutputFile.write(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n");
    say("figures: " + file.toAbsolutePath());
  }

  private static ObjectNode document(FinishedRun run) {
    ObjectNode node =
        JSON.valueToTree(
            RunDocument.of(run.profile(), run.findings(), run.recommendation().orElse(null)));
    if (!run.checksum().isEmpty()) {
      node.put("resultChecksum", run.checksum());
    }
    return node;
  }

  private static SparkCluster.Spec clusterSpec(Path work) {
    return new SparkCluster.Spec(
        Places.sparkHome(), work.resolve("spark"), Settings.WORKERS, 1, Settings.NODE_MIB << 20);
  }

  private void requireMachine() {
    long available = OwnMemory.availableBytes();
    if (available > 0 && available < FLOOR_BYTES) {
      throw new ProblemException(
          "this machine has "
              + Text.gib(available)
              + " of memory available and the demo needs "
              + Text.gib(FLOOR_BYTES)
              + "; end something or take a larger machine");
    }
    if (Runtime.getRuntime().availableProcessors() < 2) {
      say("only one CPU is visible: the figures of two executors on one CPU mean little");
    }
  }

  private void say(String text) {
    out.printf(
        Locale.ROOT,
        "[%4.0f s] %s%n",
        Duration.ofNanos(System.nanoTime() - startNanos).toMillis() / 1e3,
        text);
    out.flush();
  }
}
