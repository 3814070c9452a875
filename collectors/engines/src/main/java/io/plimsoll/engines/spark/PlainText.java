// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.spark;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Passes over texts in quotes, of ASCII and with no other escapes than those of one letter, eight
 * bytes at a time. The marks of bytes in a word are found as in Henry S. Warren, Hacker's Delight,
 * section 6-1: the lowest mark is exact, those above it may not be.
 */
final class PlainText {
  /** The answer for a text of another kind. */
  static final int UNSURE = -1;

  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = ONES << 7;
  private static final long MIX = 0x9E3779B97F4A7C15L;

  private PlainText() {}

  /** Where the quote stands that ends the text whose first byte is here, or {@link #UNSURE}. */
  static int end(byte[] bytes, int from, int limit) {
    int at = stop(bytes, from, limit);
    while (at < limit && bytes[at] == '\\' && at + 1 < limit && isEscape(bytes[at + 1])) {
      at = stop(bytes, at + 2, limit);
    }
    return at < limit && bytes[at] == '"' ? at : UNSURE;
  }

  /** The same for a text that must have no escapes. */
  static int endOfPlain(byte[] bytes, int from, int limit) {
    int at = stop(bytes, from, limit);
    return at < limit && bytes[at] == '"' ? at : UNSURE;
  }

  /** What the bytes between two quotes say, which {@link #end} has passed over. */
  static String unescaped(byte[] bytes, int from, int to) {
    byte[] said = new byte[to - from];
    int length = 0;
    for (int at = from; at < to; at++) {
      boolean isEscaped = bytes[at] == '\\';
      said[length++] = isEscaped ? escaped(bytes[++at]) : bytes[at];
    }
    return new String(said, 0, length, StandardCharsets.ISO_8859_1);
  }

  private static boolean isEscape(byte letter) {
    return switch (letter) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> true;
      default -> false;
    };
  }

  private static byte escaped(byte letter) {
    return switch (letter) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> letter;
    };
  }

  /** The first place of a byte that may end plain text, or the limit. */
  private static int stop(byte[] bytes, int from, int limit) {
    int at = from;
    while (at <= limit - Long.BYTES) {
      long marks = marks((long) WORD.get(bytes, at));
      if (marks != 0) {
        return at + (Long.numberOfTrailingZeros(marks) >>> 3);
      }
      at += Long.BYTES;
    }
    while (at < limit && bytes[at] >= ' ' && bytes[at] != '"' && bytes[at] != '\\') {
      at++;
    }
    return at;
  }

  /** A hash of these bytes, its upper bits the better ones. */
  static long hash(byte[] bytes, int from, int to) {
    long hash = to - from;
    int at = from;
    for (; at <= to - Long.BYTES; at += Long.BYTES) {
      hash = (hash ^ (long) WORD.get(bytes, at)) * MIX;
      hash ^= hash >>> 29;
    }
    long rest = 0;
    for (; at < to; at++) {
      rest = rest << 8 | bytes[at];
    }
    return (hash ^ rest) * MIX;
  }

  /** Marks the bytes that end plain text: quotes, backslashes, controls and all beyond ASCII. */
  private static long marks(long word) {
    long quote = word ^ ONES * '"';
    long backslash = word ^ ONES * '\\';
    long found = quote - ONES & ~quote;
    found |= backslash - ONES & ~backslash;
    found |= word - ONES * ' ' & ~word;
    return (found | word) & HIGH_BITS;
  }
}
