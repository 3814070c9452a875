// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plimsoll.engines.spark.SparkEventLog;
import io.plimsoll.server.bus.EnvelopeBus;
import io.plimsoll.server.bus.KafkaBus;
import io.plimsoll.standalone.analyze.SmallLog;
import io.plimsoll.standalone.stack.Running;
import io.plimsoll.wire.Envelope;
import io.plimsoll.wire.codec.EnvelopeEncoder;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service as a process of its own, killed and started again. */
class UpIT {
  private static final Path ROOT = Path.of(System.getProperty("plimsoll.root"));
  private static final Duration SOON = Duration.ofSeconds(120);
  private static final int TASKS = 900;

  @TempDir private Path home;

  @Test
  void aKilledService_goesOnWithWhatItKnew() throws Exception {
    List<Envelope> early = envelopes("app-early", 40);
    List<Envelope> split = envelopes("app-split", TASKS);
    assertThat(split).as("a run that can be cut in the middle").hasSizeGreaterThan(3);
    Process first = start("first", "--port", "0", "--kafka-port", "0");
    try {
      send(up(first), early);
      send(up(first), split.subList(0, split.size() / 2));
      await().atMost(SOON).until(() -> isComplete("app-early") && tasks("app-split") > 0);
      assertThat(isComplete("app-split")).isFalse();
    } finally {
      end(first);
    }
    Process second = start("second", "--port", "0", "--kafka-port", "0");
    try {
      Running running = up(second);
      assertThat(output("second")).contains("(2 runs)");
      assertThat(tasks("app-early")).isEqualTo(40);
      send(running, early);
      send(running, split.subList(split.size() / 2, split.size()));
      await().atMost(SOON).until(() -> isComplete("app-split"));
      assertThat(tasks("app-split")).isEqualTo(TASKS);
      assertThat(tasks("app-early")).as("told twice, counted once").isEqualTo(40);
      second.destroy();
      assertThat(second.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(Running.read(data())).as("ended by a signal, it leaves no address").isEmpty();
      assertThat(Files.exists(data().resolve("running.properties"))).isFalse();
    } finally {
      end(second);
    }
  }

  @Test
  void twoOnOneFolder_andATakenKafkaPort_areOneLineEach() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      Process refused = start("port", "--port", "0", "--kafka-port", port);
      try {
        assertThat(refused.waitFor(90, TimeUnit.SECONDS)).isTrue();
        assertThat(refused.exitValue()).isEqualTo(2);
        assertThat(output("port").strip().lines())
            .singleElement()
            .asString()
            .startsWith("plimsoll: port " + port)
            .contains("--kafka-port");
      } finally {
        end(refused);
      }
    }
    Process holder = start("holder", "--port", "0", "--kafka-port", "0");
    try {
      up(holder);
      Process refused = start("folder", "--port", "0", "--kafka-port", "0");
      try {
        assertThat(refused.waitFor(90, TimeUnit.SECONDS)).isTrue();
        assertThat(refused.exitValue()).isEqualTo(2);
        assertThat(output("folder"))
            .contains(data() + " is in use by another plimsoll")
            .doesNotContain("\tat ");
      } finally {
        end(refused);
      }
    } finally {
      end(holder);
    }
  }

  private Path data() {
    return home.resolve("data");
  }

  private Process start(String name, String... options) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + ROOT.resolve("deploy/standalone/jvm.options"));
    command.add("-Dplimsoll.root=" + ROOT);
    command.add("-Dplimsoll.home=" + home);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of("io.plimsoll.standalone.Plimsoll", "up", "--data", data().toString()));
    command.addAll(List.of(options));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(home.resolve(name + ".txt").toFile())
        .start();
  }

  private String output(String name) throws IOException {
    return Files.readString(home.resolve(name + ".txt"), StandardCharsets.UTF_8);
  }

  private Running up(Process process) {
    await()
        .atMost(SOON)
        .until(
            () ->
                !process.isAlive()
                    || Running.read(data()).filter(at -> at.pid() == process.pid()).isPresent());
    assertThat(process.isAlive()).as(this::outputs).isTrue();
    return Running.read(data()).orElseThrow();
  }

  private String outputs() {
    try (java.util.stream.Stream<Path> files = Files.list(home)) {
      StringBuilder all = new StringBuilder();
      for (Path file : files.filter(each -> each.toString().endsWith(".txt")).toList()) {
        all.append(Files.readString(file));
      }
      return all.toString();
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static void end(Process process) throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  private List<Envelope> envelopes(String application, int tasks) throws Exception {
    Path log =
        new SmallLog(application).tasks(tasks, 1_000, 1_000_000).write(home.resolve(application));
    List<Envelope> envelopes = new ArrayList<>();
    SparkEventLog.open(log).get(0).envelopes("test", envelopes::add);
    return envelopes;
  }

  private static void send(Running to, List<Envelope> envelopes) {
    try (EnvelopeBus bus = KafkaBus.on(to::kafka)) {
      bus.put(
          envelopes.stream()
              .map(
                  each ->
                      new EnvelopeBus.Encoded(
                          each.stream(), each.identity().process(), EnvelopeEncoder.encode(each)))
              .toList());
    }
  }

  private boolean isComplete(String application) throws Exception {
    return run(application).path("complete").asBoolean();
  }

  private long tasks(String application) throws Exception {
    return run(application).path("totals").path("tasks").asLong();
  }

  /** Missing while nobody knows the run. */
  private JsonNode run(String application) throws Exception {
    String api = Running.read(data()).orElseThrow().api();
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(api + "/api/v1/runs/test~" + application + "~0"))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    return new ObjectMapper().readTree(answer.body());
  }
}
