// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.doctor;

import io.plimsoll.wire.Envelope;
import io.plimsoll.wire.Stream;
import io.plimsoll.wire.codec.EnvelopeEncoder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The doctor's look at the broker: does it answer, has it the topics, does it take envelopes. */
final class Broker implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final String servers;
  private final Admin admin;

  /**
   * Opens a client.
   *
   * @throws KafkaException when the address cannot be used at all
   */
  Broker(String servers) {
    this.servers = servers;
    this.admin =
        Admin.create(
            Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, servers,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis(),
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis()));
  }

  Hop answers() throws InterruptedException {
    try {
      int nodes =
          admin.describeCluster().nodes().get(PATIENCE.toSeconds(), TimeUnit.SECONDS).size();
      return Hop.ok("broker", servers + " answers, " + nodes + " node" + (nodes == 1 ? "" : "s"));
    } catch (ExecutionException | TimeoutException e) {
      return Hop.broken(
          "broker",
          "nothing answers at "
              + servers
              + "; start the broker (./plimsoll demo brings one) or name yours with --kafka");
    }
  }

  Hop topics() throws InterruptedException {
    try {
      Set<String> missing = new TreeSet<>();
      for (Stream stream : Stream.values()) {
        missing.add(stream.topic());
      }
      missing.removeAll(admin.listTopics().names().get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
      return missing.isEmpty()
          ? Hop.ok("topics", "all there")
          : Hop.broken(
              "topics",
              "missing on " + servers + ": " + String.join(", ", missing) + "; create them");
    } catch (ExecutionException | TimeoutException e) {
      return Hop.broken("topics", "cannot list topics on " + servers + ": " + cause(e));
    }
  }

  /** Sends the envelopes and waits until the broker has them. */
  Hop takes(List<Envelope> envelopes) throws InterruptedException {
    Map<String, Object> config =
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            servers,
            ProducerConfig.MAX_BLOCK_MS_CONFIG,
            PATIENCE.toMillis(),
            ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
            (int) PATIENCE.toMillis(),
            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
            (int) PATIENCE.toMillis() + 1000);
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer())) {
      for (Envelope envelope : envelopes) {
        producer
            .send(
                new ProducerRecord<>(
                    envelope.stream().topic(),
                    envelope.identity().process().toString(),
                    EnvelopeEncoder.encode(envelope)))
            .get(PATIENCE.toSeconds() + 2, TimeUnit.SECONDS);
      }
      return Hop.ok("produce", "the broker took a probe on each topic");
    } catch (ExecutionException | TimeoutException | KafkaException e) {
      return Hop.broken(
          "produce",
          servers + " does not take records: " + cause(e) + "; check its disk and its ACLs");
    }
  }

  private static String cause(Exception e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return String.valueOf(cause.getMessage());
  }

  @Override
  public void close() {
    admin.close(Duration.ofSeconds(1));
  }
}
