// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.wire.EventKind;
import io.plimsoll.wire.EventText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading ahead changes nothing that is told, and leaves no thread behind. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class LogAheadIT {
  private static final String FAILURE =
      "{\"Reason\":\"ExceptionFailure\",\"Class Name\":\"X\",\"Description\":\"%s\","
          + "\"Stack Trace\":[],\"Full Stack Trace\":\"\"}";

  @TempDir private Path folder;

  /** Lines of all sorts, each of which may depend on those before it. */
  private static List<String> lines(Random random, int count) {
    List<String> lines = new ArrayList<>(Logs.lines(3));
    for (int i = 0; i < count; i++) {
      String task = Logs.task(i, "{\"Reason\":\"Success\"}");
      lines.add(
          switch (random.nextInt(12)) {
            case 0 -> Logs.task(i, FAILURE.formatted("no abc" + i));
            case 1 -> task.replace("\"Finish Time\":1500", "\"Finish Time\":0");
            case 2 -> task.replace("\"Finish Time\":1500", "\"Finish Time\":" + (1500 + i));
            case 3 -> "{\"Event\":\"SparkListenerTaskStart\",\"Stage ID\":0}";
            case 4 ->
                "{\"Event\":\"SparkListenerNodeBlacklisted\",\"hostId\":\"h\",\"time\":" + i + "}";
            case 5 -> " ".repeat(random.nextInt(4));
            case 6 -> task.substring(0, random.nextInt(task.length()));
            case 7 -> task.replace("400", "4.5");
            case 8 ->
                "{\"Event\":\"SparkListenerLogStart\",\"Spark Version\":\""
                    + (random.nextBoolean() ? "3.5.1" : "2.4.0")
                    + "\"}";
            case 9 ->
                "{\"Event\":\"SparkListenerEnvironmentUpdate\",\"Spark Properties\":"
                    + "{\"spark.redaction.string.regex\":\"abc"
                    + random.nextInt(10)
                    + "\"}}";
            default -> task;
          });
    }
    return lines;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void events_areThoseOfOneThread(long seed) throws Exception {
    Random random = new Random(seed);
    List<String> lines = lines(random, 20_000);
    int cut = random.nextInt(lines.size());
    Path rolled = folder.resolve("eventlog_v2_app-1");
    Logs.write(rolled.resolve("appstatus_app-1"), new byte[0]);
    Logs.write(rolled.resolve("events_1_app-1"), Logs.bytes(lines.subList(0, cut)));
    Logs.write(
        rolled.resolve("events_2_app-1.lz4"),
        Logs.packed("lz4", Logs.bytes(lines.subList(cut, lines.size()))));
    EventLog log = Logs.only(rolled);

    List<OneThread.Told> told = OneThread.ahead(log);

    assertThat(told).isEqualTo(OneThread.events(log)).hasSizeGreaterThan(10_000);
    assertThat(told)
        .anyMatch(each -> each.event().kind() == EventKind.NODE_EXCLUDED)
        .anyMatch(each -> reason(each).contains("abc"))
        .anyMatch(each -> reason(each).contains("redacted"));
  }

  private static String reason(OneThread.Told told) {
    return String.valueOf(told.event().text(EventText.REASON));
  }

  @Test
  void hugeLines_betweenOthers_keepTheirPlaces() throws Exception {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      lines.addAll(Logs.lines(500));
      String filler = "x".repeat((i < 3 ? 3 : 9) << 20);
      lines.add("{\"Event\":\"Other\",\"filler\":\"" + filler + "\"}");
      lines.add(Logs.task(i, "{\"Reason\":\"" + filler + "\"}"));
      lines.add("");
    }
    EventLog log = Logs.only(Logs.write(folder.resolve("app-1"), Logs.bytes(lines)));

    assertThat(OneThread.ahead(log)).isEqualTo(OneThread.events(log));
    assertThat(log.read((position, event) -> {}).lines()).isEqualTo(lines.size() - 6);
  }

  @Test
  void brokenLines_areNamedByTheirNumbersInTheirPart() throws Exception {
    List<String> lines = new ArrayList<>(Logs.lines(40_000));
    lines.set(7, "{\"Event\":");
    lines.set(30_000, "");
    lines.set(39_999, "no event");
    Path file = Logs.write(folder.resolve("app-1"), Logs.bytes(lines));

    assertThat(Logs.reading(file).problems())
        .extracting(LogReading.Problem::line)
        .containsExactly(8L, 40_000L);
  }

  @Test
  void failingConsumer_endsTheReadingAndItsThread() throws Exception {
    Path file = Logs.write(folder.resolve("app-1"), Logs.bytes(Logs.lines(40_000)));
    int[] count = {0};

    assertThatThrownBy(
            () ->
                Logs.only(file)
                    .read(
                        (position, event) -> {
                          if (++count[0] == 100) {
                            throw new IllegalStateException("enough");
                          }
                        }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("enough");

    assertThat(count[0]).isEqualTo(100);
    assertThat(threads()).isZero();
  }

  @Test
  void interruptedReader_readsItsFileToTheEndAndKeepsItsMark() throws Exception {
    Path file = Logs.write(folder.resolve("app-1"), Logs.bytes(Logs.lines(40_000)));
    int[] count = {0};

    LogReading reading =
        Logs.only(file)
            .read(
                (position, event) -> {
                  if (++count[0] == 100) {
                    Thread.currentThread().interrupt();
                  }
                });

    assertThat(Thread.interrupted()).isTrue();
    assertThat(reading.isComplete()).isTrue();
    assertThat(threads()).isZero();
  }

  private static long threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("plimsoll-log-ahead"))
        .count();
  }
}
