// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.spark;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The texts that come again and again in a log, each made once: names of fields, executors, hosts.
 * Of texts that share a place the newest is kept, so that no log makes it large. Not thread-safe.
 */
final class ShortTexts {
  private static final int LONGEST_BYTES = 64;

  /** Two neighbours take turns. */
  private static final int PLACES = 1 << 11;

  private final byte[] @Nullable [] bytes = new byte[PLACES][];
  private final String[] texts = new String[PLACES];

  /**
   * The text of these bytes.
   *
   * @param buffer holds the bytes, all of ASCII
   * @param hash of the bytes: equal for equal ones
   */
  String get(byte[] buffer, int from, int to, long hash) {
    if (to - from > LONGEST_BYTES) {
      return new String(buffer, from, to - from, StandardCharsets.ISO_8859_1);
    }
    int place = (int) (hash >>> 40) & PLACES - 1;
    if (isAt(place, buffer, from, to)) {
      return texts[place];
    }
    int other = place ^ 1;
    if (isAt(other, buffer, from, to)) {
      return texts[other];
    }
    String made = new String(buffer, from, to - from, StandardCharsets.ISO_8859_1);
    bytes[other] = bytes[place];
    texts[other] = texts[place];
    bytes[place] = Arrays.copyOfRange(buffer, from, to);
    texts[place] = made;
    return made;
  }

  private boolean isAt(int place, byte[] buffer, int from, int to) {
    byte[] known = bytes[place];
    return known != null && Arrays.equals(known, 0, known.length, buffer, from, to);
  }
}
