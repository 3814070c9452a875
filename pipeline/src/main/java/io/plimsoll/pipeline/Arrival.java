// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.pipeline;

import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * One Kafka record as it came.
 *
 * @param process the UUID of the process whose envelope it is; empty until decoded
 * @param value the bytes; empty for a record without value
 */
record Arrival(String topic, int partition, long offset, String process, byte[] value) {
  static final TypeInformation<Arrival> TYPE =
      new RecordType<>(Arrival.class, new ArrivalSerializer());

  Arrival of(String processId) {
    return new Arrival(topic, partition, offset, processId, value);
  }

  static final class ArrivalSerializer extends RecordSerializer<Arrival> {
    private static final long serialVersionUID = 1L;

    ArrivalSerializer() {}

    @Override
    void write(Arrival value, DataOutputView out) throws IOException {
      writeText(value.topic, out);
      out.writeInt(value.partition);
      out.writeLong(value.offset);
      writeText(value.process, out);
      writeBytes(value.value, out);
    }

    @Override
    Arrival read(DataInputView in) throws IOException {
      return new Arrival(readText(in), in.readInt(), in.readLong(), readText(in), readBytes(in));
    }
  }
}
