// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.jmx;

import io.plimsoll.embedded.EmbeddedKafka;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A broker with one topic and a hundred records in it; runs until its input ends. */
final class BrokerMain {
  private BrokerMain() {}

  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"))) {
      kafka.createTopics(List.of("clicks"), 2);
      Properties settings = new Properties();
      settings.put("bootstrap.servers", kafka.bootstrapServers());
      settings.put("acks", "all");
      try (KafkaProducer<byte[], byte[]> producer =
          new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
        for (int i = 0; i < 100; i++) {
          producer.send(new ProducerRecord<>("clicks", i % 2, null, new byte[1_000])).get();
        }
      }
      Files.createFile(folder.resolve("ready"));
      while (System.in.read() >= 0) {
        // The test holds the other end.
      }
    }
    System.exit(0);
  }
}
