// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.plimsoll.engines.spark.EventLog;
import io.plimsoll.engines.spark.EventLogTotals;
import io.plimsoll.engines.spark.SparkEventLog;
import io.plimsoll.profile.ProcessFold;
import io.plimsoll.profile.RunFold;
import io.plimsoll.profile.RunProfile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log folds to the same profile however it is packed, and to the totals that its events have. */
class EventLogProfileIT {
  @TempDir private Path folder;

  private static Path logs() {
    String given = System.getProperty("plimsoll.shared");
    Path shared =
        given == null ? Path.of("../../shared").toAbsolutePath().normalize() : Path.of(given);
    return shared.resolve("data/eventlogs");
  }

  private static ProcessFold fold(Path path) throws IOException {
    List<EventLog> found = SparkEventLog.open(path);
    assertThat(found).hasSize(1);
    ProcessFold[] fold = new ProcessFold[1];
    found
        .get(0)
        .envelopes(
            "c",
            envelope -> {
              if (fold[0] == null) {
                fold[0] = ProcessFold.of(envelope.identity().process());
              }
              assertThat(fold[0].add(envelope)).isTrue();
            });
    return fold[0];
  }

  private static RunProfile profile(ProcessFold fold) {
    return RunFold.profile(
        Objects.requireNonNull(fold.run(), "no run"), List.of(fold), Set.of(fold.process()));
  }

  private static List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("{\"Event\":\"SparkListenerLogStart\",\"Spark Version\":\"3.5.1\"}");
    lines.add(
        "{\"Event\":\"SparkListenerApplicationStart\",\"App Name\":\"a\",\"App ID\":\"app-1\","
            + "\"Timestamp\":1000,\"User\":\"u\"}");
    for (int task = 0; task < 1_000; task++) {
      lines.add(
          "{\"Event\":\"SparkListenerTaskEnd\",\"Stage ID\":"
              + task % 3
              + ",\"Stage Attempt ID\":0,\"Task End Reason\":{\"Reason\":\"Success\"},"
              + "\"Task Info\":{\"Task ID\":"
              + task
              + ",\"Launch Time\":1100,\"Finish Time\":"
              + (1_200 + task)
              + "},\"Task Metrics\":{\"Executor Run Time\":"
              + task
              + "}}");
    }
    lines.add("{\"Event\":\"SparkListenerApplicationEnd\",\"Timestamp\":9000}");
    return lines;
  }

  private static byte[] bytes(List<String> lines) {
    return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] gzip(byte[] raw) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(raw);
    }
    return bytes.toByteArray();
  }

  @Test
  void plainAndRolledGzip_foldToTheSameProfile() throws IOException {
    List<String> lines = lines();
    Path plain = Files.write(folder.resolve("app-1"), bytes(lines));
    Path rolled = Files.createDirectory(folder.resolve("eventlog_v2_app-1"));
    Files.write(rolled.resolve("events_1_app-1.gz"), gzip(bytes(lines.subList(0, 333))));
    Files.write(rolled.resolve("events_2_app-1.gz"), gzip(bytes(lines.subList(333, 1_003))));

    ProcessFold one = fold(plain);
    ProcessFold other = fold(rolled);

    assertThat(other.process()).isEqualTo(one.process());
    assertThat(other.toBytes()).isEqualTo(one.toBytes());
    RunProfile profile = profile(one);
    assertThat(profile.complete()).isTrue();
    assertThat(profile.stages()).hasSize(3);
    assertThat(profile.stages().stream().mapToLong(stage -> stage.engine().tasks()).sum())
        .isEqualTo(1_000);
  }

  @Test
  @Tag("oracle")
  void bothRealPackings_foldToTheSameProfileWithTheTotalsOfTheEvents() throws IOException {
    assumeTrue(Files.isDirectory(logs()), "not present: " + logs());
    Path cloud = logs().resolve("db_sim_eventlog");

    ProcessFold one = fold(cloud);
    ProcessFold other = fold(logs().resolve("eventlog_v2_local-1623876083964"));

    assertThat(other.process()).isEqualTo(one.process());
    assertThat(other.toBytes()).isEqualTo(one.toBytes());
    EventLogTotals totals = new EventLogTotals();
    SparkEventLog.open(cloud).get(0).read(totals);
    RunProfile profile = profile(one);
    assertThat(profile.stages().stream().mapToLong(stage -> stage.engine().tasks()).sum())
        .isEqualTo(totals.tasks())
        .isEqualTo(2_801);
    assertThat(profile.stages().stream().mapToLong(stage -> stage.engine().runMillis()).sum())
        .isEqualTo(totals.runMillis());
  }
}
