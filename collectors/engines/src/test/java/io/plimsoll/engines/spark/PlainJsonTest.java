// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainJsonTest {
  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{}", "[]", "{\"a\":1,\"b\":[true,null,\"x\",{}]}", "\"x\"", "[[],[0,-7]]"})
  void plainValue_isPassedOver(String value) {
    assertThat(PlainJson.skipValue(ascii(value + ","), 0, value.length() + 1))
        .isEqualTo(value.length());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "[1,]",
        "{\"a\"}",
        "{\"a\":1,}",
        "[1 2]",
        "01",
        "-",
        "1.5",
        "tru",
        "\"\\u000a\"",
        "\"\\x\"",
        "]",
        ""
      })
  void anyOtherValue_isLeftToTheParser(String value) {
    assertThat(PlainJson.skipValue(ascii(value + ","), 0, value.length() + 1)).isNegative();
  }

  /** Each byte at each place of a word, so that every lane of it is looked at. */
  @Test
  void text_endsAtItsQuoteOrIsUnsure() {
    for (int length = 0; length < 40; length++) {
      for (int at = 0; at < length; at++) {
        for (int odd = 0; odd < 256; odd++) {
          byte[] bytes = ascii("x".repeat(length) + "\",\"y\"");
          bytes[at] = (byte) odd;
          int expected = odd == '"' ? at : odd < ' ' || odd == '\\' || odd > 126 ? -1 : length;
          if (odd != 127) {
            assertThat(PlainText.endOfPlain(bytes, 0, bytes.length)).isEqualTo(expected);
          }
        }
      }
    }
  }

  @Test
  void escapedText_isWhatItSays() {
    byte[] bytes = ascii("a\\\"\\\\\\/\\b\\f\\n\\r\\t z\"");
    assertThat(PlainText.end(bytes, 0, bytes.length)).isEqualTo(bytes.length - 1);
    assertThat(PlainText.unescaped(bytes, 0, bytes.length - 1)).isEqualTo("a\"\\/\b\f\n\r\t z");
    assertThat(PlainText.endOfPlain(bytes, 0, bytes.length)).isNegative();
  }

  @Test
  void lineOfPlainValues_isReadWithoutTheParser() {
    PlainValues values = new PlainValues();
    byte[] line = ascii("{\"a\":-5,\"b\":[1,\"x\\ty\",null],\"c\":{\"d\":true},\"e\":\"7\"}");
    values.start(line, 0, line.length);

    assertThat(values.nextField()).isEqualTo("a");
    assertThat(values.number(0)).isEqualTo(-5);
    assertThat(values.nextField()).isEqualTo("b");
    assertThat(values.isArray()).isTrue();
    assertThat(values.nextElement()).isTrue();
    assertThat(values.isObject()).isFalse();
    assertThat(values.nextElement()).isTrue();
    assertThat(values.text()).isEqualTo("x\ty");
    assertThat(values.nextElement()).isTrue();
    assertThat(values.isNull()).isTrue();
    assertThat(values.nextElement()).isFalse();
    assertThat(values.nextField()).isEqualTo("c");
    assertThat(values.isObject()).isTrue();
    assertThat(values.nextField()).isEqualTo("d");
    assertThat(values.isTrue()).isTrue();
    assertThat(values.nextField()).isNull();
    assertThat(values.nextField()).isEqualTo("e");
    assertThat(values.number(0)).isEqualTo(7);
    assertThat(values.nextField()).isNull();
    values.end();
  }

  @Test
  void lineThatIsNotPlain_isGivenUp() {
    PlainValues values = new PlainValues();
    byte[] line = ascii("{\"a\": 1}");
    values.start(line, 0, line.length);

    assertThat(values.nextField()).isEqualTo("a");
    assertThatThrownBy(values::skip).isInstanceOf(PlainValues.NotPlain.class);
  }

  @Test
  void shortTexts_areMadeOnceAndNeverMixedUp() {
    ShortTexts texts = new ShortTexts();
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < 10_000; i++) {
        byte[] bytes = ascii("text " + i);
        // Equal hashes: the worst that a log can do.
        assertThat(texts.get(bytes, 0, bytes.length, 0)).isEqualTo("text " + i);
      }
    }
    byte[] again = ascii("text");
    assertThat(texts.get(again, 0, 4, 1)).isSameAs(texts.get(again, 0, 4, 1));
  }
}
