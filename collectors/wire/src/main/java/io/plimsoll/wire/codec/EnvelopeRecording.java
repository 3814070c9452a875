// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.wire.codec;

import io.plimsoll.wire.Envelope;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Envelopes in a file: the five letters {@code PLIM1}, then each envelope as a varint of its length
 * and its bytes. A file can be appended to, and read up to where its writer was cut off.
 */
public final class EnvelopeRecording {
  private static final byte[] MAGIC = "PLIM1".getBytes(StandardCharsets.US_ASCII);
  private static final int MAX_VARINT_BYTES = 5;
  private static final int CHUNK_BYTES = 8192;
  private static final int END = -1;
  private static final int CUT = -2;

  private EnvelopeRecording() {}

  /** Writes what stands once at a recording's beginning. */
  public static void start(OutputStream out) throws IOException {
    out.write(MAGIC);
  }

  /** Appends one envelope to a recording that was started. */
  public static void write(OutputStream out, Envelope envelope) throws IOException {
    write(out, EnvelopeEncoder.encode(envelope));
  }

  /** Appends one encoded envelope to a recording that was started. */
  public static void write(OutputStream out, byte[] bytes) throws IOException {
    int length = bytes.length;
    while (length > 0x7f) {
      out.write(length & 0x7f | 0x80);
      length >>>= 7;
    }
    out.write(length);
    out.write(bytes);
  }

  /**
   * Reads a recording to its end, each envelope as soon as it is whole. Reads in small pieces: give
   * a buffered stream. A record that the stream's end cuts off is told in the result; everything
   * before it was used.
   *
   * @throws WireException when it is not a recording, or a whole record in it cannot be read; the
   *     envelopes before it were used
   */
  public static Result read(InputStream in, Consumer<Envelope> use)
      throws IOException, WireException {
    return readDecoded(in, (bytes, envelope) -> use.accept(envelope));
  }

  /** Takes one envelope of a recording. */
  public interface Use {
    /** The bytes are those of the recording, what a newer writer added included. */
    void accept(byte[] bytes, Envelope envelope);
  }

  /** As {@link #read}, with each envelope's own bytes. */
  public static Result readDecoded(InputStream in, Use use) throws IOException, WireException {
    requireMagic(in);
    long envelopes = 0;
    while (true) {
      int length = length(in, envelopes);
      if (length == END) {
        return new Result(envelopes, 0, false);
      }
      if (length == CUT) {
        return new Result(envelopes, 0, true);
      }
      byte[] bytes = readUpTo(in, length);
      if (bytes.length < length) {
        return new Result(envelopes, bytes.length, true);
      }
      use.accept(bytes, decode(bytes, envelopes));
      envelopes++;
    }
  }

  private static void requireMagic(InputStream in) throws IOException, WireException {
    byte[] found = readUpTo(in, MAGIC.length);
    if (!Arrays.equals(found, MAGIC)) {
      throw new WireException(
          WireException.Code.MALFORMED, "not a recording: it does not begin with PLIM1");
    }
  }

  /** The next record's length, {@link #END} between records, {@link #CUT} within the length. */
  private static int length(InputStream in, long record) throws IOException, WireException {
    long length = 0;
    for (int i = 0; i < MAX_VARINT_BYTES; i++) {
      int next = in.read();
      if (next < 0) {
        return i == 0 ? END : CUT;
      }
      length |= (next & 0x7fL) << (7 * i);
      if (next <= 0x7f) {
        return checked(length, record);
      }
    }
    return checked(Long.MAX_VALUE, record);
  }

  private static int checked(long length, long record) throws WireException {
    if (length > EnvelopeDecoder.MAX_BYTES) {
      throw new WireException(
          WireException.Code.MALFORMED,
          "record " + record + " announces more than " + EnvelopeDecoder.MAX_BYTES + " bytes");
    }
    return (int) length;
  }

  private static Envelope decode(byte[] bytes, long record) throws WireException {
    try {
      return EnvelopeDecoder.decode(bytes);
    } catch (WireException e) {
      throw new WireException(e.code(), "record " + record + ": " + e.getMessage(), e);
    }
  }

  /** Up to {@code length} bytes; fewer only at the stream's end. */
  private static byte[] readUpTo(InputStream in, int length) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(Math.min(length, CHUNK_BYTES));
    byte[] chunk = new byte[Math.min(length, CHUNK_BYTES)];
    int left = length;
    while (left > 0) {
      int count = in.read(chunk, 0, Math.min(left, chunk.length));
      if (count < 0) {
        break;
      }
      bytes.write(chunk, 0, count);
      left -= count;
    }
    return bytes.toByteArray();
  }

  /** How the reading of a recording ended. */
  public static final class Result {
    private final long envelopes;
    private final long lostBytes;
    private final boolean truncated;

    private Result(long envelopes, long lostBytes, boolean truncated) {
      this.envelopes = envelopes;
      this.lostBytes = lostBytes;
      this.truncated = truncated;
    }

    /** Envelopes that were read and used. */
    public long envelopes() {
      return envelopes;
    }

    /** Whether the stream ended within a record. */
    public boolean truncated() {
      return truncated;
    }

    /** Bytes of the record that was cut off; 0 when none was, or only its length was. */
    public long lostBytes() {
      return lostBytes;
    }

    @Override
    public String toString() {
      return envelopes
          + " envelopes"
          + (truncated ? ", then a record cut off after " + lostBytes + " bytes" : "");
    }
  }
}
