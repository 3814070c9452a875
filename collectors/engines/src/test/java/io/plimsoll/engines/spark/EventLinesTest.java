// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.wire.EngineEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventLinesTest {
  private static final String NASTY = "{}[],:\"\\0 9-.etn";
  private static final List<String> LINES =
      List.of(
          task("{\"Reason\":\"Success\"}"),
          task(
              "{\"Reason\":\"ExceptionFailure\",\"Class Name\":\"java.lang.Error\",\"Description\":"
                  + "\"a \\\"b\\\"\",\"Full Stack Trace\":\"at x\\n\\tat y \\u00e4\\\\\"}"),
          Logs.lines(0).get(2),
          Logs.lines(0).get(4),
          Logs.lines(0).get(5),
          Logs.lines(0).get(6),
          "{\"Event\":\"SparkListenerTaskStart\",\"Stage ID\":0,\"Task Info\":{\"Task ID\":\"7\","
              + "\"Accumulables\":[[],{},-1,true,null]}}",
          "{\"Event\":\"SparkListenerJobStart\",\"Job ID\":3,\"Submission Time\":\"12\",\"Stage IDs\":"
              + "[1,[2],{\"a\":3},\"4\",5],\"Properties\":{\"spark.job.description\":\"a\\tb\"}}");

  private static String task(String reason) {
    return Logs.task(7, reason)
        .replace(
            "},\"Task Metrics\"",
            "},\"Task Executor Metrics\":{\"JVMHeapMemory\":5,\"MinorGCCount\":0},\"Task Metrics\"");
  }

  /** The event, "unused" or "broken", and what the line says of later ones. */
  private static String outcome(String line) {
    LogMemory memory = new LogMemory();
    EventLines lines = new EventLines(memory);
    byte[] bytes = line.getBytes(StandardCharsets.ISO_8859_1);
    String outcome;
    try {
      EngineEvent event = lines.read(bytes, 0, bytes.length);
      outcome = event == null ? "unused" : event.toString();
    } catch (IOException e) {
      outcome = "broken";
    }
    return outcome + " " + lines.lastMillis() + " " + memory.version() + memory.application();
  }

  /** A blank before a line leaves it to the parser. */
  private static void assertReadAsByTheParser(String line, Object about) {
    assertThat(outcome(line)).as("%s: %s", about, line).isEqualTo(outcome(" " + line));
  }

  @Test
  void line_readsAsTheParserReadsIt() {
    for (String line : LINES) {
      assertThat(outcome(line)).doesNotStartWith("broken");
      assertReadAsByTheParser(line, "whole");
    }
    for (String line : Logs.lines(1)) {
      assertReadAsByTheParser(line, "whole");
    }
  }

  @Test
  void damagedLine_readsAsTheParserReadsIt() {
    int broken = 0;
    for (int seed = 0; seed < 40_000; seed++) {
      Random random = new Random(seed);
      StringBuilder line = new StringBuilder(LINES.get(seed % LINES.size()));
      for (int i = random.nextInt(3); i >= 0; i--) {
        damage(line, random);
      }
      assertReadAsByTheParser(line.toString(), "seed " + seed);
      broken += outcome(line.toString()).startsWith("broken") ? 1 : 0;
    }
    assertThat(broken).isBetween(4_000, 36_000);
  }

  private static void damage(StringBuilder line, Random random) {
    int at = random.nextInt(line.length());
    switch (random.nextInt(5)) {
      case 0 -> line.setCharAt(at, (char) random.nextInt(256));
      case 1 -> line.setCharAt(at, NASTY.charAt(random.nextInt(NASTY.length())));
      case 2 -> line.insert(at, NASTY.charAt(random.nextInt(NASTY.length())));
      case 3 -> line.insert(at, line.substring(at, Math.min(line.length(), at + 40)));
      default -> line.deleteCharAt(at);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"Event\":\"SparkListenerTaskEnd\",}",
        "{\"Event\":\"SparkListenerTaskEnd\"}",
        "{\"Event\":\"SparkListenerTaskEnd\"}}",
        "{\"Event\":\"SparkListenerTaskEnd\"},",
        "{,\"Event\":\"SparkListenerTaskEnd\"}",
        "{\"Event\":\"SparkListenerTaskEnd\",\"Event\":5,\"Stage ID\":1,\"Stage ID\":2}",
        "{\"Event\":5}",
        "{\"Event\":null}",
        "{\"Event\":\"\"}",
        "{\"Event\":\"a\\nb\"}",
        "{\"Event\"",
        "{\"Event\":",
        "{\"\\u0045vent\":\"SparkListenerTaskEnd\"}",
        "{\"Stage ID\":1,\"Event\":\"SparkListenerTaskEnd\"}",
        "{\"Event\":\"SparkListenerTaskEnd\",\"Stage ID\":9223372036854775807}",
        "{\"Event\":\"SparkListenerTaskEnd\",\"Stage ID\":99999999999999999999}",
        "{\"Event\":\"SparkListenerTaskEnd\",\"Stage ID\":-0}",
        "{\"Event\":\"SparkListenerTaskEnd\",\"Stage ID\":01}",
        "{\"Event\":\"SparkListenerTaskEnd\",\"Stage ID\":1.5}",
        "{\"Event\":\"SparkListenerTaskEnd\",\"Stage ID\":\"-12\"}",
        "{\"Event\":\"SparkListenerTaskEnd\",\"Stage ID\":\"\"}",
        "{\"Event\":\"SparkListenerTaskEnd\",\"Stage ID\":\"1\\n\"}",
        "{\"Event\":\"SparkListenerTaskEnd\",\"Stage ID\":{\"a\":[1,{}]}}",
        "{\"Event\":\"SparkListenerTaskEnd\",\"Task Info\":7,\"Task Metrics\":[]}",
        "{\"Event\":\"SparkListenerTaskEnd\",\"Task Info\":{\"Host\":5,\"Locality\":true}}",
        "{\"Event\":\"SparkListenerTaskEnd\",\"Task Info\":{\"Host\":\"h\\/\\b\\f\\r\"}}",
        "{\"Event\":\"SparkListenerJobStart\",\"Stage IDs\":[,1]}",
        "{\"Event\":\"SparkListenerJobStart\",\"Stage IDs\":[1,]}",
        "{\"Event\":\"SparkListenerJobStart\",\"Stage IDs\":[1}"
      })
  void oddLine_readsAsTheParserReadsIt(String line) {
    assertReadAsByTheParser(line, "odd");
  }

  @Test
  void valuesTooDeep_areLeftToTheParser() {
    String deep =
        "{\"Event\":\"SparkListenerTaskEnd\",\"x\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}";
    assertThat(outcome(deep)).startsWith("broken");
    assertReadAsByTheParser(deep, "deep");
  }
}
