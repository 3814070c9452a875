// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.demo;

import io.plimsoll.embedded.EmulatedNodes;
import io.plimsoll.embedded.ProcessUsage;
import io.plimsoll.embedded.ProcessWatch;
import io.plimsoll.embedded.SparkApp;
import io.plimsoll.embedded.SparkCluster;
import io.plimsoll.embedded.SubmitSpec;
import io.plimsoll.engines.spark.SparkEventLog;
import io.plimsoll.profile.ContainerSize;
import io.plimsoll.profile.Rollup;
import io.plimsoll.profile.RunKey;
import io.plimsoll.profile.RunProfile;
import io.plimsoll.profile.SparkSize;
import io.plimsoll.standalone.stack.Places;
import io.plimsoll.standalone.stack.ProblemException;
import io.plimsoll.standalone.stack.Stack;
import io.plimsoll.store.RunCatalogue.RunSummary;
import io.plimsoll.tuner.recommendation.Recommendation;
import io.plimsoll.wire.EngineEvent;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Submits the demo's job with some settings, watches it and waits for its final profile. */
public final class JobRunner {
  private static final Duration LONGEST = Duration.ofMinutes(30);
  private static final Duration PROFILE_WAIT = Duration.ofSeconds(60);
  private static final long LIVE_EVERY_MILLIS = 10_000;
  private static final String CLUSTER = "demo";
  private static final Pattern CHECKSUM =
      Pattern.compile("\"checksum\"\\s*:\\s*\"?([0-9a-fA-Fx-]+)\"?\\s*}?\\s*$");

  private final Stack stack;
  private final SparkCluster cluster;
  private final Path work;
  private final Path data;
  private final PrintWriter out;
  private int submitted;

  /**
   * A runner. On emulated nodes each executor is held to its container by the kernel.
   *
   * @param work where event logs, results and outputs go
   * @param data the folder with the TPC-H tables
   */
  public JobRunner(Stack stack, SparkCluster cluster, Path work, Path data, PrintWriter out) {
    this.stack = stack;
    this.cluster = cluster;
    this.work = work;
    this.data = data;
    this.out = out;
  }

  /**
   * Runs the job once under these settings.
   *
   * @param label shown in tables
   * @param settings Spark settings by key; {@code spark.driver.memory} sets the driver's heap
   * @throws ProblemException when the run left no profile
   */
  public FinishedRun run(String label, Map<String, String> settings) throws InterruptedException {
    submitted++;
    String name = "run-" + submitted + "-" + label.toLowerCase(Locale.ROOT);
    Path eventLogs = Places.folder(work.resolve(name + "-events"));
    Path result = work.resolve(name + ".json");
    long submitMillis = System.currentTimeMillis();
    try (ProcessWatch watch = ProcessWatch.start()) {
      Set<Long> executorPids = new HashSet<>();
      watch.watchAlso(
          () -> {
            List<Long> pids = cluster.executors().stream().map(ProcessHandle::pid).toList();
            synchronized (executorPids) {
              executorPids.addAll(pids);
            }
            return pids;
          });
      try (SparkApp app = cluster.submit(spec(name, settings, eventLogs, result))) {
        watch.watch(app.pid());
        int exit = await(app, watch, submitMillis);
        long tookMillis = System.currentTimeMillis() - submitMillis;
        awaitExecutorsEnd();
        watch.poll();
        RunProfile profile = awaitProfile(eventLogs, app);
        List<ProcessUsage> executors;
        synchronized (executorPids) {
          executors =
              executorPids.stream().sorted().flatMap(pid -> watch.usage(pid).stream()).toList();
        }
        ProcessUsage driver =
            watch
                .usage(app.pid())
                .orElseThrow(() -> new ProblemException("the driver was never seen"));
        return new FinishedRun(
            label,
            settings,
            profile,
            stack.store().findings(profile.key()),
            recommendation(profile.key()),
            exit,
            tookMillis,
            checksum(result),
            executors,
            driver,
            join(eventLogs, profile));
      }
    }
  }

  private SubmitSpec spec(String name, Map<String, String> settings, Path eventLogs, Path result) {
    String agent =
        "-javaagent:"
            + Places.agentJar()
            + "=kafka="
            + stack.bootstrapServers()
            + ",cluster="
            + CLUSTER;
    Map<String, String> conf = new TreeMap<>(settings);
    conf.put("spark.executor.extraJavaOptions", Settings.COLLECTOR + " \"" + agent + "\"");
    if (cluster.hasNodes()) {
      conf.put(
          "spark.executorEnv." + EmulatedNodes.EXECUTOR_LIMIT,
          Long.toString(ContainerSize.executor(settings).totalBytes()));
    }
    conf.put("spark.eventLog.enabled", "true");
    conf.put("spark.eventLog.dir", eventLogs.toUri().toString());
    conf.put("spark.eventLog.rolling.enabled", "false");
    conf.put("spark.eventLog.compress", "false");
    conf.put("spark.ui.enabled", "false");
    // The tables are small: with Spark's own 128 MiB each scan would be one task per file.
    conf.put("spark.sql.files.maxPartitionBytes", "16m");
    long driverBytes =
        SparkSize.mebibytes("spark.driver.memory", conf.getOrDefault("spark.driver.memory", "1g"))
            << 20;
    return SubmitSpec.of(
            name,
            Places.workloadsJar(),
            "io.plimsoll.workloads.DemoJob",
            List.of("--data", data.toString(), "--result", result.toString()))
        .withDriverMemoryBytes(driverBytes)
        .withDriverJvmOptions(List.of(Settings.COLLECTOR, agent))
        .withConf(conf);
  }

