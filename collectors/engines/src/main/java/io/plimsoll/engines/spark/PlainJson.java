// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.spark;

/**
 * Passes over JSON values faster than a parser that keeps names: it answers only for values of
 * printable ASCII without exponents, which is what Spark's counters are, and leaves the judgement
 * of all others to the parser.
 */
final class PlainJson {
  /** The answer for a value that the parser has to judge. */
  static final int UNSURE = -1;

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

  /** Whether these bytes stand here. */
  static boolean isAt(byte[] bytes, int from, int end, byte[] wanted) {
    if (end - from < wanted.length) {
      return false;
    }
    for (int i = 0; i < wanted.length; i++) {
      if (bytes[from + i] != wanted[i]) {
        return false;
      }
    }
    return true;
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
    return after > 0 && after < end && bytes[after] == ':' ? after + 1 : UNSURE;
  }

  private static int skipText(byte[] bytes, int from, int end) {
    for (int at = from + 1; at < end; at++) {
      byte here = bytes[at];
      if (here == '"') {
        return at + 1;
      }
      if (here < ' ' || here == '\\') {
        return UNSURE;
      }
    }
    return UNSURE;
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
}
