// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.wire.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.plimsoll.wire.AttemptOutcome;
import io.plimsoll.wire.ClockAnchor;
import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.Envelope;
import io.plimsoll.wire.EventKind;
import io.plimsoll.wire.EventNumber;
import io.plimsoll.wire.EventText;
import io.plimsoll.wire.Metric;
import io.plimsoll.wire.MetricKey;
import io.plimsoll.wire.Role;
import io.plimsoll.wire.Sample;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Bytes from elsewhere: newer writers, broken ones and hostile ones. */
class EnvelopeDecoderTest {
  private static final int SAMPLES = 10;
  private static final int ATTEMPTS = 11;
  private static final int EVENTS = 12;
  private static final int SAMPLE_TABLE = 13;
  private static final int ATTEMPT_TABLE = 14;

  @Test
  void anotherSchemaVersionIsRefusedByName() {
    RawMessage newer = new RawMessage().varint(1, 3).announce(2, 1 << 30);

    assertRefused(newer, WireException.Code.UNKNOWN_VERSION)
        .isEqualTo(
            "the envelope has schema version 3, this reader knows 1 to 2: upgrade the reader");
  }

  @Test
  void theVersionDecidesBeforeThePayloadWhereverItStands() {
    RawMessage newer =
        new RawMessage().bytes(SAMPLES, new byte[] {(byte) 0xff}).varint(1, 0xffff_ffffL);

    assertRefused(newer, WireException.Code.UNKNOWN_VERSION)
        .contains("schema version 4294967295, this reader knows 1 to 2");
  }

