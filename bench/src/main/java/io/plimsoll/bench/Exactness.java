// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.bench;

import io.plimsoll.bench.arm.Recordings;
import io.plimsoll.embedded.SparkApp;
import io.plimsoll.embedded.SparkCluster;
import io.plimsoll.embedded.SubmitSpec;
import io.plimsoll.engines.spark.SparkEventLog;
import io.plimsoll.standalone.stack.Places;
import io.plimsoll.standalone.stack.ProblemException;
import io.plimsoll.wire.AttemptRecord;
import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.Envelope;
import io.plimsoll.wire.LossCounters;
import io.plimsoll.wire.Role;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Whether what the agent tells of attempts is what happened: a job with failures, kills and an
 * executor that is ended from outside, on a real cluster, beside Spark's own event log; and whether
 * the CPU books of each process close.
 */
final class Exactness implements Benchmark {
  private static final int LEAST_TASKS = 10_000;
  private static final int WORKERS = 2;
  private static final int CORES = 2;
  private static final long MIB = 1L << 20;
  private static final Duration LIMIT = Duration.ofMinutes(12);

  /** The first executor works on its slow tasks for this long before it is ended. */
  private static final long BEFORE_KILL_MILLIS = 2_500;

  private final Asked asked;

  Exactness(Asked asked) {
    this.asked = asked;
  }

  @Override
  public String name() {
    return "exactness";
  }

  @Override
  public String about() {
    return "attempts and CPU beside Spark's own event log, with failures, kills and a lost"
        + " executor (2 minutes)";
  }

  @Override
  @SuppressWarnings("try") // the lock is held, not used
  public List<Figure> run(PrintWriter out) throws Exception {
    Path home = Places.folder(Places.home().resolve("bench"));
    Path work = home.resolve("exactness");
    try (FileChannel lock = Places.lock(home)) {
      Places.remove(work);
      Path recordings = Files.createDirectories(work.resolve("recordings"));
      Path eventLogs = Files.createDirectories(work.resolve("event-logs"));
      runJob(work, recordings, eventLogs, out);
      return judge(recordings, eventLogs, out);
    }
  }

  private void runJob(Path work, Path recordings, Path eventLogs, PrintWriter out)
      throws IOException, InterruptedException {
    Path last = Files.createDirectories(work.resolve("last"));
    String agent = "-javaagent:" + Places.agentJar() + "=file=" + recordings + "/,last=" + last;
    Path ready = work.resolve("ready");
    int tasks = asked.tasks();
    if (tasks < LEAST_TASKS) {
      out.println("fewer than " + LEAST_TASKS + " tasks: a try, not the figure");
    }
    SubmitSpec spec =
        SubmitSpec.of(
                "troubled",
                Places.workloadsJar(),
                "io.plimsoll.workloads.TroubledTasks",
                List.of("--tasks", Integer.toString(tasks), "--ready", ready.toString()))
            .withConf(
                Map.of(
                    "spark.executor.memory", "768m",
                    "spark.executor.cores", Integer.toString(CORES),
                    "spark.cores.max", Integer.toString(WORKERS * CORES),
                    "spark.executor.extraJavaOptions", agent,
                    "spark.eventLog.enabled", "true",
                    "spark.eventLog.compress", "false",
                    "spark.eventLog.dir", eventLogs.toUri().toString(),
                    "spark.ui.enabled", "false",
                    "spark.speculation", "true"))
            .withDriverJvmOptions(List.of(agent));
    out.println(tasks + " tasks on " + WORKERS + " Workers; then kills and a lost executor");
    out.flush();
    try (SparkCluster cluster =
            SparkCluster.start(
                new SparkCluster.Spec(
                    Places.sparkHome(), work.resolve("cluster"), WORKERS, CORES, 1024 * MIB));
        SparkApp app = cluster.submit(spec)) {
      endAnExecutor(cluster, app, ready, out);
      OptionalInt exit = app.waitFor(LIMIT);
      if (exit.isEmpty() || exit.getAsInt() != 0) {
        throw new ProblemException(
            "the job " + (exit.isEmpty() ? "did not end" : "failed") + ": see " + app.stderr());
      }
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
      while (!cluster.executors().isEmpty() && System.nanoTime() - deadline < 0) {
        TimeUnit.MILLISECONDS.sleep(100);
      }
    }
  }

  private static void endAnExecutor(SparkCluster cluster, SparkApp app, Path ready, PrintWriter out)
      throws InterruptedException {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (!Files.exists(ready) && app.isRunning() && System.nanoTime() - deadline < 0) {
      TimeUnit.MILLISECONDS.sleep(100);
    }
    TimeUnit.MILLISECONDS.sleep(BEFORE_KILL_MILLIS);
    List<ProcessHandle> executors = cluster.executors();
    if (executors.size() < WORKERS || !executors.get(0).destroyForcibly()) {
      throw new ProblemException("no executor to end: see " + app.stderr());
    }
    out.println("ended the executor with process id " + executors.get(0).pid());
    out.flush();
  }

