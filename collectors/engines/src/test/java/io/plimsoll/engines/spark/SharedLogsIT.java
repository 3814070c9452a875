// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.EventKind;
import io.plimsoll.wire.EventNumber;
import io.plimsoll.wire.EventText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Real logs of other projects with figures that were counted without this reader: the table in the
 * folder's SOURCES.md.
 */
@Tag("oracle")
class SharedLogsIT {
  private static final Path LOGS = shared().resolve("data/eventlogs");

  /** What one log gave. */
  private static final class Reading {
    private final EventLogTotals totals = new EventLogTotals();
    private final Map<String, Long> kinds = new TreeMap<>();
    private final Map<Long, List<Long>> durations = new TreeMap<>();
    private final LogReading log;

    private Reading(EventLog source) {
      log = source.read((position, event) -> add(event));
    }

    private void add(EngineEvent event) {
      totals.add(event);
      if (event.kind() == EventKind.TASK_ENDED) {
        kinds.merge(String.valueOf(event.text(EventText.FAILURE_KIND)), 1L, Long::sum);
        long stage =
            event.number(EventNumber.STAGE_ID, -1) << 20
                | event.number(EventNumber.STAGE_ATTEMPT, -1);
        durations
            .computeIfAbsent(stage, any -> new ArrayList<>())
            .add(
                event.number(EventNumber.FINISHED_MILLIS, 0)
                    - event.number(EventNumber.LAUNCHED_MILLIS, 0));
      }
    }

    private double gcPercent() {
      return 100.0 * totals.gcMillis() / totals.runMillis();
    }

    /** Over all stages, the longest task over the median one. */
    private double worstSkew() {
      double worst = 0;
      for (List<Long> stage : durations.values()) {
        List<Long> sorted = stage.stream().sorted().toList();
        int half = sorted.size() / 2;
        double median =
            sorted.size() % 2 == 1
                ? sorted.get(half)
                : (sorted.get(half) + sorted.get(half - 1)) / 2.0;
        worst = Math.max(worst, sorted.get(sorted.size() - 1) / Math.max(median, 1));
      }
      return worst;
    }

    private double cpuPercent() {
      return 100.0 * totals.cpuMillis() / totals.runMillis();
    }
  }

  private static Path shared() {
    String given = System.getProperty("plimsoll.shared");
    return given == null ? Path.of("../../../shared").toAbsolutePath().normalize() : Path.of(given);
  }

  @BeforeEach
  void onlyWhereTheDataAre() {
    assumeTrue(Files.isDirectory(LOGS), "not present: " + LOGS);
  }

