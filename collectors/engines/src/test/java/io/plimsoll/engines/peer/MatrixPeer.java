// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.plimsoll.engines.component.Reading;
import io.plimsoll.engines.targets.TargetSource;
import io.plimsoll.engines.targets.TargetsFile;
import io.plimsoll.wire.Metric;
import io.plimsoll.wire.MetricKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A program of src/test/matrix in a JVM of its own, run from its source on jars that Maven resolves
 * for it and that never stand on our class path.
 */
final class MatrixPeer implements AutoCloseable {
  static final Duration BOUND = Duration.ofMinutes(5);
  private static final int MAVEN_MINUTES = 10;
  private static final int LOG_TAIL = 3_000;

  private final Path folder;
  private final Process process;

  private MatrixPeer(Path folder, Process process) {
    this.folder = folder;
    this.process = process;
  }

  /**
   * Starts a program and waits until it has written the file {@code ready} into its folder.
   *
   * @param jars name of the pom in src/test/matrix; a machine where Maven cannot resolve it leaves
   *     the test out, and says so
   * @param options of the JVM
   * @param arguments after the folder
   */
  static MatrixPeer start(
      Path folder, String jars, String program, List<String> options, String... arguments)
      throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx700m", "-XX:TieredStopAtLevel=1"));
    command.add("-Djava.io.tmpdir=" + Files.createDirectories(folder.resolve("tmp")));
    command.addAll(options);
    command.addAll(List.of("-cp", jars(jars) + "/*", source(program + ".java").toString()));
    command.add(folder.toString());
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    MatrixPeer peer = new MatrixPeer(folder, process);
    try {
      peer.awaitFile("ready");
      return peer;
    } catch (Throwable failure) {
      peer.close();
      throw failure;
    }
  }

  private static Path source(String name) {
    return Path.of("src", "test", "matrix", name).toAbsolutePath();
  }

  private static Path jars(String name) throws Exception {
    Path jars = Path.of("target", "matrix", name).toAbsolutePath();
    Process maven =
        new ProcessBuilder(
                "mvn",
                "-q",
                "-B",
                "-f",
                source(name + ".xml").toString(),
                "dependency:copy-dependencies",
                "-DincludeScope=runtime",
                "-DoutputDirectory=" + jars)
            .redirectErrorStream(true)
            .redirectOutput(Path.of("target", "matrix-" + name + ".log").toFile())
            .start();
    boolean ended = maven.waitFor(MAVEN_MINUTES, TimeUnit.MINUTES);
    maven.destroyForcibly();
    assumeTrue(ended && maven.exitValue() == 0, "Maven cannot copy the jars of " + name);
    return jars;
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  void awaitFile(String name) {
    await()
        .atMost(BOUND)
        .until(
            () -> {
              assertThat(process.isAlive()).as(this::log).isTrue();
              return Files.exists(folder.resolve(name));
            });
  }

  /** Tells the program to go on. */
  void signal(String name) throws IOException {
    Files.createFile(folder.resolve(name));
  }

  /** The end of what the program printed. */
  String log() {
    try {
      String text = Files.readString(folder.resolve("log"));
      return text.substring(Math.max(0, text.length() - LOG_TAIL));
    } catch (IOException e) {
      return "no log: " + e;
    }
  }

  /** The one target of kind and address, as a file of targets would have it read. */
  static TargetSource source(Path folder, String kind, String address) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve(kind + ".yaml"),
            "timeout: 60s\ntargets:\n  - {kind: " + kind + ", address: '" + address + "'}\n");
    return TargetsFile.read(file, List.of()).open().get(0);
  }

  /** What the target tells now. */
  static Reading read(Path folder, String kind, String address) throws Exception {
    try (TargetSource source = source(folder, kind, address)) {
      return source.read(System.currentTimeMillis());
    }
  }

  static long value(Reading reading, Metric metric, String instance) {
    Long value = reading.values().get(MetricKey.of(metric, instance));
    assertThat(value).as(instance + " in " + reading.values().keySet()).isNotNull();
    return value;
  }

  /** The children of the program too, such as containers that are still there. */
  @Override
  public void close() {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroyForcibly().onExit().join();
    children.forEach(ProcessHandle::destroyForcibly);
  }
}
