// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.spark;

import io.plimsoll.engines.spark.file.LineReader;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Lines of one part that follow each other, blank ones among them. One thread at a time uses it,
 * and hands it on through a {@link LogAhead}.
 */
final class LineBatch implements LogPiece {
  /** When it has as many bytes or lines, it is full. */
  private static final int FULL_BYTES = 1 << 19;

  private static final int FULL_LINES = 1 << 13;
  private static final int FIRST_LINES = 1 << 9;

  private int part;
  private byte[] bytes = new byte[FULL_BYTES + (FULL_BYTES >> 3)];
  private int byteCount;
  private int count;
  private int[] ends = new int[FIRST_LINES];
  private long[] offsets = new long[FIRST_LINES];
  private @Nullable EarlyEvent[] early = new EarlyEvent[FIRST_LINES];
  private long firstNumber;
  private boolean isLastTerminated;

  /** Empties it for lines of a part. */
  void clear(int ofPart) {
    Arrays.fill(early, 0, count, null);
    part = ofPart;
    byteCount = 0;
    count = 0;
  }

  /** Adds a copy of the line at which the reader stands, which is held. */
  void add(LineReader lines) {
    int length = lines.length();
    if (bytes.length - byteCount < length) {
      bytes = Arrays.copyOf(bytes, byteCount + length);
    }
    if (count == ends.length) {
      int more = 2 * count;
      ends = Arrays.copyOf(ends, more);
      offsets = Arrays.copyOf(offsets, more);
      early = Arrays.copyOf(early, more);
    }
    System.arraycopy(lines.buffer(), lines.start(), bytes, byteCount, length);
    byteCount += length;
    if (count == 0) {
      firstNumber = lines.number();
    }
    offsets[count] = lines.offset();
    ends[count++] = byteCount;
    isLastTerminated = lines.isTerminated();
  }

  boolean isFull() {
    return byteCount >= FULL_BYTES || count >= FULL_LINES;
  }

  /** Whether a huge line has made it larger than is worth keeping. */
  boolean isOvergrown() {
    return bytes.length > 2 * FULL_BYTES;
  }

  @Override
  public int part() {
    return part;
  }

  @Override
  public int heldBytes() {
    return bytes.length;
  }

  int count() {
    return count;
  }

  byte[] bytes() {
    return bytes;
  }

  int start(int line) {
    return line == 0 ? 0 : ends[line - 1];
  }

  int length(int line) {
    return ends[line] - start(line);
  }

  /** Where the line begins in the unpacked part. */
  long offset(int line) {
    return offsets[line];
  }

  /** The line's number in its part, from 1. */
  long number(int line) {
    return firstNumber + line;
  }

  boolean isTerminated(int line) {
    return line < count - 1 || isLastTerminated;
  }

  boolean isBlank(int line) {
    int end = ends[line];
    for (int i = start(line); i < end; i++) {
      if (bytes[i] > ' ' || bytes[i] < 0) {
        return false;
      }
    }
    return true;
  }

  /** What the line says, when that is known before its turn; else null. */
  @Nullable EarlyEvent early(int line) {
    return early[line];
  }

  /** Reads those lines whose meaning does not depend on others. */
  void readEarly(EventLines events) {
    for (int line = 0; line < count; line++) {
      early[line] = events.readEarly(bytes, start(line), length(line));
    }
  }
}