  private static Reading read(String name) throws IOException {
    List<EventLog> logs = SparkEventLog.open(LOGS.resolve(name));
    assertThat(logs).hasSize(1);
    return new Reading(logs.get(0));
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          gpu_oom_eventlog.zstd,                        3.3.1, 35511711, 12416,  2, COMPLETE,  0
          tasks_executors_fail_compressed_eventlog.zstd, 3.1.1, 36555789, 8630,  8, COMPLETE,  0
          nds_q72_dataproc_2_2.zstd,                    3.5.3, 48279502, 13504,  8, COMPLETE,  0
          eventlog_4nodes_8cores_dynamic_alloc.zstd,    3.2.1,  2107243,   235, 15, COMPLETE,  0
          dsAndDf_eventlog.zstd,                        3.1.1,  4763842,   651,  1, COMPLETE,  0
          python_udf_eventlog,                          3.5.5,   136779,     2,  1, COMPLETE,  0
          spark2-eventlog.zstd,                         2.2.3,   109645,     6,  1, COMPLETE,  0
          truncated_eventlog,                           3.1.1,   215895,    21,  1, TRUNCATED, 0
          malformed_json_eventlog.zstd,                 3.1.1,  1763951,   217,  9, COMPLETE,  1
          empty_eventlog,                               3.1.1,    82496,     0,  1, COMPLETE,  0
          db_sim_eventlog,                              3.1.1, 11431520,  2801,  1, COMPLETE,  0
          eventlog_v2_local-1623876083964,              3.1.1, 11431520,  2801,  1, COMPLETE,  0
          local-1776286786993.zstd,                     4.1.0,  1454388,    52,  1, COMPLETE,  0
          """)
  void log_givesTheOraclesCounts(
      String name,
      String version,
      long rawBytes,
      long tasks,
      long executors,
      LogState state,
      long broken)
      throws IOException {
    Reading reading = read(name);

    assertThat(reading.log.version()).isEqualTo(version);
    assertThat(reading.log.rawBytes()).isEqualTo(rawBytes);
    assertThat(reading.totals.tasks()).isEqualTo(tasks);
    assertThat(reading.totals.executorsAdded()).isEqualTo(executors);
    assertThat(reading.log.state()).isEqualTo(state);
    assertThat(reading.totals.badLines()).isEqualTo(broken);
    assertThat(reading.log.isComplete()).isEqualTo(state == LogState.COMPLETE && broken == 0);
  }

  @Test
  void bothPackings_giveTheSameEvents() throws IOException {
    List<EngineEvent> cloud = events(LOGS.resolve("db_sim_eventlog"));
    List<EngineEvent> rolled = events(LOGS.resolve("eventlog_v2_local-1623876083964"));

    assertThat(cloud).hasSizeGreaterThan(2801).isEqualTo(rolled);
  }

  @Test
  void attempts_areLogsOfTheirOwn() throws IOException {
    List<EventLog> logs = SparkEventLog.open(LOGS.resolve("multiple_attempts"));
    assertThat(logs).hasSize(2);
    long rawBytes = 0;
    for (EventLog log : logs) {
      Reading reading = new Reading(log);
      rawBytes += reading.log.rawBytes();
      assertThat(reading.log.version()).isEqualTo("3.3.0-amzn-0");
      assertThat(reading.totals.tasks()).isEqualTo(107);
      assertThat(reading.totals.executorsAdded()).isEqualTo(10);
      assertThat(reading.log.attempt()).isEqualTo(logs.indexOf(log) + 1);
    }
    // SOURCES.md says 1,431,623; what zstd itself unpacks is this.
    assertThat(rawBytes).isEqualTo(1_431_727);
  }

  private static List<EngineEvent> events(Path path) throws IOException {
    List<EngineEvent> events = new ArrayList<>();
    for (EventLog log : SparkEventLog.open(path)) {
      log.read(
          (position, event) -> {
            if (event.kind() != EventKind.LOG_READ) {
              events.add(event);
            }
          });
    }
    return events;
  }

  /** Figures are rounded as the table there rounds them. */
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      textBlock =
          """
          gpu_oom_eventlog.zstd,                         8.5,  0.05,  9, 157.8, 113, 5, 273,  0
          tasks_executors_fail_compressed_eventlog.zstd, 8.1,  0.05, 102, 51.6,  53, 1,   0,  2
          nds_q72_dataproc_2_2.zstd,                     2.0,  0.05,  72, 19.1,   0, 0,   0,  0
          eventlog_4nodes_8cores_dynamic_alloc.zstd,    15.1,  0.05,  70, 21.0,   0, 0,   0, 14
          dsAndDf_eventlog.zstd,                        12.2,  0.05,  38, 71.9,   0, 0,   0,  0
          python_udf_eventlog,                             -,  0.05,  23,    -,   0, 0,   0,  0
          local-1776286786993.zstd,                        -,  0.05,   -,    -,  12, 1,   5,  0
          """)
  void log_givesTheOraclesShares(
      String name,
      @Nullable Double gcPercent,
      double half,
      @Nullable Double cpuPercent,
      @Nullable Double skew,
      long unsuccessful,
      long failedStages,
      long spilling,
      long removed)
      throws IOException {
    Reading reading = read(name);

    if (gcPercent != null) {
      assertThat(reading.gcPercent()).isCloseTo(gcPercent, within(half));
    }
    if (cpuPercent != null) {
      assertThat(reading.cpuPercent()).isCloseTo(cpuPercent, within(0.5));
    }
    if (skew != null) {
      assertThat(reading.worstSkew()).isCloseTo(skew, within(half));
    }
    assertThat(reading.totals.failedTasks() + reading.totals.killedTasks()).isEqualTo(unsuccessful);
    assertThat(reading.totals.failedStages()).isEqualTo(failedStages);
    assertThat(reading.totals.spillingTasks()).isEqualTo(spilling);
    assertThat(reading.totals.executorsRemoved()).isEqualTo(removed);
  }

  @Test
  void failures_areOfTheOraclesKinds() throws IOException {
    Map<String, Long> oom = read("gpu_oom_eventlog.zstd").kinds;
    Map<String, Long> lost = read("tasks_executors_fail_compressed_eventlog.zstd").kinds;

    assertThat(oom)
        .containsEntry("ExceptionFailure", 112L)
        .containsEntry("TaskKilled", 1L)
        .hasSize(3);
    assertThat(lost)
        .containsEntry("ExecutorLostFailure", 1L)
        .containsEntry("FetchFailed", 2L)
        .containsEntry("Resubmitted", 50L)
        .hasSize(4);
  }

  @Test
  void brokenLine_isLocated() throws IOException {
    assertThat(read("malformed_json_eventlog.zstd").log.problems())
        .extracting(LogReading.Problem::line)
        .containsExactly(4L);
  }
}
