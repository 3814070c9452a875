// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.plimsoll.embedded.EmbeddedKafka;
import io.plimsoll.pipeline.Pipeline;
import io.plimsoll.server.bus.EventsTap;
import io.plimsoll.server.bus.KafkaBus;
import io.plimsoll.standalone.components.JmxChild;
import io.plimsoll.wire.Envelope;
import io.plimsoll.wire.EventKind;
import io.plimsoll.wire.EventText;
import io.plimsoll.wire.Stream;
import io.plimsoll.wire.codec.EnvelopeDecoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stack polls the components of a file and puts what they tell on the bus. */
class ComponentWatchIT {
  private static final Duration BOUND = Duration.ofSeconds(120);

  @TempDir private Path folder;

  @Test
  void whatTargetsTellComesOnTheBus_andADeadOneStopsNone() throws Exception {
    List<Envelope> events = new CopyOnWriteArrayList<>();
    try (JmxChild child = JmxChild.start();
        EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"));
        KafkaBus bus = KafkaBus.on(kafka::bootstrapServers)) {
      kafka.createTopics(Pipeline.topics(), 2);
      try (ComponentWatch watch =
              ComponentWatch.start(ComponentWatch.targets(targets(child.address())), bus);
          EventsTap tap = EventsTap.start(kafka.bootstrapServers(), events::add)) {
        assertThat(watch).isNotNull();
        await().atMost(BOUND).until(() -> said(events, "yarn-rest", EventKind.COMPONENT_DOWN));
        await().atMost(BOUND).until(() -> said(events, "idle-jvm", EventKind.COMPONENT_UP));
        assertThat(tap.unreadable()).isZero();
        List<Envelope> samples = samples(kafka.bootstrapServers());
        assertThat(samples.get(0).samples().get(0).values().keySet())
            .extracting(key -> key.instance())
            .containsExactly("idle.heap");
        assertThat(samples).extracting(Envelope::sequence).startsWith(0L, 1L, 2L);
        child.end();
        await().atMost(BOUND).until(() -> said(events, "idle-jvm", EventKind.COMPONENT_DOWN));
      }
    }
    assertThat(events)
        .filteredOn(envelope -> envelope.identity().role() == io.plimsoll.wire.Role.COMPONENT)
        .allMatch(envelope -> envelope.identity().cluster().equals("prod"));
  }

  @Test
  void aBadFile_isOneLine() throws Exception {
    Path file = targets("http://127.0.0.1:1/jolokai");

    assertThatThrownBy(() -> ComponentWatch.targets(file))
        .isInstanceOf(ProblemException.class)
        .hasMessageStartingWith(file + ":8: 'http://127.0.0.1:1/jolokai' does not tell how");
  }

  private Path targets(String address) throws Exception {
    Files.writeString(folder.resolve("idle.yaml"), JmxChild.DESCRIPTION);
    return Files.writeString(
        folder.resolve("components.yaml"),
        """
        cluster: prod
        interval: 1s
        timeout: 60s
        descriptions: [idle.yaml]
        targets:
          - {kind: yarn-rest, address: 'http://127.0.0.1:%d'}
          - kind: idle-jvm
            address: %s
        """
            .formatted(JmxChild.freePort(), address));
  }

  private static boolean said(List<Envelope> events, String type, EventKind kind) {
    return events.stream()
        .flatMap(envelope -> envelope.events().stream())
        .anyMatch(
            event -> event.kind() == kind && type.equals(event.text(EventText.COMPONENT_TYPE)));
  }

  /** The first three that the bus holds. */
  private static List<Envelope> samples(String servers) throws Exception {
    List<Envelope> samples = new ArrayList<>();
    Map<String, Object> settings =
        Map.of("bootstrap.servers", servers, "group.id", "test", "auto.offset.reset", "earliest");
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.subscribe(List.of(Stream.SAMPLES.topic()));
      await()
          .atMost(BOUND)
          .until(
              () -> {
                for (ConsumerRecord<byte[], byte[]> each : consumer.poll(Duration.ofSeconds(1))) {
                  samples.add(EnvelopeDecoder.decode(each.value()));
                }
                return samples.size() >= 3;
              });
    }
    return samples;
  }
}
