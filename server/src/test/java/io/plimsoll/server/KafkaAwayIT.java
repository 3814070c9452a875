// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.server.bus.BusException;
import io.plimsoll.server.bus.EnvelopeBus.Encoded;
import io.plimsoll.server.bus.KafkaBus;
import io.plimsoll.store.InMemoryStore;
import io.plimsoll.wire.ClockAnchor;
import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.Envelope;
import io.plimsoll.wire.EventKind;
import io.plimsoll.wire.LossCounters;
import io.plimsoll.wire.ProcessIdentity;
import io.plimsoll.wire.Stream;
import io.plimsoll.wire.codec.EnvelopeEncoder;
import io.plimsoll.wire.codec.EnvelopeRecording;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A real producer whose broker is not there: posts are told to come again, and soon. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class KafkaAwayIT {
  private static final UUID PROCESS = new UUID(5, 7);
  private static final int ENVELOPES = 100;

  private Socket bound;
  private KafkaBus bus;
  private PlimsollServer server;

  @BeforeEach
  void startServer() throws IOException {
    // Bound and not listening: whoever connects is refused, and nobody else gets the port.
    bound = new Socket();
    bound.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    bus = KafkaBus.on(() -> "127.0.0.1:" + bound.getLocalPort());
    InMemoryStore store = new InMemoryStore();
    server = PlimsollServer.start(ServerConfig.onPort(0), store, store, store, bus);
  }

  @AfterEach
  void stopServer() throws IOException {
    server.close();
    bus.close();
    bound.close();
  }

  @Test
  void aHundredEnvelopesWaitForOneRefusalNotForAHundred() {
    List<Encoded> envelopes =
        Collections.nCopies(ENVELOPES, new Encoded(Stream.EVENTS, PROCESS, envelope()));

    assertThatThrownBy(() -> bus.put(envelopes))
        .isInstanceOf(BusException.class)
        .hasMessageStartingWith("Kafka does not take envelopes now: ");
  }

  @Test
  void manyPostsAreToldToComeAgainAndTheApiAnswersMeanwhile() throws Exception {
    HttpClient http = HttpClient.newHttpClient();
    List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      answers.add(http.sendAsync(post(), HttpResponse.BodyHandlers.ofString()));
    }
    ContractClient client = new ContractClient(server.address());
    assertThat(client.get("/api/v1/health").status()).isEqualTo(200);

    for (CompletableFuture<HttpResponse<String>> answer : answers) {
      HttpResponse<String> said = answer.get(60, TimeUnit.SECONDS);
      assertThat(said.statusCode()).as(said.body()).isEqualTo(503);
      assertThat(said.headers().firstValue("Retry-After")).isPresent();
    }
    assertThat(answers).anyMatch(answer -> answer.join().body().contains("taken already"));
    assertThat(answers).anyMatch(answer -> answer.join().body().contains("Kafka"));
  }

  private HttpRequest post() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    EnvelopeRecording.start(body);
    for (int i = 0; i < ENVELOPES; i++) {
      EnvelopeRecording.write(body, envelope());
    }
    return HttpRequest.newBuilder(server.address().resolve("/api/v1/ingest"))
        .header("Content-Type", "application/vnd.plimsoll.recording")
        .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()))
        .build();
  }

  private static byte[] envelope() {
    return EnvelopeEncoder.encode(
        Envelope.header(
                ProcessIdentity.builder(PROCESS).build(),
                Stream.EVENTS,
                1,
                ClockAnchor.of(1, 1),
                LossCounters.NONE)
            .events(List.of(EngineEvent.builder(EventKind.JVM_STARTED, 1).build())));
  }
}
