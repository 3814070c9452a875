// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.profile;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * Reads what {@link FoldOutput} wrote. Never reads beyond the end and never believes a count that
 * the remaining bytes cannot hold, so that bad bytes cost no more memory than they have.
 */
final class FoldInput {
  private final ByteBuffer bytes;

  FoldInput(byte[] bytes) {
    this.bytes = ByteBuffer.wrap(bytes);
  }

  int octet() {
    require(1);
    return bytes.get() & 0xFF;
  }

  long number() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int octet = octet();
      value |= (long) (octet & 0x7F) << shift;
      if ((octet & 0x80) == 0) {
        return value;
      }
    }
    throw FoldFormatException.malformed("a number of more than ten bytes at " + bytes.position());
  }

  long signed() {
    long value = number();
    return (value >>> 1) ^ -(value & 1);
  }

  int smallNumber() {
    long value = signed();
    if (value != (int) value) {
      throw FoldFormatException.malformed(value + " where an int belongs");
    }
    return (int) value;
  }

  /** The id of a constant on the wire. */
  int smallId() {
    long value = number();
    if (value < 0 || value > Short.MAX_VALUE) {
      throw FoldFormatException.malformed(value + " where an id belongs");
    }
    return (int) value;
  }

  boolean flag() {
    int value = octet();
    if (value > 1) {
      throw FoldFormatException.malformed(value + " where a flag belongs");
    }
    return value == 1;
  }

  /** The number of elements that follow, each of at least one byte. */
  int count() {
    long value = number();
    if (value < 0 || value > bytes.remaining()) {
      throw FoldFormatException.malformed(
          value + " elements announced, " + bytes.remaining() + " bytes left");
    }
    return (int) value;
  }

  String text() {
    int length = count();
    ByteBuffer encoded = bytes.slice(bytes.position(), length);
    bytes.position(bytes.position() + length);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(encoded).toString();
    } catch (CharacterCodingException e) {
      throw FoldFormatException.malformed("a text that is no UTF-8 at " + bytes.position());
    }
  }

  UUID uuid() {
    require(16);
    return new UUID(bytes.getLong(), bytes.getLong());
  }

  void end() {
    if (bytes.hasRemaining()) {
      throw FoldFormatException.malformed(bytes.remaining() + " bytes after the end");
    }
  }

  private void require(int count) {
    if (bytes.remaining() < count) {
      throw FoldFormatException.malformed("ends at byte " + bytes.limit() + " in mid-value");
    }
  }
}
