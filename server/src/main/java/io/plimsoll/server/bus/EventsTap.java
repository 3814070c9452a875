// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.server.bus;

import io.plimsoll.wire.Envelope;
import io.plimsoll.wire.Stream;
import io.plimsoll.wire.codec.EnvelopeDecoder;
import io.plimsoll.wire.codec.WireException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Shows everything on the events topic, from its beginning, to one reader on a daemon thread of its
 * own. What cannot be decoded is counted and passed over.
 */
public final class EventsTap implements AutoCloseable {
  private static final Logger LOGGER = Logger.getLogger(EventsTap.class.getName());
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final long END_MILLIS = 5_000;

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Consumer<Envelope> reader;
  private final AtomicLong unreadable = new AtomicLong();
  private final Thread thread = new Thread(this::run, "plimsoll-events-tap");

  private EventsTap(String bootstrapServers, Consumer<Envelope> reader) {
    this.reader = reader;
    consumer = new KafkaConsumer<>(settings(bootstrapServers));
    thread.setDaemon(true);
  }

  /** Starts to read; the topic must be there. */
  public static EventsTap start(String bootstrapServers, Consumer<Envelope> reader) {
    EventsTap tap = new EventsTap(bootstrapServers, reader);
    tap.thread.start();
    return tap;
  }

  /** Records that were no envelopes. */
  public long unreadable() {
    return unreadable.get();
  }

  private void run() {
    try (consumer) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(Stream.EVENTS.topic()).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      while (!Thread.currentThread().isInterrupted()) {
        for (ConsumerRecord<byte[], byte[]> one : consumer.poll(POLL)) {
          show(one.value());
        }
      }
    } catch (WakeupException closed) {
      LOGGER.log(Level.FINE, "the events tap is closed");
    } catch (KafkaException e) {
      LOGGER.log(
          Level.WARNING,
          "the events topic is no longer read ("
              + e.getMessage()
              + "): JobManagers that start from now on are not polled until the next start",
          e);
    }
  }

  private void show(byte[] bytes) {
    try {
      reader.accept(EnvelopeDecoder.decode(bytes));
    } catch (WireException e) {
      unreadable.incrementAndGet();
    }
  }

  private static Map<String, Object> settings(String bootstrapServers) {
    return Map.of(
        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
        bootstrapServers,
        ConsumerConfig.CLIENT_ID_CONFIG,
        "plimsoll-events-tap",
        ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
        ByteArrayDeserializer.class,
        ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
        ByteArrayDeserializer.class,
        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
        false,
        ConsumerConfig.FETCH_MAX_BYTES_CONFIG,
        8 << 20,
        ConsumerConfig.ENABLE_METRICS_PUSH_CONFIG,
        false);
  }

  @Override
  public void close() {
    consumer.wakeup();
    try {
      thread.join(END_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
