// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.bench.planted;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PlantedPageTest {
  /** To renew the page: {@code -Dplimsoll.pages.write=true}. */
  private static final Path PAGE = Path.of("..", "docs", "planted.md");

  @Test
  void thePageInDocsIsWhatTheTableSays() throws IOException {
    String made = PlantedPage.markdown();
    if (Boolean.getBoolean("plimsoll.pages.write")) {
      Files.writeString(PAGE, made);
    }
    assertThat(Files.readString(PAGE)).isEqualTo(made);
  }
}
