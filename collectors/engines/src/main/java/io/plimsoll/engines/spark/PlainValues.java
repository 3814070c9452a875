// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.spark;

import org.jspecify.annotations.Nullable;

/**
 * Values of a line that is as most of Spark's are: ASCII without blanks, fractions and exponents,
 * and without escapes of more than one letter. Reads them where they stand, several times faster
 * than a parser, and gives up with {@link NotPlain} at everything else: that line is then the
 * parser's to judge. Used again for each line.
 */
final class PlainValues extends JsonValues {
  /** The line is for the parser. */
  static final class NotPlain extends RuntimeException {
    private static final long serialVersionUID = 1;
    private static final NotPlain HERE = new NotPlain();

    private NotPlain() {
      super("", null, false, false);
    }
  }

  private final ShortTexts texts = new ShortTexts();
  private byte[] bytes = new byte[0];
  private int end;
  private int at;

  /** A value stands here that has not been taken. */
  private boolean isPending;

  /** An object or array has just been entered. */
  private boolean isFresh;

  /** How many objects and arrays are open. */
  private int depth;

  /** Goes to another line and enters its object. */
  void start(byte[] buffer, int from, int to) {
    bytes = buffer;
    at = from;
    end = to;
    depth = 0;
    if (!isObject()) {
      throw NotPlain.HERE;
    }
  }

  @Override
  @Nullable String nextField() {
    if (!next((byte) '}')) {
      return null;
    }
    if (byteAt(at) != '"') {
      throw NotPlain.HERE;
    }
    int from = at + 1;
    int to = found(PlainText.endOfPlain(bytes, from, end));
    if (byteAt(to + 1) != ':' || to - from > PlainJson.LONGEST_NAME) {
      throw NotPlain.HERE;
    }
    at = to + 2;
    isPending = true;
    return texts.get(bytes, from, to, PlainText.hash(bytes, from, to));
  }

  @Override
  boolean nextElement() {
    boolean isThere = next((byte) ']');
    isPending = isThere;
    return isThere;
  }

  /** Goes behind the comma, or out of the object or array whose closing byte stands here. */
  private boolean next(byte closing) {
    if (isPending) {
      skip();
    }
    byte here = byteAt(at);
    if (here == closing) {
      at++;
      depth--;
      isFresh = false;
      return false;
    }
    if (!isFresh) {
      if (here != ',') {
        throw NotPlain.HERE;
      }
      at++;
    }
    isFresh = false;
    return true;
  }

  @Override
  boolean isObject() {
    return enters((byte) '{');
  }

  @Override
  boolean isArray() {
    return enters((byte) '[');
  }

  private boolean enters(byte opening) {
    if (byteAt(at) != opening) {
      skip();
      return false;
    }
    at++;
    depth++;
    isPending = false;
    isFresh = true;
    return true;
  }

  @Override
  boolean isNull() {
    return byteAt(at) == 'n';
  }

  boolean isText() {
    return byteAt(at) == '"';
  }

  @Override
  boolean isTrue() {
    boolean isTrue = byteAt(at) == 't';
    skip();
    return isTrue;
  }

  @Override
  long number(long absent) {
    byte first = byteAt(at);
    int from = at;
    skip();
    if (first == '"') {
      // With an escape it is no number either way.
      boolean mayBe = mayBeNumber(at - from - 2);
      return mayBe ? quotedNumber(text(from + 1, at - 1), absent) : absent;
    }
    return first == '-' || first >= '0' && first <= '9'
        ? PlainJson.number(bytes, from, at)
        : absent;
  }

  @Override
  String text() {
    byte first = byteAt(at);
    int from = at;
    skip();
    return switch (first) {
      case '{', '[', 'n' -> "";
      case '"' ->
          PlainText.endOfPlain(bytes, from + 1, at) == at - 1
              ? text(from + 1, at - 1)
              : PlainText.unescaped(bytes, from + 1, at - 1);
      default -> text(from, at);
    };
  }

  private String text(int from, int to) {
    return texts.get(bytes, from, to, PlainText.hash(bytes, from, to));
  }

  @Override
  void skip() {
    at = found(PlainJson.skipValue(bytes, at, end));
    isPending = false;
  }

  @Override
  void end() {
    if (depth != 0 || at != end) {
      throw NotPlain.HERE;
    }
  }

  private byte byteAt(int place) {
    if (place >= end) {
      throw NotPlain.HERE;
    }
    return bytes[place];
  }

  private static int found(int place) {
    if (place < 0) {
      throw NotPlain.HERE;
    }
    return place;
  }
}
