// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.wire.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class MetricsPageTest {
  /** To renew the page: {@code -Dplimsoll.pages.write=true}. */
  private static final Path PAGE = Path.of("..", "..", "docs", "metrics.md");

  @Test
  void thePageInDocsIsWhatTheCatalogueSays() throws IOException {
    String made = MetricCatalogue.markdown();
    if (Boolean.getBoolean("plimsoll.pages.write")) {
      Files.writeString(PAGE, made);
    }
    assertThat(Files.readString(PAGE))
        .as("docs/metrics.md; renew it with -Dplimsoll.pages.write=true")
        .isEqualTo(made);
  }

  @Test
  void everyMetricHasASource() {
    assertThat(Metric.values()).allMatch(MetricCatalogue::knows);
  }
}
