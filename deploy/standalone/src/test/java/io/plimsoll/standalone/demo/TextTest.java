// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextTest {
  @Test
  void median_ofEvenAndOddCounts() {
    assertThat(Text.median(List.of(3.0, 1.0, 2.0))).isEqualTo(2.0);
    assertThat(Text.median(List.of(4.0, 1.0, 2.0, 3.0))).isEqualTo(2.5);
    assertThat(Text.median(List.of())).isNaN();
  }

  @Test
  void table_alignsItsColumns() {
    StringWriter text = new StringWriter();
    Text.table(
        new PrintWriter(text),
        List.of("name", "n"),
        List.of(List.of("a", "100"), List.of("bcdef", "1")));

    assertThat(text.toString().lines())
        .containsExactly("  name     n", "  a      100", "  bcdef    1");
  }

  @Test
  void size_changesUnitAtOneGibibyte() {
    assertThat(Text.size(1 << 30)).isEqualTo("1.00 GiB");
    assertThat(Text.size((1 << 30) - (1 << 20))).isEqualTo("1023 MiB");
  }
}
