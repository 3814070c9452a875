// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {
  @Test
  void nearestIsTheFewestEditsAway() {
    List<String> known = List.of("entity", "from", "level", "to");

    assertThat(Nearest.to("lvl", known)).isEqualTo("level");
    assertThat(Nearest.to("form", known)).isEqualTo("from");
    assertThat(Nearest.to("", known)).isEqualTo("to");
    assertThat(Nearest.to("x".repeat(100_000), known)).isNotEmpty();
  }
}
