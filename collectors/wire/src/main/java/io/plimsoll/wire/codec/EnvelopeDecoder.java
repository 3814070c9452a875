// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.wire.codec;

import io.plimsoll.wire.ClockAnchor;
import io.plimsoll.wire.Envelope;
import io.plimsoll.wire.LossCounters;
import io.plimsoll.wire.ProcessIdentity;
import io.plimsoll.wire.Stream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Bytes to envelopes, after {@code plimsoll_v1.proto}. The bytes need not be trusted. What a newer
 * writer of the same schema version added is skipped. Any thread may call.
 */
public final class EnvelopeDecoder {
  /** The largest envelope that is written or read: 4 MiB. */
  public static final int MAX_BYTES = 4 << 20;

  private @Nullable MessageReader identity;
  private @Nullable MessageReader anchor;
  private @Nullable MessageReader loss;
  private @Nullable MessageReader payload;
  private String reading = "Envelope";
  private int schemaVersion;
  private int payloadField;
  private int stream;
  private long sequence;

  private EnvelopeDecoder() {}

  /**
   * The envelope in these bytes.
   *
   * @throws WireException when they are none, or one of another schema version; nothing else is
   *     thrown
   */
  public static Envelope decode(byte[] bytes) throws WireException {
    if (bytes.length > MAX_BYTES) {
      throw malformed(bytes.length + " bytes, more than " + MAX_BYTES, null);
    }
    EnvelopeDecoder decoder = new EnvelopeDecoder();
    try {
      decoder.read(MessageReader.of(bytes, "Envelope"));
      return decoder.envelope();
    } catch (IOException e) {
      throw malformed("in " + decoder.reading + ": " + e.getMessage(), e);
    } catch (RuntimeException e) {
      throw malformed("in " + decoder.reading + ": " + e, e);
    }
  }

  /** Parts are only found here and read after the whole: the version decides first. */
  private void read(MessageReader in) throws IOException, WireException {
    while (in.next()) {
      switch (in.field()) {
        case EnvelopeFields.SCHEMA_VERSION:
          schemaVersion = in.uint32();
          requireKnownVersion();
          break;
        case EnvelopeFields.IDENTITY:
          identity = in.message("ProcessIdentity");
          break;
        case EnvelopeFields.STREAM:
          stream = in.uint32();
          break;
        case EnvelopeFields.SEQUENCE:
          sequence = in.uint64();
          break;
        case EnvelopeFields.ANCHOR:
          anchor = in.message("ClockAnchor");
          break;
        case EnvelopeFields.LOSS:
          loss = in.message("LossCounters");
          break;
        case EnvelopeFields.SAMPLES:
        case EnvelopeFields.ATTEMPTS:
        case EnvelopeFields.EVENTS:
        case EnvelopeFields.SAMPLE_TABLE:
        case EnvelopeFields.ATTEMPT_TABLE:
          payloadField = in.field();
          payload = in.message(payloadName());
          break;
        default:
          in.skip();
      }
    }
    if (schemaVersion == 0) {
      throw malformed("no schema version", null);
    }
  }

  private void requireKnownVersion() throws WireException {
    if (schemaVersion < 0 || schemaVersion > Envelope.SCHEMA_VERSION) {
      throw new WireException(
          WireException.Code.UNKNOWN_VERSION,
          "the envelope has schema version "
              + Integer.toUnsignedString(schemaVersion)
              + ", this reader knows 1 to "
              + Envelope.SCHEMA_VERSION
              + ": upgrade the reader");
    }
  }

  private Envelope envelope() throws IOException, WireException {
    Envelope.Header header =
        Envelope.header(readIdentity(), readStream(), sequence, readAnchor(), readLoss());
    switch (payloadField) {
      case EnvelopeFields.SAMPLES:
        return header.samples(SampleCodec.read(payload()));
      case EnvelopeFields.ATTEMPTS:
        return header.attempts(AttemptCodec.readBatch(payload()));
      case EnvelopeFields.SAMPLE_TABLE:
        return header.samples(SampleTableCodec.read(payload()));
      case EnvelopeFields.ATTEMPT_TABLE:
        return header.attempts(AttemptCodec.readTable(payload()));
      default:
        return header.events(EventCodec.read(payload()));
    }
  }

