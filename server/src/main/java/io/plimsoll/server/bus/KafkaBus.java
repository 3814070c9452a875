// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.server.bus;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** The envelopes' topics on Kafka. The producer is made with the first envelope. */
public final class KafkaBus implements EnvelopeBus {
  /** Agents wait ten seconds for their answer; this and one blocked send must end well before. */
  private static final int WAIT_MILLIS = 3_000;

  private final Supplier<String> bootstrapServers;
  private @Nullable KafkaProducer<byte[], byte[]> producer;
  private boolean closed;

  private KafkaBus(Supplier<String> bootstrapServers) {
    this.bootstrapServers = Objects.requireNonNull(bootstrapServers, "servers is null");
  }

  /**
   * A bus on brokers that are asked for when the first envelope comes.
   *
   * @param bootstrapServers empty text while there are none yet
   */
  public static KafkaBus on(Supplier<String> bootstrapServers) {
    return new KafkaBus(bootstrapServers);
  }

  @Override
  public void put(List<Encoded> envelopes) {
    if (envelopes.isEmpty()) {
      return;
    }
    KafkaProducer<byte[], byte[]> open = producer();
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(WAIT_MILLIS);
    List<Future<RecordMetadata>> receipts = new ArrayList<>(envelopes.size());
    try {
      for (Encoded envelope : envelopes) {
        if (System.nanoTime() - deadline > 0) {
          throw new TimeoutException("it took longer than " + WAIT_MILLIS + " ms");
        }
        byte[] key = envelope.process().toString().getBytes(StandardCharsets.US_ASCII);
        Future<RecordMetadata> receipt =
            open.send(new ProducerRecord<>(envelope.stream().topic(), key, envelope.bytes()));
        if (receipt.isDone()) {
          // Refused without being sent, after a wait: the next would wait as long.
          receipt.get();
        }
        receipts.add(receipt);
      }
      for (Future<RecordMetadata> receipt : receipts) {
        receipt.get(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
      }
    } catch (ExecutionException refused) {
      throw unavailable(refused.getCause() == null ? refused : refused.getCause());
    } catch (TimeoutException | KafkaException | IllegalStateException refused) {
      throw unavailable(refused);
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
      throw unavailable(hurried);
    }
  }

  private static BusException unavailable(Throwable reason) {
    String said = reason.getMessage() == null ? reason.toString() : reason.getMessage();
    return new BusException("Kafka does not take envelopes now: " + said, reason);
  }

  private synchronized KafkaProducer<byte[], byte[]> producer() {
    KafkaProducer<byte[], byte[]> open = producer;
    if (open == null) {
      String servers = closed ? "" : bootstrapServers.get();
      if (servers.isEmpty()) {
        throw new BusException(
            closed ? "the server is stopping" : "the broker has not started yet: try again");
      }
      try {
        open = new KafkaProducer<>(settings(servers));
      } catch (KafkaException refused) {
        throw unavailable(refused);
      }
      producer = open;
    }
    return open;
  }

  private static Map<String, Object> settings(String servers) {
    Map<String, Object> settings = new HashMap<>();
    settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, servers);
    settings.put(ProducerConfig.CLIENT_ID_CONFIG, "plimsoll-server");
    settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "gzip");
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, WAIT_MILLIS / 2);
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, WAIT_MILLIS / 2);
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, WAIT_MILLIS);
    settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 5 << 20);
    settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 16L << 20);
    settings.put(ProducerConfig.ENABLE_METRICS_PUSH_CONFIG, false);
    return settings;
  }

  @Override
  public synchronized void close() {
    closed = true;
    KafkaProducer<byte[], byte[]> open = producer;
    producer = null;
    if (open != null) {
      open.close(Duration.ZERO);
    }
  }
}
