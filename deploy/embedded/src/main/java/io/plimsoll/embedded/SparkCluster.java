// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A standalone Spark cluster: one Master and its Workers, each a process of its own, with ports
 * that were free, on 127.0.0.1 or on emulated nodes. Everything it started, drivers and executors
 * too, ends when it is closed or when this JVM exits.
 */
public final class SparkCluster implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofSeconds(90);
  private static final Duration GRACE = Duration.ofSeconds(5);
  private static final Duration EXIT_GRACE = Duration.ofSeconds(1);
  private static final Pattern MASTER_URL =
      Pattern.compile("Starting Spark master at (spark://\\S+)");
  private static final Pattern REGISTERED =
      Pattern.compile("(Successfully registered) with master");
  private static final List<String> DAEMON_OPTIONS =
      List.of(
          "-Xmx192m",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-Dspark.master.rest.enabled=false");

  private final Spec spec;
  private final SparkRuntime runtime;
  private final Path workDir;
  private final Host head;

  /** One for each Worker. */
  private final List<Host> hosts = new ArrayList<>();

  /** The Master first, then the Workers. */
  private final List<ChildProcess> daemons = new ArrayList<>();

  private final List<ChildProcess> drivers = new ArrayList<>();
  private final Thread exitHook = new Thread(() -> end(EXIT_GRACE), "spark-cluster-exit");
  private String masterUrl = "";
  private boolean closed;

  private SparkCluster(Spec spec, @Nullable EmulatedNodes nodes, boolean isApart) {
    this.spec = spec;
    runtime = new SparkRuntime(spec.sparkHome(), spec.javaHome());
    workDir = spec.workDir().toAbsolutePath().normalize();
    head = nodes == null ? Host.loopback() : nodes.head();
    for (int number = 1; number <= spec.workers(); number++) {
      Host here = isApart ? Host.loopback(number) : head;
      hosts.add(nodes == null ? here : nodes.node(number, spec.javaHome()));
    }
  }

  /**
   * What cluster to start.
   *
   * @param sparkHome a folder with Spark's {@code jars/}
   * @param workDir where logs, shuffle files and executors' output go; made when missing
   * @param workers how many Worker processes
   * @param coresPerWorker how many tasks a Worker's executors may run at once
   * @param memoryBytesPerWorker what a Worker may give to executors, in whole MiB
   * @param javaHome the JDK of all processes
   */
  public record Spec(
      Path sparkHome,
      Path workDir,
      int workers,
      int coresPerWorker,
      long memoryBytesPerWorker,
      Path javaHome) {
    public Spec {
      Objects.requireNonNull(sparkHome, "sparkHome is null");
      Objects.requireNonNull(workDir, "workDir is null");
      Objects.requireNonNull(javaHome, "javaHome is null");
      if (workers < 1 || coresPerWorker < 1) {
        throw new IllegalArgumentException(
            "workers and coresPerWorker are at least 1: " + workers + ", " + coresPerWorker);
      }
      if (memoryBytesPerWorker < 1L << 20) {
        throw new IllegalArgumentException(
            "memoryBytesPerWorker below 1 MiB: " + memoryBytesPerWorker);
      }
    }

    /** A cluster that runs on the JDK of this process. */
    public Spec(
        Path sparkHome, Path workDir, int workers, int coresPerWorker, long memoryBytesPerWorker) {
      this(
          sparkHome,
          workDir,
          workers,
          coresPerWorker,
          memoryBytesPerWorker,
          Path.of(System.getProperty("java.home")));
    }
  }

  /** Starts the cluster and returns when every Worker is registered with the Master. */
  public static SparkCluster start(Spec spec) {
    return start(spec, null);
  }

  /**
   * The same with each Worker on an emulated node of its own.
   *
   * @param nodes at least as many as Workers, closed by the caller after the cluster; null for none
   */
  public static SparkCluster start(Spec spec, @Nullable EmulatedNodes nodes) {
    return started(new SparkCluster(spec, nodes, false));
  }

  /**
   * The same with each Worker under a loopback address of its own, so that Spark takes them for
   * different hosts: it starts no speculative copy on the host of the first attempt. Linux only.
   */
  public static SparkCluster startApart(Spec spec) {
    return started(new SparkCluster(spec, null, true));
  }

  private static SparkCluster started(SparkCluster cluster) {
    Runtime.getRuntime().addShutdownHook(cluster.exitHook);
    try {
      cluster.startProcesses();
      return cluster;
    } catch (RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  /** What goes into {@code spark.master}, e.g. {@code spark://127.0.0.1:41023}. */
  public String masterUrl() {
    return masterUrl;
  }

  /** Whether each Worker is on an emulated node. */
  public boolean hasNodes() {
    return !head.launcher().isEmpty();
  }

  /** The Master's process id, then the Workers'. */
  public synchronized List<Long> daemonPids() {
    return daemons.stream().map(daemon -> daemon.process().pid()).toList();
  }

  /** The executor processes of all applications that live now. */
  public synchronized List<ProcessHandle> executors() {
    return daemons.stream()
        .flatMap(daemon -> daemon.process().children())
        .filter(SparkCluster::isExecutor)
        .toList();
  }

  /**
   * Submits an application in client mode: its driver is a child process of this one. Output goes
   * to {@code <name>.out} and {@code <name>.err} in the work folder.
   */
  public synchronized SparkApp submit(SubmitSpec submit) {
    if (closed) {
      throw new EmbeddedException(
          EmbeddedException.Reason.REQUEST_FAILED, "the Spark cluster is closed");
    }
    List<String> options = new ArrayList<>();
    options.add("-Xmx" + mebibytes(submit.driverMemoryBytes()) + "m");
    options.addAll(submit.driverJvmOptions());
    List<String> command =
        runtime.command(options, submit.driverClassPath(), "org.apache.spark.deploy.SparkSubmit");
    command.addAll(List.of("--master", masterUrl, "--deploy-mode", "client"));
    Map<String, String> conf = new HashMap<>(driverDefaults(submit));
    conf.putAll(submit.conf());
    new TreeMap<>(conf)
        .forEach((key, value) -> command.addAll(List.of("--conf", key + "=" + value)));
    command.addAll(List.of("--class", submit.mainClass()));
    command.add(submit.appJar().toAbsolutePath().toString());
    command.addAll(submit.args());
    ChildProcess driver =
        ChildProcess.start(
            submit.name(),
            workDir,
            head.launch(command),
            variables -> runtime.setVariables(variables, head));
    drivers.removeIf(ended -> !ended.process().isAlive());
    drivers.add(driver);
    return new SparkApp(driver);
  }

  /** Ends drivers, executors, Workers and Master. A second call does nothing. */
  @Override
  public void close() {
    end(GRACE);
    if (Thread.currentThread() != exitHook) {
      try {
        Runtime.getRuntime().removeShutdownHook(exitHook);
      } catch (IllegalStateException e) {
        // The JVM is exiting: the hook runs anyway and finds nothing left to end.
        return;
      }
    }
  }

  private synchronized void end(Duration grace) {
    closed = true;
    List<ChildProcess> all = new ArrayList<>(drivers);
    all.addAll(daemons);
    ChildProcess.endAll(all, grace);
    drivers.clear();
    daemons.clear();
  }

  private synchronized void startProcesses() {
    long deadlineNanos = System.nanoTime() + START_LIMIT.toNanos();
    ChildProcess master =
        daemon(
            "master",
            head,
            "org.apache.spark.deploy.master.Master",
            List.of("--host", head.address(), "--port", "0", "--webui-port", "0"));
    masterUrl = awaitLine(master, MASTER_URL, deadlineNanos);
    List<ChildProcess> workers = new ArrayList<>();
    for (int i = 1; i <= spec.workers(); i++) {
      workers.add(startWorker(i, hosts.get(i - 1)));
    }
    for (ChildProcess worker : workers) {
      awaitLine(worker, REGISTERED, deadlineNanos);
    }
  }

  private ChildProcess startWorker(int number, Host host) {
    return daemon(
        "worker-" + number,
        host,
        "org.apache.spark.deploy.worker.Worker",
        List.of(
            "--host",
            host.address(),
            "--port",
            "0",
            "--webui-port",
            "0",
            "--cores",
            Integer.toString(spec.coresPerWorker()),
            "--memory",
            mebibytes(spec.memoryBytesPerWorker()) + "m",
            "--work-dir",
            workDir.resolve("worker-" + number).toString(),
            masterUrl));
  }

  private ChildProcess daemon(String name, Host host, String mainClass, List<String> args) {
    List<String> command = runtime.command(DAEMON_OPTIONS, List.of(), mainClass);
    command.addAll(args);
    ChildProcess child =
        ChildProcess.start(
            name,
            workDir,
            host.launch(command),
            variables -> {
              runtime.setVariables(variables, host);
              variables.put("SPARK_LOCAL_DIRS", workDir.resolve(name + "-local").toString());
            });
    daemons.add(child);
    return child;
  }

  private Map<String, String> driverDefaults(SubmitSpec submit) {
    return Map.of(
        "spark.driver.host",
        head.address(),
        "spark.driver.bindAddress",
        head.address(),
        "spark.driver.memory",
        mebibytes(submit.driverMemoryBytes()) + "m",
        "spark.local.dir",
        workDir.resolve(submit.name() + "-local").toString(),
        "spark.sql.warehouse.dir",
        workDir.resolve("warehouse").toUri().toString(),
        "spark.ui.port",
        "0");
  }

  private String awaitLine(ChildProcess child, Pattern line, long deadlineNanos) {
    while (true) {
      Matcher matcher = line.matcher(log(child));
      if (matcher.find()) {
        return matcher.group(1);
      }
      daemons.forEach(SparkCluster::requireAlive);
      pause(child, deadlineNanos);
    }
  }

  private static void requireAlive(ChildProcess child) {
    if (!child.process().isAlive()) {
      throw new EmbeddedException(
          EmbeddedException.Reason.NOT_STARTED,
          "Spark's "
              + child.name()
              + " ended with exit code "
              + child.process().exitValue()
              + " before it was ready: see "
              + child.stderr());
    }
  }

  private static void pause(ChildProcess child, long deadlineNanos) {
    if (System.nanoTime() > deadlineNanos) {
      throw new EmbeddedException(
          EmbeddedException.Reason.NOT_STARTED,
          "Spark's "
              + child.name()
              + " was not ready within "
              + START_LIMIT.toSeconds()
              + " s: see "
              + child.stderr());
    }
    try {
      TimeUnit.MILLISECONDS.sleep(50);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static EmbeddedException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new EmbeddedException(
        EmbeddedException.Reason.NOT_STARTED, "interrupted while Spark was starting", e);
  }

  private static String log(ChildProcess child) {
    try {
      return Files.readString(child.stderr(), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new EmbeddedException(
          EmbeddedException.Reason.FOLDER_UNUSABLE,
          "cannot read " + child.stderr() + ": " + e.getMessage(),
          e);
    }
  }

  /**
   * A Worker forks helpers for a moment; an executor is what runs Spark's executor program. What an
   * executor forks looks like one for a moment too: only a Worker's own children are asked.
   */
  private static boolean isExecutor(ProcessHandle handle) {
    return ProcFiles.commandLine(handle.pid()).contains("CoarseGrainedExecutorBackend");
  }

  private static long mebibytes(long bytes) {
    return bytes >> 20;
  }
}
