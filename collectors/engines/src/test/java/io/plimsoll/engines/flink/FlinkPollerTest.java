// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.Envelope;
import io.plimsoll.wire.EventKind;
import io.plimsoll.wire.EventNumber;
import io.plimsoll.wire.EventText;
import io.plimsoll.wire.Metric;
import io.plimsoll.wire.MetricKey;
import io.plimsoll.wire.Role;
import io.plimsoll.wire.Stream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FlinkPollerTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.ofEpochSecond(1_795_461_555), ZoneOffset.UTC);

  private final Recorded flink = Recorded.of("running-2.2.1");
  private final List<Envelope> sent = new ArrayList<>();
  private long nanos;

  @Test
  void aRunningJobIsToldWithItsRunAndOneIdentity() {
    poller(PollSettings.DEFAULT).poll();

    assertThat(sent)
        .allSatisfy(
            envelope -> {
              assertThat(envelope.identity().role()).isEqualTo(Role.JOB_MANAGER);
              assertThat(envelope.identity().cluster()).isEqualTo("session");
              assertThat(envelope.identity().application()).isEqualTo(Recorded.JOB);
            });
    assertThat(sent.stream().map(e -> e.identity().process()).distinct()).hasSize(1);
    assertThat(events().stream().map(EngineEvent::kind))
        .contains(
            EventKind.APPLICATION_STARTED,
            EventKind.FLINK_JOB,
            EventKind.FLINK_VERTEX,
            EventKind.FLINK_EDGE,
            EventKind.FLINK_SUBTASK,
            EventKind.FLINK_CHECKPOINT,
            EventKind.FLINK_CHECKPOINT_SUBTASK,
            EventKind.FLINK_EXCEPTION,
            EventKind.FLINK_TASK_MANAGER,
            EventKind.FLINK_CONFIGURATION)
        .doesNotContain(EventKind.APPLICATION_ENDED, EventKind.SOURCE_INCOMPLETE);
  }

  @Test
  void samplesHoldEachSubtaskAndWhatIsNotANumberIsAbsent() {
    poller(PollSettings.DEFAULT).poll();

    Map<MetricKey, Long> values = samples().get(0).samples().get(0).values();
    assertThat(values)
        .doesNotContainKey(MetricKey.of(Metric.FLINK_BUSY, Recorded.SOURCE + "/0"))
        .containsEntry(MetricKey.of(Metric.FLINK_BUSY, Recorded.SOURCE + "/1"), 21L)
        .containsEntry(MetricKey.of(Metric.FLINK_IDLE, Recorded.SOURCE + "/0"), 21L)
        .containsEntry(MetricKey.of(Metric.FLINK_IN_POOL_USAGE_MILLI, Recorded.COUNT + "/1"), 250L)
        .doesNotContainKey(MetricKey.of(Metric.FLINK_WATERMARK, Recorded.COUNT + "/0"));
  }

  @Test
  void theTaskManagersOfTheJobAreInItsSamplesFromTheSecondRoundOn() {
    FlinkPoller poller = poller(PollSettings.DEFAULT);
    poller.poll();
    poller.poll();

    Map<MetricKey, Long> values = samples().get(1).samples().get(0).values();
    assertThat(values)
        .containsKey(MetricKey.of(Metric.FLINK_MANAGED_USED, "127.0.0.1:44743-8bcc30"))
        .containsKey(MetricKey.of(Metric.FLINK_HEAP_USED));
  }

  @Test
  void whatIsNotNewIsNotToldAgainAndSequencesHaveNoGaps() {
    FlinkPoller poller = poller(PollSettings.DEFAULT);
    poller.poll();
    int first = events().size();
    poller.poll();
    poller.poll();

    assertThat(events()).hasSize(first);
    for (Stream stream : List.of(Stream.EVENTS, Stream.SAMPLES)) {
      List<Long> sequence =
          sent.stream().filter(e -> e.stream() == stream).map(Envelope::sequence).toList();
      for (int i = 0; i < sequence.size(); i++) {
        assertThat(sequence.get(i)).isEqualTo(i);
      }
    }
  }

  @Test
  void aRocksDbWithoutMetricsIsSaidToBeNotEvaluatedWithTheWayOut() {
    FlinkPoller poller = poller(PollSettings.DEFAULT);
    for (int i = 0; i < 8; i++) {
      poller.poll();
    }

    assertThat(events().stream().filter(e -> e.kind() == EventKind.NOT_EVALUATED))
        .singleElement()
        .satisfies(
            e -> {
              assertThat(e.text(EventText.SUBJECT)).isEqualTo("RocksDB");
              assertThat(e.text(EventText.REMEDY)).startsWith("turn on state.backend.rocksdb.");
            });
  }

  @Test
  void rocksDbMetricsAreSumsOverColumnFamiliesButOneSharedCache() {
    String path = "/jobs/" + Recorded.JOB + "/vertices/" + Recorded.COUNT + "/metrics";
    String memory = "0.count.a.rocksdb_cur-size-all-mem-tables";
    String cache = "0.count.a.rocksdb_block-cache-usage";
    flink.answers.put(
        path, ids(memory, memory.replace(".a.", ".b."), cache, cache.replace(".a.", ".b.")));
    FlinkPoller poller = poller(PollSettings.DEFAULT);
    for (int i = 0; i < 8; i++) {
      poller.poll();
    }

    assertThat(samples().get(0).samples().get(0).values())
        .containsEntry(
            MetricKey.of(Metric.ROCKSDB_MEMTABLES, Recorded.COUNT + "/0"), 2L * memory.length())
        .containsEntry(
            MetricKey.of(Metric.ROCKSDB_BLOCK_CACHE_USED, Recorded.COUNT + "/0"),
            (long) cache.length());
    assertThat(events()).noneMatch(e -> e.kind() == EventKind.NOT_EVALUATED);
  }

  @Test
  void aSlowOrAbsentJobManagerIsAskedLessOftenUntilItAnswers() {
    FlinkPoller poller = poller(PollSettings.DEFAULT);
    flink.away = true;
    assertThat(poller.poll()).isFalse();
    assertThat(poller.poll()).isFalse();
    assertThat(poller.delay()).isEqualTo(Duration.ofSeconds(40));
    assertThat(flink.asked).hasSize(2);

    flink.away = false;
    assertThat(poller.poll()).isTrue();
    assertThat(poller.delay()).isEqualTo(Duration.ofSeconds(10));
    nanos = Duration.ofSeconds(6).toNanos();
    poller.poll();
    assertThat(poller.delay()).isEqualTo(Duration.ofSeconds(20));
  }

  @Test
  void aJobManagerThatFailedOverGoesOnInTheSameRun() {
    FlinkPoller poller = poller(PollSettings.DEFAULT);
    poller.poll();
    flink.answers.put("/jobs/overview", "{\"jobs\":[]}");
    poller.poll();
    flink.answers.putAll(Recorded.of("running-2.2.1").answers);
    poller.poll();

    assertThat(samples()).hasSizeGreaterThanOrEqualTo(2);
    assertThat(sent.stream().map(e -> e.identity().process()).distinct()).hasSize(1);
  }

  @Test
  void aSmallBudgetStillReachesEveryVertex() {
    FlinkPoller poller =
        poller(new PollSettings(Duration.ofSeconds(10), 14, Duration.ofSeconds(1), 1 << 20, 512));
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 12; i++) {
      int before = flink.asked.size();
      poller.poll();
      assertThat(flink.asked.size() - before).isLessThanOrEqualTo(14);
    }
    for (String path : flink.asked) {
      for (String vertex : List.of(Recorded.SOURCE, Recorded.COUNT, Recorded.SINK)) {
        if (path.contains(vertex + "/metrics?")) {
          seen.add(vertex);
        }
      }
    }

    assertThat(seen).hasSize(3);
  }

  @Test
  void theEndOfAJobIsToldOnceAsItsArchiveTellsIt() throws Exception {
    FlinkPoller poller = poller(PollSettings.DEFAULT);
    poller.poll();
    flink.answers.putAll(Recorded.of("archive-2.2.1-canceled").answers);
    sent.clear();
    poller.poll();
    List<EngineEvent> told = events();
    poller.poll();

    assertThat(told).anyMatch(e -> e.kind() == EventKind.APPLICATION_ENDED);
    assertThat(events()).hasSameSizeAs(told);
    assertThat(told)
        .containsAll(
            FlinkArchive.read(Recorded.text("archive-2.2.1-canceled"), "a").events().stream()
                .filter(e -> isTheEnds(e))
                .toList());
  }

  @Test
  void anEndedJobIsLookedAtAgainWhenTheCheckpointsThatItsJobManagerKeptAreMadeAnew() {
    long[] now = {CLOCK.millis()};
    FlinkPoller poller =
        new FlinkPoller(
            "session", flink, PollSettings.DEFAULT, new MovedClock(now), () -> nanos, sent::add);
    poller.poll();
    flink.answers.putAll(Recorded.of("archive-2.2.1-canceled").answers);
    flink.answers.put("/config", "{\"refresh-interval\":7000}");
    String checkpoints = "/jobs/" + Recorded.JOB + "/checkpoints";
    String kept = Recorded.of("running-2.2.1").answers.get(checkpoints);
    String anew = flink.answers.put(checkpoints, kept);
    assertThat(anew).isNotEqualTo(kept);
    poller.poll();
    List<EngineEvent> first = events();
    assertThat(first).anyMatch(e -> e.kind() == EventKind.APPLICATION_ENDED);

    flink.answers.put(checkpoints, anew);
    now[0] += 7_000;
    poller.poll();
    assertThat(events()).isEqualTo(first);
    now[0] += 1;
    poller.poll();
    List<EngineEvent> second = events();
    assertThat(second.subList(first.size(), second.size()))
        .isNotEmpty()
        .allMatch(e -> e.kind().name().startsWith("FLINK_CHECKPOINT"));

    int asked = flink.asked.size();
    poller.poll();
    assertThat(flink.asked).hasSize(asked + 1);
    assertThat(events()).isEqualTo(second);
  }

  @Test
  void anEndedJobTooLargeForARoundIsToldOnceAndLeft() {
    long[] now = {CLOCK.millis()};
    PollSettings small =
        new PollSettings(Duration.ofSeconds(10), 10, Duration.ofSeconds(1), 1 << 20, 512);
    FlinkPoller poller =
        new FlinkPoller("session", flink, small, new MovedClock(now), () -> nanos, sent::add);
    flink.answers.putAll(Recorded.of("archive-2.2.1-canceled").answers);
    for (int i = 0; i < 20; i++) {
      poller.poll();
      now[0] += 10_000;
    }

    assertThat(events()).filteredOn(e -> e.kind() == EventKind.APPLICATION_ENDED).hasSize(1);
    assertThat(events()).anyMatch(e -> e.kind() == EventKind.SOURCE_INCOMPLETE);
    int asked = flink.asked.size();
    poller.poll();
    assertThat(flink.asked).hasSize(asked + 1);
  }

  @Test
  void aBadAnswerIsToldOnceWithItsPathAndTheRestGoesOn() {
    String path = "/jobs/" + Recorded.JOB + "/exceptions";
    flink.answers.put(path, "{\"exceptionHistory\":");
    FlinkPoller poller = poller(PollSettings.DEFAULT);
    poller.poll();
    poller.poll();

    assertThat(events().stream().filter(e -> e.kind() == EventKind.SOURCE_INCOMPLETE))
        .singleElement()
        .satisfies(e -> assertThat(e.text(EventText.SOURCE_PATH)).isEqualTo(path));
    assertThat(events()).anyMatch(e -> e.kind() == EventKind.FLINK_SUBTASK);
  }

  @Test
  void aThousandDamagedAnswersNeverEndAPoller() {
    Random random = new Random(20261124);
    List<String> paths = List.copyOf(flink.answers.keySet());
    for (int i = 0; i < 1000; i++) {
      Recorded damaged = Recorded.of("running-2.2.1");
      for (int k = 0; k < 3; k++) {
        damaged.answers.computeIfPresent(
            paths.get(random.nextInt(paths.size())),
            (path, answer) -> FlinkArchiveTest.damaged(answer, random));
      }
      sent.clear();
      FlinkPoller poller =
          new FlinkPoller("session", damaged, PollSettings.DEFAULT, CLOCK, () -> nanos, sent::add);
      poller.poll();
      poller.poll();
      assertThat(damaged.asked.size()).isLessThanOrEqualTo(400);
      assertThat(events().size()).isLessThan(2_000);
    }
  }

  private static boolean isTheEnds(EngineEvent event) {
    return event.kind() == EventKind.FLINK_JOB
        || event.kind() == EventKind.FLINK_VERTEX
        || event.kind() == EventKind.APPLICATION_ENDED
        || (event.kind() == EventKind.FLINK_SUBTASK
            && event.number(EventNumber.ATTEMPT_NUMBER, -1) >= 0);
  }

  private static String ids(String... names) {
    List<String> ids = new ArrayList<>();
    for (String name : names) {
      ids.add("{\"id\":\"" + name + "\"}");
    }
    return "[" + String.join(",", ids) + "]";
  }

  /** A clock whose rounds take {@code nanos}. */
  private FlinkPoller poller(PollSettings settings) {
    long[] now = {0};
    return new FlinkPoller("session", flink, settings, CLOCK, () -> now[0] += nanos, sent::add);
  }

  private List<EngineEvent> events() {
    return sent.stream().flatMap(e -> e.events().stream()).toList();
  }

  private List<Envelope> samples() {
    return sent.stream().filter(e -> e.stream() == Stream.SAMPLES).toList();
  }

  private static final class MovedClock extends Clock {
    private final long[] millis;

    MovedClock(long[] millis) {
      this.millis = millis;
    }

    @Override
    public java.time.ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(java.time.ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return Instant.ofEpochMilli(millis[0]);
    }
  }
}
