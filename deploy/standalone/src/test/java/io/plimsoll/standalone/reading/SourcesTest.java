// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourcesTest {
  @TempDir private Path folder;

  @Test
  void logInProgress_comesBehindTheWholeOneOfTheSameRun() throws Exception {
    String start = "{\"Event\":\"SparkListenerLogStart\",\"Spark Version\":\"3.5.6\"}\n";
    for (String name : List.of("app-1.inprogress", "app-1.json", "app-2")) {
      Files.writeString(folder.resolve(name), start);
    }

    assertThat(Sources.of(List.of(folder.toString())))
        .extracting(Source::name)
        .containsExactly("app-1.json", "app-2", "app-1.inprogress");
  }
}
