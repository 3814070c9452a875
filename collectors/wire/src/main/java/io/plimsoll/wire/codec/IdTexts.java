// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.wire.codec;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The texts of one attempt table, each told once. One that is made of hexadecimal digits, as
 * Flink's ids are, is told as its bytes. A text's number is 0 for the empty one, odd for those of
 * bytes, even for the rest.
 */
final class IdTexts {
  private static final String DIGITS = "0123456789abcdef";
  private static final int FEWEST_DIGITS = 8;

  private final Map<String, Long> numbers = new HashMap<>();
  private final List<String> texts = new ArrayList<>();
  private final List<String> ids = new ArrayList<>();

  long number(String text) {
    if (text.isEmpty()) {
      return 0;
    }
    Long known = numbers.get(text);
    if (known == null) {
      if (bytes(text) == null) {
        texts.add(text);
        known = 2L * texts.size();
      } else {
        ids.add(text);
        known = 2L * ids.size() - 1;
      }
      numbers.put(text, known);
    }
    return known;
  }

  /** Null when there is none of this number. */
  @Nullable String text(long number) {
    if (number == 0) {
      return "";
    }
    long place = (number - 1) >> 1;
    if ((number & 1) == 0) {
      return place < texts.size() ? texts.get((int) place) : null;
    }
    return place < ids.size() ? ids.get((int) place) : null;
  }

  void write(MessageWriter out, int textsField, int idsField) {
    for (String text : texts) {
      out.bytes(textsField, text.getBytes(StandardCharsets.UTF_8));
    }
    for (String id : ids) {
      byte[] bytes = bytes(id);
      if (bytes != null) {
        out.bytes(idsField, bytes);
      }
    }
  }

  void readText(MessageReader in) throws IOException, WireException {
    texts.add(in.text());
  }

  void readId(MessageReader in) throws IOException, WireException {
    ids.add(digits(in.bytes()));
  }

  /** Null when the text is not an even number of lower-case hexadecimal digits. */
  private static byte @Nullable [] bytes(String text) {
    int length = text.length();
    if (length < FEWEST_DIGITS || (length & 1) != 0) {
      return null;
    }
    byte[] bytes = new byte[length / 2];
    for (int i = 0; i < length; i++) {
      int digit = DIGITS.indexOf(text.charAt(i));
      if (digit < 0) {
        return null;
      }
      bytes[i >> 1] = (byte) (bytes[i >> 1] << 4 | digit);
    }
    return bytes;
  }

  private static String digits(byte[] id) {
    StringBuilder text = new StringBuilder(2 * id.length);
    for (byte each : id) {
      text.append(DIGITS.charAt(each >> 4 & 15)).append(DIGITS.charAt(each & 15));
    }
    return text.toString();
  }
}
