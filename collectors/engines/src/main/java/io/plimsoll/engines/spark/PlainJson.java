// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.spark;

/**
 * Passes over JSON values faster than a parser that keeps names: it answers only for whole numbers,
 * words, texts as {@link PlainText} passes over them, and nests of these without blanks, which is
 * what most of Spark's lines are, and leaves the judgement of all others to the parser.
 */
final class PlainJson {
  /** The answer for a value that the parser has to judge. */
  static final int UNSURE = -1;

  /** In bytes; the parser refuses names that are much longer. */
  static final int LONGEST_NAME = 1_000;

  private static final int DEEPEST = 64;

  private PlainJson() {}

  /** The place after the value that begins here, or {@link #UNSURE}. */
  static int skipValue(byte[] bytes, int from, int end) {
    if (from >= end) {
      return UNSURE;
    }
    return switch (bytes[from]) {
      case '{', '[' -> skipNested(bytes, from, end);
      case '"' -> skipText(bytes, from, end);
      case 't' -> skipWord(bytes, from, end, "true");
      case 'f' -> skipWord(bytes, from, end, "false");
      case 'n' -> skipWord(bytes, from, end, "null");
      default -> skipNumber(bytes, from, end);
    };
  }

  /** Objects are bits that are set, arrays are clear ones, the innermost lowest. */
  private static int skipNested(byte[] bytes, int from, int end) {
    long objects = 0;
    int depth = 0;
    int at = from;
    while (at < end) {
      byte open = bytes[at];
      boolean isObject = open == '{';
      int after;
      if (isObject || open == '[') {
        if (++depth > DEEPEST) {
          return UNSURE;
        }
        objects = objects << 1 | (isObject ? 1 : 0);
        after = at + 1;
        if (after < end && bytes[after] != (isObject ? '}' : ']')) {
          at = isObject ? skipName(bytes, after, end) : after;
          if (at < 0) {
            return UNSURE;
          }
          continue;
        }
      } else {
        after = skipValue(bytes, at, end);
        if (after < 0) {
          return UNSURE;
        }
      }
      // A value, or nothing, stands before this place: what may follow is a comma or an end.
      while (after < end && bytes[after] == ((objects & 1) == 1 ? '}' : ']')) {
        objects >>>= 1;
        after++;
        if (--depth == 0) {
          return after;
        }
      }
      if (after >= end || bytes[after] != ',') {
        return UNSURE;
      }
      at = (objects & 1) == 1 ? skipName(bytes, after + 1, end) : after + 1;
      if (at < 0) {
        return UNSURE;
      }
    }
    return UNSURE;
  }

  /** A name and its colon. */
  private static int skipName(byte[] bytes, int from, int end) {
    if (from >= end || bytes[from] != '"') {
      return UNSURE;
    }
    int after = skipText(bytes, from, end);
    boolean isName = after > 0 && after < end && bytes[after] == ':';
    return isName && after - from <= LONGEST_NAME ? after + 1 : UNSURE;
  }

  private static int skipText(byte[] bytes, int from, int end) {
    int quote = PlainText.end(bytes, from + 1, end);
    return quote < 0 ? UNSURE : quote + 1;
  }

  private static int skipWord(byte[] bytes, int from, int end, String word) {
    if (end - from < word.length()) {
      return UNSURE;
    }
    for (int i = 0; i < word.length(); i++) {
      if (bytes[from + i] != word.charAt(i)) {
        return UNSURE;
      }
    }
    return from + word.length();
  }

  /** Whole numbers of at most 18 digits. */
  private static int skipNumber(byte[] bytes, int from, int end) {
    int first = bytes[from] == '-' ? from + 1 : from;
    int at = first;
    while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
      at++;
    }
    boolean isWhole = at < end && bytes[at] != '.' && bytes[at] != 'e' && bytes[at] != 'E';
    boolean hasLeadingZero = at - first > 1 && bytes[first] == '0';
    return at > first && at - first <= 18 && isWhole && !hasLeadingZero ? at : UNSURE;
  }

  /** The whole number of at most 18 digits that stands here. */
  static long number(byte[] bytes, int from, int to) {
    boolean isNegative = bytes[from] == '-';
    long value = 0;
    for (int at = isNegative ? from + 1 : from; at < to; at++) {
      value = value * 10 + (bytes[at] - '0');
    }
    return isNegative ? -value : value;
  }
}
