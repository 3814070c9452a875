// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.spark.file;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.xerial.snappy.Snappy;

/**
 * The bytes in a stream of snappy chunks: a header, then chunks with their length before them;
 * further streams may follow, each with its header. No chunk makes it allocate more than {@link
 * #LARGEST_CHUNK_BYTES}, whatever length it claims.
 */
final class SnappyChunks extends InputStream {
  /** Spark writes chunks of 32 KiB unless told otherwise. */
  static final int LARGEST_CHUNK_BYTES = 16 << 20;

  private static final int HEADER_BYTES = 16;

  /** The first four bytes of a header, read as a length. */
  private static final int HEADER_START = 0x82534e41;

  private final InputStream in;
  private byte[] packed = new byte[1 << 16];
  private byte[] chunk = new byte[1 << 16];
  private int position;
  private int end;

  SnappyChunks(InputStream in) {
    this.in = in;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (position == end) {
      if (!nextChunk()) {
        return -1;
      }
    }
    int count = Math.min(length, end - position);
    System.arraycopy(chunk, position, into, offset, count);
    position += count;
    return count;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private boolean nextChunk() throws IOException {
    byte[] prefix = new byte[Integer.BYTES];
    int got = in.readNBytes(prefix, 0, prefix.length);
    if (got == 0) {
      return false;
    }
    int length = bigEndian(prefix);
    if (got < prefix.length) {
      throw new EOFException("snappy stream ends within a chunk's length");
    }
    if (length == HEADER_START) {
      readFully(new byte[HEADER_BYTES - Integer.BYTES], HEADER_BYTES - Integer.BYTES);
      return true;
    }
    if (length < 0 || length > LARGEST_CHUNK_BYTES) {
      throw new IOException("snappy chunk of impossible length " + length);
    }
    if (packed.length < length) {
      packed = new byte[length];
    }
    readFully(packed, length);
    int unpacked = Snappy.uncompressedLength(packed, 0, length);
    if (unpacked < 0 || unpacked > LARGEST_CHUNK_BYTES) {
      throw new IOException("snappy chunk of impossible unpacked length " + unpacked);
    }
    if (chunk.length < unpacked) {
      chunk = new byte[unpacked];
    }
    position = 0;
    end = Snappy.uncompress(packed, 0, length, chunk, 0);
    return true;
  }

  private void readFully(byte[] into, int length) throws IOException {
    if (in.readNBytes(into, 0, length) < length) {
      throw new EOFException("snappy stream ends within a chunk");
    }
  }

  private static int bigEndian(byte[] bytes) {
    return (bytes[0] & 0xff) << 24
        | (bytes[1] & 0xff) << 16
        | (bytes[2] & 0xff) << 8
        | bytes[3] & 0xff;
  }
}
