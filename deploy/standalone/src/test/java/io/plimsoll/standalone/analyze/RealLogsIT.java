// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.analyze;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Logs that real applications wrote: those in Spark's own test jar, and those beside the project.
 */
class RealLogsIT {
  private static final Path SPARKS_OWN = Path.of("target", "real-event-logs").toAbsolutePath();

  @TempDir private Path folder;

  private static Path shared() {
    String given = System.getProperty("plimsoll.shared");
    Path root =
        given == null ? Path.of("../../../shared").toAbsolutePath().normalize() : Path.of(given);
    return root.resolve("data/eventlogs");
  }

  @Test
  void logsOfSparksOwnTests_areAllJudgedOrNamed() throws Exception {
    Cli.Result result =
        Cli.run(folder, "analyze", SPARKS_OWN.toString(), "--json", "runs.json", "--html", "p.html")
            .isReadable();

    assertThat(result.exit()).isEqualTo(1);
    JsonNode runs = RunSchema.valid(folder.resolve("runs.json")).path("runs");
    assertThat(runs.size()).isGreaterThan(15);
    for (JsonNode run : runs) {
      assertThat(run.path("engine").asText()).isEqualTo("spark");
      assertThat(run.path("findings")).isNotEmpty();
    }
  }

  @Test
  void logWithMemoryPeaks_saysWhatTheyAreWorth() throws Exception {
    Path log = SPARKS_OWN.resolve("spark-events/application_1553914137147_0018");

    Cli.Result result = Cli.run(folder, "analyze", log.toString()).isReadable();

    assertThat(result.words()).contains("Memory: the log has peaks", "resident");
    assertThat(result.out().lines().filter(line -> line.startsWith("  + "))).isEmpty();
  }

  @Test
  @Tag("oracle")
  void everyOracleFigure_isInTheJson() throws Exception {
    assumeTrue(Files.isDirectory(shared()), "not present: " + shared());

    Cli.Result result =
        Cli.run(folder, "analyze", shared().toString(), "--json", "runs.json").isReadable();

    assertThat(result.exit()).isEqualTo(1);
    JsonNode runs = RunSchema.valid(folder.resolve("runs.json")).path("runs");
    Map<String, JsonNode> totals = new HashMap<>();
    for (JsonNode run : runs) {
      totals.put(run.path("coverage").path("log").path("source").asText(), run.path("totals"));
    }
    figure(totals, "gpu_oom_eventlog.zstd", "tasks", 12_416);
    figure(totals, "gpu_oom_eventlog.zstd", "failedStages", 5);
    figure(totals, "gpu_oom_eventlog.zstd", "executorsAdded", 2);
    figure(totals, "tasks_executors_fail_compressed_eventlog.zstd", "tasks", 8_630);
    figure(totals, "tasks_executors_fail_compressed_eventlog.zstd", "executorsRemoved", 2);
    figure(totals, "nds_q72_dataproc_2_2.zstd", "tasks", 13_504);
    figure(totals, "eventlog_4nodes_8cores_dynamic_alloc.zstd", "executorsRemoved", 14);
    figure(totals, "dsAndDf_eventlog.zstd", "tasks", 651);
    figure(totals, "malformed_json_eventlog.zstd", "badLines", 1);
    figure(totals, "empty_eventlog", "tasks", 0);
    figure(totals, "db_sim_eventlog", "tasks", 2_801);
    figure(totals, "multiple_attempts/attempt_1_eventlog.zstd", "tasks", 107);
    figure(totals, "multiple_attempts/attempt_2_eventlog.zstd", "executorsAdded", 10);
    figure(totals, "local-1776286786993.zstd", "failedStages", 1);
  }

  private static void figure(
      Map<String, JsonNode> totals, String source, String key, long expected) {
    assertThat(totals).containsKey(source);
    assertThat(totals.get(source).path(key).asLong(-1)).as(source + " " + key).isEqualTo(expected);
  }
}
