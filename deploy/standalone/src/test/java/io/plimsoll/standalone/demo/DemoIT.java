// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plimsoll.store.sqlite.SqliteStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole way on small data, as a user starts it: a process of its own, real servers, real Spark.
 */
class DemoIT {
  private static final Path ROOT = Path.of(System.getProperty("plimsoll.root"));

  @TempDir private static Path tables;
  @TempDir private Path home;

  private record Ended(int exitCode, String output) {}

  private Path output() {
    return home.resolve("output.txt");
  }

  private Process start(List<String> jvmOptions, String... args) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + ROOT.resolve("deploy/standalone/jvm.options"));
    command.add("-Dplimsoll.root=" + ROOT);
    command.add("-Dplimsoll.home=" + home);
    command.addAll(jvmOptions);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add("io.plimsoll.standalone.Plimsoll");
    command.addAll(List.of(args));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(output().toFile())
        .start();
  }

  private Ended plimsoll(List<String> jvmOptions, String... args)
      throws IOException, InterruptedException {
    Process process = start(jvmOptions, args);
    try {
      assertThat(process.waitFor(8, TimeUnit.MINUTES)).as("ended in time").isTrue();
      return new Ended(process.exitValue(), Files.readString(output(), StandardCharsets.UTF_8));
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  @Test
  void demo_seesDiagnosesAdvisesAndRunsAgain() throws Exception {
    Path json = home.resolve("figures.json");

    Ended demo =
        plimsoll(
            List.of(),
            "demo",
            "--exit",
            "--scale",
            "0.02",
            "--port",
            "0",
            "--data",
            tables.resolve("tpch").toString(),
            "--json",
            json.toString());

    assertThat(demo.output()).contains("Processes of run A", "Books per role", "Recommendation");
    assertPassesButForTheClock(demo);
    JsonNode figures = new ObjectMapper().readTree(json.toFile());
    assertThat(figures.path("runs")).hasSize(2);
    for (JsonNode run : figures.path("runs")) {
      assertThat(run.path("complete").asBoolean()).isTrue();
      assertThat(run.path("totals").path("failedTasks").asLong()).isZero();
      assertThat(run.path("totals").path("tasks").asLong()).isPositive();
      assertThat(run.path("findings")).isNotEmpty();
      assertThat(run.path("resultChecksum").asText()).isNotEmpty();
      JsonNode executors = books(run, "executor");
      assertThat(executors.path("attempts").asLong())
          .isEqualTo(run.path("totals").path("tasks").asLong());
      assertThat(
              executors.path("attemptCpuMillis").asLong()
                  + executors.path("gcCpuMillis").asLong()
                  + executors.path("jitCpuMillis").asLong()
                  + executors.path("agentCpuMillis").asLong())
          .as("never more attributed than used, but for 2 %%")
          .isLessThanOrEqualTo(executors.path("processCpuMillis").asLong() * 102 / 100);
    }
    assertThat(figures.path("runs").get(0).path("resultChecksum"))
        .isEqualTo(figures.path("runs").get(1).path("resultChecksum"));
    assertThat(figures.path("runs").get(0).path("recommendation").path("changes")).isNotEmpty();
    assertThat(figures.path("saving").path("allocatedMemory").asDouble()).isPositive();
    assertThat(demo.output().split("no difference", -1)).as("joins of A and B").hasSize(3);
  }

  /** On data this small the runs' wall times are noise; everything else must hold. */
  private static void assertPassesButForTheClock(Ended demo) {
    if (demo.exitCode() == 0) {
      return;
    }
    assertThat(demo.exitCode()).as(demo.output()).isEqualTo(1);
    String complaints = demo.output().split("does NOT pass: ", 2)[1].lines().findFirst().orElse("");
    assertThat(complaints.split("; ")).allSatisfy(each -> assertThat(each).startsWith("wall time"));
  }

  @Test
  void anInterruptedDemo_leavesNoProcessAndAStoreThatCanBeRead() throws Exception {
    Process demo =
        start(
            List.of(),
            "demo",
            "--scale",
            "0.02",
            "--port",
            "0",
            "--data",
            tables.resolve("tpch").toString());
    try {
      await()
          .atMost(Duration.ofMinutes(4))
          .until(() -> Files.readString(output()).contains("first rollup stored"));
      List<ProcessHandle> started = demo.descendants().toList();
      assertThat(started).as("Master, Workers, driver, executors").hasSizeGreaterThanOrEqualTo(6);

      demo.destroy();

      assertThat(demo.waitFor(30, TimeUnit.SECONDS)).isTrue();
      await()
          .atMost(Duration.ofSeconds(15))
          .until(() -> started.stream().noneMatch(ProcessHandle::isAlive));
    } finally {
      demo.descendants().forEach(ProcessHandle::destroyForcibly);
      demo.destroyForcibly();
    }
    try (SqliteStore store = SqliteStore.open(home.resolve("demo/plimsoll.db"))) {
      assertThat(store.runs()).isNotEmpty();
    }
  }

  private static JsonNode books(JsonNode run, String role) {
    for (JsonNode line : run.path("books")) {
      if (line.path("role").asText().equalsIgnoreCase(role)) {
        return line;
      }
    }
    throw new AssertionError("no books of " + role + " in " + run.path("books"));
  }

  @Test
  void takenPort_isOneLineThatNamesThePortAndTheWayOut() throws Exception {
    try (java.net.ServerSocket taken =
        new java.net.ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
      Ended demo =
          plimsoll(List.of(), "demo", "--exit", "--port", Integer.toString(taken.getLocalPort()));

      assertThat(demo.exitCode()).isEqualTo(2);
      assertThat(demo.output().strip().lines())
          .singleElement()
          .asString()
          .startsWith("plimsoll: port " + taken.getLocalPort())
          .contains("--port");
    }
  }

  @Test
  void homeThatIsAFile_isOneLine() throws Exception {
    Path file = Files.writeString(home.resolve("file"), "x");

    Ended demo = plimsoll(List.of("-Dplimsoll.home=" + file), "demo", "--exit");

    assertThat(demo.exitCode()).isEqualTo(2);
    assertThat(demo.output().strip().lines())
        .singleElement()
        .asString()
        .contains(file.toString())
        .contains("PLIMSOLL_HOME");
  }

  @Test
  void doctor_namesTheBrokenHop() throws Exception {
    Ended doctor =
        plimsoll(List.of(), "doctor", "--kafka", "127.0.0.1:1", "--api", "http://127.0.0.1:1");

    assertThat(doctor.exitCode()).isEqualTo(1);
    assertThat(doctor.output())
        .contains(
            "BROKEN", "nothing answers at 127.0.0.1:1", "The first broken hop is the broker.");
  }
}
