// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.plimsoll.wire.AttemptHook;
import io.plimsoll.wire.AttemptKind;
import io.plimsoll.wire.AttemptOutcome;
import io.plimsoll.wire.AttemptRecord;
import io.plimsoll.wire.codec.EnvelopeRecording;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The agent's hook and its plugin in the Spark after the one that is tested by default: the job of
 * the agent's own tests, whose attempts Spark and the agent must tell alike.
 */
@Tag("matrix")
class SparkNextIT {
  private static final Path ROOT =
      Path.of(System.getProperty("plimsoll.root", "../..")).toAbsolutePath();
  private static final Path AGENT = ROOT.resolve("collectors/agent/target/plimsoll-agent.jar");
  private static final Path JOB = ROOT.resolve("collectors/agent/target/test-classes");
  private static final String MAIN = "io.plimsoll.agent.job.SparkAttemptsJob";
  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final int MAVEN_MINUTES = 10;
  private static final int TINY = 200;

  @TempDir Path folder;

  @Test
  void theHookSeesEveryAttempt() throws Exception {
    List<String[]> told = run("-javaagent:" + AGENT + "=" + options());

    assertSame(told, AttemptHook.BYTECODE);
  }

  @Test
  void thePluginSeesEveryAttempt() throws Exception {
    List<String[]> told =
        run(
            "-Dspark.plugins=io.plimsoll.agent.plugin.PlimsollPlugin",
            "-Dspark.plimsoll.options=" + options());

    assertSame(told, AttemptHook.PLUGIN);
  }

  private String options() {
    return "file=" + folder.resolve("%u.rec") + ",interval=200ms,farewell=30s";
  }

  /** Runs the job to its end; what Spark said of each attempt. */
  private List<String[]> run(String... options) throws Exception {
    assertThat(JOB).as("the agent's tests, compiled").isDirectory();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "-XX:TieredStopAtLevel=1"));
    for (String open :
        List.of(
            "java.lang", "java.lang.invoke", "java.net", "java.nio", "java.util", "sun.nio.ch")) {
      command.add("--add-opens=java.base/" + open + "=ALL-UNNAMED");
    }
    command.addAll(
        List.of(
            "-Dspark.master=local[2,4]",
            "-Dspark.app.name=attempts",
            "-Dspark.ui.enabled=false",
            "-Dspark.driver.host=127.0.0.1",
            "-Dspark.testing.reservedMemory=0",
            "-Dspark.local.dir=" + folder.resolve("tmp")));
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", JOB + ":" + jars() + "/*:" + AGENT, MAIN));
    Path table = folder.resolve("ends.tsv");
    Path stop = folder.resolve("stop");
    command.addAll(List.of(table.toString(), Integer.toString(TINY), stop.toString()));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile());
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    Process spark = builder.start();
    try {
      await()
          .atMost(LONGEST)
          .until(
              () -> {
                assertThat(spark.isAlive()).as(this::log).isTrue();
                return Files.exists(folder.resolve("stop.burning"));
              });
      Files.createFile(stop);
      assertThat(spark.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)).as(this::log).isTrue();
      assertThat(spark.exitValue()).as(this::log).isZero();
    } finally {
      spark.destroyForcibly().waitFor();
    }
    return Files.readAllLines(table).stream().map(line -> line.split("\t")).toList();
  }

  private static Path jars() throws Exception {
    Path here = ROOT.resolve("deploy/standalone");
    Path jars = here.resolve("target/matrix/spark-next");
    Process maven =
        new ProcessBuilder(
                "mvn",
                "-q",
                "-B",
                "-f",
                here.resolve("src/test/matrix/spark-next.xml").toString(),
                "dependency:copy-dependencies",
                "-DincludeScope=runtime",
                "-DoutputDirectory=" + jars)
            .inheritIO()
            .start();
    boolean ended = maven.waitFor(MAVEN_MINUTES, TimeUnit.MINUTES);
    maven.destroyForcibly();
    assumeTrue(ended && maven.exitValue() == 0, "Maven cannot copy the jars of the next Spark");
    return jars;
  }

  private void assertSame(List<String[]> told, AttemptHook hook) throws Exception {
    Map<Long, AttemptRecord> byTask =
        attempts().stream()
            .filter(attempt -> attempt.kind() == AttemptKind.WHOLE)
            .collect(Collectors.toMap(AttemptRecord::taskId, Function.identity()));
    Set<String> reasons = new HashSet<>();
    assertThat(byTask).hasSameSizeAs(told);
    for (String[] line : told) {
      AttemptRecord seen = byTask.get(Long.parseLong(line[2]));
      assertThat(seen).as(String.join(" ", line)).isNotNull();
      assertThat(seen.stageId()).isEqualTo(Integer.parseInt(line[0]));
      assertThat(seen.stageAttempt()).isEqualTo(Integer.parseInt(line[1]));
      assertThat(seen.partition()).isEqualTo(Integer.parseInt(line[3]));
      assertThat(seen.attemptNumber()).isEqualTo(Integer.parseInt(line[4]));
      assertThat(seen.outcome()).as(line[5]).isEqualTo(outcome(line[5]));
      assertThat(seen.hook()).isEqualTo(hook);
      if (hook == AttemptHook.BYTECODE) {
        assertThat(seen.cpuNanos()).isGreaterThanOrEqualTo(Long.parseLong(line[6]));
      }
      reasons.add(line[5]);
    }
    assertThat(reasons).contains("Success", "ExceptionFailure", "TaskKilled");
    assertThat(told).hasSizeGreaterThan(TINY);
  }

  private static AttemptOutcome outcome(String reason) {
    return switch (reason) {
      case "Success" -> AttemptOutcome.SUCCEEDED;
      case "TaskKilled" -> AttemptOutcome.KILLED;
      default -> AttemptOutcome.FAILED;
    };
  }

  private List<AttemptRecord> attempts() throws Exception {
    List<AttemptRecord> attempts = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".rec")).toList()) {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
          EnvelopeRecording.read(in, envelope -> attempts.addAll(envelope.attempts()));
        }
      }
    }
    return attempts;
  }

  private String log() {
    try {
      String text = Files.readString(folder.resolve("log"));
      return text.substring(Math.max(0, text.length() - 3_000));
    } catch (IOException e) {
      return "no log: " + e;
    }
  }
}
