// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.wire.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One protobuf message being written; fields that have their default value are left out. Written
 * here byte by byte: protobuf's own stream uses {@code sun.misc.Unsafe}, about which newer JVMs
 * complain on the error output of the host that the agent is in.
 */
final class MessageWriter {
  private static final int FIRST_BYTES = 256;
  private static final int LONGEST_VARINT_BYTES = 10;

  private byte[] buffer = new byte[FIRST_BYTES];
  private int size;

  void uint32(int field, int value) {
    uint64(field, value & 0xffffffffL);
  }

  void sint32(int field, int value) {
    sint64(field, value);
  }

  /** Also int64: the bytes are the same. */
  void uint64(int field, long value) {
    if (value != 0) {
      tag(field, WireTypes.VARINT);
      varint(value);
    }
  }

  void sint64(int field, long value) {
    if (value != 0) {
      tag(field, WireTypes.VARINT);
      varint(zigzag(value));
    }
  }

  /** Half a surrogate pair is written as a question mark. */
  void text(int field, String value) {
    if (!value.isEmpty()) {
      bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }
  }

  void bytes(int field, byte[] value) {
    bytes(field, value, value.length);
  }

  /** Written even when it is empty: the presence of a message says something. */
  void message(int field, MessageWriter message) {
    bytes(field, message.buffer, message.size);
  }

  void packedUint32(int field, LongColumn column) {
    int length = 0;
    for (int i = 0; i < column.size(); i++) {
      length += varintBytes(column.at(i));
    }
    if (startPacked(field, length)) {
      for (int i = 0; i < column.size(); i++) {
        varint(column.at(i));
      }
    }
  }

  void packedSint64(int field, LongColumn column) {
    packedSint64(field, column, false);
  }

  /** Each value as its difference to the one before it, the first against 0. */
  void packedDeltas(int field, LongColumn column) {
    packedSint64(field, column, true);
  }

  private void packedSint64(int field, LongColumn column, boolean deltas) {
    int length = 0;
    for (int i = 0; i < column.size(); i++) {
      length += varintBytes(zigzag(told(column, i, deltas)));
    }
    if (startPacked(field, length)) {
      for (int i = 0; i < column.size(); i++) {
        varint(zigzag(told(column, i, deltas)));
      }
    }
  }

  private static long told(LongColumn column, int index, boolean deltas) {
    return deltas && index > 0 ? column.at(index) - column.at(index - 1) : column.at(index);
  }

  private boolean startPacked(int field, int length) {
    if (length == 0) {
      return false;
    }
    tag(field, WireTypes.LENGTH_DELIMITED);
    varint(length);
    return true;
  }

  byte[] toBytes() {
    return Arrays.copyOf(buffer, size);
  }

  private void bytes(int field, byte[] value, int length) {
    tag(field, WireTypes.LENGTH_DELIMITED);
    varint(length);
    room(length);
    System.arraycopy(value, 0, buffer, size, length);
    size += length;
  }

  private void tag(int field, int type) {
    varint((long) field << 3 | type);
  }

  private void varint(long value) {
    room(LONGEST_VARINT_BYTES);
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      buffer[size++] = (byte) (rest & 0x7f | 0x80);
      rest >>>= 7;
    }
    buffer[size++] = (byte) rest;
  }

  /** Small numbers of either sign become small unsigned ones. */
  private static long zigzag(long value) {
    return value << 1 ^ value >> 63;
  }

  private static int varintBytes(long value) {
    int bytes = 1;
    for (long rest = value >>> 7; rest != 0; rest >>>= 7) {
      bytes++;
    }
    return bytes;
  }

  private void room(int more) {
    if (buffer.length - size < more) {
      buffer = Arrays.copyOf(buffer, Math.max(2 * buffer.length, size + more));
    }
  }
}
