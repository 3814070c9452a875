// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.embedded.EmbeddedKafka;
import io.plimsoll.wire.Envelope;
import io.plimsoll.wire.codec.EnvelopeEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A real broker with the pipeline's topics, two partitions each, and a way to write to it. */
final class TestBus implements AutoCloseable {
  private final EmbeddedKafka kafka;
  private final KafkaProducer<byte[], byte[]> producer;
  private final List<Future<RecordMetadata>> sent = new ArrayList<>();

  private final Path folder;

  TestBus(Path folder) {
    this(folder, 0);
  }

  private TestBus(Path folder, int port) {
    this.folder = folder;
    kafka = EmbeddedKafka.start(folder, port);
    kafka.createTopics(Pipeline.topics(), 2);
    producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                kafka.bootstrapServers(),
                "linger.ms",
                5,
                // A partition that is seconds old may refuse the first batch and take the second,
                // which an idempotent producer does not survive.
                "enable.idempotence",
                false),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /** The broker again on its folder and port, after it was away for some seconds. */
  TestBus restarted() throws InterruptedException {
    close();
    Thread.sleep(3_000);
    return new TestBus(folder, kafka.port());
  }

  String bootstrapServers() {
    return kafka.bootstrapServers();
  }

  void send(List<Envelope> envelopes) {
    for (Envelope envelope : envelopes) {
      byte[] key = envelope.identity().process().toString().getBytes(StandardCharsets.UTF_8);
      send(envelope.stream().topic(), key, EnvelopeEncoder.encode(envelope));
    }
    flush();
  }

  /** Waits until everything is in its topic. */
  void flush() {
    producer.flush();
    for (Future<RecordMetadata> one : sent) {
      assertThat(one).succeedsWithin(Duration.ofSeconds(1));
    }
    sent.clear();
  }

  void send(String topic, byte[] key, byte[] value) {
    sent.add(producer.send(new ProducerRecord<>(topic, key, value)));
  }

  /** All records of a topic. */
  List<ConsumerRecord<byte[], byte[]>> records(String topic) {
    List<TopicPartition> partitions =
        List.of(new TopicPartition(topic, 0), new TopicPartition(topic, 1));
    List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(one -> consumer.position(one) < ends.get(one))) {
        consumer.poll(Duration.ofMillis(200)).forEach(found::add);
      }
    }
    return found;
  }

  @Override
  public void close() {
    producer.close();
    kafka.close();
  }
}
