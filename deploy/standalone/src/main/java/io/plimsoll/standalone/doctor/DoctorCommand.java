// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.doctor;

import io.plimsoll.standalone.stack.Logs;
import io.plimsoll.standalone.stack.Places;
import io.plimsoll.standalone.stack.Running;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code plimsoll doctor}: exit code 0 when every hop works, 1 when one is broken. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description =
        "Walk the chain agent, broker, topics, pipeline, store, API and name the broken hop.")
public final class DoctorCommand implements Callable<Integer> {
  private static final Duration PIPELINE_PATIENCE = Duration.ofSeconds(20);

  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(3)).build();

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--kafka",
      description = "bootstrap servers; default: those of the running up or demo")
  private @Nullable String kafka;

  @Option(
      names = "--api",
      description = "base address of the API; default: that of the running up or demo")
  private @Nullable String api;

  @Option(names = "--jar", description = "the agent jar to look at; default: the built one")
  private @Nullable Path jar;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    Logs.toFile(Places.folder(Places.home()).resolve("doctor.log"));
    Optional<Running> running = Running.any();
    String servers = kafka != null ? kafka : running.map(Running::kafka).orElse("127.0.0.1:9092");
    String address = api != null ? api : running.map(Running::api).orElse("http://127.0.0.1:8700");
    List<Hop> hops = new ArrayList<>();
    hops.add(agentJar());
    brokerHops(servers, address, hops);
    for (Hop hop : hops) {
      out.printf("%-8s %-10s %s%n", mark(hop.state()), hop.name(), hop.text());
    }
    Optional<Hop> broken = hops.stream().filter(hop -> hop.state() == Hop.State.BROKEN).findFirst();
    out.println(
        broken.isEmpty()
            ? "Every hop works."
            : "The first broken hop is the " + broken.get().name() + ".");
    out.flush();
    return broken.isEmpty() ? 0 : 1;
  }

  private static String mark(Hop.State state) {
    return switch (state) {
      case OK -> "ok";
      case BROKEN -> "BROKEN";
      case SKIPPED -> "-";
    };
  }

  private Hop agentJar() {
    Path file =
        jar != null ? jar : Places.root().resolve("collectors/agent/target/plimsoll-agent.jar");
    if (!Files.isRegularFile(file)) {
      return Hop.broken(
          "agent jar",
          file
              + " is not there; ./plimsoll attach-line --for standalone builds it, --jar names another");
    }
    try (JarFile opened = new JarFile(file.toFile())) {
      String agentClass =
          opened.getManifest() == null
              ? null
              : opened.getManifest().getMainAttributes().getValue("Premain-Class");
      return agentClass == null
          ? Hop.broken("agent jar", file + " has no Premain-Class: it is not the agent")
          : Hop.ok("agent jar", file + " (" + Files.size(file) / 1024 + " KiB)");
    } catch (IOException e) {
      return Hop.broken(
          "agent jar", file + " cannot be read as a jar (" + e.getMessage() + "); build it again");
    }
  }

  private void brokerHops(String servers, String address, List<Hop> hops)
      throws InterruptedException {
    try (Broker broker = new Broker(servers)) {
      hops.add(broker.answers());
      if (last(hops).state() == Hop.State.OK) {
        hops.add(broker.topics());
      } else {
        hops.add(Hop.skipped("topics", "the broker does not answer"));
      }
      boolean reachable = last(hops).state() == Hop.State.OK;
      Probe probe = new Probe(UUID.randomUUID(), System.currentTimeMillis());
      hops.add(
          reachable
              ? broker.takes(probe.envelopes())
              : Hop.skipped("produce", "the broker or its topics are missing"));
      boolean produced = last(hops).state() == Hop.State.OK;
      Hop health = api(address);
      hops.add(
          produced && health.state() == Hop.State.OK
              ? pipeline(address, probe)
              : Hop.skipped("pipeline", "needs broker and API"));
      hops.add(
          health.state() == Hop.State.OK
              ? store(address)
              : Hop.skipped("store", "the API does not answer"));
      hops.add(health);
    } catch (KafkaException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      hops.add(
          Hop.broken(
              "broker",
              "'"
                  + servers
                  + "' cannot be used: "
                  + cause.getMessage()
                  + "; --kafka takes host:port"));
      hops.add(api(address));
    }
  }

  private static Hop last(List<Hop> hops) {
    return hops.get(hops.size() - 1);
  }

  private Hop pipeline(String address, Probe probe) throws InterruptedException {
    String run = URLEncoder.encode(Probe.RUN.id(), StandardCharsets.UTF_8);
    long deadline = System.nanoTime() + PIPELINE_PATIENCE.toNanos();
    while (System.nanoTime() < deadline) {
      Answer answer = get(address, "/api/v1/runs/" + run + "/processes");
      if (answer.body().contains(probe.process().toString())) {
        return Hop.ok(
            "pipeline",
            "a probe went through broker, pipeline and store to the API in "
                + (System.currentTimeMillis() - probe.epochMillis()) / 1000.0
                + " s");
      }
      TimeUnit.MILLISECONDS.sleep(250);
    }
    return Hop.broken(
        "pipeline",
        "a probe that the broker took did not reach the store within "
            + PIPELINE_PATIENCE.toSeconds()
            + " s: the Flink job is not running, or writes to another store than "
            + address
            + " reads");
  }

  private Hop store(String address) throws InterruptedException {
    Answer answer = get(address, "/api/v1/runs");
    return answer.status() == 200
        ? Hop.ok("store", "the runs of " + address + " can be read")
        : Hop.broken("store", address + " cannot read its store: " + answer.body().strip());
  }

  private Hop api(String address) throws InterruptedException {
    Answer answer = get(address, "/api/v1/health");
    return answer.status() == 200
        ? Hop.ok("API", address + " answers")
        : Hop.broken(
            "API",
            answer.status() == 0
                ? "nothing answers at "
                    + address
                    + "; start ./plimsoll demo or name the server with --api"
                : address + " answers " + answer.status() + ": " + answer.body().strip());
  }

  private record Answer(int status, String body) {}

  private Answer get(String address, String path) throws InterruptedException {
    try {
      HttpResponse<String> response =
          client.send(
              HttpRequest.newBuilder(URI.create(address + path))
                  .timeout(Duration.ofSeconds(5))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      return new Answer(response.statusCode(), response.body());
    } catch (IOException | IllegalArgumentException e) {
      return new Answer(0, String.valueOf(e.getMessage()));
    }
  }
}
