// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.pipeline;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.kafka.clients.producer.ProducerRecord;

/** A Kafka record that is no envelope, with the reason. */
record DeadLetter(Arrival arrival, String reason) {
  static final TypeInformation<DeadLetter> TYPE =
      new RecordType<>(DeadLetter.class, new DeadLetterSerializer());

  static final class DeadLetterSerializer extends RecordSerializer<DeadLetter> {
    private static final long serialVersionUID = 1L;

    DeadLetterSerializer() {}

    @Override
    void write(DeadLetter value, DataOutputView out) throws IOException {
      new Arrival.ArrivalSerializer().write(value.arrival, out);
      writeText(value.reason, out);
    }

    @Override
    DeadLetter read(DataInputView in) throws IOException {
      return new DeadLetter(new Arrival.ArrivalSerializer().read(in), readText(in));
    }
  }

  /** The bytes as they came, with reason and place of origin as headers. */
  static final class ToKafka implements KafkaRecordSerializationSchema<DeadLetter> {
    private static final long serialVersionUID = 1L;

    @Override
    public ProducerRecord<byte[], byte[]> serialize(
        DeadLetter letter, KafkaSinkContext context, Long timestamp) {
      Arrival arrival = letter.arrival();
      byte[] key = utf8(arrival.topic() + "/" + arrival.partition() + "/" + arrival.offset());
      ProducerRecord<byte[], byte[]> record =
          new ProducerRecord<>(Pipeline.DEAD_LETTERS, key, arrival.value());
      record
          .headers()
          .add("plimsoll-error", utf8(letter.reason()))
          .add("plimsoll-topic", utf8(arrival.topic()))
          .add("plimsoll-partition", utf8(Integer.toString(arrival.partition())))
          .add("plimsoll-offset", utf8(Long.toString(arrival.offset())));
      return record;
    }

    private static byte[] utf8(String text) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
  }
}
