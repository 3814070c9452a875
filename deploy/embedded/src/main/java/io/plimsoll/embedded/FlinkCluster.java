// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.embedded;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Flink session cluster on 127.0.0.1: one JobManager and its TaskManagers, each a process of its
 * own, with ports that were free. Everything it started ends when it is closed or when this JVM
 * exits.
 */
public final class FlinkCluster implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofSeconds(90);
  private static final Duration GRACE = Duration.ofSeconds(5);
  private static final Duration EXIT_GRACE = Duration.ofSeconds(1);
  private static final Pattern REST_URL =
      Pattern.compile("Rest endpoint listening at ([^\\s:]+:\\d+)");
  private static final Pattern RESULT = Pattern.compile("BASH_JAVA_UTILS_EXEC_RESULT:([^\\r\\n]*)");
  private static final Pattern TASK_MANAGERS = Pattern.compile("\"taskmanagers\"\\s*:\\s*(\\d+)");
  private static final Pattern JAR_ID =
      Pattern.compile("\"filename\"\\s*:\\s*\"([^\"]*/)?([^\"/]+)\"");
  private static final Pattern JOB_ID = Pattern.compile("\"jobid\"\\s*:\\s*\"([0-9a-f]{32})\"");
  private static final Pattern CAUSE = Pattern.compile("Caused by: (.*?)(?:\\\\n|\\n)");
  private static final Pattern REQUEST_ID =
      Pattern.compile("\"request-id\"\\s*:\\s*\"([0-9a-f]+)\"");
  private static final Pattern LOCATION = Pattern.compile("\"location\"\\s*:\\s*\"([^\"]+)\"");
  private static final List<String> JVM_OPTIONS =
      List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

  private final Spec spec;
  private final Path workDir;
  private final FlinkRuntime runtime;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  /** The JobManager first, then the TaskManagers. */
  private final List<ChildProcess> daemons = new ArrayList<>();

  private final Thread exitHook = new Thread(() -> end(EXIT_GRACE), "flink-cluster-exit");
  private List<String> memoryFlags = List.of();
  private List<String> memoryOptions = List.of();
  private String restUrl = "";
  private int started;

  private FlinkCluster(Spec spec) {
    this.spec = spec;
    workDir = spec.workDir().toAbsolutePath().normalize();
    runtime =
        new FlinkRuntime(
            spec.flinkHome(), spec.javaHome(), workDir.resolve("conf"), configuration(spec));
  }

  /**
   * What cluster to start.
   *
   * @param flinkHome a folder with Flink's {@code lib/}
   * @param workDir where configuration, logs, checkpoints and archives go; made when missing
   * @param taskManagers how many TaskManager processes, each of 640 MiB unless configured otherwise
   * @param slots of each TaskManager
   * @param configuration Flink's own keys, on top of the launcher's; {@code env.java.opts.*} hold
   *     as in Flink's start scripts
   * @param javaHome the JDK of all processes
   */
  public record Spec(
      Path flinkHome,
      Path workDir,
      int taskManagers,
      int slots,
      Map<String, String> configuration,
      Path javaHome) {
    public Spec {
      Objects.requireNonNull(flinkHome, "flinkHome is null");
      Objects.requireNonNull(workDir, "workDir is null");
      Objects.requireNonNull(javaHome, "javaHome is null");
      configuration = Map.copyOf(configuration);
      if (taskManagers < 0 || slots < 1) {
        throw new IllegalArgumentException(
            "taskManagers is at least 0 and slots at least 1: " + taskManagers + ", " + slots);
      }
    }

    /** A cluster that runs on the JDK of this process. */
    public Spec(
        Path flinkHome,
        Path workDir,
        int taskManagers,
        int slots,
        Map<String, String> configuration) {
      this(
          flinkHome,
          workDir,
          taskManagers,
          slots,
          configuration,
          Path.of(System.getProperty("java.home")));
    }
  }

  /** Starts the cluster and returns when every TaskManager is registered. */
  public static FlinkCluster start(Spec spec) {
    FlinkCluster cluster = new FlinkCluster(spec);
    Runtime.getRuntime().addShutdownHook(cluster.exitHook);
    try {
      cluster.startProcesses();
      return cluster;
    } catch (RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  /** Where the REST API listens, such as {@code http://127.0.0.1:41023}. */
  public String restUrl() {
    return restUrl;
  }

  /** The JobManager's process id, then the TaskManagers' in the order of their start. */
  public synchronized List<Long> pids() {
    return daemons.stream().map(daemon -> daemon.process().pid()).toList();
  }

  /** Where ended jobs' archives are written, a file per job named by its id. */
  public Path archives() {
    return workDir.resolve("archives");
  }

  /** Starts one more TaskManager; it registers some seconds later. */
  public synchronized void startTaskManager() {
    started++;
    List<String> options = new ArrayList<>(JVM_OPTIONS);
    options.addAll(memoryFlags);
    List<String> command =
        runtime.daemon(
            "taskmanager", options, "org.apache.flink.runtime.taskexecutor.TaskManagerRunner");
    command.addAll(memoryOptions);
    start("taskmanager-" + started, command);
  }

  /** Runs a jar's main class, which must submit one job detached; the job's id in hexadecimals. */
  public String submit(Path jar, String mainClass, List<String> args) {
    return submit(jar, mainClass, args, 1, "");
  }

  /**
   * Runs a jar's main class, which must submit one job detached; the job's id in hexadecimals.
   *
   * @param parallelism of what the job leaves open
   * @param savepoint to take state from, as {@link #stopWithSavepoint} told it; empty: none
   */
  public String submit(
      Path jar, String mainClass, List<String> args, int parallelism, String savepoint) {
    String upload = request("POST", "/jars/upload", multipart(jar));
    Matcher id = JAR_ID.matcher(upload);
    if (!id.find()) {
      throw refused("/jars/upload", upload);
    }
    StringBuilder body = new StringBuilder("{\"entryClass\":").append(quoted(mainClass));
    body.append(",\"parallelism\":").append(parallelism);
    if (!savepoint.isEmpty()) {
      body.append(",\"savepointPath\":").append(quoted(savepoint));
    }
    body.append(",\"programArgsList\":[");
    for (int i = 0; i < args.size(); i++) {
      body.append(i == 0 ? "" : ",").append(quoted(args.get(i)));
    }
    body.append("]}");
    String path = "/jars/" + id.group(2) + "/run";
    String answer = request("POST", path, json(body.toString()));
    Matcher job = JOB_ID.matcher(answer);
    if (!job.find()) {
      throw refused(path, answer);
    }
    return job.group(1);
  }

  /** Stops the job when its state is written; where that is. */
  public String stopWithSavepoint(String jobId) {
    String folder = workDir.resolve("savepoints").toUri().toString();
    String path = "/jobs/" + jobId + "/stop";
    String answer = request("POST", path, json("{\"targetDirectory\":" + quoted(folder) + "}"));
    Matcher trigger = REQUEST_ID.matcher(answer);
    if (!trigger.find()) {
      throw refused(path, answer);
    }
    long deadlineNanos = System.nanoTime() + START_LIMIT.toNanos();
    while (true) {
      String state = get("/jobs/" + jobId + "/savepoints/" + trigger.group(1));
      Matcher location = LOCATION.matcher(state);
      if (location.find()) {
        return location.group(1);
      }
      if (state.contains("failure-cause") || System.nanoTime() > deadlineNanos) {
        throw refused("a savepoint of " + jobId, state);
      }
      pause(daemons.get(0), deadlineNanos, "wrote no savepoint");
    }
  }

  private static HttpRequest.Builder json(String body) {
    return HttpRequest.newBuilder()
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body));
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  /** Asks for a job's end; it is cancelled some moments later. */
  public void cancel(String jobId) {
    request(
        "PATCH",
        "/jobs/" + jobId + "?mode=cancel",
        HttpRequest.newBuilder().method("PATCH", HttpRequest.BodyPublishers.noBody()));
  }

  /** The answer of the REST API to a GET of this path. */
  public String get(String path) {
    return request("GET", path, HttpRequest.newBuilder().GET());
  }

  /** Ends TaskManagers and JobManager. A second call does nothing. */
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
    ChildProcess.endAll(daemons, grace);
    daemons.clear();
  }

  private synchronized void startProcesses() {
    long deadlineNanos = System.nanoTime() + START_LIMIT.toNanos();
    runtime.writeConfiguration();
    List<String> options = new ArrayList<>(JVM_OPTIONS);
    options.addAll(List.of("-Xmx256m", "-XX:MaxMetaspaceSize=160m"));
    List<String> command =
        runtime.daemon(
            "jobmanager",
            options,
            "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint");
    command.addAll(List.of("--executionMode", "cluster"));
    ChildProcess jobManager = start("jobmanager", command);
    if (spec.taskManagers() > 0) {
      calculateMemory(deadlineNanos);
    }
    String address = awaitMatch(jobManager, REST_URL, deadlineNanos);
    restUrl = (isTrue("security.ssl.rest.enabled") ? "https://" : "http://") + address;
    for (int i = 0; i < spec.taskManagers(); i++) {
      startTaskManager();
    }
    while (registered() < spec.taskManagers()) {
      for (ChildProcess daemon : daemons) {
        pause(daemon, deadlineNanos, "did not get all TaskManagers registered");
      }
    }
  }

  private void calculateMemory(long deadlineNanos) {
    ChildProcess calculator =
        ChildProcess.start("memory", workDir, runtime.memoryCalculator(), runtime::setVariables);
    try {
      long left = Math.max(1, deadlineNanos - System.nanoTime());
      boolean ended = calculator.process().waitFor(left, TimeUnit.NANOSECONDS);
      List<String> results =
          RESULT
              .matcher(FlinkRuntime.text(calculator.stdout()))
              .results()
              .map(match -> match.group(1).trim())
              .toList();
      if (!ended || results.size() != 2) {
        throw new EmbeddedException(
            EmbeddedException.Reason.NOT_STARTED,
            "Flink did not tell a TaskManager's memory: see " + calculator.stderr());
      }
      memoryFlags = List.of(results.get(0).split("\\s+"));
      memoryOptions = List.of(results.get(1).split("\\s+"));
    } catch (InterruptedException e) {
      throw interrupted(e);
    } finally {
      ChildProcess.endAll(List.of(calculator), EXIT_GRACE);
    }
  }

  private ChildProcess start(String name, List<String> command) {
    ChildProcess child = ChildProcess.start(name, workDir, command, runtime::setVariables);
    daemons.add(child);
    return child;
  }

  private static Map<String, String> configuration(Spec spec) {
    Path workDir = spec.workDir().toAbsolutePath().normalize();
    Map<String, String> keys = new HashMap<>();
    keys.put("jobmanager.rpc.address", LoopbackPorts.HOST);
    keys.put("jobmanager.bind-host", LoopbackPorts.HOST);
    keys.put("jobmanager.rpc.port", Integer.toString(LoopbackPorts.free()));
    keys.put("rest.address", LoopbackPorts.HOST);
    keys.put("rest.bind-address", LoopbackPorts.HOST);
    keys.put("rest.port", "0");
    keys.put("taskmanager.host", LoopbackPorts.HOST);
    keys.put("taskmanager.bind-host", LoopbackPorts.HOST);
    keys.put("taskmanager.numberOfTaskSlots", Integer.toString(spec.slots()));
    keys.put("taskmanager.memory.process.size", "640m");
    keys.put("taskmanager.memory.managed.size", "64m");
    keys.put("taskmanager.memory.network.min", "32m");
    keys.put("taskmanager.memory.network.max", "32m");
    keys.put("taskmanager.memory.jvm-metaspace.size", "128m");
    keys.put("taskmanager.memory.framework.heap.size", "64m");
    keys.put("taskmanager.memory.framework.off-heap.size", "64m");
    keys.put("io.tmp.dirs", workDir.resolve("tmp").toString());
    keys.put("web.tmpdir", workDir.resolve("web").toString());
    keys.put("jobmanager.archive.fs.dir", workDir.resolve("archives").toUri().toString());
    keys.put("execution.checkpointing.dir", workDir.resolve("checkpoints").toUri().toString());
    keys.putAll(spec.configuration());
    try {
      Files.createDirectories(workDir.resolve("archives"));
      Files.createDirectories(workDir.resolve("tmp"));
    } catch (IOException e) {
      throw new EmbeddedException(
          EmbeddedException.Reason.FOLDER_UNUSABLE,
          "cannot make folders in " + workDir + ": " + e.getMessage(),
          e);
    }
    return keys;
  }

  private boolean isTrue(String key) {
    return Boolean.parseBoolean(spec.configuration().getOrDefault(key, "false"));
  }

  private int registered() {
    try {
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(URI.create(restUrl + "/overview"))
                  .timeout(Duration.ofSeconds(10))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      Matcher matcher = TASK_MANAGERS.matcher(answer.body());
      return matcher.find() ? Integer.parseInt(matcher.group(1)) : -1;
    } catch (IOException e) {
      // Not up yet; the caller's deadline says when that is too long.
      return -1;
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private String request(String method, String path, HttpRequest.Builder builder) {
    HttpRequest request =
        builder.uri(URI.create(restUrl + path)).timeout(Duration.ofSeconds(60)).build();
    try {
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() / 100 != 2) {
        throw refused(method + " " + path, answer.statusCode() + " " + answer.body());
      }
      return answer.body();
    } catch (IOException e) {
      throw new EmbeddedException(
          EmbeddedException.Reason.REQUEST_FAILED,
          "Flink at " + restUrl + " did not answer " + method + " " + path + ": " + e.getMessage(),
          e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static HttpRequest.Builder multipart(Path jar) {
    String boundary = "plimsoll-" + UUID.randomUUID();
    String head =
        "--"
            + boundary
            + "\r\nContent-Disposition: form-data; name=\"jarfile\"; filename=\""
            + jar.getFileName()
            + "\"\r\nContent-Type: application/x-java-archive\r\n\r\n";
    try {
      return HttpRequest.newBuilder()
          .header("Content-Type", "multipart/form-data; boundary=" + boundary)
          .POST(
              HttpRequest.BodyPublishers.ofByteArrays(
                  List.of(
                      head.getBytes(StandardCharsets.UTF_8),
                      Files.readAllBytes(jar),
                      ("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8))));
    } catch (IOException e) {
      throw new EmbeddedException(
          EmbeddedException.Reason.REQUEST_FAILED, "cannot read " + jar + ": " + e.getMessage(), e);
    }
  }

  /** The innermost cause is what a person needs; it stands at the end of a long trace. */
  private static EmbeddedException refused(String what, String answer) {
    String reason = answer;
    Matcher cause = CAUSE.matcher(answer);
    while (cause.find()) {
      reason = cause.group(1);
    }
    String line = reason.replaceAll("\\s+", " ");
    return new EmbeddedException(
        EmbeddedException.Reason.REQUEST_FAILED,
        "Flink refused " + what + ": " + line.substring(0, Math.min(line.length(), 600)));
  }

  private static String awaitMatch(ChildProcess child, Pattern line, long deadlineNanos) {
    while (true) {
      Matcher matcher = line.matcher(FlinkRuntime.text(child.stderr()));
      if (matcher.find()) {
        return matcher.group(1);
      }
      pause(child, deadlineNanos, "did not say where it listens");
    }
  }

  private static void pause(ChildProcess child, long deadlineNanos, String complaint) {
    if (!child.process().isAlive()) {
      throw new EmbeddedException(
          EmbeddedException.Reason.NOT_STARTED,
          String.format(
              "Flink's %s ended with exit code %d before it was ready: see %s",
              child.name(), child.process().exitValue(), child.stderr()));
    }
    if (System.nanoTime() > deadlineNanos) {
      throw new EmbeddedException(
          EmbeddedException.Reason.NOT_STARTED,
          String.format(
              "Flink's %s %s within %d s: see %s",
              child.name(), complaint, START_LIMIT.toSeconds(), child.stderr()));
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
        EmbeddedException.Reason.NOT_STARTED, "interrupted while waiting for Flink", e);
  }
}
