// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.emit;

import io.plimsoll.wire.Stream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** A Kafka producer, kept small: bounded memory, bounded waits, no JMX beans, no log lines. */
final class KafkaTransport implements Transport {
  /** How long a broker that asks who we are is waited for: loading what logs in takes its time. */
  private static final int LOGIN_TRIES = 5;

  private static final int MAX_BLOCK_MILLIS = 1_000;

  private final KafkaProducer<byte[], byte[]> producer;

  private KafkaTransport(KafkaProducer<byte[], byte[]> producer) {
    this.producer = producer;
  }

  static KafkaTransport open(
      String bootstrapServers, Map<String, String> properties, String clientId) throws IOException {
    String protocol = properties.getOrDefault("security.protocol", "PLAINTEXT");
    String answering =
        KafkaProbe.answering(bootstrapServers, protocol.toUpperCase(Locale.ROOT).endsWith("SSL"));
    try {
      KafkaProducer<byte[], byte[]> producer =
          new KafkaProducer<>(
              settings(answering, properties, clientId),
              new ByteArraySerializer(),
              new ByteArraySerializer());
      if (!protocol.equalsIgnoreCase("PLAINTEXT")) {
        requireLogin(producer);
      }
      return new KafkaTransport(producer);
    } catch (KafkaException away) {
      throw new IOException(
          reason(away.getCause() instanceof Exception ? (Exception) away.getCause() : away), away);
    }
  }

  /**
   * A client tells a refused login to whoever waits for it just then, and to all others that they
   * waited in vain. So somebody waits for it, before there is anything to send.
   *
   * @throws IOException when the broker does not let us in; all else is for the sends to find
   */
  private static void requireLogin(KafkaProducer<byte[], byte[]> producer) throws IOException {
    for (int i = 0; i < LOGIN_TRIES; i++) {
      try {
        producer.partitionsFor(Stream.EVENTS.topic());
        return;
      } catch (AuthenticationException refused) {
        producer.close(Duration.ZERO);
        throw new IOException("authentication failed (" + reason(refused) + ")", refused);
      } catch (TimeoutException slow) {
        continue;
      } catch (KafkaException other) {
        return;
      }
    }
  }

  /** What the user may set stands first, what must hold in a foreign JVM last. */
  static Map<String, Object> settings(
      String bootstrapServers, Map<String, String> properties, String clientId) {
    Map<String, Object> settings = new HashMap<>();
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 200);
    for (Map.Entry<String, String> property : properties.entrySet()) {
      settings.put(property.getKey(), relocated(property.getValue()));
    }
    settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    settings.put(ProducerConfig.CLIENT_ID_CONFIG, clientId);
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, false);
    settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "gzip");
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, MAX_BLOCK_MILLIS);
    settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 4 << 20);
    settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 4 << 20);
    settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 64 << 10);
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 15_000);
    settings.put(ProducerConfig.RECONNECT_BACKOFF_MS_CONFIG, 200);
    settings.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 5_000);
    settings.put(ProducerConfig.ENABLE_METRICS_PUSH_CONFIG, false);
    settings.put(ProducerConfig.METRIC_REPORTER_CLASSES_CONFIG, "");
    settings.put("auto.include.jmx.reporter", false);
    return settings;
  }

  /**
   * The user writes Kafka's class names (login modules, callback handlers) as they are documented;
   * in the released jar they live under another root.
   */
  private static String relocated(String value) {
    String documented = String.join(".", "org", "apache", "kafka") + ".";
    String producerName = KafkaProducer.class.getName();
    String root =
        producerName.substring(
            0, producerName.length() - "clients.producer.KafkaProducer".length());
    return value.replace(documented, root);
  }

  @Override
  public void send(Packet packet, Receipt receipt) {
    byte[] key = packet.process().toString().getBytes(StandardCharsets.US_ASCII);
    try {
      producer.send(
          new ProducerRecord<>(packet.stream().topic(), key, packet.bytes()),
          (metadata, refusal) -> tell(receipt, refusal));
    } catch (KafkaException refused) {
      receipt.refused(isWorthRetrying(refused), reason(refused));
    } catch (IllegalStateException closed) {
      receipt.refused(false, "the producer is closed");
    }
  }

  /** An error that left this call would end the producer's only thread, and with it the sink. */
  static void tell(Receipt receipt, @Nullable Exception refusal) {
    try {
      if (refusal == null) {
        receipt.sent();
      } else {
        receipt.refused(isWorthRetrying(refusal), reason(refusal));
      }
    } catch (Throwable failed) {
      try {
        receipt.refused(true, failed.getClass().getName());
      } catch (Throwable again) {
        // The packet landed at the first attempt; the producer must go on.
      }
    }
  }

  /** Operators mend passwords, certificates and access rights while jobs run. */
  private static boolean isWorthRetrying(Exception refusal) {
    return refusal instanceof RetriableException
        || refusal instanceof AuthenticationException
        || refusal instanceof AuthorizationException;
  }

  private static String reason(Exception refusal) {
    String message = refusal.getMessage();
    String text = message == null ? refusal.getClass().getSimpleName() : message;
    int end = text.indexOf('\n');
    return end < 0 ? text : text.substring(0, end);
  }

  @Override
  public void close(long timeoutMillis) {
    try {
      producer.close(Duration.ofMillis(timeoutMillis));
    } catch (KafkaException interrupted) {
      // Nothing more can be done at this end; packets still on their way were refused one by one.
      Thread.currentThread().interrupt();
    }
  }
}
