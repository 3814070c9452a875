// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.profile;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Writes the numbers and texts of a fold: variable-length integers, UTF-8 texts. */
final class FoldOutput {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(4096);

  void octet(int value) {
    bytes.write(value);
  }

  /** A number that is seldom negative: seven bits to the byte, lowest first. */
  void number(long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes.write((int) ((rest & 0x7F) | 0x80));
      rest >>>= 7;
    }
    bytes.write((int) rest);
  }

  /** A number of either sign, small in its absolute value. */
  void signed(long value) {
    number((value << 1) ^ (value >> 63));
  }

  void flag(boolean value) {
    bytes.write(value ? 1 : 0);
  }

  void text(String value) {
    byte[] encoded = value.getBytes(StandardCharsets.UTF_8);
    number(encoded.length);
    bytes.write(encoded, 0, encoded.length);
  }

  void uuid(UUID value) {
    fixed(value.getMostSignificantBits());
    fixed(value.getLeastSignificantBits());
  }

  byte[] toBytes() {
    return bytes.toByteArray();
  }

  private void fixed(long value) {
    for (int shift = 56; shift >= 0; shift -= 8) {
      bytes.write((int) (value >>> shift));
    }
  }
}
