// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.emit;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.wire.ClockAnchor;
import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.Envelope;
import io.plimsoll.wire.EventKind;
import io.plimsoll.wire.LossCounters;
import io.plimsoll.wire.ProcessIdentity;
import io.plimsoll.wire.Stream;
import io.plimsoll.wire.codec.EnvelopeEncoder;
import io.plimsoll.wire.codec.EnvelopeRecording;
import java.io.BufferedInputStream;
import java.io.File;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSinkIT {
  @TempDir Path folder;

  private final Loss loss = new Loss();
  private final List<String> said = new ArrayList<>();

  @Test
  void aRecordingGoesOnWhereItWasLeft() throws Exception {
    Path file = folder.resolve("deep/below/a.rec");
    for (int i = 0; i < 2; i++) {
      FileSink sink = new FileSink(file.toFile(), 1 << 20, 2, loss, said::add);
      accept(sink, i);
      sink.finish(100);
      assertThat(sink.healthy()).isTrue();
    }
    assertThat(sequences(file)).containsExactly(0L, 1L);
  }

  @Test
  void aFullRecordingIsMovedAside() throws Exception {
    Path file = folder.resolve("a.rec");
    int size = EnvelopeEncoder.encode(envelope(0)).length;
    FileSink sink = new FileSink(file.toFile(), 2L * size + 12, 2, loss, said::add);
    for (int i = 0; i < 5; i++) {
      accept(sink, i);
    }
    sink.finish(100);
    assertThat(sequences(folder.resolve("a.rec.1"))).containsExactly(2L, 3L);
    assertThat(sequences(file)).containsExactly(4L);
  }

  @Test
  void onlyAsManyFilesAsAskedForAreKept() throws Exception {
    Path file = folder.resolve("a.rec");
    int size = EnvelopeEncoder.encode(envelope(0)).length;
    FileSink sink = new FileSink(file.toFile(), size + 12L, 3, loss, said::add);
    for (int i = 0; i < 20; i++) {
      accept(sink, i);
    }
    sink.finish(100);
    assertThat(folder.toFile().list()).containsExactlyInAnyOrder("a.rec", "a.rec.1", "a.rec.2");
    assertThat(sequences(folder.resolve("a.rec.2"))).containsExactly(17L);
    assertThat(sequences(folder.resolve("a.rec.1"))).containsExactly(18L);
    assertThat(sequences(file)).containsExactly(19L);
    for (String name : List.of("a.rec", "a.rec.1", "a.rec.2")) {
      assertThat(Files.size(folder.resolve(name))).isLessThanOrEqualTo(size + 12L);
    }
    assertThat(loss.counters()).isEqualTo(LossCounters.NONE);
  }

  @Test
  void aFullDiskIsCountedAndRecoveredFrom() throws Exception {
    FileSink full = new FileSink(new File("/dev/full"), 1 << 20, 2, loss, said::add);
    accept(full, 0);
    accept(full, 1);
    assertThat(full.healthy()).isFalse();
    assertThat(loss.counters()).isEqualTo(LossCounters.of(0, 0, 2, 2));
    assertThat(said).isNotEmpty().allMatch(line -> line.startsWith("file=/dev/full cannot"));
  }

  @Test
  void aFolderThatComesBackIsUsedAgain() throws Exception {
    Path place = Files.createFile(folder.resolve("place"));
    FileSink sink = new FileSink(place.resolve("a.rec").toFile(), 1 << 20, 2, loss, said::add);
    accept(sink, 0);
    assertThat(sink.healthy()).isFalse();
    Files.delete(place);
    accept(sink, 1);
    assertThat(sink.healthy()).isTrue();
    assertThat(sequences(place.resolve("a.rec"))).containsExactly(1L);
    assertThat(loss.counters()).isEqualTo(LossCounters.of(0, 0, 1, 1));
  }

  @Test
  void whatCannotBeWrittenIsCounted() throws Exception {
    Path plain = Files.createFile(folder.resolve("plain"));
    FileSink sink = new FileSink(plain.resolve("a.rec").toFile(), 1 << 20, 2, loss, said::add);
    accept(sink, 0);
    assertThat(sink.healthy()).isFalse();
    assertThat(loss.counters()).isEqualTo(LossCounters.of(0, 0, 1, 1));
  }

  private static void accept(FileSink sink, long sequence) {
    Envelope envelope = envelope(sequence);
    sink.accept(Packet.of(envelope, EnvelopeEncoder.encode(envelope)));
  }

  private static Envelope envelope(long sequence) {
    return Envelope.header(
            ProcessIdentity.builder(new UUID(1, 2)).build(),
            Stream.EVENTS,
            sequence,
            ClockAnchor.of(1, 1),
            LossCounters.NONE)
        .events(List.of(EngineEvent.builder(EventKind.JVM_STARTED, 1).build()));
  }

  private static List<Long> sequences(Path file) throws Exception {
    List<Long> sequences = new ArrayList<>();
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      EnvelopeRecording.read(in, e -> sequences.add(e.sequence()));
    }
    return sequences;
  }
}
