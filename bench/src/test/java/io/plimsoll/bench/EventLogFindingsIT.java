// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.plimsoll.diagnosis.Diagnosis;
import io.plimsoll.diagnosis.DiagnosisRequest;
import io.plimsoll.diagnosis.DiagnosisResult;
import io.plimsoll.diagnosis.finding.Finding;
import io.plimsoll.diagnosis.finding.FindingState;
import io.plimsoll.diagnosis.finding.Severity;
import io.plimsoll.engines.spark.EventLog;
import io.plimsoll.engines.spark.SparkEventLog;
import io.plimsoll.profile.ProcessFold;
import io.plimsoll.profile.RunFold;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What real logs of other projects are told to have, as a person read them. */
@Tag("oracle")
class EventLogFindingsIT {
  private static Path logs() {
    String given = System.getProperty("plimsoll.shared");
    Path shared =
        given == null ? Path.of("../../shared").toAbsolutePath().normalize() : Path.of(given);
    return shared.resolve("data/eventlogs");
  }

  @BeforeEach
  void theLogsAreThere() {
    assumeTrue(Files.isDirectory(logs()), "not present: the shared folder with real logs");
  }

  /** The log, points that must fire, points that must not, and the worst severity. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nds_q72_dataproc_2_2.zstd | sql.exploding-join | executors.lost driver.bound | MODERATE",
        "gpu_oom_eventlog.zstd | task.out-of-memory stage.spill run.killed | task.one-host-fails"
            + " | CRITICAL",
        "multiple_attempts | stage.data-skew sql.exploding-join executors.unused-cores"
            + " | executors.lost | CRITICAL",
        "eventlog_4nodes_8cores_dynamic_alloc.zstd | driver.bound executors.unused-cores"
            + " | executors.lost executors.lost-together | CRITICAL",
        "tasks_executors_fail_compressed_eventlog.zstd | shuffle.fetch-failed run.failed"
            + " | executor.idle-life | CRITICAL",
        "db_sim_eventlog | shuffle.small-blocks | driver.bound stage.data-skew | LOW",
        "dsAndDf_eventlog.zstd | stage.long-tail | sql.exploding-join | CRITICAL",
        "python_udf_eventlog | driver.bound | sql.udf-barrier | SEVERE",
        "truncated_eventlog | '' | run.failed | LOW"
      })
  void aRealLogIsToldToHaveWhatItHas(String log, String fires, String silent, Severity worst)
      throws IOException {
    for (EventLog one : SparkEventLog.open(logs().resolve(log))) {
      DiagnosisResult result = diagnose(one);
      List<Finding> fired =
          result.findings().stream()
              .filter(finding -> finding.state() == FindingState.FIRED)
              .toList();
      assertThat(fired).extracting(Finding::point).contains(words(fires));
      assertThat(fired).extracting(Finding::point).doesNotContain(words(silent));
      assertThat(fired).allSatisfy(each -> assertThat(each.severity()).isLessThanOrEqualTo(worst));
      assertThat(result.findings())
          .allSatisfy(each -> assertThat(each.reason()).doesNotContain("NaN", "Infinity"));
      assertThat(result.findings())
          .extracting(Finding::reason)
          .noneMatch(reason -> reason.startsWith("The point could not be evaluated"));
    }
  }

  private static String[] words(String list) {
    return list.isBlank() ? new String[0] : list.strip().split(" +", -1);
  }

  private static DiagnosisResult diagnose(EventLog log) {
    ProcessFold[] fold = new ProcessFold[1];
    log.envelopes(
        "c",
        envelope -> {
          if (fold[0] == null) {
            fold[0] = ProcessFold.of(envelope.identity().process());
          }
          fold[0].add(envelope);
        });
    ProcessFold told = Objects.requireNonNull(fold[0], "the log says nothing");
    return Diagnosis.diagnose(
        DiagnosisRequest.of(
            RunFold.profile(
                Objects.requireNonNull(told.run(), "no run"),
                List.of(told),
                Set.of(told.process()))));
  }
}
