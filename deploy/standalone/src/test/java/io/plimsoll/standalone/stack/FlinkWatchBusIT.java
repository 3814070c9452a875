// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.plimsoll.embedded.EmbeddedKafka;
import io.plimsoll.engines.flink.PollSettings;
import io.plimsoll.pipeline.Pipeline;
import io.plimsoll.server.bus.EnvelopeBus;
import io.plimsoll.server.bus.EventsTap;
import io.plimsoll.server.bus.KafkaBus;
import io.plimsoll.wire.ClockAnchor;
import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.Envelope;
import io.plimsoll.wire.EventKind;
import io.plimsoll.wire.EventText;
import io.plimsoll.wire.LossCounters;
import io.plimsoll.wire.ProcessIdentity;
import io.plimsoll.wire.Role;
import io.plimsoll.wire.Stream;
import io.plimsoll.wire.codec.EnvelopeEncoder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An address on the bus starts a poller, and what it learns comes back to the bus. */
class FlinkWatchBusIT {
  private static final String JOB = "0123456789abcdef0123456789abcdef";

  @TempDir private Path folder;

  @Test
  void anAddressOnTheBusIsPolledAndItsJobsComeBack() throws Exception {
    HttpServer flink =
        HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
    answer(flink, "/", 404, "{}");
    answer(flink, "/jobs/overview", 200, "{\"jobs\":[{\"jid\":\"" + JOB + "\",\"name\":\"n\"}]}");
    answer(flink, "/jobs/" + JOB, 200, "{\"state\":\"RUNNING\",\"start-time\":7}");
    flink.start();
    List<Envelope> seen = new CopyOnWriteArrayList<>();
    try (EmbeddedKafka kafka = EmbeddedKafka.start(folder);
        KafkaBus bus = KafkaBus.on(kafka::bootstrapServers)) {
      kafka.createTopics(Pipeline.topics(), 2);
      bus.put(List.of(said("http://127.0.0.1:" + flink.getAddress().getPort())));
      try (FlinkWatch watch = new FlinkWatch(kafka.bootstrapServers(), bus, PollSettings.DEFAULT);
          EventsTap tap = EventsTap.start(kafka.bootstrapServers(), seen::add)) {
        await()
            .atMost(Duration.ofSeconds(60))
            .until(() -> seen.stream().anyMatch(e -> e.identity().application().equals(JOB)));
        assertThat(tap.unreadable()).isZero();
        assertThat(watch).isNotNull();
      }
    } finally {
      flink.stop(0);
    }
    assertThat(seen.stream().flatMap(e -> e.events().stream()).map(EngineEvent::kind))
        .contains(EventKind.FLINK_REST, EventKind.FLINK_JOB);
  }

  private static EnvelopeBus.Encoded said(String address) {
    ProcessIdentity agent =
        ProcessIdentity.builder(new UUID(1, 2)).role(Role.JOB_MANAGER).cluster("c").build();
    Envelope envelope =
        Envelope.header(agent, Stream.EVENTS, 0, ClockAnchor.of(1, 1), LossCounters.NONE)
            .events(
                List.of(
                    EngineEvent.builder(EventKind.FLINK_REST, 1)
                        .put(EventText.REST_ADDRESS, address)
                        .build()));
    return new EnvelopeBus.Encoded(
        Stream.EVENTS, agent.process(), EnvelopeEncoder.encode(envelope));
  }

  private static void answer(HttpServer server, String path, int status, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    server.createContext(
        path,
        exchange -> {
          boolean exact = path.equals("/") || exchange.getRequestURI().getPath().equals(path);
          exchange.sendResponseHeaders(exact ? status : 404, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
  }
}
