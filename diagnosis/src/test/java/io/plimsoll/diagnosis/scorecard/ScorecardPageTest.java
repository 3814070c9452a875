// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.scorecard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ScorecardPageTest {
  /** To renew the page: {@code -Dplimsoll.pages.write=true}. */
  private static final Path PAGE = Path.of("..", "docs", "scorecard.md");

  @Test
  void thePageInDocsIsWhatThePartsSay() throws IOException {
    String made = ScorecardPage.markdown();
    if (Boolean.getBoolean("plimsoll.pages.write")) {
      Files.writeString(PAGE, made);
    }
    assertThat(Files.readString(PAGE)).isEqualTo(made);
  }

  @Test
  void weightsOfEachKind_addUpToAHundred() {
    for (Score.Kind kind : new Score.Kind[] {Score.Kind.EFFICIENCY, Score.Kind.STABILITY}) {
      int sum = 0;
      for (Part part : Part.values()) {
        sum += part.kind() == kind ? part.weight() : 0;
      }
      assertThat(sum).as(kind.name()).isEqualTo(100);
    }
  }
}
