// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.store.influx;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Texts as tag values: line protocol has no way to write a line break or a last backslash. */
final class TagText {
  private static final int LONGEST = 512;

  private TagText() {}

  /**
   * The text with control characters, backslash and percent sign as percent escapes; of one that is
   * too long its beginning and a hash of it.
   */
  static String encode(String text) {
    if (text.length() > LONGEST) {
      return encode(text.substring(0, LONGEST - 20))
          + "~"
          + Long.toHexString(RollupPoint.shape(List.of(text)));
    }
    StringBuilder encoded = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c == '\\' || c == '%') {
        encoded.append(String.format("%%%02X", (int) c));
      } else {
        encoded.append(c);
      }
    }
    return encoded.toString();
  }

  /** What {@link #encode} was given, unless it was too long. */
  static String decode(String encoded) {
    return encoded.indexOf('%') < 0
        ? encoded
        : URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
