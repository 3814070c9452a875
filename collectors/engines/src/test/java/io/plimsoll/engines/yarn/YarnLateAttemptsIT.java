// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.yarn;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.plimsoll.engines.http.BoundedHttp;
import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.EventKind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A ResourceManager that has no answer for a while about applications that ended. */
class YarnLateAttemptsIT {
  private static final String ENDED =
      """
      {"apps": {"app": [{"id": "application_1_0003", "state": "FAILED", "finalStatus": "FAILED",
        "startedTime": 1, "finishedTime": 9, "diagnostics": "it failed"}]}}
      """;

  private static final String ATTEMPTS =
      """
      {"appAttempts": {"appAttempt": [{"id": 1, "startTime": 5, "finishedTime": 9,
        "containerId": "container_1_0003_01_000001", "appAttemptState": "FAILED"}]}}
      """;

  private final AtomicInteger refused = new AtomicInteger();

  @Test
  void attemptsThatWereNotAnswered_areToldByALaterRead() throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    try {
      URI base = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
      ResourceManagerSource source =
          new ResourceManagerSource("it", base, BoundedHttp.open(Duration.ofSeconds(20)));

      List<EngineEvent> first = source.read(10_000).events();
      List<EngineEvent> second = source.read(20_000).events();

      assertThat(first).extracting(EngineEvent::kind).containsExactly(EventKind.APPLICATION_STATE);
      assertThat(refused).hasValue(1);
      assertThat(second).extracting(EngineEvent::kind).containsExactly(EventKind.CONTAINER_ENDED);
      assertThat(source.read(30_000).events()).isEmpty();
    } finally {
      server.stop(0);
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    String asked = exchange.getRequestURI().toString();
    boolean attempts = asked.endsWith("/appattempts");
    boolean refuse = attempts && refused.compareAndSet(0, 1);
    String answer = attempts ? ATTEMPTS : asked.contains("FINISHED") ? ENDED : "{}";
    byte[] body = answer.getBytes(UTF_8);
    try (exchange) {
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(refuse ? 503 : 200, body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