  private int await(SparkApp app, ProcessWatch watch, long submitMillis)
      throws InterruptedException {
    long deadline = System.nanoTime() + LONGEST.toNanos();
    long nextLine = submitMillis + LIVE_EVERY_MILLIS;
    RunTables tables = new RunTables(out);
    boolean rolledUp = false;
    while (true) {
      OptionalInt exit = app.waitFor(Duration.ofMillis(500));
      if (exit.isPresent()) {
        return exit.getAsInt();
      }
      stack.check();
      requireDaemons();
      long now = System.currentTimeMillis();
      if (!rolledUp && isRolledUp(submitMillis)) {
        rolledUp = true;
        out.printf(
            Locale.ROOT, "  first rollup stored %.1f s after submit%n", (now - submitMillis) / 1e3);
        out.flush();
      }
      if (now >= nextLine) {
        nextLine = now + LIVE_EVERY_MILLIS;
        Optional<RunProfile> running = newest(submitMillis);
        if (running.isPresent()) {
          tables.live(running.get(), byPid(watch), now);
        }
      }
      if (System.nanoTime() > deadline) {
        throw new ProblemException(
            "the job still runs after "
                + LONGEST.toMinutes()
                + " minutes; its output is "
                + app.stderr());
      }
    }
  }

  private static Map<Long, ProcessUsage> byPid(ProcessWatch watch) {
    Map<Long, ProcessUsage> usages = new HashMap<>();
    watch.usages().forEach(usage -> usages.put(usage.pid(), usage));
    return usages;
  }

  private boolean isRolledUp(long sinceMillis) {
    return started(sinceMillis)
        .anyMatch(run -> !stack.store().rollups(run, Rollup.Level.PROCESS).isEmpty());
  }

  private void requireDaemons() {
    List<Long> pids = cluster.daemonPids();
    for (int i = 0; i < pids.size(); i++) {
      if (ProcessHandle.of(pids.get(i)).filter(ProcessHandle::isAlive).isEmpty()) {
        String who = i == 0 ? "Master" : "Worker " + i;
        throw new ProblemException(
            "Spark's "
                + who
                + " (pid "
                + pids.get(i)
                + ") died while the job ran; its log is in "
                + work.resolve("spark")
                + ", and running the demo again starts a new one");
      }
    }
  }

  private Optional<RunProfile> newest(long sinceMillis) {
    return started(sinceMillis).findFirst().flatMap(stack.store()::profile);
  }

  /** The demo's runs since then; a doctor's probe may start meanwhile. */
  private Stream<RunKey> started(long sinceMillis) {
    return stack.store().runs().stream()
        .filter(run -> run.startMillis() >= sinceMillis && run.key().cluster().equals(CLUSTER))
        .map(RunSummary::key);
  }

  private void awaitExecutorsEnd() throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!cluster.executors().isEmpty() && System.nanoTime() < deadline) {
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  private RunProfile awaitProfile(Path eventLogs, SparkApp app) throws InterruptedException {
    String application = applicationId(eventLogs, app);
    long deadline = System.nanoTime() + PROFILE_WAIT.toNanos();
    while (System.nanoTime() < deadline) {
      stack.check();
      Optional<RunSummary> summary =
          stack.store().runs().stream()
              .filter(run -> run.key().application().equals(application) && run.complete())
              .findFirst();
      if (summary.isPresent()) {
        RunKey key = summary.get().key();
        Optional<RunProfile> profile = stack.store().profile(key);
        if (profile.isPresent()) {
          return profile.get();
        }
      }
      TimeUnit.MILLISECONDS.sleep(200);
    }
    throw new ProblemException(
        "no final profile of "
            + application
            + " within "
            + PROFILE_WAIT.toSeconds()
            + " s; ./plimsoll doctor walks the chain, the job's output is "
            + app.stderr());
  }

  private static String applicationId(Path eventLogs, SparkApp app) {
    try (Stream<Path> logs = Files.list(eventLogs)) {
      return logs.map(file -> file.getFileName().toString().replace(".inprogress", ""))
          .filter(file -> file.startsWith("app-"))
          .findFirst()
          .orElseThrow(
              () ->
                  new ProblemException(
                      "the job never became a Spark application; its output is " + app.stderr()));
    } catch (IOException e) {
      throw new ProblemException("cannot read " + eventLogs + ": " + e.getMessage(), e);
    }
  }

  private Optional<Recommendation> recommendation(RunKey key) throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    Optional<Recommendation> found = stack.store().recommendation(key);
    while (found.isEmpty() && System.nanoTime() < deadline) {
      TimeUnit.MILLISECONDS.sleep(200);
      found = stack.store().recommendation(key);
    }
    return found;
  }

  private AttemptJoin join(Path eventLogs, RunProfile profile) {
    List<EngineEvent> tasks = new ArrayList<>();
    Path log = eventLogs.resolve(profile.key().application());
    try {
      SparkEventLog.tasks(log, tasks::add);
    } catch (IOException e) {
      throw new ProblemException("cannot read Spark's event log " + log + ": " + e.getMessage(), e);
    }
    return AttemptJoin.of(tasks, stack.store().attempts(profile.key()), profile);
  }

  private static String checksum(Path result) {
    try {
      Matcher matcher = CHECKSUM.matcher(Files.readString(result).strip());
      return matcher.find() ? matcher.group(1) : "";
    } catch (IOException e) {
      return "";
    }
  }
}
