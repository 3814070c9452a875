// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.proc;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What the kernel told this process at its start: the size of a page and of a clock tick. */
final class Auxv {
  private static final long PAGE_SIZE = 6;
  private static final long TICKS_PER_SECOND = 17;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final long pageBytes;
  private final long tickNanos;

  private Auxv(long pageBytes, long tickNanos) {
    this.pageBytes = pageBytes;
    this.tickNanos = tickNanos;
  }

  /** Of the text of {@code /proc/self/auxv}; 4096 bytes and 10 ms where it does not tell. */
  static Auxv of(@Nullable String text, boolean wide, ByteOrder order) {
    long page = 4096;
    long ticks = 100;
    if (text != null) {
      ByteBuffer words = ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)).order(order);
      int pair = wide ? 16 : 8;
      while (words.remaining() >= pair) {
        long key = wide ? words.getLong() : words.getInt();
        long value = wide ? words.getLong() : words.getInt();
        if (key == PAGE_SIZE && Long.bitCount(value) == 1 && value >= 512 && value <= 1 << 24) {
          page = value;
        } else if (key == TICKS_PER_SECOND && value > 0 && value <= 1_000_000) {
          ticks = value;
        }
      }
    }
    return new Auxv(page, NANOS_PER_SECOND / ticks);
  }

  static Auxv ofThisProcess(KernelTexts kernel) {
    boolean wide = !"32".equals(System.getProperty("sun.arch.data.model", "64"));
    return of(kernel.once("/proc/self/auxv"), wide, ByteOrder.nativeOrder());
  }

  /** Bytes of a memory page. */
  long pageBytes() {
    return pageBytes;
  }

  /** Nanoseconds of a clock tick, in which the kernel tells CPU times of processes. */
  long tickNanos() {
    return tickNanos;
  }
}
