// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.wire.codec;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** A protobuf message written field by field, right or wrong, without the encoder under test. */
final class RawMessage {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  private interface Write {
    void to(CodedOutputStream out) throws IOException;
  }

  RawMessage varint(int field, long value) {
    return write(out -> out.writeUInt64(field, value));
  }

  RawMessage zigzag(int field, long value) {
    return write(out -> out.writeSInt64(field, value));
  }

  RawMessage fixed64(int field, long value) {
    return write(out -> out.writeFixed64(field, value));
  }

  RawMessage fixed32(int field, int value) {
    return write(out -> out.writeFixed32(field, value));
  }

  RawMessage text(int field, String value) {
    return bytes(field, value.getBytes(StandardCharsets.UTF_8));
  }

  RawMessage bytes(int field, byte[] value) {
    return write(out -> out.writeByteArray(field, value));
  }

  RawMessage message(int field, RawMessage value) {
    return bytes(field, value.toBytes());
  }

  RawMessage packedZigzag(int field, long... values) {
    RawMessage packed = new RawMessage();
    for (long value : values) {
      packed.write(out -> out.writeSInt64NoTag(value));
    }
    return bytes(field, packed.toBytes());
  }

  RawMessage packed(int field, long... values) {
    RawMessage packed = new RawMessage();
    for (long value : values) {
      packed.write(out -> out.writeUInt64NoTag(value));
    }
    return bytes(field, packed.toBytes());
  }

  /** A length-delimited field that announces more than it brings. */
  RawMessage announce(int field, long length) {
    return write(
        out -> {
          out.writeTag(field, WireTypes.LENGTH_DELIMITED);
          out.writeUInt64NoTag(length);
        });
  }

  RawMessage tag(int field, int wireType) {
    return write(out -> out.writeTag(field, wireType));
  }

  byte[] toBytes() {
    return bytes.toByteArray();
  }

  private RawMessage write(Write write) {
    try {
      CodedOutputStream out = CodedOutputStream.newInstance(bytes);
      write.to(out);
      out.flush();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
