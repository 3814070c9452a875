// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.Envelope;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogFormsIT {
  private static final List<String> LINES = Logs.lines(300);

  @TempDir private Path folder;

  private List<EngineEvent> plain() throws IOException {
    return Logs.events(Logs.write(folder.resolve("the-plain-one"), Logs.bytes(LINES)));
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      bytes.writeBytes(part);
    }
    return bytes.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(strings = {"gz", "zstd", "lz4", "snappy", "lzf"})
  void packing_changesNoEvent(String codec) throws IOException {
    byte[] packed = Logs.packed(codec, Logs.bytes(LINES));

    Path named = Logs.write(folder.resolve("app-1." + codec), packed);
    Path unnamed = Logs.write(folder.resolve("app-1"), packed);

    assertThat(Logs.events(named)).isEqualTo(plain()).hasSizeGreaterThan(300);
    assertThat(Logs.events(unnamed)).isEqualTo(plain());
    assertThat(Logs.reading(named).isComplete()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"gz", "zstd", "lz4", "snappy", "lzf"})
  void frames_oneAfterTheOther_areOneLog(String codec) throws IOException {
    byte[] first = Logs.packed(codec, Logs.bytes(LINES.subList(0, 100)));
    byte[] second = Logs.packed(codec, Logs.bytes(LINES.subList(100, LINES.size())));
    Path file = Logs.write(folder.resolve("app-1"), joined(first, second));

    assertThat(Logs.events(file)).isEqualTo(plain());
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "gz", "zstd", "lz4", "snappy", "lzf"})
  void cutFile_givesWhatIsThereAndSaysSo(String codec) throws IOException {
    byte[] packed = Logs.packed(codec, Logs.bytes(Logs.lines(3_000)));
    Path file = Logs.write(folder.resolve("app-1"), Arrays.copyOf(packed, packed.length * 2 / 3));

    LogReading reading = Logs.reading(file);

    assertThat(reading.state()).isEqualTo(LogState.TRUNCATED);
    assertThat(reading.isComplete()).isFalse();
    assertThat(reading.events()).isGreaterThan(200);
  }

  @Test
  void openFrame_ofARunningApplication_isReadToItsFlush() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    OutputStream open = new com.github.luben.zstd.ZstdOutputStreamNoFinalizer(bytes);
    open.write(Logs.bytes(LINES.subList(0, 50)));
    open.flush();
    Path file = Logs.write(folder.resolve("app-1.zstd.inprogress"), bytes.toByteArray());

    LogReading reading = Logs.reading(file);

    assertThat(reading.state()).isEqualTo(LogState.RUNNING);
    assertThat(reading.lines()).isEqualTo(50);
    assertThat(reading.brokenLines()).isZero();
  }

  @Test
  void rolledParts_areReadByNumberAndNotByName() throws IOException {
    Path rolled = folder.resolve("eventlog_v2_app-1");
    Logs.write(rolled.resolve("appstatus_app-1"), new byte[0]);
    for (int part = 0; part < 12; part++) {
      List<String> slice = LINES.subList(part * 25, part == 11 ? LINES.size() : (part + 1) * 25);
      Logs.write(
          rolled.resolve("events_" + (part + 1) + "_app-1.lz4"),
          Logs.packed("lz4", Logs.bytes(slice)));
    }

    assertThat(Logs.events(rolled)).isEqualTo(plain());
    assertThat(Logs.reading(rolled).isComplete()).isTrue();

    Files.delete(rolled.resolve("events_7_app-1.lz4"));
    LogReading gap = Logs.reading(rolled);
    assertThat(gap.state()).isEqualTo(LogState.DAMAGED);
    assertThat(gap.damagedParts()).isEqualTo(1);
    assertThat(gap.problems())
        .extracting(LogReading.Problem::toString)
        .containsExactly("eventlog_v2_app-1 at byte 0: 1 rolled files between others are missing");
  }

  @Test
  void compactedPart_standsForAllBeforeIt() throws IOException {
    Path rolled = folder.resolve("eventlog_v2_app-1");
    Logs.write(rolled.resolve("appstatus_app-1.inprogress"), new byte[0]);
    Logs.write(rolled.resolve("events_2_app-1"), Logs.bytes(LINES.subList(0, 200)));
    Logs.write(rolled.resolve("events_2_app-1.compact"), Logs.bytes(LINES.subList(0, 100)));
    Logs.write(rolled.resolve("events_3_app-1"), Logs.bytes(LINES.subList(200, 250)));

    LogReading reading = Logs.reading(rolled);

    assertThat(reading.lines()).isEqualTo(150);
    assertThat(reading.state()).isEqualTo(LogState.RUNNING);
    assertThat(reading.damagedParts()).isZero();
  }

  @Test
  void timedParts_comeBeforeTheTail() throws IOException {
    Path cloud = folder.resolve("cluster-logs");
    Logs.write(cloud.resolve("eventlog"), Logs.bytes(LINES.subList(200, LINES.size())));
    Logs.write(
        cloud.resolve("eventlog-2021-06-15--15-00.gz"),
        Logs.packed("gz", Logs.bytes(LINES.subList(100, 200))));
    Logs.write(
        cloud.resolve("eventlog-2021-06-14--23-00.gz"),
        Logs.packed("gz", Logs.bytes(LINES.subList(0, 100))));

    assertThat(Logs.events(cloud)).isEqualTo(plain());
  }

  @Test
  void folderOfAttempts_givesEachInOrder() throws IOException {
    for (String name :
        List.of("app-1_10.zstd", "app-1_2.zstd", "app-1_1.zstd", ".app-1_1.zstd.crc")) {
      Logs.write(folder.resolve(name), Logs.packed("zstd", Logs.bytes(LINES)));
    }
    Logs.write(folder.resolve("eventlog_v2_app-2_1/events_1_app-2_1"), Logs.bytes(LINES));

    assertThat(SparkEventLog.open(folder))
        .extracting(EventLog::name)
        .containsExactly("app-1_1.zstd", "app-1_2.zstd", "app-1_10.zstd", "eventlog_v2_app-2_1");
  }

  @Test
  void hugeLine_isReadWithoutBeingHeld() throws IOException {
    Path file = folder.resolve("app-1");
    try (OutputStream out = Files.newOutputStream(file)) {
      out.write(Logs.bytes(LINES.subList(0, 5)));
      out.write(
          ("{\"Event\":\"org.apache.spark.sql.execution.ui.SparkListenerSQLAdaptiveExecutionUpdate\","
                  + "\"executionId\":5,\"physicalPlanDescription\":\"")
              .getBytes(StandardCharsets.UTF_8));
      byte[] filler = "x".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
      for (int i = 0; i < 100; i++) {
        out.write(filler);
      }
      out.write("\",\"sparkPlanInfo\":{\"nodeName\":\"Scan\"}}\n".getBytes(StandardCharsets.UTF_8));
      out.write(Logs.bytes(LINES.subList(5, LINES.size())));
    }

    LogReading reading = Logs.reading(file);

    assertThat(reading.isComplete()).isTrue();
    assertThat(reading.lines()).isEqualTo(LINES.size() + 1);
    assertThat(Logs.events(file)).hasSize(plain().size() + 1);
  }

  @Test
  void wantedTextThatIsHuge_costsItsLineOnly() throws IOException {
    String huge =
        "{\"Event\":\"SparkListenerExecutorRemoved\",\"Removed Reason\":\""
            + "y".repeat(9 << 20)
            + "\",\"Timestamp\":1}";
    List<String> lines = new ArrayList<>(LINES);
    lines.add(7, huge);
    Path file = Logs.write(folder.resolve("app-1"), Logs.bytes(lines));

    LogReading reading = Logs.reading(file);

    assertThat(reading.brokenLines()).isEqualTo(1);
    assertThat(reading.lines()).isEqualTo(LINES.size() + 1);
    assertThat(reading.problems().get(0).line()).isEqualTo(8);
    assertThat(reading.problems().get(0).reason()).startsWith("too large or too deep:");
  }

  @Test
  void emptyFileAndForeignFile_areNamed() throws IOException {
    assertThat(Logs.reading(Logs.write(folder.resolve("empty"), new byte[0])).state())
        .isEqualTo(LogState.EMPTY);
    LogReading text =
        Logs.reading(
            Logs.write(folder.resolve("notes"), "hello\nworld\n".getBytes(StandardCharsets.UTF_8)));
    assertThat(text.state()).isEqualTo(LogState.UNREADABLE);
    assertThat(text.brokenLines()).isEqualTo(2);
    LogReading lie =
        Logs.reading(Logs.write(folder.resolve("app.zstd"), new byte[] {1, 2, 3, 4, 5, 6, 7, 8}));
    assertThat(lie.state()).isEqualTo(LogState.UNREADABLE);
    assertThat(lie.problems().get(0).reason())
        .isEqualTo("named ZSTD but its first bytes are of another kind");
  }

  @Test
  void pathWithoutLog_isOneLine() throws IOException {
    Path none = folder.resolve("none");
    assertThatThrownBy(() -> SparkEventLog.open(none))
        .isInstanceOf(EventLogException.class)
        .hasMessage("no event log at " + none + "; name a file or folder that exists");
    Files.createDirectory(none);
    assertThatThrownBy(() -> SparkEventLog.open(none))
        .isInstanceOf(EventLogException.class)
        .hasMessage(
            "no event log in folder " + none + "; name a folder that spark.eventLog.dir points to");
  }

  @Test
  void envelopes_nameTheSameProcessInEveryPacking() throws IOException {
    List<Envelope> one = envelopes(Logs.write(folder.resolve("a"), Logs.bytes(LINES)));
    List<Envelope> other =
        envelopes(Logs.write(folder.resolve("b.zstd"), Logs.packed("zstd", Logs.bytes(LINES))));

    assertThat(one).hasSize(other.size()).hasSizeGreaterThan(1);
    for (int i = 0; i < one.size(); i++) {
      assertThat(one.get(i).identity()).isEqualTo(other.get(i).identity());
      assertThat(one.get(i).sequence()).isEqualTo(i);
      assertThat(one.get(i).events()).hasSameSizeAs(other.get(i).events());
    }
    assertThat(one.get(0).identity().application()).isEqualTo("app-1");
    assertThat(one.get(0).identity().applicationAttempt()).isEqualTo(2);
    assertThat(one.get(0).identity().startEpochMillis()).isEqualTo(1000);
  }

  private static List<Envelope> envelopes(Path path) throws IOException {
    List<Envelope> envelopes = new ArrayList<>();
    Logs.only(path).envelopes("c", envelopes::add);
    return envelopes;
  }
}
