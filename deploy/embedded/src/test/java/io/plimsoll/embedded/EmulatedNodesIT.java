// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Left out where the machine does not allow nodes, with the reason in one line. */
class EmulatedNodesIT {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final long NODE_BYTES = 1L << 30;
  private static final Path JAVA_HOME = Path.of(System.getProperty("java.home"));

  private final List<Process> started = new ArrayList<>();
  private ControlGroups groups;

  @BeforeEach
  void requireNodes() {
    Optional<String> obstacle = EmulatedNodes.obstacle();
    assumeTrue(obstacle.isEmpty(), () -> obstacle.orElse(""));
    groups = ControlGroups.find().orElseThrow();
  }

  @AfterEach
  void endProcesses() {
    started.forEach(Process::destroyForcibly);
  }

  @Test
  void whatGrowsBeyondItsContainerIsKilledAndItsNeighbourLivesOn() throws Exception {
    try (EmulatedNodes nodes = nodes(1000)) {
      Host node = nodes.node(1, JAVA_HOME);
      Process neighbour = start(node.launch(List.of("sleep", "600")), 0);

      assertThat(exit(start(node.launch(hungry(node, "memory", "200")), 400L << 20))).isZero();
      assertThat(nodes.outOfMemoryKills()).isZero();
      assertThat(exit(start(node.launch(hungry(node, "memory", "200")), 100L << 20)))
          .isEqualTo(137);
      assertThat(nodes.outOfMemoryKills()).isEqualTo(1);
      assertThat(neighbour.isAlive()).isTrue();
    }
  }

  @Test
  void whatGrowsBeyondTheNodeIsKilled() throws Exception {
    try (EmulatedNodes nodes = nodes(1000)) {
      Host node = nodes.node(1, JAVA_HOME);

      assertThat(exit(start(node.launch(hungry(node, "memory", "1100")), 0))).isEqualTo(137);
      assertThat(nodes.outOfMemoryKills()).isEqualTo(1);
    }
  }

  @Test
  void filesInThePageCacheKillNobody() throws Exception {
    Path file = Path.of("target", "page-cache.bin").toAbsolutePath();
    try (EmulatedNodes nodes = nodes(1000)) {
      Host node = nodes.node(1, JAVA_HOME);
      List<String> command = hungry(node, "file", file.toString(), "400");

      assertThat(exit(start(node.launch(command), 150L << 20))).isZero();
      assertThat(nodes.outOfMemoryKills()).isZero();
    }
  }

  @Test
  void aBusyNodeIsThrottledToItsQuota() throws Exception {
    try (EmulatedNodes nodes = nodes(300);
        ProcessWatch watch = ProcessWatch.start()) {
      long before = System.nanoTime();
      Process busy =
          start(nodes.node(1, JAVA_HOME).launch(List.of("sh", "-c", "while :; do :; done")), 0);
      watch.watchAlso(() -> List.of(busy.pid()));
      Awaitility.await()
          .atMost(LIMIT)
          .until(
              () ->
                  watch
                      .usage(busy.pid())
                      .filter(usage -> usage.cpuNanos() > 900_000_000L)
                      .isPresent());
      long cpu = watch.usage(busy.pid()).orElseThrow().cpuNanos();

      assertThat(cpu).isLessThan((System.nanoTime() - before) / 2);
      assertThat(Files.readString(cpuStatistics(nodes))).doesNotContain("nr_throttled 0\n");
    }
  }

  @Test
  void aPortOfThisMachinesLoopbackIsReachedFromTheNodes() throws Exception {
    try (EmulatedNodes nodes = nodes(1000);
        ServerSocket server = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"))) {
      nodes.expose(server.getLocalPort());
      Thread echo = new Thread(() -> answer(server), "echo");
      echo.setDaemon(true);
      echo.start();
      String script =
          "exec 3<>/dev/tcp/127.0.0.1/"
              + server.getLocalPort()
              + "; echo hello >&3; read -r answer <&3; echo \"$answer\"";

      for (Host host : List.of(nodes.head(), nodes.node(1, JAVA_HOME))) {
        Process asking = start(host.launch(List.of("bash", "-c", script)), 0);
        assertThat(exit(asking)).isZero();
        assertThat(said(asking)).isEqualTo("heard hello");
      }
    }
  }

