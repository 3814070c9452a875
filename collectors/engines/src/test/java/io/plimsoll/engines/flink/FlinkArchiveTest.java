// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.EventKind;
import io.plimsoll.wire.EventNumber;
import io.plimsoll.wire.EventText;
import io.plimsoll.wire.secret.Redaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class FlinkArchiveTest {
  private static final String NAME = "archive-2.2.1-canceled";

  @Test
  void anArchiveTellsTheJobWithItsVerticesEdgesAttemptsAndEnd() throws Exception {
    FlinkArchive.Reading reading = FlinkArchive.read(Recorded.text(NAME), "a");

    assertThat(reading.jobId()).isEqualTo(Recorded.JOB);
    assertThat(reading.complete()).isTrue();
    assertThat(reading.complaints()).isEmpty();
    Map<EventKind, Long> kinds =
        reading.events().stream()
            .collect(Collectors.groupingBy(EngineEvent::kind, Collectors.counting()));
    assertThat(kinds)
        .containsEntry(EventKind.FLINK_JOB, 1L)
        .containsEntry(EventKind.FLINK_VERTEX, 3L)
        .containsEntry(EventKind.FLINK_EDGE, 2L)
        // 6 subtasks, each failed over once
        .containsEntry(EventKind.FLINK_SUBTASK, 12L)
        .containsEntry(EventKind.FLINK_CHECKPOINTS, 1L)
        .containsEntry(EventKind.FLINK_CHECKPOINT, 10L)
        .containsEntry(EventKind.FLINK_CHECKPOINT_SUBTASK, 60L)
        .containsEntry(EventKind.FLINK_EXCEPTION, 1L)
        .containsEntry(EventKind.FLINK_CONFIGURATION, 3L)
        .containsEntry(EventKind.APPLICATION_STARTED, 1L)
        .containsEntry(EventKind.APPLICATION_ENDED, 1L)
        .doesNotContainKey(EventKind.SOURCE_INCOMPLETE);
  }

  @Test
  void whatFlinkSaidStandsInTheEventsAndWhatItDidNotKnowIsAbsent() throws Exception {
    List<EngineEvent> events = FlinkArchive.read(Recorded.text(NAME), "a").events();

    EngineEvent job = one(events, EventKind.FLINK_JOB);
    assertThat(job.text(EventText.FLINK_STATE)).isEqualTo("CANCELED");
    assertThat(job.number(EventNumber.FINISHED_MILLIS, -1)).isEqualTo(1_795_461_556_591L);
    assertThat(job.has(EventNumber.MAX_PARALLELISM)).isFalse();
    assertThat(job.properties()).containsEntry("timestamp.CREATED", "1795461508458");
    assertThat(job.properties()).doesNotContainKey("timestamp.FINISHED");
    assertThat(one(events, EventKind.APPLICATION_STARTED).text(EventText.ENGINE_VERSION))
        .isEqualTo("2.2.1");
    EngineEvent counts = one(events, EventKind.FLINK_CHECKPOINTS);
    assertThat(counts.number(EventNumber.COMPLETED_COUNT, -1)).isEqualTo(91);
    assertThat(counts.number(EventNumber.FAILED_COUNT, -1)).isEqualTo(4);
    EngineEvent exception = one(events, EventKind.FLINK_EXCEPTION);
    assertThat(exception.text(EventText.REASON))
        .isEqualTo("java.lang.IllegalStateException: planned failure");
    assertThat(exception.text(EventText.TASK_NAME)).startsWith("count (");
    EngineEvent attempt =
        events.stream()
            .filter(event -> event.kind() == EventKind.FLINK_SUBTASK)
            .filter(event -> Recorded.COUNT.equals(event.text(EventText.VERTEX_ID)))
            .filter(event -> event.number(EventNumber.ATTEMPT_NUMBER, -1) == 1)
            .findFirst()
            .orElseThrow();
    assertThat(attempt.number(EventNumber.ACCUMULATED_BUSY_MILLIS, -1)).isPositive();
    assertThat(attempt.number(EventNumber.READ_RECORDS, -1)).isPositive();
    assertThat(attempt.text(EventText.TASK_MANAGER_ID)).isEqualTo("127.0.0.1:44743-8bcc30");
  }

  @Test
  void edgesNameBothVertices() throws Exception {
    List<EngineEvent> events = FlinkArchive.read(Recorded.text(NAME), "a").events();

    assertThat(
            events.stream()
                .filter(event -> event.kind() == EventKind.FLINK_EDGE)
                .map(
                    event ->
                        event.text(EventText.SOURCE_VERTEX_ID)
                            + " "
                            + event.text(EventText.SHIP_STRATEGY)
                            + " "
                            + event.text(EventText.VERTEX_ID)))
        .containsExactlyInAnyOrder(
            Recorded.SOURCE + " HASH " + Recorded.COUNT, Recorded.COUNT + " HASH " + Recorded.SINK);
  }

  @Test
  void aPlantedSecretIsNowhere() throws Exception {
    String text =
        Recorded.text(NAME)
            .replace("blob.server.port", "s3.secret-key")
            .replace("46671", "planted-4711")
            .replace("planned failure", "planned failure password=planted-4712");

    FlinkArchive.Reading reading = FlinkArchive.read(text, "a");

    assertThat(reading.events().toString())
        .contains("s3.secret-key=" + Redaction.REDACTED)
        .contains("password=" + Redaction.REDACTED)
        .doesNotContain("planted-471");
  }

  @Test
  void aFileThatIsCutOffGivesWhatStandsBeforeTheCutAndSaysWhere() throws Exception {
    String text = Recorded.text(NAME);
    FlinkArchive.Reading whole = FlinkArchive.read(text, "a");

    FlinkArchive.Reading cut = FlinkArchive.read(text.substring(0, text.length() / 2), "a");

    assertThat(cut.complete()).isFalse();
    assertThat(cut.parts()).isBetween(1, whole.parts() - 1);
    assertThat(cut.badParts()).isPositive();
    assertThat(cut.complaints()).anySatisfy(line -> assertThat(line).contains("cut off after"));
    assertThat(cut.events()).anyMatch(e -> e.kind() == EventKind.SOURCE_INCOMPLETE);
  }

  @Test
  void anEntryThatIsBrokenIsLocatedAndTheOthersAreUsed() throws Exception {
    String text = Recorded.text(NAME);
    int at = text.indexOf("{\"path\":\"/jobs/" + Recorded.JOB + "/exceptions");
    String broken = text.substring(0, at + 60) + '\u0001' + text.substring(at + 61);

    FlinkArchive.Reading reading = FlinkArchive.read(broken, "a");

    assertThat(reading.badParts()).isEqualTo(1);
    assertThat(reading.complete()).isFalse();
    assertThat(reading.complaints().get(0)).contains("at character " + at);
    assertThat(reading.events())
        .anyMatch(e -> e.kind() == EventKind.FLINK_SUBTASK)
        .noneMatch(e -> e.kind() == EventKind.FLINK_EXCEPTION);
  }

  @Test
  void anythingElseIsRefusedInOneLine() {
    assertThatThrownBy(() -> FlinkArchive.read("{\"archive\":[]}", "some/file"))
        .isInstanceOf(FlinkSourceException.class)
        .hasMessage("some/file is no archive of a Flink job: no part of it names one");
  }

  @Test
  void theSameArchiveGivesTheSameEnvelopes() throws Exception {
    FlinkArchive.Reading reading = FlinkArchive.read(Recorded.text(NAME), "a");

    assertThat(reading.envelopes("c", 1)).isEqualTo(reading.envelopes("c", 1));
    assertThat(reading.envelopes("c", 1).get(0).identity())
        .isNotEqualTo(reading.envelopes("d", 1).get(0).identity());
    assertThat(reading.envelopes("c", 1).get(0).identity().application()).isEqualTo(Recorded.JOB);
  }

  @Test
  void aThousandDamagedArchivesAreReadOrRefused() {
    String text = small();
    Random random = new Random(20261123);
    int incomplete = 0;
    int refused = 0;
    for (int i = 0; i < 1000; i++) {
      try {
        FlinkArchive.Reading reading = FlinkArchive.read(damaged(text, random), "a");
        incomplete += reading.complete() ? 0 : 1;
        assertThat(reading.events().size()).isLessThan(5_000);
      } catch (FlinkSourceException e) {
        refused++;
      }
    }

    assertThat(incomplete).isBetween(200, 1000);
    assertThat(refused).isLessThan(700);
  }

  /** The archive with one vertex's and one checkpoint's entries only: quick to read. */
  private static String small() {
    List<String> entries = new ArrayList<>();
    for (String entry : Recorded.text(NAME).split("(?=\\{\"path\")")) {
      boolean kept =
          !entry.contains("/vertices/" + Recorded.SINK)
              && !entry.contains("/vertices/" + Recorded.SOURCE)
              && !entry.matches("(?s).*details/(8|90).*")
              && !entry.contains("/environment\"");
      if (kept) {
        entries.add(entry);
      }
    }
    String joined = String.join("", entries);
    return joined.endsWith("]}") ? joined : joined.replaceAll(",$", "") + "]}";
  }

  @Test
  void flinkOneTwentyTellsTheSameKindsOfFacts() throws Exception {
    FlinkArchive.Reading reading = FlinkArchive.read(Recorded.text("archive-1.20.3-canceled"), "a");

    assertThat(reading.complete()).isTrue();
    assertThat(one(reading.events(), EventKind.APPLICATION_STARTED).text(EventText.ENGINE_VERSION))
        .isEqualTo("1.20.3");
    assertThat(reading.events().stream().map(EngineEvent::kind).distinct())
        .containsExactlyInAnyOrderElementsOf(
            FlinkArchive.read(Recorded.text(NAME), "a").events().stream()
                .map(EngineEvent::kind)
                .distinct()
                .toList());
    assertThat(
            reading.events().stream()
                .filter(e -> e.kind() == EventKind.FLINK_SUBTASK)
                .map(e -> e.text(EventText.HOST)))
        .hasSize(12)
        .allMatch(host -> host != null && host.startsWith("localhost"));
  }

  static String damaged(String text, Random random) {
    List<Function<String, String>> ways = new ArrayList<>();
    int at = random.nextInt(text.length());
    int length = random.nextInt(Math.min(4000, text.length() - at) + 1);
    ways.add(t -> t.substring(0, at));
    ways.add(t -> t.substring(at));
    ways.add(t -> t.substring(0, at) + t.substring(at + length));
    ways.add(t -> t.substring(0, at) + "[".repeat(300) + t.substring(at));
    ways.add(t -> t.substring(0, at) + "\\\"}{" + t.substring(at));
    ways.add(t -> t.substring(0, at) + (char) random.nextInt(0x10000) + t.substring(at));
    ways.add(t -> t.replaceAll("\\d" + random.nextInt(10), "99999999999999999999"));
    ways.add(t -> t.replaceAll("\\d" + random.nextInt(10), "-1"));
    ways.add(t -> t.replace(":[", ":{\\\"a\\\":["));
    ways.add(t -> t.substring(0, at) + t.substring(at, at + length) + t.substring(at));
    return ways.get(random.nextInt(ways.size())).apply(text);
  }

  private static EngineEvent one(List<EngineEvent> events, EventKind kind) {
    List<EngineEvent> found = events.stream().filter(event -> event.kind() == kind).toList();
    assertThat(found).hasSize(1);
    return found.get(0);
  }
}
