// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.plimsoll.profile.RunKey;
import io.plimsoll.server.ContractClient.Answer;
import io.plimsoll.server.api.HttpApi;
import io.plimsoll.server.bus.EnvelopeBus;
import io.plimsoll.store.InMemoryStore;
import io.plimsoll.store.RunCatalogue;
import io.plimsoll.store.RunCatalogue.RunSummary;
import io.plimsoll.store.StoreException;
import io.plimsoll.store.sqlite.SqliteStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Proxy;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerIT {
  private static final RunKey RUN =
      new RunKey("spark://127.0.0.1:7077", "app-20261123160000-0000", 0);
  private static final RunKey RUNNING = new RunKey("local", "app-2", 1);
  private static final RunKey HOSTILE = new RunKey("local", "app-3", 0);
  private static final RunKey SILENT = new RunKey("local", "app-4", 0);
  private static final String HOSTILE_NAME =
      "</script><img src=x onerror=alert(1)>\u0000\u001b[31m\u202e\n\"'/..\\ orders";
  private static final String RUNS = "/api/v1/runs/";

  @TempDir private static Path folder;

  private static SqliteStore store;
  private static PlimsollServer server;
  private static ContractClient client;

  @BeforeAll
  static void startServer() {
    store = SqliteStore.open(folder.resolve("plimsoll.db"));
    long start = SyntheticRun.START_MILLIS;
    SyntheticRun.of(RUN, "daily_orders 2026-11-23 #7", start, "6g").storeIn(store, true);
    SyntheticRun.unfinished(RUNNING, "daily_orders 2026-11-24 #8", start + 90_000, "6g")
        .storeIn(store, false);
    SyntheticRun.unfinished(HOSTILE, HOSTILE_NAME, start + 60_000, "no-size").storeIn(store, false);
    store.upsertRun(new RunSummary(SILENT, "", "", -1, -1, false), 1);
    server = PlimsollServer.start(ServerConfig.onPort(0), store, store, store);
    client = new ContractClient(server.address());
    await().atMost(Duration.ofSeconds(20)).until(() -> store.recommendation(RUN).isPresent());
  }

  @AfterAll
  static void stopServer() {
    server.close();
    store.close();
  }

  private static String at(RunKey run) {
    return RUNS + encoded(run.id());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  @Test
  void addressesAreThoseOfTheContract() {
    assertThat(new HttpApi(store, store, store, EnvelopeBus.NONE, true).paths())
        .isEqualTo(client.paths());
  }

  @Test
  void jobsGatherTheRunsWhoseNamesDifferInDatesAndCounters() throws Exception {
    JsonNode jobs = client.get("/api/v1/jobs").json().get("jobs");

    JsonNode orders =
        StreamSupport.stream(jobs.spliterator(), false)
            .filter(job -> job.get("job").asText().equals("daily_orders"))
            .findFirst()
            .orElseThrow();
    assertThat(orders.get("runs")).hasSize(2);
    assertThat(orders.at("/runs/0/run").asText()).isEqualTo(RUNNING.id());
    assertThat(orders.at("/runs/0/complete").asBoolean()).isFalse();
    assertThat(orders.at("/runs/0").has("endMillis")).isFalse();
  }

  @Test
  void runsAreListedLatestFirst() throws Exception {
    JsonNode runs = client.get("/api/v1/runs").json().get("runs");

    assertThat(runs).hasSize(4);
    assertThat(runs.findValuesAsText("run"))
        .containsExactly(RUNNING.id(), HOSTILE.id(), RUN.id(), SILENT.id());
  }

  @Test
  void runIsOneObjectWithAllThatIsKnown() throws Exception {
    JsonNode run = client.get(at(RUN)).json();

    assertThat(run.get("job").asText()).isEqualTo("daily_orders");
    assertThat(run.get("version").asText()).isEqualTo("4.0.1");
    assertThat(run.get("complete").asBoolean()).isTrue();
    assertThat(run.get("wallMillis").asLong()).isEqualTo(61_000);
    assertThat(run.at("/totals/tasks").asLong()).isEqualTo(24);
    assertThat(run.at("/totals/stages").asLong()).isEqualTo(3);
    assertThat(run.at("/totals/executorsAdded").asLong()).isEqualTo(2);
    assertThat(run.at("/totals").has("badLines")).isFalse();
    // Two executors of 6144 + 614 MiB, from second 1 to second 61.
    assertThat(run.at("/allocated/memoryGiBSeconds").asDouble()).isEqualTo(2 * 60 * 6758 / 1024.0);
    assertThat(run.at("/allocated/coreSeconds").asDouble()).isEqualTo(120);
    assertThat(run.at("/used/cpuSeconds").asDouble()).isEqualTo(62 * 1.5);
    assertThat(run.at("/books/1/role").asText()).isEqualTo("executor");
    assertThat(run.at("/books/1/attempts").asLong()).isEqualTo(24);
    assertThat(run.at("/findings").findValuesAsText("state")).contains("fired");
    assertThat(run.at("/rootCauses").isArray()).isTrue();
    assertThat(run.at("/causeSearch/abstained").isBoolean()).isTrue();
    assertThat(run.at("/recommendation/changes")).isNotEmpty();
    assertThat(run.at("/coverage/complete").asBoolean()).isTrue();
    JsonNode points = run.at("/coverage/points");
    assertThat(points.get("fired").asLong()).isPositive();
    assertThat(points.get("groups")).isNotEmpty();
    assertThat(points.get("groups").findValues("notEvaluated"))
        .anySatisfy(reasons -> assertThat(reasons).isNotEmpty());
    assertThat(run.has("resultChecksum")).isFalse();
  }

  @Test
  void runWithASizeThatIsNoSizeLeavesOutWhatWasAsked() throws Exception {
    JsonNode run = client.get(at(HOSTILE)).json();

    assertThat(run.at("/allocated").has("memoryGiBSeconds")).isFalse();
    assertThat(run.at("/used/rssGiBSeconds").asDouble()).isPositive();
    JsonNode processes = client.get(at(HOSTILE) + "/processes").json().get("processes");
    assertThat(processes).anySatisfy(process -> assertThat(process.has("container")).isTrue());
    assertThat(processes)
        .filteredOn(process -> process.get("role").asText().equals("executor"))
        .hasSize(2)
        .allSatisfy(process -> assertThat(process.has("container")).isFalse());
  }

  @Test
  void processesSayWhatWasAskedAndUsed() throws Exception {
    JsonNode processes = client.get(at(RUN) + "/processes").json().get("processes");

    assertThat(processes).hasSize(3);
    JsonNode executor =
        StreamSupport.stream(processes.spliterator(), false)
            .filter(process -> process.path("executorId").asText().equals("1"))
            .findFirst()
            .orElseThrow();
    assertThat(executor.get("role").asText()).isEqualTo("executor");
    assertThat(executor.at("/container/totalBytes").asLong()).isEqualTo(6758L << 20);
    assertThat(executor.get("cores").asInt()).isEqualTo(1);
    assertThat(executor.at("/memory/liveSetGrade").asText()).isEqualTo("estimated");
    assertThat(executor.at("/memory/liveSetBytes").asLong()).isEqualTo(210L << 20);
    assertThat(executor.at("/memory/rssMaxBytes").asLong()).isGreaterThan(900L << 20);
  }

  @Test
  void stagesShowTheLongTail() throws Exception {
    JsonNode stages = client.get(at(RUN) + "/stages").json().get("stages");

    assertThat(stages.findValuesAsText("stage")).containsExactly("0.0", "1.0", "2.0");
    assertThat(stages.at("/2/attemptWallMillis/max").asLong()).isEqualTo(12_800);
    assertThat(stages.at("/2/wallMillis").asLong()).isEqualTo(17_000);
  }

  @Test
  void rollupsAreFilteredByLevelEntityAndTime() throws Exception {
    JsonNode all = client.get(at(RUN) + "/rollups").json();
    assertThat(all.get("level").asText()).isEqualTo("process");
    assertThat(all.get("total").asInt()).isEqualTo(all.get("rollups").size()).isPositive();
    String entity = all.at("/rollups/0/entity").asText();
    long second = all.at("/rollups/1/windowStartMillis").asLong();

    JsonNode one =
        client
            .get(
                at(RUN)
                    + "/rollups?level=PROCESS&entity="
                    + entity
                    + "&from="
                    + second
                    + "&to="
                    + (second + 1))
            .json();
    assertThat(one.get("rollups")).hasSize(1);
    assertThat(one.at("/rollups/0/windowStartMillis").asLong()).isEqualTo(second);

    for (String level : List.of("stage", "run", "task")) {
      assertThat(client.get(at(RUN) + "/rollups?level=" + level).json().get("rollups"))
          .as(level)
          .isNotEmpty();
    }
  }

  @Test
  void attemptsComePageByPage() throws Exception {
    List<Long> tasks = new ArrayList<>();
    JsonNode page = client.get(at(RUN) + "/attempts?limit=10").json();
    assertThat(page.get("total").asInt()).isEqualTo(24);
    page.get("attempts").forEach(attempt -> tasks.add(attempt.get("task").asLong()));
    while (page.has("next")) {
      page = client.get(at(RUN) + "/attempts?limit=10&offset=" + page.get("next")).json();
      page.get("attempts").forEach(attempt -> tasks.add(attempt.get("task").asLong()));
    }

    assertThat(tasks).hasSize(24).doesNotHaveDuplicates().isSorted();
    assertThat(client.get(at(RUN) + "/attempts?stage=2").json().get("total").asInt()).isEqualTo(8);
    assertThat(client.get(at(RUN) + "/attempts?stage=2.0").json().get("total").asInt())
        .isEqualTo(8);
    assertThat(client.get(at(RUN) + "/attempts?stage=2.1").json().get("total").asInt()).isZero();
    assertThat(client.get(at(RUN) + "/attempts?offset=99").json().get("attempts")).isEmpty();
  }

  @Test
  void findingsFireFirst() throws Exception {
    List<String> states =
        client.get(at(RUN) + "/findings").json().get("findings").findValuesAsText("state");

    assertThat(states.get(0)).isEqualTo("fired");
    assertThat(states.lastIndexOf("fired")).isLessThan(states.indexOf("clear"));
  }

  @Test
  void recommendationIsServedForRunAndJobInThreeFormats() throws Exception {
    JsonNode ofRun = client.get(at(RUN) + "/recommendation").json();
    JsonNode ofJob = client.get("/api/v1/jobs/daily_orders/recommendation").json();
    assertThat(ofJob).isEqualTo(ofRun);
    JsonNode memory =
        StreamSupport.stream(ofRun.get("changes").spliterator(), false)
            .filter(change -> change.get("key").asText().equals("spark.executor.memory"))
            .findFirst()
            .orElseThrow();
    String to = memory.get("to").asText();

    String defaults = client.get(at(RUN) + "/recommendation?format=spark-defaults").body();
    assertThat(defaults.lines())
        .contains("# - spark.executor.memory " + memory.get("from").asText())
        .contains("spark.executor.memory " + to);
    String submit =
        client.get("/api/v1/jobs/daily_orders/recommendation?format=spark-submit").body();
    assertThat(submit.lines()).contains("--conf spark.executor.memory=" + to);
  }

  @Test
  void unknownRunsJobsAndAddressesAreNamed() throws Exception {
    Answer run = client.get("/api/v1/runs/local~app-9~0");
    assertThat(run.status()).isEqualTo(404);
    assertThat(run.detail()).isEqualTo("no run 'local~app-9~0'");
    for (String part :
        List.of("processes", "stages", "rollups", "attempts", "findings", "recommendation")) {
      assertThat(client.get("/api/v1/runs/local~app-9~0/" + part).status()).as(part).isEqualTo(404);
    }

    Answer job = client.get("/api/v1/jobs/daily_order/recommendation");
    assertThat(job.status()).isEqualTo(404);
    assertThat(job.detail()).isEqualTo("no job 'daily_order': the nearest is 'daily_orders'");

    Answer address = client.get("/api/v1/rnus");
    assertThat(address.status()).isEqualTo(404);
    assertThat(address.detail()).isEqualTo("nothing at '/api/v1/rnus'");

    Answer early = client.get(at(RUNNING) + "/recommendation");
    assertThat(early.status()).isEqualTo(404);
    assertThat(early.detail())
        .isEqualTo(
            "run 'local~app-2~1' has no recommendation yet: it is made when the run is complete");

    Answer silent = client.get(at(SILENT));
    assertThat(silent.status()).isEqualTo(404);
    assertThat(silent.detail())
        .isEqualTo("run 'local~app-4~0' is known, but none of its processes has told anything yet");
  }

  @Test
  void badRequestsNameTheCulprit() throws Exception {
    assertBad("/api/v1/runs/local", "not a run id: 'local' (expected cluster~application~attempt)");
    assertBad(
        at(RUN) + "/rollups?lvl=run",
        "unknown query parameter 'lvl': did you mean 'level'? known are entity, from, level, limit,"
            + " offset, to");
    assertBad("/api/v1/jobs?all=1", "unknown query parameter 'all': this address takes none");
    assertBad(
        at(RUN) + "/rollups?level=proces",
        "query parameter 'level' is 'proces': did you mean 'process'? known are task, stage,"
            + " process, run");
    assertBad(
        at(RUN) + "/rollups?from=now", "query parameter 'from' is 'now': expected a whole number");
    assertBad(at(RUN) + "/attempts?limit=0", "query parameter 'limit' is 0: expected 1 to 10000");
    assertBad(
        at(RUN) + "/attempts?stage=x",
        "query parameter 'stage' is 'x': expected a stage's id, as 7 or 7.0");
    assertBad(
        at(RUN) + "/attempts?stage=1&stage=2", "query parameter 'stage' is given more than once");
    assertBad(
        at(RUN) + "/recommendation?format=yaml",
        "query parameter 'format' is 'yaml': did you mean 'json'? known are json, spark-defaults,"
            + " spark-submit");
  }

  private static void assertBad(String address, String detail) throws Exception {
    Answer answer = client.get(address);
    assertThat(answer.status()).as(address).isEqualTo(400);
    assertThat(answer.detail()).isEqualTo(detail);
  }

  @Test
  void writingIsRefused() throws Exception {
    Answer answer =
        client.ask(
            HttpRequest.newBuilder(server.address().resolve("/api/v1/runs")).DELETE().build());

    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.detail()).isEqualTo("DELETE is not known at '/api/v1/runs': only GET is");
  }

  @Test
  void hostileNamesStayTextAndOnOneLine() throws Exception {
    Answer runs = client.get("/api/v1/runs");
    assertThat(runs.contentType()).startsWith("application/json");
    assertThat(runs.headers().get("x-content-type-options")).containsExactly("nosniff");
    assertThat(runs.body()).doesNotContain("\u0000").doesNotContain("\u001b");
    String job =
        StreamSupport.stream(runs.json().get("runs").spliterator(), false)
            .filter(run -> run.get("run").asText().equals(HOSTILE.id()))
            .findFirst()
            .orElseThrow()
            .get("job")
            .asText();
    assertThat(job).doesNotContainPattern("[\\p{Cntrl}\\u202e]");

    Answer recommendation = client.get("/api/v1/jobs/" + encoded(job) + "/recommendation");
    assertThat(recommendation.detail()).startsWith("job '" + job + "' has no recommendation yet");
    Answer unknown = client.get("/api/v1/jobs/" + encoded(HOSTILE_NAME) + "/recommendation");
    assertThat(unknown.status()).isEqualTo(400);
    Answer malformed = client.get("/api/v1/runs/%00");
    assertThat(malformed.status()).isEqualTo(400);
  }

  @Test
  void filesOutsideTheConsoleStayHidden() throws Exception {
    for (String path :
        List.of(
            "/..%2fopenapi.yaml", "/%2e%2e/openapi.yaml", "/..%5copenapi.yaml", "/openapi.yaml")) {
      assertThat(client.get(path).status()).as(path).isIn(400, 404);
    }
  }

  @Test
  void otherNamesOfThisMachineAreRefused() throws Exception {
    try (Socket socket = new Socket(server.address().getHost(), server.address().getPort())) {
      OutputStream out = socket.getOutputStream();
      out.write(
          "GET /api/v1/runs HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
              .getBytes(StandardCharsets.US_ASCII));
      out.flush();
      InputStream in = socket.getInputStream();
      String answer = new String(in.readAllBytes(), StandardCharsets.UTF_8);

      assertThat(answer).startsWith("HTTP/1.1 403").contains("this machine only");
      assertThat(answer).doesNotContain("daily_orders");
    }
  }

  @Test
  void healthContractAndMetricsAnswer() throws Exception {
    assertThat(client.get("/api/v1/health").json().get("runs").asInt()).isEqualTo(4);
    assertThat(client.get("/api/v1/openapi.yaml").body()).contains("openapi: 3.1.0");
    client.get("/api/v1/nowhere");

    client.get(at(RUN));

    String metrics = client.get("/metrics").body();
    assertThat(metrics)
        .contains("jvm_memory_used_bytes")
        .contains("plimsoll_runs{state=\"complete\"} 1.0")
        .contains("plimsoll_runs{state=\"running\"} 3.0")
        .contains("plimsoll_http_requests_total{route=\"/api/v1/health\",status=\"200\"}")
        .contains("plimsoll_http_requests_total{route=\"other\",status=\"404\"}")
        .doesNotContain("nowhere");
  }

  @Test
  void storeThatFailsIsSaidAndTheServerStaysUp() throws Exception {
    String said = "store /data/plimsoll.db cannot be read (disk I/O error): check the disk";
    RuntimeException failure =
        new StoreException(StoreException.Code.UNAVAILABLE, said, new IOException("disk"));
    try (PlimsollServer failing = serverOver(failing(failure))) {
      ContractClient toFailing = new ContractClient(failing.address());
      for (String path : List.of("/api/v1/health", "/api/v1/runs", "/api/v1/jobs")) {
        Answer answer = toFailing.get(path);
        assertThat(answer.status()).as(path).isEqualTo(503);
        assertThat(answer.detail()).isEqualTo(said);
      }
      assertThat(toFailing.get("/metrics").body())
          .contains("status=\"503\"")
          .doesNotContain("plimsoll_runs{");
    }
  }

  @Test
  void faultOfTheServerIsAProblemWithoutItsInside() throws Exception {
    try (PlimsollServer failing = serverOver(failing(new IllegalStateException("secret")))) {
      Answer answer = new ContractClient(failing.address()).get("/api/v1/runs");

      assertThat(answer.status()).isEqualTo(500);
      assertThat(answer.body()).doesNotContain("secret");
    }
  }

  private static PlimsollServer serverOver(RunCatalogue catalogue) {
    InMemoryStore empty = new InMemoryStore();
    return PlimsollServer.start(ServerConfig.onPort(0), catalogue, empty, empty);
  }

  private static RunCatalogue failing(RuntimeException failure) {
    return (RunCatalogue)
        Proxy.newProxyInstance(
            ServerIT.class.getClassLoader(),
            new Class<?>[] {RunCatalogue.class},
            (proxy, method, arguments) -> {
              throw failure;
            });
  }

  @Test
  void takenPortIsNamedWithTheWayOut() {
    int port = server.address().getPort();

    assertThatThrownBy(() -> PlimsollServer.start(ServerConfig.onPort(port), store, store, store))
        .isInstanceOf(ServerException.class)
        .hasMessage(
            "port %d on 127.0.0.1 is taken: stop what listens there, or choose another with --port"
                + " (0 = any)",
            port);
  }

  @Test
  void hostOfAnotherMachineIsNamedWithTheWayOut() {
    assertThatThrownBy(
            () -> PlimsollServer.start(new ServerConfig("192.0.2.1", 0), store, store, store))
        .isInstanceOfSatisfying(
            ServerException.class,
            e -> assertThat(e.code()).isEqualTo(ServerException.Code.CANNOT_LISTEN))
        .hasMessageStartingWith("cannot listen on 192.0.2.1:0 (")
        .hasMessageContaining("--host");
  }

  @Test
  void closedServerFreesItsPort() {
    PlimsollServer first = PlimsollServer.start(ServerConfig.onPort(0), store, store, store);
    URI address = first.address();
    first.close();

    PlimsollServer second =
        PlimsollServer.start(ServerConfig.onPort(address.getPort()), store, store, store);
    assertThat(second.address()).isEqualTo(address);
    second.close();
  }
}
