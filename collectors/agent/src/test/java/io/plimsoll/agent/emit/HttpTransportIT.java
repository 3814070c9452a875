// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.emit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.plimsoll.wire.ClockAnchor;
import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.Envelope;
import io.plimsoll.wire.EventKind;
import io.plimsoll.wire.LossCounters;
import io.plimsoll.wire.ProcessIdentity;
import io.plimsoll.wire.Stream;
import io.plimsoll.wire.codec.EnvelopeEncoder;
import io.plimsoll.wire.codec.EnvelopeRecording;
import io.plimsoll.wire.codec.WireException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.ToIntFunction;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpTransportIT {
  private static final int GENEROUS_MILLIS = 60_000;

  @TempDir Path folder;

  private final List<Long> received = Collections.synchronizedList(new ArrayList<>());
  private final List<String> headers = Collections.synchronizedList(new ArrayList<>());
  private final ConcurrentLinkedQueue<String> receipts = new ConcurrentLinkedQueue<>();
  private volatile ToIntFunction<List<Long>> answer = sequences -> 202;
  private HttpServer server;

  @BeforeEach
  void startServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/in", this::take);
    server.start();
  }

  @AfterEach
  void stopServer() {
    server.stop(0);
  }

  @Test
  void envelopesArriveCompressedWithTheTokenOfTheFile() throws IOException {
    Path token = Files.writeString(folder.resolve("token"), "s3cret\nsecond line\n");
    HttpTransport transport = open(token.toString());
    for (int i = 0; i < 50; i++) {
      transport.send(packet(i), new Noted());
    }
    awaitReceipts(50);
    transport.close(1_000);

    assertThat(receipts).containsOnly("sent");
    assertThat(received).hasSize(50).isSorted();
    assertThat(headers)
        .containsOnly("gzip application/vnd.plimsoll.recording Bearer s3cret plimsoll-agent");
  }

  @Test
  void aServerThatIsBusyOrRefusesUsGetsItAgainLater() throws IOException {
    for (int status : new int[] {429, 503, 500, 401, 404, 302}) {
      receipts.clear();
      answer = sequences -> status;
      HttpTransport transport = open("");
      transport.send(packet(1), new Noted());
      awaitReceipts(1);
      transport.close(1_000);
      assertThat(receipts).containsExactly("again: it answers " + status);
    }
  }

  /** Spark's executors install a default handler that ends the JVM. */
  @Test
  void anErrorInAReceiptEndsNeitherTheThreadNorTheHost() throws IOException {
    List<Throwable> reached = Collections.synchronizedList(new ArrayList<>());
    Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler((thread, error) -> reached.add(error));
    try {
      HttpTransport transport = HttpTransport.open(address(), "");
      transport.send(
          packet(1),
          new Noted() {
            @Override
            public void sent() {
              super.sent();
              throw new OutOfMemoryError("planted");
            }
          });
      awaitReceipts(1);
      transport.send(packet(2), new Noted());
      awaitReceipts(2);
      transport.close(1_000);
    } finally {
      Thread.setDefaultUncaughtExceptionHandler(before);
    }
    assertThat(receipts).containsExactly("sent", "sent");
    assertThat(reached).isEmpty();
  }

  @Test
  void oneMalformedEnvelopeDoesNotTakeTheOthersWithIt() throws IOException {
    answer = sequences -> sequences.contains(3L) ? 400 : 202;
    HttpTransport transport = open("");
    for (int i = 0; i < 6; i++) {
      transport.send(packet(i), new Noted());
    }
    awaitReceipts(6);
    transport.close(1_000);
    assertThat(receipts).filteredOn("sent"::equals).hasSize(5);
    assertThat(receipts).contains("never: it answers 400");
  }

  @Test
  void aServerThatGoesAwayIsSaidAndItsPacketsComeBack() throws IOException {
    HttpTransport transport = open("");
    server.stop(0);
    transport.send(packet(1), new Noted());
    awaitReceipts(1);
    transport.close(1_000);
    assertThat(receipts.peek()).startsWith("again: ");
  }

  @Test
  void whereNothingListensThereIsNoTransport() throws IOException {
    try (Socket bound = new Socket()) {
      // Bound and not listening, so that nobody else can take the port.
      bound.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      String gone = "http://127.0.0.1:" + bound.getLocalPort() + "/in";
      assertThatThrownBy(() -> HttpTransport.open(gone, "")).isInstanceOf(IOException.class);
    }
  }

  @Test
  void whatIsLeftAtTheEndIsRefused() throws IOException {
    HttpTransport transport = open("");
    transport.close(0);
    transport.send(packet(1), new Noted());
    assertThat(receipts).containsExactly("never: the agent ends");
  }

  private HttpTransport open(String tokenFile) throws IOException {
    return HttpTransport.open(address(), tokenFile, GENEROUS_MILLIS, GENEROUS_MILLIS);
  }

  private void awaitReceipts(int count) {
    await().atMost(Duration.ofSeconds(60)).until(() -> receipts.size() == count);
  }

  private String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/in";
  }

  private void take(HttpExchange exchange) throws IOException {
    headers.add(
        exchange.getRequestHeaders().getFirst("Content-Encoding")
            + " "
            + exchange.getRequestHeaders().getFirst("Content-Type")
            + " "
            + exchange.getRequestHeaders().getFirst("Authorization")
            + " "
            + exchange.getRequestHeaders().getFirst("User-Agent"));
    List<Long> sequences = new ArrayList<>();
    try {
      EnvelopeRecording.read(
          new GZIPInputStream(exchange.getRequestBody()), e -> sequences.add(e.sequence()));
    } catch (WireException e) {
      throw new IOException(e);
    }
    int status = answer.applyAsInt(sequences);
    if (status == 202) {
      received.addAll(sequences);
    }
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  private static Packet packet(long sequence) {
    Envelope envelope =
        Envelope.header(
                ProcessIdentity.builder(new UUID(1, 2)).build(),
                Stream.EVENTS,
                sequence,
                ClockAnchor.of(1, 1),
                LossCounters.NONE)
            .events(List.of(EngineEvent.builder(EventKind.JVM_STARTED, 1).build()));
    return Packet.of(envelope, EnvelopeEncoder.encode(envelope));
  }

  private class Noted implements Transport.Receipt {
    @Override
    public void sent() {
      receipts.add("sent");
    }

    @Override
    public void refused(boolean again, String reason) {
      receipts.add((again ? "again: " : "never: ") + reason);
    }
  }
}
