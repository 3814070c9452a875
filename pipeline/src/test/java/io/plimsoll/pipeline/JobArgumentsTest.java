// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobArgumentsTest {
  @Test
  void whatIsGivenIsTaken_andTheRestHasDefaults() {
    JobArguments asked =
        JobArguments.parse(
            "--kafka",
            "b:9092",
            "--store",
            "sqlite:/data/p.db",
            "--news-every",
            "500ms",
            "--silence",
            "5m");

    PipelineConfig config = asked.config(3);

    assertThat(config.bootstrapServers()).isEqualTo("b:9092");
    assertThat(config.parallelism()).isEqualTo(3);
    assertThat(config.groupId()).isEqualTo("plimsoll-pipeline");
    assertThat(config.newsEvery()).isEqualTo(Duration.ofMillis(500));
    assertThat(config.silence()).isEqualTo(Duration.ofMinutes(5));
    assertThat(config.storePatience()).isEqualTo(Duration.ofMinutes(5));
    assertThat(asked.store()).hasToString("/data/p.db");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --kafka b:1                                        | --store is missing: --store sqlite:/var
          --store sqlite:/p                                  | --kafka is missing: --kafka broker:9092
          --kafka b:1 --store /p                             | --store /p is no store that this version knows
          --kafka b:1 --store sqlite:                        | --store sqlite: is no store
          --kafka b:1 --store sqlite:/p --kafk x             | --kafk is no argument of the pipeline; there are --kafka,
          --kafka b:1 --store                                | --store has no value
          --kafka b:1 --kafka b:2 --store sqlite:/p          | --kafka is given twice
          --kafka b:1 --store sqlite:/p --silence soon       | --silence soon is no time: write 500ms
          --kafka b:1 --store sqlite:/p --silence -2s        | --silence -2s is no time
          --kafka b:1 --store sqlite:/p --news-every 0ms     | --news-every 0ms is no time
          --kafka b:1 --store sqlite:/p --kafka-properties /no/such | --kafka-properties /no/such cannot be read
          """)
  void whatIsWrong_isOneLineWithTheWayOut(String line, String complaint) {
    assertThatThrownBy(() -> JobArguments.parse(line.strip().split(" +")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(complaint)
        .hasMessageNotContaining("\n");
  }
}
