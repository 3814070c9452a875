// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterResult;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir private Path folder;

  @Test
  void recordsAndOffsetsSurviveARestartOnAnotherPort() {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(folder)) {
      kafka.createTopics(List.of("books", "spans"), 2);
      kafka.createTopics(List.of("books"), 2);
      produce(kafka, "books", 0, 100);
      assertThat(consume(kafka, "books", 100)).hasSize(100);
    }

    try (EmbeddedKafka kafka = EmbeddedKafka.start(folder, 0)) {
      produce(kafka, "books", 100, 150);
      List<Integer> afterRestart = consume(kafka, "books", 50);
      assertThat(afterRestart).hasSize(50).allMatch(value -> value >= 100);
    }
  }

  @Test
  void listensOnTheLoopbackOnlyAndOnTheGivenPort() throws Exception {
    int port = LoopbackPorts.free();
    try (EmbeddedKafka kafka = EmbeddedKafka.start(folder, port);
        Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      DescribeClusterResult cluster = admin.describeCluster();

      assertThat(kafka.bootstrapServers()).isEqualTo("127.0.0.1:" + port);
      assertThat(cluster.nodes().get())
          .singleElement()
          .satisfies(
              node -> assertThat(node.host() + ":" + node.port()).isEqualTo("127.0.0.1:" + port));
    }
  }

  @Test
  void aTopicThatNobodyCreatedIsNotMadeByUse() {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(folder);
        KafkaProducer<byte[], byte[]> producer =
            new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "max.block.ms", "1500"),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
      assertThatThrownBy(() -> producer.send(new ProducerRecord<>("nobody", new byte[1])).get())
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(TimeoutException.class);
    }
  }

  @Test
  void aTakenPortIsNamedWithTheWayOut() throws IOException {
    try (ServerSocket taken = new ServerSocket()) {
      taken.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0));
      int port = taken.getLocalPort();

      assertThatThrownBy(() -> EmbeddedKafka.start(folder, port))
          .hasMessage(
              "port %d on 127.0.0.1 is taken: stop the process that listens there or name another"
                  + " port for Kafka (0 = any free one)",
              port)
          .asInstanceOf(type(EmbeddedException.class))
          .extracting(EmbeddedException::reason)
          .isEqualTo(EmbeddedException.Reason.PORT_TAKEN);
    }
  }

  @Test
  void aFolderInUseIsNamedAndTheFirstBrokerGoesOn() {
    try (EmbeddedKafka first = EmbeddedKafka.start(folder)) {
      assertThatThrownBy(() -> EmbeddedKafka.start(folder))
          .isInstanceOf(EmbeddedException.class)
          .hasMessage(
              "Kafka folder %s is used by another broker: stop it or name another folder", folder);

      first.createTopics(List.of("still"), 1);
      produce(first, "still", 0, 1);
      assertThat(consume(first, "still", 1)).hasSize(1);
    }
  }

  private static void produce(EmbeddedKafka kafka, String topic, int from, int to) {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (int i = from; i < to; i++) {
        producer.send(new ProducerRecord<>(topic, new byte[] {(byte) i}));
      }
    }
  }

  private static List<Integer> consume(EmbeddedKafka kafka, String topic, int count) {
    List<Integer> values = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers", kafka.bootstrapServers(),
                "group.id", "test",
                "auto.offset.reset", "earliest"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.subscribe(List.of(topic));
      Awaitility.await()
          .atMost(LIMIT)
          .pollInSameThread()
          .until(
              () -> {
                for (ConsumerRecord<byte[], byte[]> record :
                    consumer.poll(Duration.ofMillis(200))) {
                  values.add(record.value()[0] & 0xff);
                }
                return values.size() >= count;
              });
      consumer.commitSync();
    }
    return values;
  }
}
