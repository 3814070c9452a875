// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.bench.planted;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One planted and one healthy log, made by a real cluster and judged. */
@Tag("matrix")
class PlantedIT {
  private static PlantedKind kind(String name) {
    return Kinds.all().stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
  }

  @Test
  void plantedAndHealthyRuns_areMadeJudgedAndKept(@TempDir Path home)
      throws IOException, InterruptedException {
    StringWriter said = new StringWriter();
    PlantedKind planted = kind("executor-killed");
    PlantedKind healthy = kind("healthy-broadcast-join");
    try (PlantedLogs logs = new PlantedLogs(home, new PrintWriter(said, true))) {
      Judged bad = PlantedRuns.judge(planted, logs.ensure(planted, 1), logs.folder(planted, 1));
      Judged good = PlantedRuns.judge(healthy, logs.ensure(healthy, 1), logs.folder(healthy, 1));

      assertThat(bad.took()).as("an executor was lost").isTrue();
      assertThat(bad.planted().made().disturbed()).hasSize(1);
      assertThat(bad.planted().mainStageIds()).isNotEmpty();
      assertThat(bad.planted().log().tasks()).anyMatch(task -> !task.succeeded());
      assertThat(bad.causes()).isNotEmpty();
      assertThat(good.planted().log().tasks()).allMatch(RawLog.Task::succeeded);
      assertThat(good.planted().mainQueries()).isNotEmpty();
      assertThat(good.planted().log().heapPeaks()).containsKey("driver");

      String made = said.toString();
      logs.ensure(planted, 1);
      assertThat(said.toString()).as("a kept log is not made again").isEqualTo(made);
    }
  }
}
