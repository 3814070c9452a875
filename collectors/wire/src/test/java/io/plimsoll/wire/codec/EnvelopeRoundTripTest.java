// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.wire.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.wire.AttemptOutcome;
import io.plimsoll.wire.AttemptRecord;
import io.plimsoll.wire.ClockAnchor;
import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.Envelope;
import io.plimsoll.wire.EventKind;
import io.plimsoll.wire.LossCounters;
import io.plimsoll.wire.ProcessIdentity;
import io.plimsoll.wire.Sample;
import io.plimsoll.wire.Stream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class EnvelopeRoundTripTest {
  @Provide
  Arbitrary<Envelope> envelopes() {
    return RandomEnvelopes.any();
  }

  @Property
  void whatIsEncodedIsDecoded(@ForAll("envelopes") Envelope envelope) throws WireException {
    assertThat(EnvelopeDecoder.decode(EnvelopeEncoder.encode(envelope))).isEqualTo(envelope);
  }

  @Property(tries = 100)
  void equalEnvelopesGiveEqualBytes(@ForAll("envelopes") Envelope envelope) throws WireException {
    byte[] bytes = EnvelopeEncoder.encode(envelope);

    assertThat(EnvelopeEncoder.encode(envelope)).isEqualTo(bytes);
    assertThat(EnvelopeEncoder.encode(EnvelopeDecoder.decode(bytes))).isEqualTo(bytes);
  }

  @Property(tries = 50)
  void aChangedSequenceChangesTheBytes(@ForAll("envelopes") Envelope envelope) {
    Envelope.Header header =
        Envelope.header(
            envelope.identity(),
            envelope.stream(),
            envelope.sequence() + 1,
            envelope.anchor(),
            envelope.loss());
    Envelope next =
        switch (envelope.stream()) {
          case SAMPLES -> header.samples(envelope.samples());
          case ATTEMPTS -> header.attempts(envelope.attempts());
          case EVENTS -> header.events(envelope.events());
        };

    assertThat(EnvelopeEncoder.encode(next)).isNotEqualTo(EnvelopeEncoder.encode(envelope));
  }

  @Test
  void anAttemptTakesAtMostSixtyBytes() throws IOException {
    Random random = new Random(7);
    List<AttemptRecord> attempts = new ArrayList<>();
    for (int task = 0; task < 1000; task++) {
      long wall = 5_000_000_000L + random.nextInt(1_000_000_000);
      attempts.add(
          AttemptRecord.builder(task)
              .stage(task / 200, 0)
              .partition(task % 200, 0)
              .startEpochMillis(1_700_000_000_000L + task * 13L + random.nextInt(50))
              .wallNanos(wall)
              .cpuNanos(wall - random.nextInt(1_000_000_000))
              .allocatedBytes(random.nextInt())
              .outcome(AttemptOutcome.SUCCEEDED)
              .build());
    }
    byte[] bytes = EnvelopeEncoder.encode(header(Stream.ATTEMPTS).attempts(attempts));

    assertThat(bytes.length / 1000).isLessThanOrEqualTo(40);
    assertThat(gzip(bytes).length / 1000).isLessThanOrEqualTo(30);
  }

  @Test
  void halfASurrogatePairIsReadAsAQuestionMark() throws WireException {
    Envelope envelope =
        Envelope.header(
                ProcessIdentity.builder(new UUID(1, 2)).cluster("a\ud83cb").build(),
                Stream.EVENTS,
                0,
                ClockAnchor.of(0, 0),
                LossCounters.NONE)
            .events(List.of());

    assertThat(EnvelopeDecoder.decode(EnvelopeEncoder.encode(envelope)).identity().cluster())
        .isEqualTo("a?b");
  }

  @Test
  void rowsWithoutValuesStayRowsWithoutValues() throws WireException {
    Envelope envelope =
        header(Stream.SAMPLES)
            .samples(List.of(Sample.of(5, new TreeMap<>()), Sample.of(6, new TreeMap<>())));

    assertThat(EnvelopeDecoder.decode(EnvelopeEncoder.encode(envelope))).isEqualTo(envelope);
  }

  @Test
  void anEnvelopeBeyondTheLargestIsRefusedOnBothSides() {
    String half = "x".repeat(EnvelopeDecoder.MAX_BYTES / 2);
    Envelope envelope =
        header(Stream.EVENTS)
            .events(
                List.of(
                    EngineEvent.builder(EventKind.ENVIRONMENT, 0)
                        .property("a", half)
                        .property("b", half)
                        .build()));

    assertThatThrownBy(() -> EnvelopeEncoder.encode(envelope))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("bytes, more than 4194304: split the batch");
    assertThatThrownBy(() -> EnvelopeDecoder.decode(new byte[EnvelopeDecoder.MAX_BYTES + 1]))
        .isInstanceOf(WireException.class)
        .hasMessage("Envelope: 4194305 bytes, more than 4194304");
  }

  private static Envelope.Header header(Stream stream) {
    return Envelope.header(
        ProcessIdentity.builder(new UUID(1, 2)).build(),
        stream,
        0,
        ClockAnchor.of(0, 0),
        LossCounters.NONE);
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
      out.write(bytes);
    }
    return zipped.toByteArray();
  }
}