  private static List<Figure> judge(Path recordings, Path eventLogs, PrintWriter out)
      throws IOException {
    List<EngineEvent> log = new ArrayList<>();
    SparkEventLog.tasks(eventLogs, log::add);
    Map<UUID, ProcessBooks> books = new LinkedHashMap<>();
    Map<UUID, LossCounters> losses = new HashMap<>();
    Map<String, UUID> endedWell = new HashMap<>();
    List<AttemptRecord> attempts = new ArrayList<>();
    int cut =
        Recordings.read(
            recordings,
            envelope -> {
              UUID process = envelope.identity().process();
              books.computeIfAbsent(process, unused -> new ProcessBooks(envelope)).add(envelope);
              losses.merge(process, envelope.loss(), Exactness::later);
              attempts.addAll(envelope.attempts());
              noteEnd(envelope, endedWell);
            });
    Set<String> executors =
        log.stream()
            .map(task -> String.valueOf(task.text(io.plimsoll.wire.EventText.EXECUTOR_ID)))
            .collect(Collectors.toSet());
    executors.removeAll(endedWell.keySet());
    long admitted =
        losses.values().stream().mapToLong(loss -> loss.attempts() + loss.foldedAttempts()).sum();
    out.println(
        books.size()
            + " recordings, "
            + cut
            + " cut off; executors that did not say farewell: "
            + executors);
    List<Figure> figures = new ArrayList<>();
    join(LogJoin.of(log, attempts, executors, admitted), admitted, figures, out);
    close(List.copyOf(books.values()), figures, out);
    return figures;
  }

  private static LossCounters later(LossCounters one, LossCounters other) {
    return one.attempts() + one.foldedAttempts() >= other.attempts() + other.foldedAttempts()
        ? one
        : other;
  }

  private static void noteEnd(Envelope envelope, Map<String, UUID> endedWell) {
    boolean ended =
        envelope.events().stream()
            .anyMatch(event -> event.kind() == io.plimsoll.wire.EventKind.JVM_ENDING);
    if (ended && envelope.identity().role() == Role.EXECUTOR) {
      endedWell.put(envelope.identity().executorId(), envelope.identity().process());
    }
  }

  private static void join(LogJoin join, long admitted, List<Figure> figures, PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "%nevent log %d attempts %s, agent %d whole, joined %d; below executorCpuTime %d;"
            + " agent's CPU over Spark's %.4f; records the agents say they lost %d%n",
        join.logged(),
        join.outcomes(),
        join.whole(),
        join.joined(),
        join.cpuBelow(),
        join.cpuRatio(),
        admitted);
    join.differences().forEach((what, many) -> out.printf("  %8d  %s%n", many, what));
    out.println("  unexplained: " + join.unexplained());
    figures.add(count("attempts in the event log", join.logged()));
    figures.add(count("attempts told by the agent", join.whole()));
    figures.add(count("attempts joined", join.joined()));
    join.outcomes().forEach((outcome, many) -> figures.add(count("logged: " + outcome, many)));
    join.differences().forEach((what, many) -> figures.add(count("difference: " + what, many)));
    figures.add(count("differences without a reason (target 0)", join.unexplained()));
    figures.add(count("attempts below executorCpuTime (target 0)", join.cpuBelow()));
    figures.add(
        new Figure("agent's CPU over Spark's, of successes", join.cpuRatio(), "ratio", "n = 1"));
  }

  private static void close(List<ProcessBooks> all, List<Figure> figures, PrintWriter out) {
    double worst = Double.NEGATIVE_INFINITY;
    for (ProcessBooks books : all) {
      double over = books.process() == 0 ? 0 : 100.0 * -books.residual() / books.process();
      worst = Math.max(worst, over);
      out.printf(
          Locale.ROOT,
          "%n%s: process %.2f s, residual %.2f s (%.1f %%), used after the last walk %.2f s%n",
          books.name(),
          books.process() / 1e9,
          books.residual() / 1e9,
          -over,
          books.afterLastWalk() / 1e9);
      books
          .parts()
          .forEach((part, nanos) -> out.printf(Locale.ROOT, "  %8.2f s  %s%n", nanos / 1e9, part));
      books
          .unnamed()
          .forEach(
              thread ->
                  out.printf(
                      Locale.ROOT,
                      "           %8.3f s  unnamed thread %s%n",
                      thread.getValue() / 1e9,
                      thread.getKey()));
    }
    figures.add(
        new Figure(
            "most CPU attributed beyond what a process used (target <= 2)",
            Math.max(0, worst),
            "%",
            "n = " + all.size()));
    ProcessBooks.residualShare(all)
        .forEach(
            (role, share) ->
                figures.add(new Figure("residual of " + role, 100 * share, "%", "n = 1")));
  }

  private static Figure count(String name, long many) {
    return new Figure(name, many, "count", "n = 1");
  }
}
