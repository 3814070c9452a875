// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.plimsoll.wire.AttemptRecord;
import io.plimsoll.wire.Envelope;
import io.plimsoll.wire.codec.EnvelopeRecording;
import io.plimsoll.wire.codec.WireException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A child JVM with an engine in it, and what the agent recorded of it. */
final class JobJvm implements AutoCloseable {
  private static final int MAVEN_MINUTES = 10;
  private static final Duration LONGEST = Duration.ofSeconds(120);

  private final Path folder;
  private final Process process;

  private JobJvm(Path folder, Process process) {
    this.folder = folder;
    this.process = process;
  }

  static String agent(Path folder) {
    return "-javaagent:" + jar() + "=" + options(folder);
  }

  static String options(Path folder) {
    return "file=" + folder.resolve("%u.rec") + ",interval=200ms,farewell=30s";
  }

  static Path jar() {
    Path jar = Path.of(System.getProperty("plimsoll.agent.jar", "target/plimsoll-agent.jar"));
    assertThat(jar).as("the shaded jar; run the package phase first").exists();
    return jar.toAbsolutePath();
  }

  /**
   * The jars of the version before the one that is tested by default, as Maven resolves them; a
   * machine without Maven or its repositories leaves the test out, and says so.
   */
  static Path previous(String engine) throws Exception {
    Path jars = Path.of("target", "matrix", engine).toAbsolutePath();
    Process maven =
        new ProcessBuilder(
                "mvn",
                "-q",
                "-B",
                "-f",
                Path.of("src", "test", "matrix", engine + ".xml").toString(),
                "dependency:copy-dependencies",
                "-DincludeScope=runtime",
                "-DoutputDirectory=" + jars)
            .inheritIO()
            .start();
    boolean ended = maven.waitFor(MAVEN_MINUTES, TimeUnit.MINUTES);
    maven.destroyForcibly();
    assumeTrue(
        ended && maven.exitValue() == 0, "Maven cannot copy the jars of the other " + engine);
    return jars;
  }

  static JobJvm start(Path folder, Class<?> main, String classPath, List<String> jvmOptions)
      throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "-XX:TieredStopAtLevel=1"));
    for (String open :
        List.of(
            "java.lang",
            "java.lang.invoke",
            "java.lang.reflect",
            "java.io",
            "java.net",
            "java.nio",
            "java.util",
            "java.util.concurrent",
            "java.util.concurrent.atomic",
            "sun.nio.ch",
            "sun.security.action")) {
      command.add("--add-opens=java.base/" + open + "=ALL-UNNAMED");
    }
    command.addAll(jvmOptions);
    String tests =
        Path.of(JobJvm.class.getProtectionDomain().getCodeSource().getLocation().toURI())
            .toString();
    command.addAll(List.of("-cp", tests + ":" + classPath, main.getName()));
    command.addAll(
        List.of(ends(folder).toString(), argument(main, folder), folder.resolve("stop") + ""));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    return new JobJvm(
        folder,
        builder
            .redirectOutput(folder.resolve("out.txt").toFile())
            .redirectError(folder.resolve("err.txt").toFile())
            .start());
  }

  private static String argument(Class<?> main, Path folder) {
    return main == SparkAttemptsJob.class ? "200" : folder.resolve("in").toString();
  }

  private static Path ends(Path folder) {
    return folder.resolve("ends.tsv");
  }

  long pid() {
    return process.pid();
  }

  void await(Callable<Boolean> reached) {
    Awaitility.await()
        .atMost(LONGEST)
        .pollInterval(Duration.ofMillis(100))
        .until(
            () -> {
              assertThat(process.isAlive() || reached.call()).as(this::errors).isTrue();
              return reached.call();
            });
  }

  /** Lets the long tasks end and waits for the JVM: the engine's own table of attempts. */
  List<String[]> finish() throws Exception {
    Files.createFile(folder.resolve("stop"));
    assertThat(process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)).as(this::errors).isTrue();
    assertThat(process.exitValue()).as(this::errors).isZero();
    return Files.readAllLines(ends(folder)).stream().map(line -> line.split("\t")).toList();
  }

  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Whatever is complete; a record that is half written is not there yet. */
  List<Envelope> recorded() throws IOException {
    List<Envelope> envelopes = new ArrayList<>();
    List<Path> recordings;
    try (java.util.stream.Stream<Path> files = Files.list(folder)) {
      recordings = files.filter(f -> f.toString().endsWith(".rec")).toList();
    }
    for (Path recording : recordings) {
      try (InputStream in = new BufferedInputStream(Files.newInputStream(recording))) {
        EnvelopeRecording.read(in, envelopes::add);
      } catch (WireException half) {
        assertThat(half).isNotNull();
      }
    }
    return envelopes;
  }

  List<AttemptRecord> attempts() throws IOException {
    return recorded().stream().flatMap(e -> e.attempts().stream()).toList();
  }

  private String errors() {
    try {
      return Files.readString(folder.resolve("err.txt"));
    } catch (IOException unreadable) {
      return unreadable.toString();
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