  private MessageReader payload() throws WireException {
    return required(payload, payloadName());
  }

  private ProcessIdentity readIdentity() throws IOException, WireException {
    return IdentityCodec.read(required(identity, "ProcessIdentity"));
  }

  private Stream readStream() throws WireException {
    Stream named;
    int expectedField;
    int orTable = 0;
    switch (stream) {
      case EnvelopeFields.STREAM_SAMPLES:
        named = Stream.SAMPLES;
        expectedField = EnvelopeFields.SAMPLES;
        orTable = EnvelopeFields.SAMPLE_TABLE;
        break;
      case EnvelopeFields.STREAM_ATTEMPTS:
        named = Stream.ATTEMPTS;
        expectedField = EnvelopeFields.ATTEMPTS;
        orTable = EnvelopeFields.ATTEMPT_TABLE;
        break;
      case EnvelopeFields.STREAM_EVENTS:
        named = Stream.EVENTS;
        expectedField = EnvelopeFields.EVENTS;
        break;
      default:
        throw malformed("stream " + Integer.toUnsignedString(stream) + " is unknown", null);
    }
    if (payloadField != expectedField && (payloadField != orTable || orTable == 0)) {
      throw malformed(
          "the stream is "
              + named
              + " and the payload "
              + (payload == null ? "absent" : payloadName()),
          null);
    }
    return named;
  }

  private ClockAnchor readAnchor() throws IOException, WireException {
    MessageReader in = required(anchor, "ClockAnchor");
    long epochMillis = 0;
    long monotonicNanos = 0;
    while (in.next()) {
      switch (in.field()) {
        case EnvelopeFields.ANCHOR_EPOCH_MILLIS:
          epochMillis = in.uint64();
          break;
        case EnvelopeFields.ANCHOR_MONOTONIC_NANOS:
          monotonicNanos = in.uint64();
          break;
        default:
          in.skip();
      }
    }
    return ClockAnchor.of(epochMillis, monotonicNanos);
  }

  private LossCounters readLoss() throws IOException, WireException {
    MessageReader in = required(loss, "LossCounters");
    long samples = 0;
    long attempts = 0;
    long events = 0;
    long sendFailures = 0;
    long merged = 0;
    long folded = 0;
    while (in.next()) {
      switch (in.field()) {
        case EnvelopeFields.LOSS_SAMPLES:
          samples = in.uint64();
          break;
        case EnvelopeFields.LOSS_ATTEMPTS:
          attempts = in.uint64();
          break;
        case EnvelopeFields.LOSS_EVENTS:
          events = in.uint64();
          break;
        case EnvelopeFields.LOSS_SEND_FAILURES:
          sendFailures = in.uint64();
          break;
        case EnvelopeFields.LOSS_MERGED_SAMPLES:
          merged = in.uint64();
          break;
        case EnvelopeFields.LOSS_FOLDED_ATTEMPTS:
          folded = in.uint64();
          break;
        default:
          in.skip();
      }
    }
    return LossCounters.of(samples, attempts, events, sendFailures).withCoarsened(merged, folded);
  }

  private String payloadName() {
    switch (payloadField) {
      case EnvelopeFields.SAMPLES:
        return "SampleBatch";
      case EnvelopeFields.ATTEMPTS:
        return "AttemptBatch";
      case EnvelopeFields.SAMPLE_TABLE:
        return "SampleTable";
      case EnvelopeFields.ATTEMPT_TABLE:
        return "AttemptTable";
      default:
        return "EventBatch";
    }
  }

  private MessageReader required(@Nullable MessageReader part, String name) throws WireException {
    if (part == null) {
      throw malformed("no " + name, null);
    }
    reading = name;
    return part;
  }

  private static WireException malformed(String what, @Nullable Throwable cause) {
    String message = "Envelope: " + what;
    return cause == null
        ? new WireException(WireException.Code.MALFORMED, message)
        : new WireException(WireException.Code.MALFORMED, message, cause);
  }
}
