// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.wire.codec;

import io.plimsoll.wire.ClockAnchor;
import io.plimsoll.wire.Envelope;
import io.plimsoll.wire.LossCounters;
import io.plimsoll.wire.Stream;

/**
 * Envelopes to bytes, after {@code plimsoll_v1.proto}. Equal envelopes give equal bytes. Any thread
 * may call.
 */
public final class EnvelopeEncoder {
  private EnvelopeEncoder() {}

  /**
   * The envelope's bytes, uncompressed.
   *
   * @throws IllegalArgumentException when they are more than {@link EnvelopeDecoder#MAX_BYTES}
   */
  public static byte[] encode(Envelope envelope) {
    byte[] bytes = write(envelope).toBytes();
    if (bytes.length > EnvelopeDecoder.MAX_BYTES) {
      throw new IllegalArgumentException(
          envelope
              + " takes "
              + bytes.length
              + " bytes, more than "
              + EnvelopeDecoder.MAX_BYTES
              + ": split the batch");
    }
    return bytes;
  }

  private static MessageWriter write(Envelope envelope) {
    MessageWriter out = new MessageWriter();
    // Events are as they were: readers of version 1 go on reading them.
    int version = envelope.stream() == Stream.EVENTS ? 1 : Envelope.SCHEMA_VERSION;
    out.uint32(EnvelopeFields.SCHEMA_VERSION, version);
    out.message(EnvelopeFields.IDENTITY, IdentityCodec.write(envelope.identity()));
    out.uint32(EnvelopeFields.STREAM, streamNumber(envelope));
    out.uint64(EnvelopeFields.SEQUENCE, envelope.sequence());
    out.message(EnvelopeFields.ANCHOR, anchor(envelope.anchor()));
    out.message(EnvelopeFields.LOSS, loss(envelope.loss()));
    switch (envelope.stream()) {
      case SAMPLES:
        out.message(EnvelopeFields.SAMPLE_TABLE, SampleTableCodec.write(envelope.samples()));
        break;
      case ATTEMPTS:
        out.message(EnvelopeFields.ATTEMPT_TABLE, AttemptCodec.write(envelope.attempts()));
        break;
      case EVENTS:
        out.message(EnvelopeFields.EVENTS, EventCodec.write(envelope.events()));
        break;
    }
    return out;
  }

  private static int streamNumber(Envelope envelope) {
    switch (envelope.stream()) {
      case SAMPLES:
        return EnvelopeFields.STREAM_SAMPLES;
      case ATTEMPTS:
        return EnvelopeFields.STREAM_ATTEMPTS;
      case EVENTS:
        return EnvelopeFields.STREAM_EVENTS;
    }
    throw new IllegalArgumentException("the schema has no number for " + envelope.stream());
  }

  private static MessageWriter anchor(ClockAnchor anchor) {
    MessageWriter out = new MessageWriter();
    out.uint64(EnvelopeFields.ANCHOR_EPOCH_MILLIS, anchor.epochMillis());
    out.uint64(EnvelopeFields.ANCHOR_MONOTONIC_NANOS, anchor.monotonicNanos());
    return out;
  }

  private static MessageWriter loss(LossCounters loss) {
    MessageWriter out = new MessageWriter();
    out.uint64(EnvelopeFields.LOSS_SAMPLES, loss.samples());
    out.uint64(EnvelopeFields.LOSS_ATTEMPTS, loss.attempts());
    out.uint64(EnvelopeFields.LOSS_EVENTS, loss.events());
    out.uint64(EnvelopeFields.LOSS_SEND_FAILURES, loss.sendFailures());
    out.uint64(EnvelopeFields.LOSS_MERGED_SAMPLES, loss.mergedSamples());
    out.uint64(EnvelopeFields.LOSS_FOLDED_ATTEMPTS, loss.foldedAttempts());
    return out;
  }
}
