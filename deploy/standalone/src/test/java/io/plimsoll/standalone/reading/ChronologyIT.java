// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.reading;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.standalone.analyze.SmallLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Order by what the heads of real files tell. */
class ChronologyIT {
  private static final Path ARCHIVE =
      Path.of("../../collectors/engines/src/test/resources/flink/archive-2.2.1-canceled.json");

  @TempDir private Path folder;

  @Test
  void oldestRunComesFirst_whateverItsFileIsCalled() throws Exception {
    String archive = Files.readString(ARCHIVE);
    String start = "1795461508194";
    assertThat(archive).contains("start-time\\\":" + start);
    Files.writeString(folder.resolve("a"), archive.replace(start, "1795461608194"));
    Files.writeString(folder.resolve("b"), archive);
    new SmallLog("app-1").startedAt(1_827_000_000_000L).write(folder.resolve("0-last"));
    new SmallLog("app-2").startedAt(1_749_000_000_000L).write(folder.resolve("z-first"));
    Files.writeString(folder.resolve("1-nothing"), "no log");

    List<Source> sorted = Chronology.sorted(Sources.of(List.of(folder.toString())), count -> {});

    assertThat(sorted.stream().map(Source::name))
        .containsExactly("z-first", "b", "a", "0-last", "1-nothing");
  }
}
