// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.workloads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OptionsTest {
  private static final Set<String> KNOWN = Set.of("--out", "--scale");

  @Test
  void readsPairs() {
    Options options = Options.parse(List.of("--scale", "0.5", "--out", "d"), KNOWN);

    assertThat(options.required("--out")).isEqualTo("d");
    assertThat(options.positiveDecimal("--scale")).isEqualTo(0.5);
    assertThat(options.positiveInt("--rounds", 3)).isEqualTo(3);
  }

  @Test
  void complaintsNameTheArgument() {
    assertThatThrownBy(() -> Options.parse(List.of("--sclae", "1"), KNOWN))
        .hasMessage("unknown argument --sclae: known are --out --scale");
    assertThatThrownBy(() -> Options.parse(List.of("--out"), KNOWN))
        .hasMessage("argument --out has no value");
    assertThatThrownBy(() -> Options.parse(List.of(), KNOWN).required("--out"))
        .hasMessage("argument --out is missing");
    assertThatThrownBy(
            () -> Options.parse(List.of("--scale", "-1"), KNOWN).positiveDecimal("--scale"))
        .hasMessage("argument --scale is a positive decimal number, not -1");
    assertThatThrownBy(
            () -> Options.parse(List.of("--scale", "0"), KNOWN).positiveDecimal("--scale"))
        .hasMessage("argument --scale is a positive decimal number, not 0");
  }
}
