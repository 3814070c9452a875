// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.jvm;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The counters that a HotSpot JVM keeps in a mapped file for tools such as jstat, version 2 of its
 * layout. Values are read in place, at the time of the call; a damaged file tells less, never an
 * error.
 */
final class PerfData {
  private static final int MAGIC = 0xcafec0c0;
  private static final int PROLOGUE_BYTES = 32;
  private static final int ENTRY_HEADER_BYTES = 20;
  private static final int BYTE_ORDER_AT = 4;
  private static final int MAJOR_AT = 5;
  private static final int ACCESSIBLE_AT = 7;
  private static final int ENTRIES_OFFSET_AT = 24;
  private static final int ENTRY_COUNT_AT = 28;
  private static final int LONGEST_TEXT_BYTES = 256;

  private final ByteBuffer file;
  private final int entryCount;
  private final Map<String, Integer> numbers = new HashMap<>();
  private final Map<String, String> texts = new HashMap<>();

  private PerfData(ByteBuffer file, int entryCount) {
    this.file = file;
    this.entryCount = entryCount;
  }

  /** Null when the bytes are not such a file, or the JVM has not made it accessible yet. */
  static @Nullable PerfData of(ByteBuffer bytes) {
    ByteBuffer file = bytes.duplicate();
    file.order(ByteOrder.BIG_ENDIAN);
    if (file.limit() < PROLOGUE_BYTES || file.getInt(0) != MAGIC) {
      return null;
    }
    file.order(file.get(BYTE_ORDER_AT) == 0 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    if (file.get(MAJOR_AT) != 2 || file.get(ACCESSIBLE_AT) == 0) {
      return null;
    }
    PerfData data = new PerfData(file, file.getInt(ENTRY_COUNT_AT));
    data.readEntries(file.getInt(ENTRIES_OFFSET_AT));
    return data;
  }

  /** The number's value now; -1 when there is none of this name. */
  long number(String name) {
    Integer at = numbers.get(name);
    return at == null ? -1 : file.getLong(at);
  }

  /** The text as it was when the file was opened; null when there is none of this name. */
  @Nullable String text(String name) {
    return texts.get(name);
  }

  /** Whether the JVM has added entries since the file was opened. */
  boolean hasMore() {
    return file.getInt(ENTRY_COUNT_AT) != entryCount;
  }

  private void readEntries(int firstAt) {
    long at = firstAt;
    for (int i = 0; i < entryCount; i++) {
      if (at < PROLOGUE_BYTES || at + ENTRY_HEADER_BYTES > file.limit()) {
        return;
      }
      int entry = (int) at;
      int length = file.getInt(entry);
      if (length < ENTRY_HEADER_BYTES || at + length > file.limit()) {
        return;
      }
      readEntry(entry, length);
      at += length;
    }
  }

  private void readEntry(int entry, int length) {
    int nameAt = file.getInt(entry + 4);
    int vectorLength = file.getInt(entry + 8);
    char type = (char) file.get(entry + 12);
    int dataAt = file.getInt(entry + 16);
    if (nameAt < ENTRY_HEADER_BYTES || nameAt >= length || dataAt < 0 || dataAt >= length) {
      return;
    }
    String name = text(entry + nameAt, length - nameAt);
    if (type == 'J' && vectorLength == 0 && dataAt + Long.BYTES <= length) {
      numbers.put(name, entry + dataAt);
    } else if (type == 'B' && vectorLength > 0) {
      texts.put(name, text(entry + dataAt, Math.min(vectorLength, length - dataAt)));
    }
  }

  private String text(int at, int most) {
    byte[] bytes = new byte[Math.min(most, LONGEST_TEXT_BYTES)];
    int length = 0;
    while (length < bytes.length && file.get(at + length) != 0) {
      bytes[length] = file.get(at + length);
      length++;
    }
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }
}