  @Test
  void nothingIsLeftAfterClosing() throws Exception {
    List<String> interfaces = interfaces();
    List<Process> processes = new ArrayList<>();
    try (EmulatedNodes nodes = nodes(1000)) {
      nodes.expose(LoopbackPorts.free());
      processes.add(start(nodes.head().launch(List.of("sleep", "600")), 0));
      processes.add(start(nodes.node(1, JAVA_HOME).launch(List.of("sleep", "600")), 0));
      for (Process process : processes) {
        Awaitility.await()
            .atMost(LIMIT)
            .until(() -> ProcFiles.commandLine(process.pid()).equals("sleep 600"));
      }
      assertThat(own(ProcessHandle.current().pid())).isNotEmpty();
      assertThat(interfaces()).isEqualTo(interfaces);
    }

    assertThat(own(ProcessHandle.current().pid())).isEmpty();
    assertThat(interfaces()).isEqualTo(interfaces);
    for (Process process : processes) {
      assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }
    assertThat(ProcessHandle.current().descendants().filter(ProcessHandle::isAlive)).isEmpty();
  }

  @Test
  void nothingIsLeftAfterTheEndOfTheJvm() throws Exception {
    Process jvm = start(program("nodes"), 0);
    long onTheNode = Long.parseLong(firstLine(jvm));
    assertThat(own(jvm.pid())).isNotEmpty();
    jvm.destroy();

    assertThat(jvm.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(own(jvm.pid())).isEmpty();
    awaitGone(onTheNode);
  }

  @Test
  void whatAKilledJvmLeftIsRemovedAtTheNextStartAndALivingOnesIsNot() throws Exception {
    Process living = start(program("nodes"), 0);
    long onTheLivingNode = Long.parseLong(firstLine(living));
    Process killed = start(program("nodes"), 0);
    long onTheKilledNode = Long.parseLong(firstLine(killed));
    killed.destroyForcibly().waitFor();
    assertThat(own(killed.pid())).isNotEmpty();

    nodes(1000).close();

    assertThat(own(killed.pid())).isEmpty();
    awaitGone(onTheKilledNode);
    assertThat(own(living.pid())).isNotEmpty();
    assertThat(ProcessHandle.of(onTheLivingNode)).isPresent();
    living.destroy();
    assertThat(living.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
  }

  private static EmulatedNodes nodes(int milliCores) {
    return EmulatedNodes.start(new EmulatedNodes.Spec(1, NODE_BYTES, milliCores));
  }

  /** Groups and folders that bear the name of this process. */
  private List<String> own(long pid) throws IOException {
    String prefix = "plimsoll-nodes-" + pid + "-";
    List<String> names = new ArrayList<>(groups.runs(prefix));
    try (Stream<Path> folders = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      folders
          .map(folder -> folder.getFileName().toString())
          .filter(name -> name.startsWith(prefix))
          .forEach(names::add);
    }
    return names;
  }

  private Path cpuStatistics(EmulatedNodes nodes) throws IOException {
    String run =
        groups.runs("plimsoll-nodes-" + ProcessHandle.current().pid() + "-").iterator().next();
    assertThat(nodes.outOfMemoryKills()).isZero();
    return groups.nodeFiles(run, 1).stream()
        .map(file -> file.resolveSibling("cpu.stat"))
        .filter(Files::exists)
        .findFirst()
        .orElseThrow();
  }

  private static List<String> hungry(Host node, String... args) {
    List<String> command = program(args);
    command.set(0, node.executorsJavaHome().resolve("bin/java").toString());
    return command;
  }

  private static List<String> program(String... args) {
    List<String> command = new ArrayList<>();
    command.add(JAVA_HOME.resolve("bin/java").toString());
    command.addAll(List.of("-Xmx2g", "-XX:+UseSerialGC", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add(Hungry.class.getName());
    command.addAll(List.of(args));
    return command;
  }

  private Process start(List<String> command, long limitBytes) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    if (limitBytes > 0) {
      builder.environment().put(EmulatedNodes.EXECUTOR_LIMIT, Long.toString(limitBytes));
    }
    Process process = builder.start();
    started.add(process);
    return process;
  }

  private static int exit(Process process) throws InterruptedException {
    assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  private static void awaitGone(long pid) {
    Awaitility.await().atMost(LIMIT).until(() -> ProcessHandle.of(pid).isEmpty());
  }

  private static String firstLine(Process process) throws IOException {
    return new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
        .readLine();
  }

  private static String said(Process process) throws IOException {
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
  }

  private static List<String> interfaces() throws IOException {
    return NetworkInterface.networkInterfaces().map(NetworkInterface::getName).sorted().toList();
  }

  private static void answer(ServerSocket server) {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        String line =
            new BufferedReader(
                    new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
                .readLine();
        socket.getOutputStream().write(("heard " + line + "\n").getBytes(StandardCharsets.UTF_8));
      } catch (IOException e) {
        // The test has closed the server, or a caller went away: the next accept tells.
        continue;
      }
    }
  }
}
