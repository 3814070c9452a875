// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ScreenTest {
  private final StringWriter text = new StringWriter();
  private final PrintWriter out = new PrintWriter(text);

  @Test
  void colours_onlyOnATerminalThatWantsThem() {
    assertThat(Ink.RED.on("x", Screen.of(out, "oe", Map.of("TERM", "xterm"))))
        .contains("\u001b[31m");
    assertThat(Ink.RED.on("x", Screen.of(out, "e", Map.of()))).isEqualTo("x");
    assertThat(Ink.RED.on("x", Screen.of(out, "o", Map.of("NO_COLOR", "1")))).isEqualTo("x");
    assertThat(Ink.RED.on("x", Screen.of(out, "o", Map.of("TERM", "dumb")))).isEqualTo("x");
  }

  @Test
  void longText_isWrappedWithinAHundredColumns() {
    List<String> lines =
        Screen.wrap("do: ", 4, "word ".repeat(60) + "x".repeat(250) + " 漢".repeat(80));

    assertThat(lines).allSatisfy(line -> assertThat(Safe.columns(line)).isLessThanOrEqualTo(100));
    assertThat(String.join("", lines).replace(" ", ""))
        .isEqualTo("do:" + "word".repeat(60) + "x".repeat(250) + "漢".repeat(80));
  }

  @Test
  void table_neverGoesBeyondTheEdge() {
    Screen.of(out, "", Map.of())
        .table(
            List.of("name", ">count"), List.of(List.of("n".repeat(120), "1"), List.of("a", "22")));

    assertThat(text.toString().lines())
        .allSatisfy(line -> assertThat(Safe.columns(line)).isLessThanOrEqualTo(100));
  }

  @Test
  void foreignText_losesWhatMovesTheCursorOrTheOrder() {
    assertThat(Safe.line("a\u001b[2J\u202eb\u2028c\td\u0000e")).isEqualTo("a [2J b c d e");
    assertThat(Safe.cut("x".repeat(100_000), 10)).isEqualTo("x".repeat(9) + "…");
    assertThat(Safe.columns(Safe.cut("漢字".repeat(50), 11))).isLessThanOrEqualTo(11);
  }

  @Test
  void progress_isSilentWhereNobodyLooks_andLeavesNothingBehind() {
    AtomicLong clock = new AtomicLong();
    try (Progress unseen = new Progress(out, false, clock::get, 10)) {
      clock.set(5_000_000_000L);
      unseen.tick("log");
    }
    assertThat(text.toString()).isEmpty();

    clock.set(0);
    try (Progress seen = new Progress(out, true, clock::get, 10)) {
      seen.tick("too soon");
      assertThat(text.toString()).isEmpty();
      clock.set(2_000_000_000L);
      seen.done(5);
      seen.tick("log a");
      assertThat(text.toString()).startsWith("\r[############------------] log a");
    }
    assertThat(text.toString()).endsWith("\r");
  }

  @Test
  void amounts_haveTheirUnits() {
    assertThat(Amount.bytes(1_536)).isEqualTo("1.50 KiB");
    assertThat(Amount.time(245_000)).isEqualTo("4 min 05 s");
    assertThat(Amount.time(200_000_000)).isEqualTo("2 d 7 h");
    assertThat(Amount.percent(0.034)).isEqualTo("3.4 %");
    assertThat(Amount.of(7_200_000, "core·ms")).isEqualTo("2 core·h");
    assertThat(Amount.of(0.8757, "share")).isEqualTo("88 %");
    assertThat(Amount.of(2.5 * 1_024 * 3_600_000, "MiB·ms")).isEqualTo("2.50 GiB·h");
    assertThat(Amount.number(0.00001)).isEqualTo("<0.0001");
    assertThat(Amount.counted(1, "run")).isEqualTo("1 run");
    assertThat(Amount.moment(-1)).isEqualTo("at an unknown time");
  }
}
