// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.server.ContractClient.Answer;
import io.plimsoll.server.bus.BusException;
import io.plimsoll.server.bus.EnvelopeBus;
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
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IngestIT {
  private static final String TYPE = "application/vnd.plimsoll.recording";
  private static final UUID PROCESS = new UUID(5, 6);

  private final List<EnvelopeBus.Encoded> taken = Collections.synchronizedList(new ArrayList<>());
  private volatile boolean down;
  private PlimsollServer server;
  private ContractClient client;

  @BeforeEach
  void startServer() {
    InMemoryStore store = new InMemoryStore();
    server = PlimsollServer.start(ServerConfig.onPort(0), store, store, store, this::put);
    client = new ContractClient(server.address());
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  private void put(List<EnvelopeBus.Encoded> envelopes) {
    if (down) {
      throw new BusException("planted");
    }
    taken.addAll(envelopes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "identity"})
  void envelopesGoOntoTheBusAsTheyAre(String encoding) throws Exception {
    byte[] recording = recording(envelope(7), envelope(8));
    byte[] body = encoding.equals("gzip") ? gzip(recording) : recording;
    Answer answer = post(body, TYPE, encoding);

    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.json().get("accepted").asInt()).isEqualTo(2);
    assertThat(taken).hasSize(2);
    assertThat(taken.get(0).stream()).isEqualTo(Stream.EVENTS);
    assertThat(taken.get(0).process()).isEqualTo(PROCESS);
    assertThat(taken.get(0).bytes()).isEqualTo(envelope(7));
    assertThat(taken.get(1).bytes()).isEqualTo(envelope(8));
  }

  @Test
  void aMalformedEnvelopeIsNamedByItsIndexAndNothingIsTaken() throws Exception {
    Answer answer = post(recording(envelope(1), new byte[] {9, 9, 9}), TYPE, "identity");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.detail()).startsWith("record 1: Envelope: ");
    assertThat(taken).isEmpty();
  }

  @Test
  void whatIsNoRecordIsRefused() throws Exception {
    byte[] good = recording(envelope(1));

    assertThat(post(new byte[0], TYPE, "identity").detail())
        .isEqualTo("not a recording: it does not begin with PLIM1");
    assertThat(post(Arrays.copyOf(good, good.length - 1), TYPE, "identity").detail())
        .isEqualTo("record 0 is cut off");
    assertThat(post(good, TYPE, "gzip").detail())
        .isEqualTo("the body is not gzip as Content-Encoding says");
    assertThat(post(good, TYPE, "br").status()).isEqualTo(415);
    Answer text = post(good, "text/plain", "identity");
    assertThat(text.status()).isEqualTo(415);
    assertThat(text.detail()).isEqualTo("the body is 'text/plain': send Content-Type: " + TYPE);
    assertThat(taken).isEmpty();
  }

  @Test
  void aBodyThatUnpacksToTooMuchIsRefused() throws Exception {
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bomb)) {
      EnvelopeRecording.start(out);
      for (int i = 0; i < 6; i++) {
        EnvelopeRecording.write(out, padded());
      }
    }
    Answer answer = post(bomb.toByteArray(), TYPE, "gzip");

    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.detail())
        .isEqualTo("the recording is larger than 16777216 bytes: send fewer envelopes at once");
  }

  @Test
  void aBusThatIsDownIsAReasonToTryAgain() throws Exception {
    down = true;
    Answer answer = post(recording(envelope(1)), TYPE, "identity");

    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.detail()).isEqualTo("planted");
    assertThat(answer.headers()).containsKey("retry-after");
  }

  @Test
  void aServerWithoutABusSaysSo() throws Exception {
    InMemoryStore store = new InMemoryStore();
    try (PlimsollServer plain = PlimsollServer.start(ServerConfig.onPort(0), store, store, store);
        KafkaBus early = KafkaBus.on(() -> "");
        PlimsollServer starting =
            PlimsollServer.start(ServerConfig.onPort(0), store, store, store, early)) {
      client = new ContractClient(plain.address());
      server.close();
      server = plain;
      assertThat(post(recording(envelope(1)), TYPE, "identity").detail())
          .startsWith("this server has no message bus");
      server = starting;
      client = new ContractClient(starting.address());
      assertThat(post(recording(envelope(1)), TYPE, "identity").detail())
          .isEqualTo("the broker has not started yet: try again");
    }
  }

  @Test
  void otherMethodsAreRefused() throws Exception {
    Answer answer = client.get("/api/v1/ingest");
    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.detail()).isEqualTo("GET is not known at '/api/v1/ingest': only POST is");
  }

  @Test
  void aThousandMutatedBodiesAreAnswered() throws Exception {
    Random random = new Random(20_261_123);
    byte[] good = recording(envelope(1), envelope(2), envelope(3));
    for (int i = 0; i < 1_000; i++) {
      byte[] body = Arrays.copyOf(good, 1 + random.nextInt(good.length));
      for (int j = 0; j < 1 + random.nextInt(4); j++) {
        body[random.nextInt(body.length)] = (byte) random.nextInt(256);
      }
      assertThat(post(body, TYPE, "identity").status()).isIn(202, 400, 413);
    }
    assertThat(client.get("/api/v1/health").status()).isEqualTo(200);
  }

  private Answer post(byte[] body, String type, String encoding)
      throws IOException, InterruptedException {
    return client.ask(
        HttpRequest.newBuilder(server.address().resolve("/api/v1/ingest"))
            .header("Content-Type", type)
            .header("Content-Encoding", encoding)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build());
  }

  private static byte[] recording(byte[]... envelopes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      EnvelopeRecording.start(out);
      for (byte[] envelope : envelopes) {
        EnvelopeRecording.write(out, envelope);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }

  private static byte[] envelope(long sequence) {
    return envelope(sequence, "");
  }

  private static byte[] padded() {
    return envelope(1, "x".repeat(3 << 20));
  }

  private static byte[] envelope(long sequence, String text) {
    return EnvelopeEncoder.encode(
        Envelope.header(
                ProcessIdentity.builder(PROCESS).build(),
                Stream.EVENTS,
                sequence,
                ClockAnchor.of(1, 1),
                LossCounters.NONE)
            .events(
                List.of(
                    EngineEvent.builder(EventKind.JVM_STARTED, 1).property("p", text).build())));
  }
}
