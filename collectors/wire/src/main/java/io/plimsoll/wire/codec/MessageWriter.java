// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.wire.codec;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** One protobuf message being written; fields that have their default value are left out. */
final class MessageWriter {
  private static final int BUFFER_BYTES = 256;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(BUFFER_BYTES);
  private final CodedOutputStream out = CodedOutputStream.newInstance(bytes, BUFFER_BYTES);

  void uint32(int field, int value) throws IOException {
    if (value != 0) {
      out.writeUInt32(field, value);
    }
  }

  void sint32(int field, int value) throws IOException {
    if (value != 0) {
      out.writeSInt32(field, value);
    }
  }

  /** Also int64: the bytes are the same. */
  void uint64(int field, long value) throws IOException {
    if (value != 0) {
      out.writeUInt64(field, value);
    }
  }

  void sint64(int field, long value) throws IOException {
    if (value != 0) {
      out.writeSInt64(field, value);
    }
  }

  /** Half a surrogate pair is written as a question mark. */
  void text(int field, String value) throws IOException {
    if (!value.isEmpty()) {
      bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }
  }

  void bytes(int field, byte[] value) throws IOException {
    out.writeByteArray(field, value);
  }

  /** Written even when it is empty: the presence of a message says something. */
  void message(int field, MessageWriter message) throws IOException {
    bytes(field, message.toBytes());
  }

  void packedUint32(int field, LongColumn column) throws IOException {
    int length = 0;
    for (int i = 0; i < column.size(); i++) {
      length += CodedOutputStream.computeUInt64SizeNoTag(column.at(i));
    }
    if (startPacked(field, length)) {
      for (int i = 0; i < column.size(); i++) {
        out.writeUInt64NoTag(column.at(i));
      }
    }
  }

  void packedSint64(int field, LongColumn column) throws IOException {
    packedSint64(field, column, false);
  }

  /** Each value as its difference to the one before it, the first against 0. */
  void packedDeltas(int field, LongColumn column) throws IOException {
    packedSint64(field, column, true);
  }

  private void packedSint64(int field, LongColumn column, boolean deltas) throws IOException {
    int length = 0;
    for (int i = 0; i < column.size(); i++) {
      length += CodedOutputStream.computeSInt64SizeNoTag(told(column, i, deltas));
    }
    if (startPacked(field, length)) {
      for (int i = 0; i < column.size(); i++) {
        out.writeSInt64NoTag(told(column, i, deltas));
      }
    }
  }

  private static long told(LongColumn column, int index, boolean deltas) {
    return deltas && index > 0 ? column.at(index) - column.at(index - 1) : column.at(index);
  }

  private boolean startPacked(int field, int length) throws IOException {
    if (length == 0) {
      return false;
    }
    out.writeTag(field, WireTypes.LENGTH_DELIMITED);
    out.writeUInt32NoTag(length);
    return true;
  }

  byte[] toBytes() throws IOException {
    out.flush();
    return bytes.toByteArray();
  }
}
