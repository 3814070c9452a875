// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.wire.EngineEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TaskLinesTest {
  private static final String LINE =
      Logs.task(7, "{\"Reason\":\"Success\"}")
          .replace(
              "},\"Task Metrics\"",
              "},\"Task Executor Metrics\":{\"JVMHeapMemory\":5,\"MinorGCCount\":0},\"Task Metrics\"");

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** The event, null for none, or the word "broken". */
  private static Object outcome(String line) {
    EventLines lines = new EventLines(new LogMemory());
    byte[] bytes = bytes(line);
    try {
      EngineEvent event = lines.read(bytes, 0, bytes.length);
      return event == null ? "unused" : event;
    } catch (IOException e) {
      return "broken";
    }
  }

  @Test
  void taskLine_isThinnedToWhatIsWanted() {
    TaskLines lines = new TaskLines();

    assertThat(lines.thin(bytes(LINE), 0, LINE.length())).isTrue();
    assertThat(new String(lines.thinned(), 0, lines.length(), StandardCharsets.US_ASCII))
        .isEqualTo(
            LINE.replace(",\"Accumulables\":[{\"ID\":1,\"Name\":\"n\",\"Update\":\"1\"}]", "")
                .replace(
                    ",\"Task Executor Metrics\":{\"JVMHeapMemory\":5,\"MinorGCCount\":0}", ""));
  }

  /** A blank before the line keeps it from being thinned. */
  @Test
  void thinnedLine_readsAsTheWholeLineDoes_whateverIsDamaged() {
    for (int seed = 0; seed < 20_000; seed++) {
      Random random = new Random(seed);
      StringBuilder line = new StringBuilder(LINE);
      for (int i = random.nextInt(3); i >= 0; i--) {
        int at = random.nextInt(line.length());
        switch (random.nextInt(3)) {
          case 0 -> line.setCharAt(at, (char) random.nextInt(256));
          case 1 -> line.setCharAt(at, "{}[],:\"\\0 9-.e".charAt(random.nextInt(14)));
          default -> line.deleteCharAt(at);
        }
      }
      assertThat(outcome(line.toString()))
          .as("seed %d: %s", seed, line)
          .isEqualTo(outcome(" " + line));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{}", "[]", "{\"a\":1,\"b\":[true,null,\"x\",{}]}", "\"x\"", "[[],[0,-7]]"})
  void plainValue_isPassedOver(String value) {
    assertThat(PlainJson.skipValue(bytes(value + ","), 0, value.length() + 1))
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
        "\"\\n\"",
        "]",
        ""
      })
  void anyOtherValue_isLeftToTheParser(String value) {
    assertThat(PlainJson.skipValue(bytes(value + ","), 0, value.length() + 1)).isNegative();
  }
}
