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

  @Test
  void aRecordingGoesOnWhereItWasLeft() throws Exception {
    Path file = folder.resolve("deep/below/a.rec");
    for (int i = 0; i < 2; i++) {
      FileSink sink = new FileSink(file.toFile(), loss);
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
    FileSink sink = new FileSink(file.toFile(), 2L * size + 20, loss);
    for (int i = 0; i < 5; i++) {
      accept(sink, i);
    }
    sink.finish(100);
    assertThat(sequences(folder.resolve("a.rec.1"))).containsExactly(2L, 3L);
    assertThat(sequences(file)).containsExactly(4L);
  }

  @Test
  void whatCannotBeWrittenIsCounted() throws Exception {
    Path plain = Files.createFile(folder.resolve("plain"));
    FileSink sink = new FileSink(plain.resolve("a.rec").toFile(), loss);
    accept(sink, 0);
    assertThat(sink.healthy()).isFalse();
    assertThat(loss.counters()).isEqualTo(LossCounters.of(0, 0, 1, 1));
  }

  private static void accept(FileSink sink, long sequence) {
    Envelope envelope = envelope(sequence);
    sink.accept(envelope, EnvelopeEncoder.encode(envelope));
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
