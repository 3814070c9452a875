// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.bench.arm;

import io.plimsoll.embedded.EmbeddedKafka;
import io.plimsoll.wire.Envelope;
import io.plimsoll.wire.Stream;
import io.plimsoll.wire.codec.EnvelopeDecoder;
import io.plimsoll.wire.codec.WireException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A real broker for agents to send to, and a consumer that reads what they sent. */
final class Broker implements AutoCloseable {
  private static final Duration QUIET = Duration.ofMillis(1_500);
  private static final int MOST_ENVELOPES = 200_000;

  private final EmbeddedKafka kafka;
  private final KafkaConsumer<byte[], byte[]> consumer;

  Broker(Path folder) {
    kafka = EmbeddedKafka.start(folder);
    List<String> topics = Arrays.stream(Stream.values()).map(Stream::topic).toList();
    kafka.createTopics(topics, 1);
    Properties properties = new Properties();
    properties.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    List<TopicPartition> all = topics.stream().map(topic -> new TopicPartition(topic, 0)).toList();
    consumer.assign(all);
    consumer.seekToBeginning(all);
  }

  String address() {
    return kafka.bootstrapServers();
  }

  /** What came since the last call. */
  List<Envelope> taken() {
    List<Envelope> envelopes = new ArrayList<>();
    boolean more = true;
    while (more && envelopes.size() < MOST_ENVELOPES) {
      more = false;
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(QUIET)) {
        more = true;
        try {
          envelopes.add(EnvelopeDecoder.decode(record.value()));
        } catch (WireException e) {
          throw new IllegalStateException("the agent sent what nobody can read: " + e, e);
        }
      }
    }
    return envelopes;
  }

  @Override
  public void close() {
    consumer.close();
    kafka.close();
  }
}
