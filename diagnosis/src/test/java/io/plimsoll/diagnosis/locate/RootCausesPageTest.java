// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.locate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class RootCausesPageTest {
  /** To renew the page: {@code -Dplimsoll.pages.write=true}. */
  private static final Path PAGE = Path.of("..", "docs", "root-causes.md");

  @Test
  void thePageInDocsIsWhatTheTypesSay() throws IOException {
    String made = RootCausesPage.markdown();
    if (Boolean.getBoolean("plimsoll.pages.write")) {
      Files.writeString(PAGE, made);
    }
    assertThat(Files.readString(PAGE)).isEqualTo(made);
  }
}
