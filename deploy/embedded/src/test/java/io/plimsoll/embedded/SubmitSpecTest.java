// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SubmitSpecTest {
  private static final SubmitSpec SPEC =
      SubmitSpec.of("demo", Path.of("app.jar"), "Main", List.of("a"));

  @Test
  void settingsAddUpAndTheLaterOneWins() {
    SubmitSpec spec =
        SPEC.withConf(Map.of("x", "1", "y", "1"))
            .withConf(Map.of("y", "2"))
            .withDriverJvmOptions(List.of("-ea"))
            .withDriverJvmOptions(List.of("-Xss1m"));

    assertThat(spec.conf()).isEqualTo(Map.of("x", "1", "y", "2"));
    assertThat(spec.driverJvmOptions()).containsExactly("-ea", "-Xss1m");
    assertThat(SPEC.conf()).isEmpty();
  }

  @Test
  void aNameThatCouldLeaveTheFolderIsRefused() {
    assertThatThrownBy(() -> SubmitSpec.of("../x", Path.of("app.jar"), "Main", List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("name has other than letters, digits, dashes: ../x");
  }
}
