// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.server.api;

import io.javalin.http.Context;
import io.plimsoll.server.bus.BusException;
import io.plimsoll.server.bus.EnvelopeBus;
import io.plimsoll.server.bus.EnvelopeBus.Encoded;
import io.plimsoll.wire.codec.EnvelopeRecording;
import io.plimsoll.wire.codec.WireException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Takes recordings that agents post, all or nothing, and puts their envelopes onto the bus. */
final class Ingest {
  /** The media type of a recording; web pages of others cannot send it unasked. */
  static final String MEDIA_TYPE = "application/vnd.plimsoll.recording";

  private static final long LARGEST_SENT_BYTES = 8L << 20;
  private static final long LARGEST_UNPACKED_BYTES = 16L << 20;

  /** Few enough that the rest of the API keeps its threads while the bus makes every post wait. */
  private static final int MOST_AT_ONCE = 32;

  private final EnvelopeBus bus;
  private final Semaphore places = new Semaphore(MOST_AT_ONCE);

  Ingest(EnvelopeBus bus) {
    this.bus = Objects.requireNonNull(bus, "bus is null");
  }

  void take(Context context, Query query) {
    String type = Objects.requireNonNullElse(context.contentType(), "").split(";", 2)[0].strip();
    if (!type.equalsIgnoreCase(MEDIA_TYPE)) {
      throw new ApiException(
          ApiException.Code.UNSUPPORTED_MEDIA_TYPE,
          "the body is '" + JobNames.oneLine(type) + "': send Content-Type: " + MEDIA_TYPE);
    }
    if (!places.tryAcquire()) {
      throw later(context, MOST_AT_ONCE + " posts are being taken already: try again");
    }
    int accepted;
    try {
      List<Encoded> envelopes = read(context);
      bus.put(envelopes);
      accepted = envelopes.size();
    } catch (BusException unavailable) {
      throw later(context, Objects.requireNonNullElse(unavailable.getMessage(), "no reason"));
    } finally {
      places.release();
    }
    context
        .status(202)
        .contentType("application/json")
        .result(Json.compact(new Document().put("accepted", accepted).fields()));
  }

  private static ApiException later(Context context, String reason) {
    context.header("Retry-After", "2");
    return new ApiException(ApiException.Code.BUS_UNAVAILABLE, JobNames.oneLine(reason));
  }

  private static List<Encoded> read(Context context) {
    List<Encoded> envelopes = new ArrayList<>();
    try (InputStream in = unpacked(context)) {
      EnvelopeRecording.Result result =
          EnvelopeRecording.readDecoded(
              in,
              (bytes, envelope) ->
                  envelopes.add(
                      new Encoded(envelope.stream(), envelope.identity().process(), bytes)));
      if (result.truncated()) {
        throw ApiException.badRequest("record " + result.envelopes() + " is cut off");
      }
      return envelopes;
    } catch (WireException malformed) {
      throw ApiException.badRequest(
          JobNames.oneLine(Objects.requireNonNullElse(malformed.getMessage(), "malformed")));
    } catch (TooLargeException tooLarge) {
      throw new ApiException(
          ApiException.Code.CONTENT_TOO_LARGE,
          "the recording is larger than "
              + tooLarge.mostBytes()
              + " bytes: send fewer envelopes at once");
    } catch (ZipException notGzip) {
      throw ApiException.badRequest("the body is not gzip as Content-Encoding says");
    } catch (IOException cut) {
      throw ApiException.badRequest(
          "the body ends within record " + envelopes.size() + " or cannot be read");
    }
  }

  private static InputStream unpacked(Context context) throws IOException {
    String encoding =
        Objects.requireNonNullElse(context.header("Content-Encoding"), "identity")
            .toLowerCase(Locale.ROOT);
    InputStream sent = new Limited(context.bodyInputStream(), LARGEST_SENT_BYTES);
    return switch (encoding) {
      case "identity" -> new BufferedInputStream(sent);
      case "gzip" ->
          new BufferedInputStream(new Limited(new GZIPInputStream(sent), LARGEST_UNPACKED_BYTES));
      default ->
          throw new ApiException(
              ApiException.Code.UNSUPPORTED_MEDIA_TYPE,
              "Content-Encoding '" + JobNames.oneLine(encoding) + "' is not known: gzip is");
    };
  }

  /** More bytes than a request may have. */
  private static final class TooLargeException extends IOException {
    private static final long serialVersionUID = 1L;

    private final long mostBytes;

    private TooLargeException(long mostBytes) {
      this.mostBytes = mostBytes;
    }

    private long mostBytes() {
      return mostBytes;
    }
  }

  /** A stream that refuses to be longer than it may. */
  private static final class Limited extends InputStream {
    private final InputStream in;
    private final long mostBytes;
    private long left;

    private Limited(InputStream in, long mostBytes) {
      this.in = in;
      this.mostBytes = mostBytes;
      this.left = mostBytes;
    }

    @Override
    public int read() throws IOException {
      int next = in.read();
      count(next < 0 ? 0 : 1);
      return next;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int count = in.read(buffer, offset, length);
      count(Math.max(0, count));
      return count;
    }

    private void count(int bytes) throws TooLargeException {
      left -= bytes;
      if (left < 0) {
        throw new TooLargeException(mostBytes);
      }
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
