// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.spark.file;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Splits a stream into lines without copying them: a line is a range of the buffer, valid until the
 * next call. A line longer than the buffer may grow to is given as a stream. Not thread-safe.
 */
public final class LineReader {
  private static final int FIRST_BYTES = 1 << 18;

  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = ONES << 7;
  private static final long NEWLINES = ONES * '\n';

  private final InputStream in;
  private final int longestBytes;
  private byte[] buffer;
  private int start;
  private int end;
  private int filled;
  private long bufferOffset;
  private long lineOffset;
  private long number;
  private boolean atEnd;
  private boolean isTerminated;
  private boolean isLong;

  /**
   * Lines of a stream.
   *
   * @param longestBytes that a line in the buffer may have
   */
  public LineReader(InputStream in, int longestBytes) {
    this.in = in;
    this.longestBytes = longestBytes;
    this.buffer = new byte[Math.min(FIRST_BYTES, longestBytes)];
  }

  /** Goes to the next line; false when there is none. */
  public boolean next() throws IOException {
    skipRestOfLong();
    start = isTerminated ? end + 1 : end;
    if (number > 0 && !isTerminated) {
      return false;
    }
    int from = start;
    while (true) {
      int newline = newline(from);
      if (newline >= 0) {
        end = newline;
        return line(true);
      }
      from = filled;
      if (filled - start >= longestBytes) {
        end = filled;
        isLong = true;
        return line(false);
      }
      from -= makeRoom();
      if (!fill()) {
        end = filled;
        isTerminated = false;
        return end > start && line(false);
      }
    }
  }

  /** Holds the line from {@link #start} on. */
  public byte[] buffer() {
    return buffer;
  }

  public int start() {
    return start;
  }

  /** Of a long line: of the part that is in the buffer. */
  public int length() {
    return end - start;
  }

  /** Whether the line does not fit the buffer: then {@link #stream} gives all of it. */
  public boolean isLong() {
    return isLong;
  }

  /** Whether a line feed ends the line: only the last line of a stream can lack it. */
  public boolean isTerminated() {
    return isTerminated;
  }

  /** The line's number, from 1. */
  public long number() {
    return number;
  }

  /** Where the line begins in the unpacked stream. */
  public long offset() {
    return lineOffset;
  }

  /** How many unpacked bytes have been taken so far. */
  public long bytes() {
    return bufferOffset + filled;
  }

  /** A long line from its beginning; to be read at most once. */
  public InputStream stream() {
    return new LongLine();
  }

  private boolean line(boolean terminated) {
    isTerminated = terminated;
    lineOffset = bufferOffset + start;
    number++;
    return true;
  }

  private void skipRestOfLong() throws IOException {
    while (isLong) {
      start = end;
      nextPiece();
    }
  }

  /** Takes the next piece of a long line into the buffer, as start to end. */
  private void nextPiece() throws IOException {
    start = end;
    makeRoom();
    boolean more = filled > start || fill();
    int newline = newline(start);
    end = newline >= 0 ? newline : filled;
    isTerminated = newline >= 0;
    isLong = newline < 0 && more;
  }

  /** Eight bytes at a time; the lowest mark is exact (Warren, Hacker's Delight, section 6-1). */
  private int newline(int from) {
    byte[] bytes = buffer;
    int limit = filled;
    int i = from;
    for (; i <= limit - Long.BYTES; i += Long.BYTES) {
      long word = (long) WORD.get(bytes, i) ^ NEWLINES;
      long marks = word - ONES & ~word & HIGH_BITS;
      if (marks != 0) {
        return i + (Long.numberOfTrailingZeros(marks) >>> 3);
      }
    }
    for (; i < limit; i++) {
      if (bytes[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  /** Moves the line to the buffer's begin, or enlarges the buffer; how far the line has moved. */
  private int makeRoom() {
    if (filled < buffer.length) {
      return 0;
    }
    int moved = start;
    if (start > 0) {
      System.arraycopy(buffer, start, buffer, 0, filled - start);
      bufferOffset += start;
      filled -= start;
      end = Math.max(0, end - start);
      start = 0;
    } else {
      buffer = Arrays.copyOf(buffer, (int) Math.min(longestBytes, buffer.length * 2L));
    }
    return moved;
  }

  private boolean fill() throws IOException {
    if (atEnd) {
      return false;
    }
    int count = in.read(buffer, filled, buffer.length - filled);
    atEnd = count < 0;
    filled += Math.max(0, count);
    return count >= 0;
  }

  /** The line's first piece from the buffer, then the others as they come. */
  private final class LongLine extends InputStream {
    private int position = start;

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
        if (!isLong) {
          return -1;
        }
        nextPiece();
        position = start;
      }
      int count = Math.min(length, end - position);
      System.arraycopy(buffer, position, into, offset, count);
      position += count;
      return count;
    }
  }
}