  @Test
  void aTableCannotBecomeManyTimesItsOwnSize() {
    String graph = "g".repeat(100_000);
    RawMessage longIds =
        new RawMessage()
            .packedZigzag(6, new long[200])
            .packed(22, 2)
            .bytes(19, graph.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    RawMessage manyAttempts = new RawMessage().packedZigzag(6, new long[100_000]);
    RawMessage manySamples = new RawMessage().packedZigzag(1, new long[100_000]);

    assertRefused(table(ATTEMPT_TABLE, longIds), WireException.Code.MALFORMED)
        .contains("longer than 512 characters");
    assertRefused(table(ATTEMPT_TABLE, manyAttempts), WireException.Code.MALFORMED)
        .contains("100000 attempts in one envelope, at most 65536");
    assertRefused(table(SAMPLE_TABLE, manySamples), WireException.Code.MALFORMED)
        .contains("100000 samples in one envelope, at most 65536");
  }

  private static RawMessage table(int field, RawMessage rows) {
    return new RawMessage()
        .varint(1, 2)
        .message(2, new RawMessage().bytes(1, new byte[16]))
        .varint(3, field == SAMPLE_TABLE ? 1 : 2)
        .message(5, new RawMessage().varint(1, 7))
        .message(6, new RawMessage().varint(4, 3))
        .message(field, rows);
  }

  @Test
  void fieldsOfANewerWriterAreSkipped() throws WireException {
    RawMessage identity =
        new RawMessage().bytes(1, new byte[16]).varint(6, 77).text(99, "new").fixed32(98, 1);
    RawMessage envelope =
        new RawMessage()
            .varint(1, 1)
            .message(2, identity)
            .varint(3, 1)
            .message(5, new RawMessage().varint(1, 7).fixed64(9, 1))
            .message(6, new RawMessage().varint(4, 3).varint(77, 1))
            .message(SAMPLES, new RawMessage().packedZigzag(1, 5).text(3, "new"))
            .fixed64(50, 1)
            .fixed32(51, 1)
            .text(52, "new")
            .varint(53, -1);

    Envelope decoded = EnvelopeDecoder.decode(envelope.toBytes());

    assertThat(decoded.samples()).containsExactly(Sample.of(5, Map.of()));
    assertThat(decoded.identity().process()).isEqualTo(new UUID(0, 0));
    assertThat(decoded.identity().role()).isEqualTo(Role.OTHER);
    assertThat(decoded.anchor()).isEqualTo(ClockAnchor.of(7, 0));
    assertThat(decoded.loss().sendFailures()).isEqualTo(3);
  }

  @Test
  void metricsOfANewerWriterAreSkipped() throws WireException {
    RawMessage batch =
        new RawMessage()
            .message(2, new RawMessage().varint(1, 60_000).packedZigzag(4, 1, 2, 3, 4, 5))
            .message(
                2,
                new RawMessage().varint(1, Metric.RSS.id()).packed(3, 1).packedZigzag(4, 100, -1))
            .packedZigzag(1, 1000, 1000, 1000);

    assertThat(EnvelopeDecoder.decode(envelope(1, SAMPLES, batch)).samples())
        .containsExactly(
            Sample.of(1000, Map.of(MetricKey.of(Metric.RSS), 100L)),
            Sample.of(2000, Map.of()),
            Sample.of(3000, Map.of(MetricKey.of(Metric.RSS), 99L)));
  }

  @Test
  void eventsAndFieldsOfANewerWriterAreSkippedAndTimeGoesOn() throws WireException {
    RawMessage batch =
        new RawMessage()
            .message(1, new RawMessage().varint(1, 5).zigzag(2, 1000))
            .message(1, new RawMessage().varint(1, 777).zigzag(2, 50).packed(3, 1).zigzag(4, 1))
            .message(
                1,
                new RawMessage()
                    .varint(1, 5)
                    .zigzag(2, 1)
                    .packed(3, 9999, EventNumber.JOB_ID.id())
                    .zigzag(4, 1)
                    .zigzag(4, 2)
                    .message(5, new RawMessage().varint(1, 888).text(2, "?"))
                    .message(5, new RawMessage().varint(1, EventText.REASON.id()).text(2, "!"))
                    .message(6, new RawMessage().text(2, "v").text(1, "k"))
                    .text(7, "new"));

    assertThat(EnvelopeDecoder.decode(envelope(3, EVENTS, batch)).events())
        .containsExactly(
            EngineEvent.builder(EventKind.JOB_ENDED, 1000).build(),
            EngineEvent.builder(EventKind.JOB_ENDED, 1051)
                .put(EventNumber.JOB_ID, 2)
                .put(EventText.REASON, "!")
                .property("k", "v")
                .build());
  }

  @Test
  void anOutcomeOfANewerWriterIsUnknown() throws WireException {
    assertThat(EnvelopeDecoder.decode(envelope(2, ATTEMPTS, attempts(0xffff_ffffL))).attempts())
        .singleElement()
        .satisfies(
            attempt -> {
              assertThat(attempt.outcome()).isEqualTo(AttemptOutcome.UNKNOWN);
              assertThat(attempt.stageId()).isEqualTo(2);
              assertThat(attempt.allocatedBytes()).isEqualTo(9);
            });
  }

  @Test
  void columnsMustFitTheirBatch() {
    RawMessage column = new RawMessage().varint(1, Metric.RSS.id());
    assertMalformed(
        envelope(1, SAMPLES, new RawMessage().packedZigzag(1, 1, 1).message(2, column)),
        "Column: process.memory.rss tells 0 values and 0 absent rows of 2");
    RawMessage beyond =
        new RawMessage().varint(1, Metric.RSS.id()).packed(3, 0xffff_ffffL).packedZigzag(4, 1);
    assertMalformed(
        envelope(1, SAMPLES, new RawMessage().packedZigzag(1, 1, 1).message(2, beyond)),
        "Column: process.memory.rss has an absent row beyond the last row");
    RawMessage whole = new RawMessage().varint(1, Metric.RSS.id()).packedZigzag(4, 1);
    assertMalformed(
        envelope(
            1, SAMPLES, new RawMessage().packedZigzag(1, 1).message(2, whole).message(2, whole)),
        "Column: process.memory.rss comes twice");
    assertMalformed(
        envelope(2, ATTEMPTS, attempts(1).packedZigzag(7, 1)),
        "AttemptBatch: field 7 tells 2 of 1 attempts");
    assertMalformed(
        envelope(2, ATTEMPTS, attempts(1, 1L << 40)),
        "AttemptBatch: field 2 of attempt 0 is 1099511627776");
    assertMalformed(
        envelope(3, EVENTS, new RawMessage().message(1, new RawMessage().packed(3, 1))),
        "Event: 1 number ids for 0 values");
  }

  @Test
  void metricsOfANewerWriterAreSkippedInTables() throws WireException {
    RawMessage table =
        new RawMessage()
            .packedZigzag(1, 1000, 1000)
            .packed(2, Metric.RSS.id(), 60_000 - Metric.RSS.id())
            .packed(3, 0, 2)
            .text(4, "new")
            .bytes(5, new byte[] {0b1110})
            .packedZigzag(6, 100, 7, 8)
            .text(9, "new");

    assertThat(EnvelopeDecoder.decode(envelope(1, SAMPLE_TABLE, table)).samples())
        .containsExactly(
            Sample.of(1000, Map.of()), Sample.of(2000, Map.of(MetricKey.of(Metric.RSS), 100L)));
  }

  @Test
  void tablesMustFitTheirRows() {
    int rss = Metric.RSS.id();
    assertMalformed(
        envelope(1, SAMPLE_TABLE, new RawMessage().packedZigzag(1, 1).packed(2, rss)),
        "SampleTable: 0 names for 1 columns");
    assertMalformed(
        envelope(1, SAMPLE_TABLE, column(rss).packedZigzag(6, 1)),
        "SampleTable: 0 bytes tell which of 1 values are there");
    assertMalformed(
        envelope(1, SAMPLE_TABLE, column(rss).bytes(5, new byte[] {1})),
        "SampleTable: only 0 values");
    assertMalformed(
        envelope(1, SAMPLE_TABLE, column(rss).bytes(5, new byte[] {0}).packedZigzag(6, 1)),
        "SampleTable: 1 values where 0 are there");
    assertMalformed(
        envelope(1, SAMPLE_TABLE, column(rss, 0).bytes(5, new byte[] {3}).packedZigzag(6, 1, 1)),
        "SampleTable: process.memory.rss comes twice");
    for (long number : new long[] {2, 1999, 0xffff_fffeL}) {
      RawMessage named = new RawMessage().packedZigzag(1, 1).packed(2, rss).packed(3, number);
      assertMalformed(
          envelope(1, SAMPLE_TABLE, named.bytes(5, new byte[] {0})),
          "SampleTable: no name has the number " + number);
    }
    assertMalformed(
        envelope(2, ATTEMPT_TABLE, new RawMessage().packedZigzag(6, 1, 2, 3).packedZigzag(7, 1, 2)),
        "AttemptTable: field 7 tells 2 of 3 attempts");
    assertMalformed(
        envelope(2, ATTEMPT_TABLE, new RawMessage().packedZigzag(7, 1)),
        "AttemptTable: field 7 tells 1 of 0 attempts");
    assertMalformed(
        envelope(2, ATTEMPT_TABLE, new RawMessage().packedZigzag(6, 1).packed(15, 1)),
        "AttemptTable: field 15 of attempt 0 is text 1");
  }

  /** A table of one row with columns of no name. */
  private static RawMessage column(long... metricSteps) {
    return new RawMessage()
        .packedZigzag(1, 1)
        .packed(2, metricSteps)
        .packed(3, new long[metricSteps.length]);
  }

  @Test
  void whatIsMissingIsNamed() {
    assertMalformed(new byte[0], "Envelope: no schema version");
    RawMessage envelope = new RawMessage().varint(1, 1);
    assertMalformed(envelope.toBytes(), "Envelope: no ProcessIdentity");
    envelope.message(2, new RawMessage());
    assertMalformed(envelope.toBytes(), "ProcessIdentity: no process uuid");
    envelope.message(2, new RawMessage().bytes(1, new byte[3]));
    assertMalformed(envelope.toBytes(), "ProcessIdentity: the process uuid has 3 bytes, not 16");
    envelope.message(2, new RawMessage().bytes(1, new byte[16]));
    assertMalformed(envelope.toBytes(), "Envelope: stream 0 is unknown");
    envelope.varint(3, 3);
    assertMalformed(envelope.toBytes(), "Envelope: the stream is EVENTS and the payload absent");
    envelope.message(SAMPLES, new RawMessage());
    assertMalformed(
        envelope.toBytes(), "Envelope: the stream is EVENTS and the payload SampleBatch");
    envelope.message(EVENTS, new RawMessage());
    assertMalformed(envelope.toBytes(), "Envelope: no ClockAnchor");
    envelope.message(5, new RawMessage());
    assertMalformed(envelope.toBytes(), "Envelope: no LossCounters");
  }

  @Test
  void wrongWireTypesAndGroupsAreNamed() {
    assertMalformed(
        new RawMessage().fixed32(1, 1).toBytes(), "Envelope: field 1 has wire type 5, not 0");
    assertMalformed(new RawMessage().tag(40, 3).toBytes(), "Envelope: field 40 has wire type 3");
    assertMalformed(new RawMessage().tag(40, 4).toBytes(), "Envelope: field 40 has wire type 4");
  }

  @Test
  void brokenTextIsRefused() {
    RawMessage event =
        new RawMessage()
            .varint(1, 5)
            .message(5, new RawMessage().bytes(2, new byte[] {(byte) 0xc3}));

    assertThatThrownBy(
            () -> EnvelopeDecoder.decode(envelope(3, EVENTS, new RawMessage().message(1, event))))
        .isInstanceOf(WireException.class)
        .hasMessageStartingWith("Envelope: in EventBatch: ")
        .hasMessageContaining("UTF-8");
  }

  @Test
  void announcedLengthsAllocateNothing() {
    long huge = Integer.MAX_VALUE;
    RawMessage column = new RawMessage().varint(1, 10);
    RawMessage rows = new RawMessage().packedZigzag(1, 1);
    List<byte[]> hostile =
        List.of(
            new RawMessage().varint(1, 1).announce(2, huge).toBytes(),
            new RawMessage().varint(1, 1).announce(2, -1).toBytes(),
            new RawMessage().announce(70, huge).toBytes(),
            envelope(1, SAMPLES, new RawMessage().announce(1, huge)),
            envelope(1, SAMPLES, new RawMessage().announce(2, huge)),
            envelope(1, SAMPLES, rows.message(2, column.announce(2, huge))),
            envelope(1, SAMPLES, new RawMessage().message(2, new RawMessage().announce(4, huge))),
            envelope(1, SAMPLES, new RawMessage().message(2, new RawMessage().announce(3, -5))),
            envelope(2, ATTEMPTS, new RawMessage().announce(6, huge)),
            envelope(2, ATTEMPTS, new RawMessage().announce(10, huge)),
            envelope(1, SAMPLE_TABLE, new RawMessage().announce(1, huge)),
            envelope(1, SAMPLE_TABLE, new RawMessage().announce(4, huge)),
            envelope(1, SAMPLE_TABLE, new RawMessage().announce(5, huge)),
            envelope(2, ATTEMPT_TABLE, new RawMessage().announce(6, huge)),
            envelope(2, ATTEMPT_TABLE, new RawMessage().announce(21, huge)),
            envelope(3, EVENTS, new RawMessage().announce(1, huge)),
            envelope(3, EVENTS, new RawMessage().message(1, new RawMessage().announce(4, huge))));
    ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (byte[] bytes : hostile) {
      assertMalformed(bytes, "");
      long before = thread.getCurrentThreadAllocatedBytes();
      boolean refused = refuses(bytes);
      long allocated = thread.getCurrentThreadAllocatedBytes() - before;

      assertThat(refused).isTrue();
      assertThat(allocated).isLessThan(100_000);
    }
  }

  @Test
  void mutatedBytesAreAnEnvelopeOrAWireException() {
    Random random = new Random(20251123);
    List<byte[]> seeds =
        WireFixtures.expected().keySet().stream().map(WireFixtures::bytes).toList();
    int refused = 0;
    for (int i = 0; i < 3000; i++) {
      byte[] bytes = mutate(seeds.get(random.nextInt(seeds.size())), random);
      refused += refuses(bytes) ? 1 : 0;
    }

    assertThat(refused).isBetween(1000, 2999);
  }

  private static byte[] mutate(byte[] seed, Random random) {
    byte[] bytes = seed.clone();
    switch (random.nextInt(4)) {
      case 0 -> {
        for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
          bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
      }
      case 1 -> bytes = java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length));
      case 2 -> bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      default -> {
        bytes = new byte[random.nextInt(200)];
        random.nextBytes(bytes);
      }
    }
    return bytes;
  }

  /** Whether decoding ends in a WireException; one that hides a bug of ours fails the test. */
  private static boolean refuses(byte[] bytes) {
    try {
      EnvelopeDecoder.decode(bytes);
      return false;
    } catch (WireException e) {
      assertThat(e.getCause() instanceof RuntimeException).as("%s", e).isFalse();
      return true;
    }
  }

  private static byte[] envelope(int stream, int payloadField, RawMessage payload) {
    return new RawMessage()
        .varint(1, 1)
        .message(2, new RawMessage().bytes(1, new byte[16]))
        .varint(3, stream)
        .message(5, new RawMessage())
        .message(6, new RawMessage())
        .message(payloadField, payload)
        .toBytes();
  }

  private static RawMessage attempts(long outcome) {
    return attempts(outcome, 2);
  }

  private static RawMessage attempts(long outcome, long stageId) {
    RawMessage batch = new RawMessage().packedZigzag(1, 1).packedZigzag(2, stageId);
    for (int field = 3; field < 10; field++) {
      batch.packedZigzag(field, field);
    }
    return batch.packed(10, outcome);
  }

  private static void assertMalformed(byte[] bytes, String messageStart) {
    assertThatThrownBy(() -> EnvelopeDecoder.decode(bytes))
        .isInstanceOfSatisfying(
            WireException.class,
            e -> {
              assertThat(e.code()).isEqualTo(WireException.Code.MALFORMED);
              assertThat(e.getCause() instanceof RuntimeException).as("%s", e).isFalse();
            })
        .hasMessageStartingWith(messageStart);
  }

  private static org.assertj.core.api.AbstractStringAssert<?> assertRefused(
      RawMessage message, WireException.Code code) {
    Throwable thrown =
        org.assertj.core.api.Assertions.catchThrowable(
            () -> EnvelopeDecoder.decode(message.toBytes()));
    assertThat(thrown)
        .isInstanceOfSatisfying(WireException.class, e -> assertThat(e.code()).isEqualTo(code));
    return assertThat(thrown.getMessage());
  }
}
